"""The office reads how its installation is, and what to do; a full disk is said where it happens."""

import json
import os
import shutil
from collections import namedtuple
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from aumenta.config.backups.daily import back_up_daily
from aumenta.config.outage import is_full
from aumenta.events.participants.forget_people import forget_people_daily, queue_forgetting
from aumenta.mailing import health, upkeep
from aumenta.mailing.kept_backups import BACKUP_JOB, REHEARSALS, file_name
from aumenta.mailing.models import WorkerPulse
from aumenta.mailing.pulse import send_heartbeat
from aumenta.plan.search.prepare_meaning import prepare_meaning
from tests.cast import somebody
from tests.faults import answered

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")
GIGABYTE = 1000**3


@pytest.fixture
def well(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of which nothing is to be said."""
    settings.EMAIL_HOST, settings.PUBLIC_ADDRESS = "mail.example.it", "https://piano.example.it"
    settings.BACKUPS, settings.BACKUP_KEY, settings.DEBUG = str(tmp_path), "age1x", False
    (tmp_path / file_name(timezone.now() - timedelta(hours=3))).write_bytes(b"x" * 2_500_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100 * GIGABYTE, 1, 50 * GIGABYTE))
    send_heartbeat("one")
    queue_forgetting()
    return tmp_path


def states() -> dict[str, str]:
    return {part.key: part.state for part in upkeep.upkeep(timezone.now())}


def fault_of_the_database(monkeypatch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    def refuse(*_args: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)


def no_room(monkeypatch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(100 * GIGABYTE, 1, 10_000_000))


def not_writable(monkeypatch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    monkeypatch.setattr(os, "access", lambda *_args: False)


def silent(_patch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    WorkerPulse.objects.update(at=timezone.now() - timedelta(hours=2))


def never_heard(_patch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    WorkerPulse.objects.all().delete()


def late_jobs(_patch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    prepare_meaning.enqueue()
    DBTaskResult.objects.filter(task_path=prepare_meaning.module_path).update(
        enqueued_at=timezone.now() - timedelta(hours=1)
    )


def nothing_forgotten(_patch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    forgetting = DBTaskResult.objects.filter(task_path=forget_people_daily.module_path)
    forgetting.update(status="SUCCESSFUL", finished_at=timezone.now() - timedelta(days=3))


def forgetting_not_planned(_patch: pytest.MonkeyPatch, _folder: Path, _settings: Any) -> None:
    DBTaskResult.objects.all().delete()


def an_old_backup(_patch: pytest.MonkeyPatch, folder: Path, _settings: Any) -> None:
    for file in folder.glob("*.age"):
        file.rename(folder / file_name(timezone.now() - timedelta(days=4)))


def no_backup_yet(_patch: pytest.MonkeyPatch, folder: Path, _settings: Any) -> None:
    for file in folder.glob("*.age"):
        file.unlink()


def no_backups_set(_patch: pytest.MonkeyPatch, _folder: Path, settings: Any) -> None:
    settings.BACKUPS = ""


def no_mail_server(_patch: pytest.MonkeyPatch, _folder: Path, settings: Any) -> None:
    settings.EMAIL_HOST = ""


def no_https(_patch: pytest.MonkeyPatch, _folder: Path, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "http://127.0.0.1:8000"


def trying_out(_patch: pytest.MonkeyPatch, _folder: Path, settings: Any) -> None:
    settings.DEBUG = True


FAULTS: dict[str, tuple[str, str, Callable[..., None]]] = {
    "database away": ("database", "down", fault_of_the_database),
    "disk full": ("data", "down", no_room),
    "not writable": ("data", "down", not_writable),
    "worker silent": ("worker", "degraded", silent),
    "worker never heard": ("worker", "degraded", never_heard),
    "late jobs": ("queue", "degraded", late_jobs),
    "nothing forgotten": ("retention", "degraded", nothing_forgotten),
    "forgetting not planned": ("retention", "degraded", forgetting_not_planned),
    "old backup": ("backup", "degraded", an_old_backup),
    "no backup yet": ("backup", "degraded", no_backup_yet),
    "no backups set": ("backup", "degraded", no_backups_set),
    "no mail server": ("mail", "degraded", no_mail_server),
    "no https": ("address", "degraded", no_https),
    "trying out": ("address", "degraded", trying_out),
}


def test_where_all_is_well_nothing_is_to_be_done_and_every_part_has_a_fault_that_is_played(well: Path) -> None:
    parts = upkeep.upkeep(timezone.now())
    assert {part.key: part.state for part in parts} == dict.fromkeys({key for key, *_rest in FAULTS.values()}, "ok")
    assert [part.todo for part in parts] == [""] * len(parts)


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_told_alone_with_what_to_do_in_both_languages(
    name: str, well: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, state, play = FAULTS[name]
    before = states()
    play(monkeypatch, well, settings)
    with override("it"):
        (part,) = [one for one in upkeep.upkeep(timezone.now()) if one.key == key]
    with override("en"):
        (english,) = [one for one in upkeep.upkeep(timezone.now()) if one.key == key]
    assert part.state == state
    assert part.todo
    assert part.said
    assert (part.title, part.todo) != (english.title, english.todo)
    others = {other: was for other, was in before.items() if other != key}
    assert {other: was for other, was in states().items() if other != key}.items() <= others.items()


def test_the_backup_part_says_size_rehearsal_and_why_last_night_failed(well: Path) -> None:
    def said() -> str:
        return next(part.said for part in upkeep.upkeep(timezone.now()) if part.key == "backup")

    assert "2,5 MB" in said()
    line = {"at": timezone.now().isoformat(), "file": "x", "seconds": 41.2, "fault": ""}
    (well / REHEARSALS).write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert "41" in said()
    line["fault"] = "damaged"
    (well / REHEARSALS).write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert "damaged" in said()
    assert back_up_daily.module_path == BACKUP_JOB
    back_up_daily.enqueue()
    job = DBTaskResult.objects.filter(task_path=BACKUP_JOB)
    job.update(status="FAILED", finished_at=timezone.now(), exception_class_path="builtins.OSError")
    assert "OSError" in said()


def test_the_page_is_for_administrators_and_leads_from_what_is_to_its_remedy(
    well: Path, client: Client, settings: Any
) -> None:
    client.force_login(somebody("administrator"))
    page = client.get(reverse("desk:health")).content.decode()
    assert "Tutto va bene" in page
    settings.EMAIL_HOST = ""
    page = client.get(reverse("desk:health")).content.decode()
    assert "AUMENTA_MAIL_HOST" in page
    assert "Tutto va bene" not in page
    client.force_login(somebody("approver"))
    assert client.get(reverse("desk:health")).status_code == 403


def test_who_watches_is_told_of_an_old_backup_too(well: Path, client: Client) -> None:
    assert client.get("/status/ready").json()["parts"]["backup"]["state"] == "ok"
    an_old_backup(None, well, None)
    told = client.get("/status/ready").json()
    assert (told["state"], told["parts"]["backup"]) == ("degraded", {"state": "degraded", "reason": "96 hours old"})
    assert health.worst(health.health()) == "degraded"


FULL = [
    OSError(28, "No space left on device"),
    OSError(122, "Disk quota exceeded"),
    OperationalError("database or disk is full"),
]


@pytest.mark.parametrize("fault", FULL)
def test_a_full_disk_is_507_and_says_that_nothing_was_saved(fault: Exception) -> None:
    status, _again, page = answered(fault)
    assert status == 507
    assert "Non salvato: manca spazio" in page
    assert "Not saved: no space" in page


def test_a_full_disk_of_postgresql_and_one_behind_another_fault_are_known_and_nothing_else_is() -> None:
    known = DatabaseError("could not extend file")
    known.__cause__ = psycopg.errors.DiskFull("could not extend file")
    assert is_full(known)
    assert not is_full(OSError(13, "Permission denied"))
    assert not is_full(ValueError("full"))
    assert not is_full(None)
