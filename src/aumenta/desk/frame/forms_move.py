"""The form that moves or renumbers an axis, a strategy or an action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.people.models import User
from aumenta.people.reader import in_language
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.review.frame.moves import MOST, next_number
from aumenta.review.rules import axes_continued_by


class MoveForm(forms.Form):
    """Where it goes and under which number; none is the next that nothing ever had there."""

    place = forms.ChoiceField(label=_("Where it goes"), widget=forms.Select({"class": "form-select"}))
    number = forms.IntegerField(
        label=_("Number"),
        required=False,
        min_value=1,
        max_value=MOST,
        help_text=_("Leave it empty for the next free number."),
        widget=forms.NumberInput({"class": "form-control"}),
    )
    reason = forms.CharField(
        label=_("Why its code changes"),
        help_text=_("The approver reads it, and it stays in the history."),
        widget=forms.TextInput({"data-longest": 500, "class": "form-control"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, person: User, thing: Axis | Strategy | Action, edition: Edition, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._edition = edition
        self._places: dict[str, Axis | Strategy] = {}
        hers = axes_continued_by(person, edition)
        if isinstance(thing, Axis):
            del self.fields["place"]
            return
        rows: list[Axis] | list[Strategy]
        if isinstance(thing, Strategy):
            rows = list(edition.axes.filter(pk__in=hers))
        else:
            rows = list(Strategy.objects.of(edition).filter(axis__in=hers))
        self._places = {row.code: row for row in rows}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(row.code, f"{row.code} {in_language(row.title_it, row.title_en)}") for row in rows]

    def content(self) -> dict[str, str]:
        """The code it asks for."""
        place = self._places.get(self.cleaned_data.get("place", ""))
        number = self.cleaned_data["number"] or next_number(self._edition, place)
        return {"code": f"{place.code}.{number}" if place else str(number)}


def start_of(code: str) -> dict[str, Any]:
    """What the fields hold for a code that was asked for before."""
    place, _dot, number = code.rpartition(".")
    return {"place": place, "number": number}
