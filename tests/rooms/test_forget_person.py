"""Whoever asks learns what is held about her, and is erased from every table and file; others stay as they were."""

import io
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.activity.log import log
from aumenta.activity.models import ActivityEntry
from aumenta.contacts.models import Message
from aumenta.events.models import Event, Registration, Table, Venue
from aumenta.following.models import Subscription
from aumenta.governance.models import Holder
from aumenta.people.accounts import add_person, give_role
from aumenta.people.models import Erasure, User
from aumenta.people.refusals import RefusedError
from aumenta.people.subjects import _FINDERS, Who, forget_person, held_about, where_it_stands
from aumenta.plan.models import Edition
from aumenta.plan.search.prepare_meaning import prepare_meaning
from aumenta.voices.contributions.attachments import SentFile
from aumenta.voices.contributions.receive import Sender
from aumenta.voices.models import Contribution, Speaker, Statement
from aumenta.voices.talks.keep_talks import add_speaker, record_talk
from tests.cast import a_small_plan, somebody
from tests.documents_made import odt
from tests.events_cast import a_small_event
from tests.voices_cast import a_consultation, received

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20
KINDS = 8
"""Kinds of things that each invented person leaves."""


def invented(number: int) -> Who:
    letters = random.Random(number)
    name = " ".join("".join(letters.choices("bcdfglmnprstvz", k=9)).title() for _part in range(2))
    return Who(email=f"{name.split()[0].lower()}@via.example", name=name)


@pytest.fixture
def folders(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_FOLDER, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path


def leave_traces(who: Who, folder: Path) -> None:
    """Everything that somebody may leave here."""
    office = somebody("administrator")
    account = add_person(person=office, email=who.email, full_name=who.name)
    give_role(person=office, to=account, role="reader")
    session = SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session.save()
    event = Event.objects.first() or a_small_event()
    Registration.objects.create(event=event, name=who.name, email=who.email, needs=f"di {who.name}", state="confirmed")
    Venue.objects.filter(event=event).update(in_charge=who.name)
    Table.objects.filter(venue__event=event).update(facilitator=who.name)
    now = timezone.now()
    Subscription.objects.create(email=who.email, kind="azione", key="x", asked_at=now, confirmed_at=now)
    edition = Edition.objects.first() or a_small_plan()
    sender = Sender(name=who.name, email=who.email)
    file = SentFile(f"{who.name}.odt", odt(f"<text:p>{who.name}</text:p>"))
    received(a_consultation(edition), f"Firmato {who.name}", sender=sender, wish="signed", files=[file])
    Message.objects.create(
        reference=who.email[:12], subject="plan", name=who.name, email=who.email, text=f"Sono {who.name}"
    )
    talk = record_talk(
        person=office,
        facts={"edition": edition, "kind": "interview", "title": f"Con {who.name}", "held_on": date(2026, 3, 1)},
    )
    speaker = add_speaker(person=office, talk=talk, facts={"name": who.name, "email": who.email, "label": "Voce 1"})
    Statement.objects.create(talk=talk, speaker=speaker, position=1, text=f"Mi chiamo {who.name}")
    prepare_meaning.enqueue()
    DBTaskResult.objects.update(status="FAILED", finished_at=now, traceback=f"refused: {who.email}")
    mail = folder / "mail" / "1.log"
    mail.parent.mkdir(exist_ok=True)
    mail.write_text(f"To: {who.email}\n", encoding="utf-8")


def test_of_twenty_people_nothing_is_left_in_any_table_file_mail_or_log(
    folders: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    for number in range(PEOPLE):
        who = invented(number)
        leave_traces(who, folders)
        stands = where_it_stands(who)
        assert len({place.split(".")[0] for places in stands.values() for place in places}) >= 5, "it is looked for"
        assert len(held_about(who)) >= KINDS
        done = forget_person(who=who, person=None)
        assert done.left == {word: [] for word in who.words}
        assert done.erased >= KINDS
        assert held_about(who) == []
        assert not Speaker.objects.filter(erased=False).exclude(name="").exists()
        assert [word for word in who.words if word in caplog.text] == []
    assert [file.name for file in (folders / "mail").iterdir()] == []
    assert not [file for file in (folders / "media").rglob("*") if file.is_file()]


def test_others_keep_what_is_theirs_and_the_log_what_happened(folders: Path) -> None:
    one, other = invented(101), invented(102)
    leave_traces(one, folders)
    leave_traces(other, folders)
    Registration.objects.create(
        event=Event.objects.get(), name=one.name, email="namesake@via.example", state="confirmed"
    )
    entries = list(ActivityEntry.objects.order_by("pk").values_list("pk", "at", "person", "code"))
    before = {what: len(held) for what, held in by_kind(other).items()}
    key = User.objects.get(email=one.email).pk
    forget_person(who=one, person=somebody("administrator"))
    assert {what: len(held) for what, held in by_kind(other).items()} == before
    assert Registration.objects.filter(email="namesake@via.example").exists(), "a namesake with another address"
    kept = list(ActivityEntry.objects.order_by("pk").values_list("pk", "at", "person", "code"))
    assert kept[: len(entries)] == entries
    assert ActivityEntry.objects.filter(code="people.forgotten").count() == 1
    assert ActivityEntry.objects.filter(subject__contains=f"account-{key}").exists()
    assert User.objects.get(pk=key).email == f"account-{key}@invalid"
    assert Erasure.objects.count() == KINDS - 2, "a restore erases it again"


def by_kind(who: Who) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for held in held_about(who):
        found.setdefault(held.what, []).append(held)
    return found


def test_every_room_with_a_finder_is_played_here() -> None:
    rooms = {finder.__module__.split(".")[1] for finder in _FINDERS}
    assert rooms == {"people", "events", "following", "results", "contacts", "voices", "governance"}


def test_the_last_administrator_is_not_erased_and_nothing_is(folders: Path) -> None:
    office = somebody("administrator")
    Message.objects.create(reference="1", subject="plan", name="Ada", email=office.email, text="x")
    with pytest.raises(RefusedError):
        forget_person(who=Who(email=office.email), person=None)
    assert Message.objects.exists()
    assert User.objects.get(pk=office.pk).is_active


def test_the_public_record_stays_and_says_why(folders: Path) -> None:
    Holder.objects.create(full_name="Zorana Scomparsa")
    (held,) = held_about(Who(name="zorana  scomparsa"))
    assert held.erase is None
    assert held.why_not
    done = forget_person(who=Who(name="Zorana Scomparsa"), person=None)
    assert done.left["Zorana Scomparsa"][0] == "governance.Holder.full_name"


def test_what_others_wrote_of_her_is_named_and_left_to_people(folders: Path) -> None:
    Contribution.objects.create(edition=a_small_plan(), text="Dice zorana scomparsa che…", received_on="2026-05-03")
    log(code="people.added", person=None, subject="x")
    (folders / "media").mkdir(exist_ok=True)
    (folders / "media" / "note.txt").write_bytes(ContentFile("ZORANA SCOMPARSA").read().encode())
    assert where_it_stands(Who(name="Zorana Scomparsa"))["Zorana Scomparsa"][:1] == ["voices.Contribution.text"]
    assert "note.txt" in where_it_stands(Who(name="Zorana Scomparsa"))["Zorana Scomparsa"]
    assert where_it_stands(Who(name="100%_"))["100%_"] == [], "no sign of a pattern is one"


def test_the_command_tells_hands_out_and_erases(folders: Path, tmp_path: Path) -> None:
    who, file = invented(7), tmp_path / "for-her" / "held.json"
    leave_traces(who, folders)
    for words in ([], ["nobody"]):
        with pytest.raises(CommandError) as refused:
            call_command("forget", *words, stdout=io.StringIO())
        assert refused.value.returncode == 2
    with pytest.raises(CommandError):
        call_command("forget", who.email, name=who.name, export=file, stdout=io.StringIO())
    file.parent.mkdir()
    told = io.StringIO()
    call_command("forget", who.email, name=who.name, export=file, stdout=told)
    assert who.name in told.getvalue()
    held = json.loads(file.read_text(encoding="utf-8"))
    assert len(held["held"]) >= KINDS
    assert file.stat().st_mode & 0o777 == 0o600
    assert held_about(who), "asking erases nothing"
    file.unlink()
    told = io.StringIO()
    call_command("forget", who.email, name=who.name, erase=True, stdout=told)
    assert who.name not in told.getvalue().splitlines()[-1]
    assert held_about(who) == []
    Contribution.objects.create(edition=Edition.objects.get(), text=f"Con {who.name}", received_on="2026-05-03")
    with pytest.raises(CommandError, match=r"voices\.Contribution\.text"):
        call_command("forget", who.email, name=who.name, erase=True, stdout=io.StringIO())
    assert connection.vendor in {"sqlite", "postgresql"}
