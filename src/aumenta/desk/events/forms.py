"""The desk's forms for processes and events, and how their lines become what the verbs of `events` take."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.events.create_event import SessionSpec
from aumenta.events.models import Event, Phase, Process, ProgrammeItem, Question, Registration, Session, Table, Venue
from aumenta.events.models.participant import check_name
from aumenta.events.participants.write_to_all import LONGEST_SUBJECT, LONGEST_TEXT
from aumenta.events.rules import MAY_KEEP_A_VENUE
from aumenta.people.models import Role, User
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.reader import in_language
from aumenta.people.short_names import free_slug
from aumenta.plan.models import Edition
from aumenta.territory.models import Municipality, Zone

# Words that stand in addresses beside the short names of events.
TAKEN_WORDS = {"nuovo", "percorsi"}
_MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def short_name(title: str, model: type[Process] | type[Event]) -> str:
    """A short name for a title that no other process or event has."""
    return free_slug(title, model._default_manager.all(), longest=40, nothing="incontro", taken=TAKEN_WORDS)


class ProcessForm(forms.ModelForm[Process]):
    """A process of listening."""

    class Meta:
        model = Process
        fields = ["title_it", "title_en", "summary_it", "summary_en"]


class PhaseForm(forms.ModelForm[Phase]):
    """A phase of a process."""

    class Meta:
        model = Phase
        fields = ["title_it", "title_en", "starts_on", "ends_on"]
        widgets = {"starts_on": _day(), "ends_on": _day()}

    def clean(self) -> dict[str, Any]:
        """A phase ends after it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("starts_on") and cleaned.get("ends_on") and cleaned["starts_on"] > cleaned["ends_on"]:
            self.add_error("ends_on", _("The phase ends before it begins: change one of the two dates."))
        return cleaned


class EventForm(forms.ModelForm[Event]):
    """An event: what, when, how many, which rules."""

    class Meta:
        model = Event
        fields = [
            "process",
            "title_it",
            "title_en",
            "summary_it",
            "summary_en",
            "edition",
            "starts_at",
            "ends_at",
            "registration_until",
            "seats",
            "remote_link",
            "contact",
            "votes_by_phone",
            "recurring_from_zones",
            "crossing_from_strategies",
            "crossing_from_axes",
            "privacy_it",
            "privacy_en",
            "forget_people_on",
        ]
        widgets = {
            "starts_at": _MOMENT,
            "ends_at": _MOMENT,
            "registration_until": _MOMENT,
            "forget_people_on": _day(),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition: Any = self.fields["edition"]
        edition.queryset = Edition.objects.order_by("-first_year")
        edition.label_from_instance = lambda one: f"{one.label} · {in_language(one.title_it, one.title_en)}"

    def clean(self) -> dict[str, Any]:
        """Times in order: registration, beginning, end, and only then names are forgotten."""
        cleaned: dict[str, Any] = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and starts >= ends:
            self.add_error("ends_at", _("The event ends before it begins: change one of the two times."))
        if ends and cleaned.get("registration_until") and cleaned["registration_until"] > ends:
            self.add_error("registration_until", _("Registration can't stay open after the end of the event."))
        if ends and cleaned.get("forget_people_on") and cleaned["forget_people_on"] < ends.date():
            self.add_error("forget_people_on", _("Names are needed until the event: choose a day after it."))
        return cleaned


class CopyEventForm(forms.Form):
    """A new event like an earlier one."""

    title_it = forms.CharField(label=_("Title (Italian)"), max_length=200)
    starts_at = forms.DateTimeField(label=_("Begins"), widget=_MOMENT)


class ProgrammeLineForm(forms.ModelForm[ProgrammeItem]):
    """A line of the programme."""

    class Meta:
        model = ProgrammeItem
        fields = ["starts", "title_it", "title_en", "speakers"]
        widgets = {"starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}


class SessionForm(forms.ModelForm[Session]):
    """A session and its rule."""

    class Meta:
        model = Session
        fields = ["kind", "title_it", "title_en", "question_it", "question_en", "stickers_each", "most_chosen"]

    def clean(self) -> dict[str, Any]:
        """Stickers have a number for each person and a most that may be chosen; questions have neither."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("stickers_each", "most_chosen"):
            if cleaned.get("kind") == Session.Kind.STICKERS and not cleaned.get(name):
                self.add_error(name, _("Write a number of at least 1: this session is about stickers."))
            elif cleaned.get("kind") == Session.Kind.QUESTIONS:
                cleaned[name] = None
        return cleaned


class QuestionForm(forms.ModelForm[Question]):
    """A question, and the number of the session that asks it."""

    session_number = forms.IntegerField(label=_("Number of the session"), min_value=1, max_value=20)

    class Meta:
        model = Question
        fields = ["text_it", "text_en", "short_it", "short_en"]


class VenueForm(forms.ModelForm[Venue]):
    """A venue."""

    class Meta:
        model = Venue
        fields = ["name", "address", "municipality", "in_charge", "managed_by", "access_it", "access_en"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["municipality"]
        places.queryset = Municipality.objects.current()
        people: Any = self.fields["managed_by"]
        # From then on her desk has this venue's tables and entrance.
        people.queryset = User.objects.filter(is_active=True, grants__role__in=MAY_KEEP_A_VENUE).distinct()


class AddTablesForm(forms.Form):
    """Some tables alike."""

    venue = forms.ModelChoiceField(Venue.objects.none(), label=_("Venue"))
    zones = forms.ModelMultipleChoiceField(Zone.objects.all(), label=_("Zones"), widget=forms.CheckboxSelectMultiple)
    how_many = forms.IntegerField(label=_("How many tables"), min_value=1, max_value=60, initial=1)
    room = forms.CharField(label=_("Room"), max_length=80, required=False)
    seats = forms.IntegerField(label=_("Seats of each table"), min_value=1, max_value=200, required=False)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["venue"]
        field.queryset = event.venues.all()


class TableForm(forms.ModelForm[Table]):
    """A table: where, for whom, led by whom."""

    class Meta:
        model = Table
        fields = ["number", "venue", "room", "zones", "seats", "remote", "facilitator", "facilitated_by"]
        widgets = {"zones": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        venue: Any = self.fields["venue"]
        venue.queryset = self.instance.event.venues.all()
        people: Any = self.fields["facilitated_by"]
        people.queryset = User.objects.filter(is_active=True, grants__role=Role.FACILITATOR).distinct()


class DoorForm(forms.Form):
    """Somebody who comes without being registered, or has telephoned."""

    name = forms.CharField(label=_("Name and surname"), max_length=150, validators=[check_name])
    table = forms.ModelChoiceField(Table.objects.none(), label=_("Table"))
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, required=False, help_text=_("Without one she gets no e-mail, and no report.")
    )
    organisation_kind = forms.ChoiceField(
        label=_("Kind of organisation"), choices=OrganisationKind.choices, initial=OrganisationKind.OTHER
    )
    needs = forms.CharField(label=_("Accessibility needs"), max_length=500, required=False)
    here = forms.BooleanField(label=_("Already here: check in the badge, too"), required=False)

    def __init__(self, *args: Any, tables: Sequence[Table], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["table"]
        field.queryset = _with_taken(Table.objects.filter(pk__in=[table.pk for table in tables]))
        field.label_from_instance = _how_full


class LetterForm(forms.Form):
    """A message to everybody registered."""

    subject_it = forms.CharField(label=_("Subject (Italian)"), max_length=LONGEST_SUBJECT)
    text_it = forms.CharField(
        label=_("Text (Italian)"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "A greeting with the name stands before it; the page of the event, the link to give the seat back and your"
            " address for questions after it."
        ),
    )
    subject_en = forms.CharField(label=_("Subject (English)"), max_length=LONGEST_SUBJECT, required=False)
    text_en = forms.CharField(
        label=_("Text (English)"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("For those who registered in English. Without it they get the Italian text."),
    )


class ReportTextForm(forms.Form):
    """The office's words in a report."""

    introduction = forms.CharField(
        label=_("Before the figures"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Each line is a paragraph."),
    )
    conclusion = forms.CharField(
        label=_("At the end"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 8})
    )


class SeatForm(forms.Form):
    """A table for somebody."""

    table = forms.ModelChoiceField(Table.objects.none(), label=_("Table"))

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["table"]
        field.queryset = _with_taken(event.tables.all())
        field.label_from_instance = _how_full


def _with_taken(tables: QuerySet[Table]) -> QuerySet[Table]:
    confirmed = Q(registrations__state=Registration.State.CONFIRMED)
    return tables.select_related("venue").annotate(taken=Count("registrations", filter=confirmed))


def _how_full(table: Any) -> str:
    """A table in a list to choose from, with its people and its seats: whoever seats somebody sees which is full."""
    shown = f"{table}, {table.venue} ({table.taken}/{table.seats or '∞'})"
    full = table.seats is not None and table.taken >= table.seats
    return gettext("%(table)s, full") % {"table": shown} if full else shown


def lines(form: type[forms.ModelForm[Any]], rows: Sequence[Mapping[str, Any]], data: Any, prefix: str) -> Any:
    """A formset of `form` over `rows`, with two empty lines at the end and a tick to take one away."""
    made = forms.formset_factory(form, extra=2, can_delete=True, max_num=100, absolute_max=110)
    return made(data, initial=list(rows), prefix=prefix)


def kept(formset: Any) -> list[dict[str, Any]]:
    """What the lines say, in order, without those left empty or ticked to be taken away; only after it is valid."""
    return [
        {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
        for form in formset
        if form.cleaned_data and not form.cleaned_data.get("DELETE")
    ]


def as_asked(sessions: Iterable[Mapping[str, Any]], questions: Iterable[Mapping[str, Any]]) -> list[SessionSpec]:
    """Sessions and questions as `set_sessions` takes them.

    forms.ValidationError for a question of no session, and for a second session of stickers: wall and phones have one.
    """
    questions = list(questions)
    numbered = list(enumerate(sessions, start=1))
    if sum(session["kind"] == Session.Kind.STICKERS for _n, session in numbered) > 1:
        raise forms.ValidationError(
            gettext("An event has one session of stickers: the wall and the phones show its count. Take one away.")
        )
    known = {n for n, session in numbered if session["kind"] == Session.Kind.QUESTIONS}
    for question in questions:
        if question["session_number"] not in known:
            message = gettext("“%(text)s” names session %(number)s, which is not a session of questions.")
            raise forms.ValidationError(message % {"text": question["text_it"], "number": question["session_number"]})
    in_order = sorted(questions, key=lambda question: int(question["session_number"]))
    coded = [
        (question["session_number"], (f"q{n}", _both(question, "text"), _both(question, "short")))
        for n, question in enumerate(in_order, start=1)
    ]
    return [
        SessionSpec(
            code=f"s{n}",
            kind=session["kind"],
            title=_both(session, "title"),
            question=_both(session, "question"),
            stickers_each=session["stickers_each"],
            most_chosen=session["most_chosen"],
            questions=[question for number, question in coded if number == n],
        )
        for n, session in numbered
    ]


def _both(row: Mapping[str, Any], stem: str) -> tuple[str, str]:
    """A text in Italian and in English."""
    return row[f"{stem}_it"], row[f"{stem}_en"]
