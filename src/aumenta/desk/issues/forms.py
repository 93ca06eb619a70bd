"""The desk's forms of issues: their words and state, and the passage that is given to them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.people.reader import in_language
from aumenta.plan.models import Action, Edition
from aumenta.themes.issues.codebook import WORDS
from aumenta.themes.models import Issue


def grouped(issues: Iterable[Issue]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Issues under their headings, as the choices of a list; each comes with its `parent`."""
    groups: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for one in issues:
        if one.parent:
            groups.setdefault(one.parent.position, (str(one.parent), []))[1].append((one.pk, str(one)))
    return [group for _place, group in sorted(groups.items())]


class IssueForm(forms.ModelForm[Issue]):
    """The words of an issue or a heading, where it stands, what became of it."""

    actions = forms.ModelMultipleChoiceField(
        Action.objects.none(),
        label=_("Actions that answer it"),
        required=False,
        help_text=_("Several at once: hold down Ctrl, or Cmd on a Mac."),
    )
    seen = forms.IntegerField(label=_("The last step that was seen"), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Issue
        fields = ["parent", "title_it", "title_en", "guide", "state", "state_reason_it", "state_reason_en"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("guide", "state_reason_it", "state_reason_en")}
        help_texts = {
            "title_it": _("In few words: what people say is wrong or missing."),
            "guide": _("For who reads at the desk: what belongs here, what doesn't."),
            "state_reason_it": _("Everybody reads it beside the state."),
        }

    def __init__(self, *args: Any, edition: Edition, heading: bool, last: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        parent.queryset = Issue.objects.in_use().filter(edition=edition).headings()
        parent.empty_label = None
        parent.required = not heading
        actions: Any = self.fields["actions"]
        actions.queryset = (
            Action.objects.of(edition)
            .select_related("strategy__axis")
            .order_by("strategy__axis__number", "strategy__number", "number")
        )
        actions.label_from_instance = lambda one: f"{one.code} {in_language(one.title_it, one.title_en)}"[:120]
        self.initial["seen"] = last
        if self.instance.pk:
            self.initial["actions"] = list(self.instance.answers.values_list("action_id", flat=True))
        for name in ("parent", "state", "state_reason_it", "state_reason_en", "actions", "guide") if heading else ():
            del self.fields[name]

    def words(self) -> dict[str, str]:
        """What the verb takes, besides heading and actions."""
        return {name: self.cleaned_data[name] for name in WORDS if name in self.cleaned_data}

    def _post_clean(self) -> None:
        """The verb checks and saves the issue: the form leaves it as it is."""


class PassageForm(forms.Form):
    """Some words of the text that is read, and the issues they belong to."""

    words = forms.CharField(
        label=_("Words of the passage"),
        required=False,
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Copied from the text above. Left empty: all of it."),
    )
    start = forms.IntegerField(
        label=_("First character"), required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput
    )
    end = forms.IntegerField(
        label=_("After the last character"), required=False, min_value=0, max_value=100_000, widget=forms.HiddenInput
    )
    issues = forms.TypedMultipleChoiceField(
        label=_("Issues"), coerce=int, help_text=_("Several at once: hold down Ctrl, or Cmd on a Mac.")
    )
    memo = forms.CharField(label=_("Note"), required=False, max_length=5_000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, issues: Iterable[Issue], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser: Any = self.fields["issues"]
        chooser.choices = grouped(issues)
        chooser.widget.attrs["size"] = 10
