"""The desk's forms of questionnaires: the facts, one question, invitations."""

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.core.survey.questions import CHOSEN, Kind, Option, Question
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.reader import in_language
from aumenta.plan.models import Edition
from aumenta.surveys.models import Questionnaire
from aumenta.surveys.shown import KINDS
from aumenta.surveys.take_reply import MOST_INVITATIONS
from aumenta.territory.models import Zone

LONGEST_OPTION: Final = 500
_OPTION_CODE: Final = re.compile(r"[a-z0-9_]{1,20}")


class QuestionnaireForm(forms.ModelForm[Questionnaire]):
    """The facts of a questionnaire."""

    class Meta:
        model = Questionnaire
        fields = [
            "edition",
            "title_it",
            "title_en",
            "text_it",
            "text_en",
            "opens_on",
            "closes_on",
            "invited_only",
            "sent_to",
        ]
        widgets = {
            "opens_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "closes_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text_it": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "invited_only": _("Without it anybody replies from the page, and who was invited once from her link."),
            "sent_to": _("For the rate of replies, where the link was sent to people you have counted."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.order_by("-first_year")
        edition.initial = edition.queryset.first()
        edition.label_from_instance = lambda one: f"{one.label} · {in_language(one.title_it, one.title_en)}"

    def clean(self) -> dict[str, Any]:
        """The first day comes before the last: said beside the field."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and first > last:
            self.add_error("closes_on", _("The questionnaire ends before it begins: change one of the two days."))
        return cleaned


class QuestionForm(forms.Form):
    """One question; what its kind does not have is left out."""

    code = forms.CharField(
        label=_("Code"), max_length=20, help_text=_("For the files: a letter, then letters, figures, underscores.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[(str(kind), label) for kind, label in KINDS.items()])
    text_it = forms.CharField(label=_("Question (Italian)"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 2}))
    text_en = forms.CharField(
        label=_("Question (English)"), max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_it = forms.CharField(label=_("Help (Italian)"), max_length=1_000, required=False)
    help_en = forms.CharField(label=_("Help (English)"), max_length=1_000, required=False)
    required = forms.BooleanField(label=_("It needs an answer"), required=False)
    options = forms.CharField(
        label=_("Answers to choose from"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One a line: code | Italian | English. Of a table of answers these are the columns."),
    )
    rows = forms.CharField(
        label=_("Rows of a table of answers"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code | Italian | English."),
    )
    low = forms.IntegerField(label=_("From"), required=False, help_text=_("First figure of a scale, least number."))
    high = forms.IntegerField(label=_("To"), required=False, help_text=_("Last figure of a scale, greatest number."))
    only_if = forms.CharField(
        label=_("Only of who answered the question"), required=False, max_length=20, help_text=_("Its code.")
    )
    only_values = forms.CharField(
        label=_("with one of"),
        required=False,
        max_length=500,
        help_text=_("Codes of its answers, with spaces between."),
    )
    seen = forms.IntegerField(label=_("The revision that was seen"), required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Nothing that was written is left out without a word: said beside the field."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("options", "rows"):
            if fault := _fault_of_lines(cleaned.get(name, "")):
                self.add_error(name, fault)
        if cleaned.get("only_values", "").strip() and not cleaned.get("only_if", "").strip():
            self.add_error("only_if", _("Say whose answers these are: the code of the question it depends on."))
        return cleaned

    @classmethod
    def of(cls, one: Question) -> dict[str, Any]:
        """What the form shows of a question."""
        kept = {name: getattr(one, name) for name in ("code", "text_it", "text_en", "help_it", "help_en", "required")}
        lines = {name: _lines(getattr(one, name)) for name in ("options", "rows")}
        condition = {"only_if": one.only_if, "only_values": " ".join(one.only_values)}
        return {**kept, **lines, **condition, "kind": str(one.kind), "low": one.low, "high": one.high}

    @property
    def question(self) -> Question:
        """What was written; only after the form is valid."""
        facts = self.cleaned_data
        kind = Kind(facts["kind"])
        words = {name: facts[name].strip() for name in ("code", "text_it", "text_en", "help_it", "help_en")}
        return Question(
            kind=kind,
            required=facts["required"],
            options=_options(facts["options"]) if kind in CHOSEN else (),
            rows=_options(facts["rows"]) if kind is Kind.MATRIX else (),
            low=facts["low"] if kind in {Kind.SCALE, Kind.NUMBER} else None,
            high=facts["high"] if kind in {Kind.SCALE, Kind.NUMBER} else None,
            only_if=facts["only_if"].strip(),
            only_values=tuple(facts["only_values"].split()) if facts["only_if"].strip() else (),
            **words,
        )


def _lines(options: tuple[Option, ...]) -> str:
    return "\n".join(" | ".join(filter(None, (one.code, one.text_it, one.text_en))) for one in options)


def _fault_of_lines(text: str) -> str:
    """What can't be kept of lines of options, and in which; empty where all can."""
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        parts = [part.strip() for part in line.split("|")]
        words = parts[1:] if _OPTION_CODE.fullmatch(parts[0]) and len(parts) > 1 else parts
        if len(words) > 2:
            return str(_("Line %(line)s has more than a code, Italian and English: “%(words)s”.")) % {
                "line": number,
                "words": line[:60],
            }
        if max(map(len, words)) > LONGEST_OPTION:
            return str(_("Line %(line)s is longer than %(most)s characters: shorten it.")) % {
                "line": number,
                "most": LONGEST_OPTION,
            }
    return ""


def _options(text: str) -> tuple[Option, ...]:
    """Options of lines; one without a code is numbered."""
    found = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) == 1 or not _OPTION_CODE.fullmatch(parts[0]):
            parts.insert(0, f"r{number}")
        found.append(Option(parts[0], parts[1], parts[2] if len(parts) > 2 else ""))
    return tuple(found)


class InvitationsForm(forms.Form):
    """How many invitations, and for whom."""

    how_many = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_INVITATIONS)
    zone = forms.ModelChoiceField(
        Zone.objects.order_by("number"), label=_("Zone"), required=False, empty_label=_("not known")
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"), required=False, choices=[("", _("not known")), *OrganisationKind.choices]
    )
