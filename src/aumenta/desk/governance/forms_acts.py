"""The desk's forms for the road of an act: one for each verb, with nothing in it but what that verb asks."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.desk.governance.forms import day_field
from aumenta.governance.models import Act, Body, Condition, Opinion, Vote
from aumenta.people.reader import in_language
from aumenta.plan.models import Edition
from aumenta.review.models import Release
from aumenta.territory.models import Municipality

LONGEST_OBSERVATION = 20_000


class ActForm(forms.Form):
    """A new act."""

    body = forms.ModelChoiceField(label=_("Body that decides"), queryset=Body.objects.none())
    kind = forms.ChoiceField(label=_("Kind of act"), choices=Act.Kind.choices)
    object_it = forms.CharField(label=_("Object (Italian)"), max_length=400)
    object_en = forms.CharField(label=_("Object (English)"), max_length=400, required=False)
    points = forms.CharField(
        label=_("What it decides, a point a line"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    edition = forms.ModelChoiceField(
        label=_("Edition of the plan"), queryset=Edition.objects.none(), required=False, empty_label=_("none")
    )

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.queryset = bodies
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.order_by("-first_year")
        edition.label_from_instance = lambda one: f"{one.label} · {in_language(one.title_it, one.title_en)}"


class StepForm(forms.Form):
    """What every step has: its day. Each form below adds what its verb asks."""

    day = day_field(_("Date"))

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        if "day" in self.fields:
            self.fields["day"].initial = timezone.localdate()

    def offer(self, name: str, rows: QuerySet[Any]) -> None:
        """Let the field `name` be one of `rows`, which depend on the act."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class NoteForm(StepForm):
    """A day and a note."""

    note = forms.CharField(label=_("Note or reason"), widget=forms.Textarea(attrs={"rows": 2}), required=False)


class TextForm(StepForm):
    """A text: pasted, or a dated version of the edition."""

    release = forms.ModelChoiceField(
        label=_("Dated version of the edition"),
        queryset=Release.objects.none(),
        required=False,
        empty_label=_("none: the text below"),
    )
    words = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 8}), required=False)

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        self.offer("release", Release.objects.filter(edition=act.edition_id))


class AmendForm(TextForm):
    """Another text, and why it differs."""

    condition = forms.ModelChoiceField(
        label=_("Condition or observation it answers"),
        queryset=Condition.objects.none(),
        required=False,
        empty_label=_("none"),
    )
    committee = forms.BooleanField(label=_("Amended in committee"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        self.offer("condition", Condition.objects.filter(opinion__act=act))


class AskForm(StepForm):
    """Until when who is asked may answer."""

    due = day_field(_("Answers due on"))


class HearForm(StepForm):
    """Who was heard."""

    who = forms.CharField(label=_("Who was heard"), max_length=400)


class PublishForm(StepForm):
    """On the notice board until when."""

    until = day_field(_("On the notice board until (empty: 15 days)"), required=False)


class ForceForm(StepForm):
    """In force until when."""

    until = day_field(_("In force until"), required=False)


class GiveForm(StepForm):
    """What a body answered."""

    opinion = forms.ModelChoiceField(label=_("Body"), queryset=Opinion.objects.none())
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Opinion.Outcome.choices)
    words = forms.CharField(label=_("Text of the opinion"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    conditions = forms.CharField(
        label=_("Conditions, one a line"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    observations = forms.CharField(
        label=_("Observations, one a line"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        waiting = act.opinions.filter(given_on=None).select_related("body")
        self.offer("opinion", waiting)


class ObserveForm(StepForm):
    """What a municipality observes."""

    opinion = forms.ModelChoiceField(label=_("Through which body"), queryset=Opinion.objects.none())
    municipality = forms.ModelChoiceField(label=_("Municipality"), queryset=Municipality.objects.none())
    words = forms.CharField(label=_("What it observes"), widget=forms.Textarea(attrs={"rows": 3}))
    sheet = forms.CharField(label=_("Code of the sheet it is about"), max_length=20, required=False)
    proposed = forms.CharField(
        label=_("Text it proposes instead"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        self.offer("opinion", act.opinions.select_related("body"))
        self.offer("municipality", Municipality.objects.filter(territory=act.body.territory_id, valid_to=None))


class OwnObservationForm(forms.Form):
    """What a municipality observes through its own referent; which of hers, where she answers for several."""

    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), empty_label=None
    )
    words = forms.CharField(
        label=_("What it observes"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_OBSERVATION
    )
    sheet = forms.CharField(label=_("Code of the sheet it is about"), max_length=20, required=False)
    proposed = forms.CharField(
        label=_("Text it proposes instead"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_OBSERVATION,
        required=False,
    )

    def __init__(self, *args: Any, places: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"o{number}_%s", **kwargs})
        field: Any = self.fields["municipality"]
        field.queryset = places
        if len(places) == 1:
            field.initial = places[0]


class AnswerForm(StepForm):
    """The answer to a condition or an observation."""

    day = None  # type: ignore[assignment]
    condition = forms.ModelChoiceField(label=_("Condition or observation"), queryset=Condition.objects.none())
    answer = forms.ChoiceField(label=_("Answer"), choices=Condition.Answer.choices)
    because = forms.CharField(label=_("Because"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        self.offer("condition", Condition.objects.filter(opinion__act=act))


class DepartForm(StepForm):
    """Why the act departs from a mandatory opinion."""

    day = None  # type: ignore[assignment]
    opinion = forms.ModelChoiceField(label=_("Body"), queryset=Opinion.objects.none())
    why = forms.CharField(label=_("Why the act departs from it"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        rows = act.opinions.filter(binding=False).select_related("body")
        self.offer("opinion", rows)


class DecideForm(StepForm):
    """The vote that decided, and the number the act took."""

    day = None  # type: ignore[assignment]
    vote = forms.ModelChoiceField(label=_("Vote"), queryset=Vote.objects.none())
    number = forms.CharField(label=_("Number"), max_length=20)
    year = forms.IntegerField(label=_("Year of the number"), min_value=1990, max_value=2200)

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, act=act, **kwargs)
        # A vote on a part, and that of a body that was only asked, decide nothing.
        rows = act.polls.filter(subject=Vote.Subject.WHOLE, session__body=act.body).select_related("session__body")
        self.offer("vote", rows)
