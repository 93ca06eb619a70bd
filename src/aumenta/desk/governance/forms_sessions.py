"""The desk's forms for sessions and votes: a session, who comes and goes, what is put to the vote, counts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from aumenta.governance.composition import Composition
from aumenta.governance.models import Act, Ballot, Body, Session, Vote


def hour_field(label: Any, **options: Any) -> forms.TimeField:
    """An hour, as browsers let it be chosen."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class SessionForm(forms.ModelForm[Session]):
    """A session of a body."""

    class Meta:
        model = Session
        fields = ["body", "number", "held_on", "convened_on", "begins", "place", "mode", "chair", "secretary", "agenda"]
        labels = {"body": _("Body")}
        widgets = {
            "held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "convened_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "begins": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "agenda": forms.Textarea(attrs={"rows": 4}),
        }

    urgent = forms.BooleanField(label=_("Urgent: with less notice than its rules ask"), required=False)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.queryset = bodies

    def _post_clean(self) -> None:
        """The verb checks and writes; the form only reads."""


class ChangeForm(SessionForm):
    """What is known of a session, put right; its body and its day stay."""

    class Meta(SessionForm.Meta):
        fields = ["number", "convened_on", "begins", "place", "mode", "chair", "secretary", "agenda"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)
        del self.fields["urgent"]


class VoteForm(forms.Form):
    """What is put to the vote."""

    act = forms.ModelChoiceField(label=_("Act"), queryset=Act.objects.none(), required=False, empty_label=_("none"))
    subject = forms.ChoiceField(label=_("What is voted"), choices=Vote.Subject.choices)
    question = forms.CharField(label=_("Question"), max_length=400, required=False)
    method = forms.ChoiceField(label=_("Method"), choices=Vote.Method.choices)
    taken_at = hour_field(
        _("At what hour"),
        required=False,
        help_text=_("It says who is in the room, where somebody comes late or leaves."),
    )
    with_enforceability = forms.BooleanField(label=_("Immediate enforceability is voted together"), required=False)

    def __init__(self, *args: Any, acts: QuerySet[Act], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        act: Any = self.fields["act"]
        act.queryset = acts


class CountsForm(forms.Form):
    """How many did what."""

    present = forms.IntegerField(label=_("Those present"), min_value=0, max_value=9999)
    votes_for = forms.IntegerField(label=_("In favour"), min_value=0, max_value=9999)
    against = forms.IntegerField(label=_("Against"), min_value=0, max_value=9999, initial=0)
    abstained = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=9999, initial=0)
    not_voting = forms.IntegerField(label=_("Present, not voting"), min_value=0, max_value=9999, initial=0)

    def counts(self) -> dict[str, int | None]:
        """The numbers by the words the count knows."""
        return {("for" if key == "votes_for" else key): value for key, value in self.cleaned_data.items()}


class DeclaredForm(CountsForm):
    """What the minutes declare; empty where they say nothing."""

    although = forms.BooleanField(
        label=_("Close even if the minutes differ from what was entered: both are kept"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required, field.initial = False, None

    def counts(self) -> dict[str, int | None]:
        """The numbers alone."""
        return {key: value for key, value in super().counts().items() if key != "although"}


class ComingForm(forms.Form):
    """Somebody comes into the room or leaves it."""

    seat = forms.ChoiceField(label=_("Who"))
    leaves = forms.ChoiceField(
        label=_("What happens"), choices=[("", _("arrives")), ("1", _("leaves"))], required=False
    )
    hour = hour_field(_("At"))

    def __init__(self, *args: Any, found: Composition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat: Any = self.fields["seat"]
        guests = [(f"m{one.pk}", one.holder.full_name) for one in found.guests]
        seat.choices = [("", "–"), *((one.id, one.name) for one in found.seats), *guests]


class RestForm(forms.Form):
    """What everybody else in the room did."""

    option = forms.ChoiceField(label=_("All others in the room"), choices=Ballot.OPTIONS[:4])


class CorrectForm(forms.Form):
    """Why a closed vote is opened again."""

    reason = forms.CharField(label=_("What has to be corrected"), max_length=500)
