"""The desk's forms for who was heard: the occasion, the person, what she agreed to, a transcript."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.people.reader import in_language
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition
from aumenta.territory.models import Zone
from aumenta.voices.models import Consent, Speaker, Talk


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TalkForm(forms.ModelForm[Talk]):
    """One occasion on which somebody was heard."""

    class Meta:
        model = Talk
        fields = [
            "edition",
            "kind",
            "title",
            "state",
            "held_on",
            "mode",
            "zone",
            "level",
            "interviewer",
            "guide",
            "topics",
            "convergences",
            "ideas",
            "asked_of_us",
        ]
        widgets = {
            "held_on": _day(),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in ("topics", "convergences", "ideas", "asked_of_us")},
        }
        help_texts = {
            "title": _("For the office alone: no page shows it. Without names: it outlasts those who were heard."),
            "level": _("How far its words may go. It holds for every page at once."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.order_by("-first_year")
        edition.label_from_instance = lambda one: f"{one.label} · {in_language(one.title_it, one.title_en)}"
        zone: Any = self.fields["zone"]
        zone.queryset = Zone.objects.order_by("number")

    def clean(self) -> dict[str, Any]:
        """A talk that was held has a day that is past: said here beside the field, as the verb says it."""
        cleaned: dict[str, Any] = super().clean() or {}
        day, state = cleaned.get("held_on"), cleaned.get("state")
        if state == Talk.State.HELD and day is None and "held_on" not in self.errors:
            self.add_error("held_on", refusal_sentence(RefusedError("talk_without_day")))
        if day and state != Talk.State.ASKED and day > timezone.localdate():
            self.add_error("held_on", refusal_sentence(RefusedError("talk_in_the_future")))
        return cleaned


class SpeakerForm(forms.ModelForm[Speaker]):
    """Somebody who was heard."""

    name = forms.CharField(
        label=_("Name"), required=False, max_length=200, help_text=_("Kept encrypted, for the office, until its day.")
    )
    label = forms.CharField(
        label=_("Label instead of the name"),
        required=False,
        max_length=60,
        help_text=_("It stands in statements. Left empty it becomes “Voce 1”, “Voce 2”…"),
    )
    forget_on = forms.DateField(
        label=_("Name deleted on"),
        required=False,
        widget=_day(),
        help_text=_("Left empty: three years after the talk."),
    )

    class Meta:
        model = Speaker
        fields = ["name", "label", "role", "organisation_kind", "zone", "email", "forget_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone: Any = self.fields["zone"]
        zone.queryset = Zone.objects.order_by("number")
        # A page has several forms: their fields must not share an id.
        self.auto_id = "speaker_%s"


class ConsentForm(forms.Form):
    """What somebody agreed to, by which text and when."""

    speaker = forms.ModelChoiceField(Speaker.objects.none(), label=_("Who agreed"))
    uses = forms.MultipleChoiceField(
        label=_("Agreed to"), choices=Consent.Use.choices, widget=forms.CheckboxSelectMultiple
    )
    text_version = forms.CharField(
        label=_("Version of the text"), max_length=60, help_text=_("Such as “informativa 2 del 3 marzo 2026”.")
    )
    given_on = forms.DateField(label=_("Given on"), widget=_day())
    how = forms.CharField(
        label=_("How it was given"),
        required=False,
        max_length=100,
        help_text=_("Such as: signed, recorded, by e-mail."),
    )

    def __init__(self, *args: Any, talk: Talk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "consent_%s"
        speaker: Any = self.fields["speaker"]
        speaker.queryset = talk.speakers.filter(erased=False)


class TranscriptForm(forms.Form):
    """A transcript to be looked at."""

    file = forms.FileField(
        label=_("Transcript"),
        help_text=_("TXT, DOCX, ODT, RTF, VTT, SRT or PDF with text, at most 20 MB: you look at it first."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "transcript_%s"
