"""docs/privacy.md is whole: a field that could name somebody says what it is for and until when, or that it can't."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from aumenta.contacts.models import Message, PageRating
from aumenta.events.models import Event, Table, Venue
from aumenta.events.participants.forget_people import forget_people, forget_traces
from aumenta.people import forgetting
from aumenta.people.accounts import close_account
from aumenta.people.forget_accounts import forget_closed_accounts
from aumenta.people.forgetting import forget_what_is_over
from aumenta.people.models import Attempt, Grant, User
from aumenta.people.rate_limit import Limit, note_attempt
from tests.cast import somebody
from tests.events_cast import an_event

DOC = Path(__file__).resolve().parent.parent / "docs" / "privacy.md"
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField, models.UUIDField)


def fields_that_may_name_somebody() -> dict[str, list[str]]:
    """Model → its fields that hold text, a file, or lead to an account; GenericIPAddressField is none we allow."""
    found: dict[str, list[str]] = {}
    for model in apps.get_models(include_auto_created=True):
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (*TEXTS, models.GenericIPAddressField))
            or (isinstance(field, models.ForeignKey) and field.related_model is User)
        ]
        if names:
            found[model._meta.label] = names
    return found


def declared() -> tuple[dict[str, set[str]], dict[str, set[str]], list[str]]:
    """What the docs call personal and what they do not, by model; and the lines that lack a reason or an end."""
    text = DOC.read_text(encoding="utf-8")
    personal, incomplete = {}, []
    for model, fields, why, until in re.findall(r"^\| `([\w.]+)` \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE):
        personal[model] = set(fields.split())
        if not (why.strip() and until.strip()):
            incomplete.append(model)
    other = {m: set(f.split()) for m, f in re.findall(r"^\* `([\w.]+)`: (.+)$", text, re.MULTILINE)}
    return personal, other, incomplete


def test_every_field_that_could_name_somebody_is_declared_once_with_its_reason_and_its_end() -> None:
    personal, other, incomplete = declared()
    assert not incomplete
    there = {f"{model}.{name}" for model, names in fields_that_may_name_somebody().items() for name in names}
    said = [f"{model}.{name}" for lists in (personal, other) for model, names in lists.items() for name in names]
    assert there - set(said) == set(), "say in docs/privacy.md what these are for and until when"
    assert set(said) - there == set(), "these are declared and no longer there"
    assert len(said) == len(set(said))


@pytest.mark.django_db
def test_the_night_takes_names_of_the_event_attempts_and_sessions_whose_time_is_over() -> None:
    event, now = an_event(strategies=3), timezone.now()
    Venue.objects.filter(event=event).update(in_charge="Bruno Prova")
    limit = Limit("test", 5, timedelta(minutes=1))
    note_attempt(limit=limit, subject="ada", now=now - timedelta(days=2))
    note_attempt(limit=limit, subject="ada", now=now)
    Session.objects.create(session_key="old", session_data="x", expire_date=now - timedelta(minutes=1))
    Session.objects.create(session_key="new", session_data="x", expire_date=now + timedelta(days=1))
    forget_people(today=event.forget_people_on - timedelta(days=1))
    assert Venue.objects.filter(event=event, in_charge="Bruno Prova").exists(), "not before the promised day"
    Event.objects.filter(pk=event.pk).update(forget_people_on=timezone.localdate())
    forget_people(today=timezone.localdate())
    forget_traces(now=now)
    assert set(Venue.objects.filter(event=event).values_list("in_charge", flat=True)) == {""}
    assert set(Table.objects.filter(event=event).values_list("facilitator", flat=True)) == {""}
    assert Attempt.objects.count() == 1
    assert [session.session_key for session in Session.objects.all()] == ["new"]


@pytest.mark.django_db
def test_what_was_written_to_the_office_goes_a_year_after_the_answer_and_after_two_in_any_case() -> None:
    office, now, day = somebody("administrator"), timezone.now(), timedelta(days=1)
    about = {"subject": "plan", "name": "Ada Prova", "email": "ada@esempio.it", "text": "Buongiorno"}
    answered = {"answered_by": office, "sent_at": now - 400 * day}
    Message.objects.create(reference="1", **about, **answered, answered_at=now - 366 * day)
    Message.objects.create(reference="2", **about, **answered, answered_at=now - 364 * day)
    Message.objects.create(reference="3", **about, sent_at=now - 731 * day)
    Message.objects.create(reference="4", **about, sent_at=now - 729 * day)
    PageRating.objects.create(path="/it/", language="it", stars=2, note="Sono Ada", on=(now - 731 * day).date())
    assert forget_what_is_over(now) == 3
    assert set(Message.objects.values_list("reference", flat=True)) == {"2", "4"}
    assert list(PageRating.objects.values_list("stars", "note")) == [(2, "")]


@pytest.mark.django_db
def test_what_one_room_cannot_forget_does_not_keep_the_others_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_now: datetime) -> int:
        raise OSError("no disk")

    monkeypatch.setattr(forgetting, "_VERBS", [broken, lambda _now: 2])
    assert forget_what_is_over(timezone.now()) == 2


@pytest.mark.django_db
def test_a_year_after_it_was_closed_nothing_says_whose_an_account_was() -> None:
    office, gone, stays = somebody("administrator"), somebody("editor"), somebody("editor")
    email = gone.email
    close_account(person=office, whose=gone)
    now = timezone.now()
    assert forget_closed_accounts(now=now + timedelta(days=364)) == 0
    assert forget_closed_accounts(now=now + timedelta(days=366)) == 1
    forgotten = User.objects.get(pk=gone.pk)
    assert (forgotten.email, forgotten.full_name) == (f"account-{gone.pk}@invalid", "")
    assert not forgotten.has_usable_password()
    assert not Grant.objects.filter(person=gone).exists()
    assert not User.objects.filter(email=email).exists()
    assert User.objects.get(pk=stays.pk).email == stays.email
    assert forget_closed_accounts(now=now + timedelta(days=400)) == 0, "once"
