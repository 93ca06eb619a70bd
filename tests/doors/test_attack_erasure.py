"""Whoever asks gets her words erased: no table holds them any more, and a notice stands in their place."""

import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.console.sync import batch_writer
from aumenta.contacts.models import Message
from aumenta.events.models import Event, Observation, Photo, Registration
from aumenta.events.participants.forget_people import forget_people_daily
from aumenta.events.participants.links import link_of, registration_behind
from aumenta.events.participants.register import withdraw
from aumenta.events.tables.project_log import project_log, rebuild_projection
from aumenta.following.confirming_mail import send_confirming_mail
from aumenta.following.follow import ask_to_follow, confirm_following, stop_following
from aumenta.following.models import Subscription
from aumenta.people.secrets import encrypt
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.results.erase_contribution import erase_contribution
from aumenta.results.erase_observation import erase_observation
from aumenta.results.erased import ERASED
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import digest_of, take_snapshot
from aumenta.review.comments.comment import comment
from aumenta.review.models import Comment
from aumenta.review.propose import propose
from aumenta.voices.contributions.admit import admit
from aumenta.voices.contributions.attachments import SentFile
from aumenta.voices.contributions.mails import send_receipt
from aumenta.voices.contributions.receive import Sender
from aumenta.voices.models import Contribution, ContributionSender, Speaker
from aumenta.voices.talks.keep_talks import give_consent, record_talk, withdraw_consent
from aumenta.voices.talks.transcripts import send_transcript, take_in
from tests.cast import a_small_plan, somebody
from tests.documents_made import odt
from tests.elsewhere import where_it_stands
from tests.events_cast import Device, a_small_event, an_event, table, write_at_once
from tests.voices_cast import a_consultation, an_answer, received

pytestmark = pytest.mark.django_db
SECRET = "Mio cugino Anselmo è stato licenziato dal Comune"


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch, client: Client) -> Event:
    """An event at which it was said, corrected once, frozen and published."""
    monkeypatch.setattr(batch_writer, "submit", write_at_once)
    event = an_event(strategies=6)
    device = Device(table(event))
    key = device.say(f"{SECRET}, dicono", strategy="1.1")
    device.set("text", key, SECRET)
    device.say("Più treni la sera", strategy="1.1")
    assert device.exchange(client).status_code == 200
    office = somebody("approver")
    publish_results(person=office, snapshot=take_snapshot(person=office, event=event))
    return event


def test_an_observation_leaves_the_log_the_snapshots_and_the_reports(event: Event, client: Client) -> None:
    assert {"events.TableOperation.value", "results.Snapshot.content"} <= set(where_it_stands("Anselmo"))
    office = somebody("approver")
    said = Observation.objects.get(text=SECRET)
    for person in (somebody("editor"), somebody("facilitator"), somebody("reader")):
        with pytest.raises(PermissionDenied):
            erase_observation(person=person, observation=said)
    client.force_login(office)
    address = reverse("desk:event_erase", args=[event.slug])
    assert SECRET in client.get(address, {"cerca": "anselmo"}).content.decode()
    assert client.post(address, {"what": "observation", "number": said.pk, "sure": "1"}, follow=True).status_code == 200
    assert where_it_stands("Anselmo") == []
    rebuild_projection(event)
    assert Observation.objects.get(pk=said.pk).text == ERASED, "it does not come back"
    snapshot = Snapshot.objects.get()
    assert ERASED in str(snapshot.content)
    assert "Più treni la sera" in str(snapshot.content)
    assert digest_of(snapshot.content) == snapshot.sha256
    client.logout()
    report = client.get(reverse("public-report", args=[event.slug, "tutte", "html"])).content.decode()
    assert "Anselmo" not in report
    assert "erased on request" in report


def test_a_photo_goes_with_its_file_and_its_caption(
    event: Event, client: Client, settings: Any, tmp_path: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    device, key = Device(table(event)), str(uuid4())
    device.set("photo", key, {"sha256": "0" * 64, "caption": "Anselmo alla lavagna", "removed": False})
    device.exchange(client)
    project_log(event)
    photo = Photo.objects.get(public_id=key)
    photo.file.save("x.jpg", ContentFile(b"x"))
    client.force_login(somebody("approver"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("desk:event_erase", args=[event.slug]), {"what": "photo", "number": photo.pk, "sure": "1"})
    assert not photo.file.storage.exists(photo.file.name)
    assert where_it_stands("Anselmo alla lavagna") == []


def test_a_contribution_and_a_comment_leave_a_notice(client: Client) -> None:
    edition = a_small_plan()
    office = somebody("approver")
    client.force_login(office)
    written = Contribution.objects.create(edition=edition, text=SECRET, received_on="2026-05-03", source="Anselmo Neri")
    assert (
        client.post(reverse("desk:contribution", args=[written.pk]), {"verb": "erase", "sure": "1"}).status_code == 302
    )
    author = somebody("administrator")
    action = Action.objects.of(edition).with_code("1.1.1").get()
    proposal = propose(person=author, action=action, content={**read_content(action), "title_it": "Nuovo"})
    said = comment(person=author, proposal=proposal, text=f"Chiedi ad Anselmo: {SECRET}")
    client.post(reverse("desk:erase_comment", args=[proposal.pk]), {"comment": said.pk, "sure": "1"})
    assert where_it_stands("Anselmo") == []
    assert "erased on request" in Comment.objects.get().text
    assert "erased on request" in Contribution.objects.get().text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another server keeps its files itself")
@pytest.mark.django_db(transaction=True)
def test_after_the_night_no_file_of_the_database_holds_who_withdrew() -> None:
    words = ("Zorana Scomparsa", "zorana@via.example", "Un posto per la carrozzina")
    said = dict(zip(("name", "email", "needs"), words, strict=True))
    registration = Registration.objects.create(event=a_small_event(), **said, state="confirmed")
    assert files_of_the_database_with(words[0]), "it is looked for in the right place"
    withdraw(registration=registration)
    forget_people_daily.func()
    assert {word: files_of_the_database_with(word) for word in words} == {word: [] for word in words}


def test_the_link_of_who_withdrew_opens_nothing_any_more(client: Client) -> None:
    event = a_small_event()
    registration = Registration.objects.create(event=event, name="Ada", email="ada@via.example", state="confirmed")
    token = link_of(registration)
    assert registration_behind(token) == registration
    withdraw(registration=registration)
    assert registration_behind(token) is None
    assert client.get(f"/it/eventi/{event.slug}/la-mia-iscrizione/{token}/").status_code in {404, 410}


def test_a_withdrawn_registration_that_still_has_its_link_is_not_opened_by_it() -> None:
    facts = {"name": "Ada", "email": "ada@via.example", "state": "withdrawn"}
    assert registration_behind(link_of(Registration.objects.create(event=a_small_event(), **facts))) is None


WORDS: Final = {"name": "Zorana Scomparsa", "email": "zorana@via.example", "text": "carrozzina arancione in ascensore"}


def a_contribution_gone() -> None:
    """Sent with a file, answered, and erased because she asks."""
    edition, office = a_small_plan(), somebody("approver")
    sender = Sender(name=WORDS["name"], email=WORDS["email"])
    file = SentFile(f"{WORDS['name']}.odt", odt(f"<text:p>{WORDS['text']}</text:p>"))
    kept = received(a_consultation(edition), WORDS["text"], sender=sender, wish="signed", files=[file]).contribution
    admit(person=office, contribution=kept)
    an_answer(kept, office, f"A {WORDS['name']}: {WORDS['text']}")
    erase_contribution(person=office, contribution=kept)


def a_sender_whose_day_has_come() -> None:
    """Her contribution stays, and nobody knows whose it was."""
    kept = received(
        a_consultation(a_small_plan()), "Più treni", sender=Sender(name=WORDS["name"], email=WORDS["email"])
    )
    send_receipt.func(kept.contribution.pk, encrypt(kept.secret))
    ContributionSender.objects.update(forget_on="2020-01-01")


def somebody_heard_who_no_longer_agrees() -> None:
    """Taken out of a transcript, named by the office, and withdrawn."""
    office = somebody("editor")
    facts = {"edition": a_small_plan(), "kind": "interview", "title": f"Con {WORDS['name']}", "held_on": "2026-03-01"}
    talk = record_talk(person=office, facts={**facts, "held_on": date(2026, 3, 1), "topics": WORDS["text"]})
    said = f"ADA: Che cosa?\nZORANA SCOMPARSA: Una {WORDS['text']}.\nADA: E poi?\nZORANA SCOMPARSA: Sì.\n"
    waiting = send_transcript(person=office, talk=talk, name=f"{WORDS['name']}.txt", content=said.encode())
    take_in(person=office, sent=waiting, labels={"ZORANA SCOMPARSA": "Voce 1", "ADA": ""}, names={})
    speaker = talk.speakers.get()
    Speaker.objects.filter(pk=speaker.pk).update(email=WORDS["email"])
    how = f"foglio di {WORDS['name']}"
    consent = give_consent(
        person=office, speaker=speaker, use="take_part", text_version="1", given_on=date(2026, 3, 1), how=how
    )
    withdraw_consent(person=office, consent=consent)


def a_follower_who_stops() -> None:
    """Asked for, confirmed, written to, and stopped."""
    a_small_plan()
    now = timezone.now()
    ask_to_follow(email=WORDS["email"], kind="azione", key="2021-2023/1.1.1", rhythm="daily", language="it", now=now)
    one = Subscription.objects.get()
    send_confirming_mail.func(one.pk)
    confirm_following(subscription=one, now=now)
    stop_following(subscription=one)


def a_message_that_is_over() -> None:
    """Written to the office, and older than two years."""
    made = Message.objects.create(
        subject="other", text=WORDS["text"], name=WORDS["name"], email=WORDS["email"], language="it"
    )
    Message.objects.filter(pk=made.pk).update(sent_at=timezone.now() - timedelta(days=800))


WAYS = {
    "contribution": a_contribution_gone,
    "sender": a_sender_whose_day_has_come,
    "heard": somebody_heard_who_no_longer_agrees,
    "follower": a_follower_who_stops,
    "message": a_message_that_is_over,
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="another server keeps its files itself")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WAYS)
def test_after_the_night_no_file_holds_whoever_left_any_room(
    way: str, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Every table, the files of the database with their left-over pages, uploads, mails on disk, and the log."""
    settings.MEDIA_ROOT, settings.EMAIL_FILE_PATH = tmp_path / "media", str(tmp_path / "mail")
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    caplog.set_level(0)
    WAYS[way]()
    later = time.time() - 8 * 24 * 3600
    for mail in tmp_path.glob("mail/*.log"):
        os.utime(mail, (later, later))
    forget_people_daily.func()
    left = {}
    for word in WORDS.values():
        files = [file for file in tmp_path.rglob("*") if file.is_file() and word.encode() in file.read_bytes()]
        told = ["log"] if word in caplog.text else []
        left[word] = [*where_it_stands(word), *files_of_the_database_with(word), *files, *told]
    assert left == {word: [] for word in WORDS.values()}
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def files_of_the_database_with(word: str) -> list[str]:
    """Which of its files hold the word, in pages that count or in those left over."""
    main = Path(str(connection.settings_dict["NAME"]))
    return [file.name for file in main.parent.glob(f"{main.name}*") if word.encode() in file.read_bytes()]
