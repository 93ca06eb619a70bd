"""The forms of the frame: the texts of an axis, a strategy or a new action, and why something is taken out."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from aumenta.desk.access import DeskRequest
from aumenta.plan.models import Action, Axis, Strategy
from aumenta.review.frame.texts import names_of
from aumenta.review.models import FrameProposal

LABELS: Final = {
    "title_it": _("Name in Italian"),
    "title_en": _("Name in English"),
    "summary_it": _("Summary in Italian"),
    "summary_en": _("Summary in English"),
    "purpose_it": _("Aim in Italian"),
    "purpose_en": _("Aim in English"),
    "introduction_it": _("Introduction in Italian"),
    "introduction_en": _("Introduction in English"),
    "description_it": _("Description in Italian"),
    "description_en": _("Description in English"),
}
_RICH: Final = ("purpose", "introduction", "description")
_LONGEST: Final = {"action": Action, "axis": Axis, "strategy": Strategy}


class ChangeForm(forms.Form):
    """The texts that a change of one kind holds, its reason, and the revision it was drawn from."""

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        model = _LONGEST[kind.removesuffix("_text").partition("_")[2] or kind.removesuffix("_text")]
        for name in names_of(kind):
            rich = name[:-3] in _RICH
            # Too long is told by the verb, with what was written kept: a browser would cut it in silence.
            attributes: dict[str, Any] = {"rows": 8 if rich else 2, "lang": name[-2:], "class": "form-control"}
            if rich:
                attributes["data-rich"] = True
            else:
                attributes["data-longest"] = getattr(model._meta.get_field(name), "max_length", None)
            self.fields[name] = forms.CharField(
                label=LABELS[name], required=name == "title_it", widget=forms.Textarea(attributes)
            )
        drops = not names_of(kind)
        self.fields["reason"] = forms.CharField(
            label=_("Why it is taken out") if drops else _("Why this change"),
            required=drops,
            help_text=_("The approver reads it, and it stays in the history."),
            widget=forms.TextInput({"data-longest": 500, "class": "form-control"}),
        )
        # Where the text was drawn from: no part of the text, for the script that saves it (shared/saved-form.js).
        position = forms.HiddenInput({"data-position": True, "autocomplete": "off"})
        self.fields["seen"] = forms.CharField(widget=position, required=False)
        self.fields["revision"] = forms.IntegerField(widget=position, required=False)

    def content(self) -> dict[str, Any]:
        """The texts it asks for."""
        return self.cleaned_data


def kind_of(thing: Axis | Strategy | Action | None, verb: str) -> FrameProposal.Kind:
    """The kind of a change by what it is about and what is done: «text», «new» within it, «drop», «move»."""
    if verb == "new":
        names = {type(None): "axis", Axis: "strategy", Strategy: "action"}
        return FrameProposal.Kind(f"new_{names[type(thing)]}")
    name = {Axis: "axis", Strategy: "strategy", Action: "action"}[type(thing)]  # type: ignore[index]
    return FrameProposal.Kind(f"{name}_text" if verb == "text" else f"{verb}_{name}")


def copy_name(request: DeskRequest, change: FrameProposal | None, kind: str, label: str, code: str) -> str:
    """Under which name a browser keeps a copy of what this person types."""
    return f"struttura/{change.pk if change else f'{label}/{code}/{kind}'}/{request.user.pk}"
