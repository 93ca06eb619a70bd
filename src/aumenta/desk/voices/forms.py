"""The desk's forms for a consultation and for an answer."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.people.reader import in_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Action, Edition
from aumenta.voices.contributions.write_answer import LONGEST, Said
from aumenta.voices.models import Answer, Consultation


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ConsultationForm(forms.ModelForm[Consultation]):
    """When the public may write, about which edition, until when it gets an answer."""

    class Meta:
        model = Consultation
        fields = [
            "title_it",
            "title_en",
            "edition",
            "text_it",
            "text_en",
            "opens_on",
            "closes_on",
            "answer_days",
            "takes_late",
        ]
        widgets = {
            "opens_on": _day(),
            "closes_on": _day(),
            "text_it": forms.Textarea(attrs={"rows": 6}),
            "text_en": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.order_by("-first_year")
        edition.label_from_instance = lambda one: f"{one.label} · {in_language(one.title_it, one.title_en)}"

    def clean(self) -> dict[str, Any]:
        """The days in order and a time to answer in: said here beside the field, as the verb says them."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes, days = (cleaned.get(name) for name in ("opens_on", "closes_on", "answer_days"))
        if opens and closes and opens > closes:
            self.add_error("closes_on", refusal_sentence(RefusedError("consultation_ends_first")))
        if days is not None and not 1 <= days <= 366:
            self.add_error("answer_days", refusal_sentence(RefusedError("consultation_answer_days")))
        return cleaned


class AnswerForm(forms.Form):
    """What the office says, in which sheet it stands, and to whom it was passed on."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Answer.Outcome.choices, widget=forms.RadioSelect)
    text_it = forms.CharField(
        label=_("Answer (Italian)"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Who wrote reads it by e-mail and with number and secret. Name no person."),
    )
    text_en = forms.CharField(label=_("Answer (English)"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sheet = forms.ModelChoiceField(
        Action.objects.none(),
        label=_("Sheet in which it stands"),
        required=False,
        empty_label=_("none"),
        help_text=_("For what is taken up, in part too, or was there already."),
    )
    words = forms.CharField(
        label=_("Words of the sheet"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copy them from the sheet as the public reads it: they are shown with their version."),
    )
    passed_to = forms.CharField(
        label=_("Passed on to"),
        required=False,
        max_length=200,
        help_text=_("For what is not our competence: the authority that has to see to it."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        editions = Edition.objects.filter(plan=edition.plan, first_year__gte=edition.first_year, state="public")
        rows = Action.objects.filter(strategy__axis__edition__in=editions).select_related("strategy__axis__edition")
        rows = rows.order_by(
            "strategy__axis__edition__first_year", "strategy__axis__number", "strategy__number", "number"
        )
        sheet: Any = self.fields["sheet"]
        sheet.queryset = rows
        grouped = groupby(rows, key=lambda one: one.strategy.axis.edition.label)
        sheet.choices = [
            ("", sheet.empty_label),
            *(
                (label, [(one.pk, f"{one.code} {in_language(one.title_it, one.title_en)}") for one in group])
                for label, group in grouped
            ),
        ]
        for name in ("text_it", "text_en"):
            self.fields[name].help_text = self.fields[name].help_text or _("At most %(most)s characters.") % {
                "most": LONGEST
            }

    @property
    def said(self) -> Said:
        """What the verb takes; only after the form is valid."""
        data = self.cleaned_data
        return Said(
            outcome=data["outcome"],
            text_it=data["text_it"],
            text_en=data["text_en"],
            sheet=data["sheet"],
            words=data["words"],
            passed_to=data["passed_to"],
        )
