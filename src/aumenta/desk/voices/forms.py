"""The desk's form for a consultation."""

from typing import Any

from django import forms

from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition
from aumenta.voices.models import Consultation


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ConsultationForm(forms.ModelForm):  # type: ignore[type-arg]
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
        edition.label_from_instance = lambda one: f"{one.label} · {one.title_it}"

    def clean(self) -> dict[str, Any]:
        """The days in order and a time to answer in: said here beside the field, as the verb says them."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens, closes, days = (cleaned.get(name) for name in ("opens_on", "closes_on", "answer_days"))
        if opens and closes and opens > closes:
            self.add_error("closes_on", refusal_sentence(RefusedError("consultation_ends_first")))
        if days is not None and not 1 <= days <= 366:
            self.add_error("answer_days", refusal_sentence(RefusedError("consultation_answer_days")))
        return cleaned
