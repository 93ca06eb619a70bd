"""No day of something that happened lies in the future: every day asked for at the desk says which kind it is."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from importlib import import_module

import pytest
from django import forms
from django.utils import timezone

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.review.editions.correct_release import correct_release
from aumenta.review.editions.freeze import freeze, reopen
from aumenta.voices.record_contributions import record_contribution
from aumenta.voices.talks.keep_talks import add_speaker, give_consent, record_talk
from tests.cast import a_small_plan, somebody
from tests.house import PACKAGE

pytestmark = pytest.mark.django_db


def _freezing(office: User, day: date) -> object:
    return freeze(person=office, edition=a_small_plan(), title_it="Adozione", dated=day)


def _correcting(office: User, day: date) -> object:
    edition = a_small_plan()
    release = freeze(person=office, edition=edition, title_it="Adozione", dated=timezone.localdate())
    reopen(person=office, edition=edition)
    return correct_release(person=office, release=release, title_it="Adozione", dated=day)


def _recording(office: User, day: date) -> object:
    return record_contribution(
        person=office, edition=a_small_plan(), text="Più treni la sera", received_on=day, source="e-mail"
    )


def _agreeing(office: User, day: date) -> object:
    facts = {"edition": a_small_plan(), "kind": "interview", "title": "Colloquio", "held_on": timezone.localdate()}
    talk = record_talk(person=office, facts=facts)
    speaker = add_speaker(person=office, talk=talk, facts={"name": "Ada Prova"})
    return give_consent(person=office, speaker=speaker, use="quote", text_version="1", given_on=day)


HAPPENED: dict[str, list[Callable[[User, date], object]]] = {
    "editions.forms.FreezeForm.dated": [_freezing, _correcting],
    "voices.views.ContributionForm.received_on": [_recording],
    "voices.forms_talks.ConsentForm.given_on": [_agreeing],
}
"""Days of what has happened, and every way in which the desk writes them."""
MAY_COME = {
    "editions.forms.FactsForm.in_force_since": "an act may say from which day on it is in force",
    "events.forms.PhaseForm.starts_on": "phases are announced",
    "events.forms.PhaseForm.ends_on": "phases are announced",
    "events.forms.EventForm.starts_at": "events are announced",
    "events.forms.EventForm.ends_at": "events are announced",
    "events.forms.EventForm.registration_until": "a day on which registration ends",
    "events.forms.EventForm.forget_people_on": "a promise",
    "events.forms.CopyEventForm.starts_at": "events are announced",
    "voices.forms_talks.TalkForm.held_on": "somebody may be asked for a day to come",
    "voices.forms_talks.SpeakerForm.forget_on": "a promise",
    "voices.forms.ConsultationForm.opens_on": "consultations are announced",
    "voices.forms.ConsultationForm.closes_on": "consultations are announced",
    "surveys.forms.QuestionnaireForm.opens_on": "questionnaires are announced",
    "surveys.forms.QuestionnaireForm.closes_on": "questionnaires are announced",
    "pages.forms.PublishForm.from_at": "a page may wait for its day",
    "pages.forms.PublishForm.until_at": "a page may end on a day",
}
"""Days that may lie in the future, and why."""
OF_ANOTHER_ROOM = ("governance.", "monitoring.")
"""Their steps and periods have rules, and tests, of their own."""


def days_asked() -> Iterator[str]:
    """Every day or moment that a form of the desk asks for, as «editions.forms.FreezeForm.dated»."""
    for path in sorted((PACKAGE / "desk").rglob("*.py")):
        module = import_module(".".join(("aumenta", *path.relative_to(PACKAGE).with_suffix("").parts)))
        for name, kind in sorted(vars(module).items()):
            if not (isinstance(kind, type) and issubclass(kind, forms.BaseForm) and kind.__module__ == module.__name__):
                continue
            for field, asked in kind.base_fields.items():  # type: ignore[attr-defined]
                if isinstance(asked, forms.DateField | forms.DateTimeField):
                    yield f"{module.__name__.removeprefix('aumenta.desk.')}.{name}.{field}"


def test_every_day_the_desk_asks_for_says_whether_it_may_lie_in_the_future() -> None:
    found = {day for day in days_asked() if not day.startswith(OF_ANOTHER_ROOM)}
    assert found == HAPPENED.keys() | MAY_COME.keys()


@pytest.mark.parametrize("way", [way for ways in HAPPENED.values() for way in ways])
def test_what_happened_happened_today_at_the_latest(way: Callable[[User, date], object]) -> None:
    with pytest.raises(RefusedError):
        way(somebody("administrator"), timezone.localdate() + timedelta(days=1))


@pytest.mark.parametrize("way", [way for ways in HAPPENED.values() for way in ways])
def test_today_is_no_day_to_come(way: Callable[[User, date], object]) -> None:
    way(somebody("administrator"), timezone.localdate())
