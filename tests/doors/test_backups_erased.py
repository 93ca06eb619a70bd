"""Who was erased after a backup was written stays erased after it was restored: every kind of erasure is played."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from aumenta.config.backups.back_up import back_up
from aumenta.config.backups.restore import restore
from aumenta.console.sync import batch_writer
from aumenta.contacts.answer_message import delete_message
from aumenta.contacts.models import Message
from aumenta.events.models import Observation, Photo, Registration, Venue
from aumenta.events.participants.register import withdraw
from aumenta.events.tables.project_log import project_log
from aumenta.following.follow import stop_following
from aumenta.following.models import Subscription
from aumenta.people.about_person import forget_account
from aumenta.people.erasures import FILE, erase_again, kinds, read_list
from aumenta.people.models import Erasure, User
from aumenta.people.subjects import Who, forget_person
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.results.erase_contribution import erase_contribution
from aumenta.results.erase_observation import erase_observation
from aumenta.results.erase_photo import erase_photo
from aumenta.review.comments.comment import comment
from aumenta.review.comments.erase_comment import erase_comment
from aumenta.review.propose import propose
from aumenta.voices.models import Contribution, Speaker
from aumenta.voices.talks.keep_talks import add_speaker, erase_speaker, record_talk
from tests.cast import a_small_plan, somebody
from tests.elsewhere import all_files, an_installation, elsewhere, where_it_stands
from tests.events_cast import Device, a_small_event, an_event, table, write_at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a test of its own"),
]
PAIR = pyrage.x25519.Identity.generate()
KEY, IDENTITY = str(PAIR.to_public()), str(PAIR)
NAME = "Zorana Scomparsa"
DAY = date(2026, 3, 1)


@pytest.fixture
def here(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    return an_installation(tmp_path, settings, monkeypatch)


def an_observation(client: Client) -> Callable[[], object]:
    event = an_event(strategies=6)
    device = Device(table(event))
    device.say(NAME, strategy="1.1")
    device.exchange(client)
    project_log(event)
    said, office = Observation.objects.get(text=NAME), somebody("approver")
    return lambda: erase_observation(person=office, observation=said)


def a_photo(client: Client) -> Callable[[], object]:
    event = an_event(strategies=6)
    device, key = Device(table(event)), str(uuid4())
    device.set("photo", key, {"sha256": "0" * 64, "caption": NAME, "removed": False})
    device.exchange(client)
    project_log(event)
    photo, office = Photo.objects.get(public_id=key), somebody("approver")
    photo.file.save("x.jpg", ContentFile(NAME.encode()))
    return lambda: erase_photo(person=office, photo=photo)


def a_contribution(client: Client) -> Callable[[], object]:
    written = Contribution.objects.create(edition=a_small_plan(), text=NAME, received_on="2026-05-03", source=NAME)
    office = somebody("approver")
    return lambda: erase_contribution(person=office, contribution=written)


def a_comment(client: Client) -> Callable[[], object]:
    action, author = Action.objects.of(a_small_plan()).with_code("1.1.1").get(), somebody("administrator")
    proposal = propose(person=author, action=action, content={**read_content(action), "title_it": "Nuovo"})
    said = comment(person=author, proposal=proposal, text=NAME)
    return lambda: erase_comment(person=author, comment=said)


def a_speaker(client: Client) -> Callable[[], object]:
    office = somebody("editor")
    talk = record_talk(
        person=office, facts={"edition": a_small_plan(), "kind": "interview", "title": f"Con {NAME}", "held_on": DAY}
    )
    speaker = add_speaker(person=office, talk=talk, facts={"name": NAME, "label": "Voce 1"})
    return lambda: erase_speaker(person=office, speaker=speaker)


def a_registration(client: Client) -> Callable[[], object]:
    made = Registration.objects.create(event=a_small_event(), name=NAME, email="z@via.example", state="confirmed")
    return lambda: withdraw(registration=made)


def a_subscription(client: Client) -> Callable[[], object]:
    now = timezone.now()
    made = Subscription.objects.create(
        email=f"{NAME.split()[0]}@via.example", kind="azione", key="2021-2023/1.1.1", asked_at=now, confirmed_at=now
    )
    return lambda: stop_following(subscription=made)


def a_message(client: Client) -> Callable[[], object]:
    made = Message.objects.create(reference="1", subject="plan", name=NAME, email="z@via.example", text=NAME)
    office = somebody("administrator")
    return lambda: delete_message(person=office, message=made)


def an_account(client: Client) -> Callable[[], object]:
    office = somebody("administrator")
    account = User.objects.create_user(f"{NAME.split()[0].lower()}@via.example", None, full_name=NAME)
    return lambda: forget_account(account, office)


def a_name_at_a_venue(client: Client) -> Callable[[], object]:
    Venue.objects.filter(event=a_small_event()).update(in_charge=NAME)
    return lambda: forget_person(who=Who(name=NAME), person=None)


KINDS = {
    "people.account_forgotten": an_account,
    "event.name_taken_out": a_name_at_a_venue,
    "event.observation_erased": an_observation,
    "event.photo_erased": a_photo,
    "contribution.erased": a_contribution,
    "proposal.comment_erased": a_comment,
    "talk.speaker_erased": a_speaker,
    "participant.withdrawn": a_registration,
    "subscription.stopped": a_subscription,
    "message.deleted": a_message,
}


def test_every_kind_of_erasure_is_played() -> None:
    assert set(KINDS) == set(kinds())


@pytest.mark.parametrize("kind", KINDS)
def test_who_was_erased_after_the_backup_stays_erased_after_the_restore(
    kind: str, here: Path, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_writer, "submit", write_at_once)
    erase = KINDS[kind](client)
    done = back_up(folder=here / "backups", key=KEY)
    erase()
    assert Erasure.objects.filter(kind=kind).count() == 1
    assert NAME not in (here / "backups" / FILE).read_text()
    with elsewhere(here / "there"):
        told = restore(file=done.file, identity=IDENTITY)
        assert told.erased == 1
        word = NAME.split()[0]
        assert where_it_stands(word) == []
        assert Speaker.objects.exclude(name="").count() == 0
        assert [name for name, data in all_files(here / "there").items() if word.encode() in data] == []
        assert erase_again([here / "backups" / FILE]) == 0, "once"


def test_a_list_that_was_cut_off_is_read_as_far_as_it_goes_and_backups_complete_it(here: Path) -> None:
    made = Subscription.objects.create(email="z@via.example", kind="azione", key="x", asked_at=timezone.now())
    stop_following(subscription=made)
    file = here / "here" / FILE
    file.write_text(file.read_text() + '{"token": "3f', encoding="utf-8")
    assert len(read_list(file)) == 1
    file.unlink()
    back_up(folder=here / "backups", key=KEY)
    assert len(read_list(here / "backups" / FILE)) == 1
