"""The desk's forms for indicators and readings."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Case, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.desk.governance.forms import day_field
from aumenta.desk.monitoring.fields import ActionsField, NumberField
from aumenta.monitoring.compare_readings import Said
from aumenta.monitoring.models import Indicator, MeasuredPlace, Reading
from aumenta.people.models import User
from aumenta.people.reader import in_language
from aumenta.people.rules import DESK_ROLES
from aumenta.plan.models import Edition, Strategy

MARKS = {
    "b": _("break in the series"),
    "d": _("the definition differs"),
    "e": _("estimated"),
    "p": _("provisional"),
    "r": _("revised"),
    "u": _("low reliability"),
}


class CardForm(forms.ModelForm[Indicator]):
    """The card of an indicator, with what it speaks for."""

    per = NumberField(label=_("Numerator over denominator, times"), initial="1")
    target = NumberField(label=_("Target"), required=False)
    limit = NumberField(label=_("Limit beyond which it cannot go"), required=False)
    source_address = forms.URLField(label=_("Address of the source"), required=False, assume_scheme="https")
    next_due = day_field(_("Next figure due on"), required=False)
    strategies = forms.ModelMultipleChoiceField(
        label=_("Strategies it speaks for"),
        queryset=Strategy.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    actions = ActionsField(
        label=_("Actions it measures"), help_text=_("One a line, years and code: 2021-2023 2.2.1."), max_length=4000
    )

    class Meta:
        model = Indicator
        fields = (
            "code",
            "name_it",
            "name_en",
            "definition_it",
            "definition_en",
            "method_it",
            "method_en",
            "unit_it",
            "unit_en",
            "decimals",
            "direction",
            "nominal",
            "kind",
            "grouping",
            "per",
            "frequency",
            "next_due",
            "keeper",
            "source",
            "licence",
            "series_key",
            "base_year",
            "target",
            "target_year",
            "limit",
            "rule",
            "public",
        )
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("definition_it", "definition_en", "method_it", "method_en")
        }

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["public"]
        names = [name for name in self.fields if name != "source_address"]
        names.insert(names.index("source") + 1, "source_address")
        self.order_fields(names)
        strategies: Any = self.fields["strategies"]
        strategies.queryset = Strategy.objects.select_related("axis__edition").order_by(
            "-axis__edition__label", "axis__number", "number"
        )
        by_edition = groupby(strategies.queryset, lambda one: one.axis.edition.label)
        strategies.choices = [
            (label, [(one.pk, f"{one.code} {in_language(one.title_it, one.title_en)}") for one in some])
            for label, some in by_edition
        ]
        keeper: Any = self.fields["keeper"]
        keeper.queryset = User.objects.filter(is_active=True, grants__role__in=DESK_ROLES).distinct()
        self.initial.setdefault("source_address", self.instance.source_address)
        if self.instance.pk:
            self.initial["strategies"] = list(self.instance.strategies.values_list("pk", flat=True))
            tied = list(self.instance.actions.select_related("strategy__axis__edition"))
            self.initial["actions"] = ActionsField.written(tied)

    def facts(self) -> dict[str, Any]:
        """What the verb writes, without the ties."""
        fields = {*self.Meta.fields, "source_address"}
        return {name: value for name, value in self.cleaned_data.items() if name in fields}


class SendForm(forms.Form):
    """A file of readings."""

    file = forms.FileField(label=_("File"), help_text=_("SDMX, JSON-stat, or our table as CSV, XLSX or ODS; 30 MB."))
    structure = forms.FileField(
        label=_("Structure of the data (DSD)"),
        required=False,
        help_text=_("Only where the file is refused without it."),
    )
    retrieved_on = day_field(_("Fetched on"))

    def clean_retrieved_on(self) -> Any:
        """The day it was fetched: today at the latest."""
        day = self.cleaned_data["retrieved_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come: write when the file was fetched."))
        return day


class TakeForm(forms.Form):
    """Why readings change."""

    reason = forms.CharField(label=_("Why readings change"), max_length=300, required=False)


class SaidForm(forms.Form):
    """What a reading says."""

    value = NumberField(label=_("Value"), required=False)
    absence = forms.ChoiceField(
        label=_("Where there is no value"),
        choices=[("", _("there is one")), *Reading.Absence.choices],
        required=False,
    )
    marks = forms.MultipleChoiceField(
        label=_("Flags"), choices=list(MARKS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    numerator = NumberField(label=_("Numerator"), required=False)
    denominator = NumberField(label=_("Denominator"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def said(self) -> Said:
        """What the reading is to say."""
        given = self.cleaned_data
        return Said(**{**{name: given[name] for name in Said._fields}, "marks": "".join(sorted(given["marks"]))})


class CorrectionForm(SaidForm):
    """What a reading says from now on, and why."""

    reason = forms.CharField(label=_("Reason of the correction"), max_length=300)

    @staticmethod
    def of(reading: Reading) -> dict[str, Any]:
        """What the form shows of a reading."""
        return {**{name: getattr(reading, name) for name in Said._fields}, "marks": list(reading.marks)}


class EnterForm(SaidForm):
    """A reading that no file brings."""

    place = forms.ModelChoiceField(label=_("Place"), queryset=MeasuredPlace.objects.none())
    period = forms.CharField(
        label=_("Period"),
        max_length=20,
        help_text=_("2025, 2025-S1, 2025-Q3, 2025-05, or 2023/2025 for several years."),
    )
    field_order = ("place", "period")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        municipality_last = Case(When(kind="municipality", then=1), default=0)
        place.queryset = MeasuredPlace.objects.order_by(municipality_last, "kind", "name_it")
        place.label_from_instance = lambda one: one.with_code


class FreezeForm(forms.Form):
    """The edition whose goalposts are frozen."""

    edition = forms.ModelChoiceField(label=_("Edition"), queryset=Edition.objects.all(), to_field_name="label")
