"""The desk's forms for how far actions have come."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.desk.governance.forms import day_field
from aumenta.desk.monitoring.fields import NumberField
from aumenta.monitoring.actions.standing import MilestoneStanding
from aumenta.monitoring.models import ActionState, Implementation, Milestone, Progress
from aumenta.people.dates import day_in_words
from aumenta.people.models import Organisation
from aumenta.plan.models import Edition


class StateForm(forms.ModelForm[ActionState]):
    """A word of the vocabulary."""

    class Meta:
        model = ActionState
        fields = ("slug", "name_it", "name_en", "meaning", "position", "retired")


class ImplementationForm(forms.ModelForm[Implementation]):
    """Who carries an action out."""

    office = forms.ModelChoiceField(
        label=_("Responsible office"),
        queryset=Organisation.objects.all(),
        required=False,
        empty_label=_("not said"),
    )
    begins_on = day_field(_("Begins on"), required=False)
    ends_on = day_field(_("Ends on"), required=False)

    class Meta:
        model = Implementation
        fields = ("office", "others", "power", "begins_on", "ends_on")


class MilestoneForm(forms.Form):
    """A milestone."""

    title_it = forms.CharField(label=_("Milestone (Italian)"), max_length=200)
    title_en = forms.CharField(label=_("Milestone (English)"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    base = NumberField(label=_("Where it begins"), initial="0")
    target = NumberField(label=_("Target"))
    weight = NumberField(label=_("Weight in the percentage"), initial="1")
    begins_on = day_field(_("Begins on"))
    due_on = day_field(_("To be reached by"))

    @staticmethod
    def of(milestone: Milestone) -> dict[str, Any]:
        """What the form shows of a milestone."""
        return {name: getattr(milestone, name) for name in MilestoneForm.base_fields}


class ProgressForm(forms.Form):
    """An update: where the action stands, why, and where each milestone is."""

    state = forms.ModelChoiceField(label=_("Status"), queryset=ActionState.objects.filter(retired=False))
    phase = forms.ChoiceField(label=_("Phase"), choices=Progress.Phase.choices)
    as_of = day_field(_("As of"))
    reason_it = forms.CharField(
        label=_("What was done, and why it stands there (Italian)"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason_en = forms.CharField(
        label=_("What was done, and why it stands there (English)"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        milestones: Sequence[MilestoneStanding] = (),
        latest: Progress | None = None,
        **kwargs: Any,
    ) -> None:
        begin: dict[str, Any] = {"as_of": timezone.localdate()}
        if latest is not None:
            begin |= {"state": latest.state_id, "phase": latest.phase}
        super().__init__(*args, **{"initial": begin, **kwargs})
        for one in milestones:
            milestone = one.milestone
            self.fields[f"m{milestone.pk}"] = NumberField(
                label=f"{milestone.title}{f' ({milestone.unit})' if milestone.unit else ''}",
                required=False,
                initial=one.value,
                help_text=_("From %(base)s to %(target)s by %(day)s. Empty where it is not known.")
                % {
                    "base": f"{milestone.base:g}",
                    "target": f"{milestone.target:g}",
                    "day": day_in_words(milestone.due_on, "il"),
                },
            )

    def values(self) -> dict[int, float]:
        """Where milestones stand, by their keys; without those nobody knows of."""
        given = self.cleaned_data
        return {int(name[1:]): given[name] for name in self.fields if name[0] == "m" and given.get(name) is not None}

    def facts(self) -> dict[str, Any]:
        """What the verb takes beside the values."""
        return {name: self.cleaned_data[name] for name in ("state", "phase", "as_of", "reason_it", "reason_en")}


class RoundForm(forms.Form):
    """A round of updates."""

    edition = forms.ModelChoiceField(label=_("Edition"), queryset=Edition.objects.all())
    as_of = day_field(_("State as of"))
    asks_on = day_field(_("Referents are asked on"))
    due_on = day_field(_("Answers by"))
    remind_every = forms.IntegerField(
        label=_("Days between reminders to those who are late"), min_value=1, max_value=60, initial=7
    )
    climbs_after = forms.IntegerField(
        label=_("Days after which the office is told who is late"), min_value=0, max_value=180, initial=14
    )


class AnswerForm(forms.Form):
    """A word to who sent an update."""

    answer = forms.CharField(
        label=_("A word to who sent it"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
