"""The desk's forms of position papers: beginning one, one part with its sources."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from aumenta.core.text import whole_number
from aumenta.people.reader import in_language
from aumenta.plan.models import Axis, Edition, Strategy
from aumenta.surveys.models import Questionnaire
from aumenta.themes.models import Issue, Paper, PaperPart, Theme
from aumenta.themes.papers.write_paper import Cited
from aumenta.voices.models import Passage

SEVERAL: Final = _("Several at once: hold down Ctrl, or Cmd on a Mac.")
MOST_PASSAGES: Final = 400
"""Offered at once: those of the issues that the part cites come first."""


def _named(thing: Axis | Strategy | Issue) -> str:
    """Code and title, in the reader's language, short enough for an option."""
    return f"{thing.code} {in_language(thing.title_it, thing.title_en)}"[:120]


class PaperForm(forms.ModelForm):  # type: ignore[type-arg]
    """A paper to begin."""

    class Meta:
        model = Paper
        fields = ["edition", "kind", "title_it", "title_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.order_by("-first_year")
        edition.initial = edition.queryset.first()
        edition.label_from_instance = lambda one: f"{one.label} · {in_language(one.title_it, one.title_en)}"


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """One part: what it says, what it is about, what it rests on."""

    issues = forms.ModelMultipleChoiceField(Issue.objects.none(), label=_("Issues"), required=False, help_text=SEVERAL)
    passages = forms.ModelMultipleChoiceField(
        Passage.objects.none(),
        label=_("Passages"),
        required=False,
        help_text=_(
            "Of the issues that the part cites: save it with its issues first. What may not be quoted is cited without "
            "its words."
        ),
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label=_("Themes of the tables"),
        required=False,
        help_text=_("Of events whose results are on the site."),
    )
    questionnaires = forms.ModelMultipleChoiceField(
        Questionnaire.objects.none(),
        label=_("Questionnaires"),
        required=False,
        help_text=_("Those whose results are on the site."),
    )
    documents = forms.CharField(
        label=_("Documents and data"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as they are cited, with page or table."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = PaperPart
        fields = ["kind", "axis", "strategy", "verdict", "text_it", "text_en", "own"]
        widgets = {
            "text_it": forms.Textarea(attrs={"rows": 8}),
            "text_en": forms.Textarea(attrs={"rows": 5}),
        }
        help_texts = {
            "axis": _("Parts stand under their axis; that of a strategy needs no axis."),
            "verdict": _("For what becomes of a strategy; the text says because of what."),
            "own": _("Without it a part needs a source before the paper is frozen."),
        }

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, fields = paper.edition, dict[str, Any](self.fields)
        fields["axis"].queryset = Axis.objects.filter(edition=edition).order_by("number")
        fields["strategy"].queryset = Strategy.objects.of(edition)
        for name in ("axis", "strategy"):
            fields[name].label_from_instance = _named
        used = Issue.objects.in_use().issues().filter(edition=edition, parent__active=True).select_related("parent")
        fields["issues"].queryset = used.order_by("parent__position", "position")
        fields["issues"].label_from_instance = _named
        public = Theme.objects.filter(event__edition=edition, event__results_published_at__isnull=False, active=True)
        fields["themes"].queryset = public.order_by("name")
        done = Questionnaire.objects.filter(edition=edition).exclude(results_published_at=None)
        fields["questionnaires"].queryset = done
        fields["questionnaires"].label_from_instance = lambda one: in_language(one.title_it, one.title_en)
        fields["passages"].queryset = self._passages(used)
        fields["passages"].label_from_instance = lambda one: one.words[:140]
        if self.instance.pk:
            self._show_sources()

    def _passages(self, used: Any) -> Any:
        """Those that may be chosen: passages of the issues that the part cites, and those it cites already."""
        cited = self.data.getlist("issues") if isinstance(self.data, QueryDict) else []
        keys = {number for one in cited if (number := whole_number(str(one))) is not None}
        if self.instance.pk:
            keys |= set(self.instance.sources.exclude(issue=None).values_list("issue", flat=True))
        rows = Passage.objects.counted().filter(codings__issue__in=used.filter(pk__in=keys)).distinct()
        return (
            rows.select_related("statement", "contribution").order_by("pk")[:MOST_PASSAGES]
            if not self.is_bound
            else rows
        )

    def _show_sources(self) -> None:
        sources = list(self.instance.sources.all())
        for name, key in (("issues", "issue_id"), ("themes", "theme_id"), ("passages", "passage_id")):
            self.initial[name] = [getattr(one, key) for one in sources if getattr(one, key)]
        self.initial["questionnaires"] = [one.questionnaire_id for one in sources if one.questionnaire_id]
        self.initial["documents"] = "\n".join(one.document for one in sources if one.document)

    @property
    def facts(self) -> dict[str, Any]:
        """What the part says; only after the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def cited(self) -> Cited:
        """What it rests on; only after the form is valid."""
        told = self.cleaned_data
        return Cited(
            list(told["issues"]),
            list(told["themes"].select_related("event")),
            list(told["passages"]),
            list(told["questionnaires"]),
            told["documents"].splitlines(),
        )
