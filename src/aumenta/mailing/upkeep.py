"""How the installation is, in words for the office: each part, what is so, and what to do where it is not well."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from aumenta.mailing.health import OVERDUE_HOURS, PartHealth, State, health
from aumenta.mailing.kept_backups import BACKUP_JOB, last_rehearsal, newest_backup
from aumenta.mailing.models import WorkerPulse
from aumenta.people.dates import moment_in_words

FORGETTING_JOB: Final = "aumenta.events.participants.forget_people.forget_people_daily"
"""By name: the job is a verb of a room above."""
OVERDUE: Final = timedelta(hours=OVERDUE_HOURS)
"""What is done every night is late after this long."""
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Part:
    """A part of the installation: its name for programs and for people, how it is, what is so, and what to do («» where
    nothing is to be done)."""

    key: str
    title: str
    state: State
    said: str
    todo: str = ""


def upkeep(now: datetime) -> list[Part]:
    """Every part, in the order in which a fault of one explains the next. Never raises because one is away."""
    found = {part.name: part for part in health()}
    parts = [_database(found["database"]), _room(found["data"])]
    if found["database"].state == "ok":
        rest: list[Callable[[], Part]] = [
            lambda: _worker(found["worker"]),
            lambda: _queue(found["queue"]),
            lambda: _retention(now),
            lambda: _backup(now),
        ]
        parts += [one() for one in rest]
    return [*parts, _mail(found["mail"]), _address()]


def _database(part: PartHealth) -> Part:
    if part.state != "ok":
        said = _("It does not answer (%(reason)s).") % {"reason": part.reason}
        todo = _("Nothing can be read or saved. Ask the computer office to start the database and to look at its disk.")
        return Part("database", _("Database"), part.state, said, todo)
    kind = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    return Part("database", _("Database"), "ok", _("%(kind)s answers.") % {"kind": kind})


def _room(part: PartHealth) -> Part:
    title = _("Room on the disk")
    if part.reason == "not writable":
        said = _("The data folder can't be written.")
        return Part(
            "data", title, part.state, said, _("Ask the computer office to give it back to the service’s account.")
        )
    usage = shutil.disk_usage(settings.DATA_FOLDER)
    told = {"free": _decimal(usage.free / 1000 / MEGABYTE), "total": _decimal(usage.total / 1000 / MEGABYTE, 0)}
    said = _("%(free)s GB are free of %(total)s.") % told
    todo = _("Ask the computer office for room: where there is none, nothing more is saved. What was saved stays.")
    return Part("data", title, part.state, said, "" if part.state == "ok" else todo)


def _worker(part: PartHealth) -> Part:
    last = WorkerPulse.objects.order_by("-at").values_list("at", flat=True).first()
    said = _("Heard last on %(when)s.") % {"when": _moment(last, "il")} if last else _("It was never heard here.")
    todo = _(
        "Mails, reports and the work of the night wait until it runs: nothing is lost. Ask for “systemctl restart "
        "aumenta”."
    )
    return Part(
        "worker", _("Worker: mails and the work of the night"), part.state, said, "" if part.state == "ok" else todo
    )


def _queue(part: PartHealth) -> Part:
    waiting = DBTaskResult.objects.ready().order_by("enqueued_at")
    count, first = waiting.count(), waiting.first()
    said = ngettext("%(count)d job waits.", "%(count)d jobs wait.", count) % {"count": count}
    if first is not None and part.state != "ok":
        oldest = _("The oldest has waited since %(when)s.") % {"when": _moment(first.enqueued_at, "dal")}
        said = f"{said} {oldest}"
    todo = _("If the worker runs, wait a quarter of an hour and look again; then ask for its log (journalctl).")
    return Part("queue", _("Queue of what is to be done"), part.state, said, "" if part.state == "ok" else todo)


def _retention(now: datetime) -> Part:
    """Whether the promises about personal data are kept every night."""
    title = _("Deletion of personal data when its time is over")
    jobs = DBTaskResult.objects.filter(task_path=FORGETTING_JOB)
    last = jobs.filter(status="SUCCESSFUL").order_by("-finished_at").first()
    waits = jobs.filter(status="READY").exists()
    if last is not None and last.finished_at and now - last.finished_at < OVERDUE:
        return Part("retention", title, "ok", _("Done last on %(when)s.") % {"when": _moment(last.finished_at, "il")})
    if last is None and waits:
        return Part("retention", title, "ok", _("Waits for its first night."))
    said = (
        _("Not done since %(when)s.") % {"when": _moment(last.finished_at, "dal")}
        if last
        else _("It was never done here.")
    )
    todo = _("Ask for “aumenta prepare”, which puts it into the queue again, and see that the worker runs.")
    return Part("retention", title, "degraded", said, todo)


def _backup(now: datetime) -> Part:
    title = _("Backup")
    if not (settings.BACKUPS and settings.BACKUP_KEY):
        todo = _(
            "Ask the computer office to set AUMENTA_BACKUPS and AUMENTA_BACKUP_KEY (docs/how-to/back-up.md), or make "
            "sure that it backs up the database and the data folder by other means."
        )
        return Part("backup", title, "ok" if settings.DEBUG else "degraded", _("None is written by Aumenta."), todo)
    todo = _("Ask for “aumenta backup” by hand, and for what it says.")
    try:
        newest = newest_backup()
    except OSError as fault:
        return Part(
            "backup", title, "degraded", _("Its folder can't be read: %(why)s.") % {"why": fault.strerror}, todo
        )
    if newest is None:
        return Part("backup", title, "degraded", _("There is none yet: the first is written tonight."), todo)
    told = {"when": _moment(newest.at, "del"), "size": _decimal(newest.size / MEGABYTE)}
    newest_is = _("The newest is of %(when)s, %(size)s MB.") % told
    said = f"{newest_is} {_rehearsed()} {_why_not()}".strip()
    late = now - newest.at > OVERDUE
    return Part("backup", title, "degraded" if late else "ok", said, todo if late else "")


def _rehearsed() -> str:
    """Whether somebody tried lately to restore one."""
    last = last_rehearsal(Path(settings.BACKUPS))
    if last is None:
        return _("None was ever restored to try it out.")
    if last.fault:
        return _("Trying to restore one failed on %(when)s: %(fault)s") % {
            "when": _moment(last.at, "del"),
            "fault": last.fault,
        }
    told = {"when": _moment(last.at, "il"), "seconds": f"{last.seconds:.0f}"}
    return _("One was restored to try it out on %(when)s, in %(seconds)s seconds.") % told


def _why_not() -> str:
    """The name of the fault, where last night's backup failed."""
    done = DBTaskResult.objects.filter(task_path=BACKUP_JOB).exclude(finished_at=None)
    try:
        last = done.order_by("-finished_at").first()
    except DatabaseError:
        return ""
    if last is None or last.status != "FAILED":
        return ""
    return _("Last night’s could not be written: %(why)s.") % {"why": last.exception_class_path.rpartition(".")[2]}


def _mail(part: PartHealth) -> Part:
    title = _("Mail")
    if settings.EMAIL_HOST:
        told = {"host": settings.EMAIL_HOST, "sender": settings.DEFAULT_FROM_EMAIL}
        return Part("mail", title, part.state, _("Sent by %(host)s, from %(sender)s.") % told)
    todo = _("Ask the computer office to set AUMENTA_MAIL_HOST and AUMENTA_MAIL_FROM (docs/how-to/settings.md).")
    return Part("mail", title, part.state, _("No server is set: mails are written as files and reach nobody."), todo)


def _address() -> Part:
    title, said = _("Address"), _("Links in mails lead to %(address)s.") % {"address": settings.PUBLIC_ADDRESS}
    if settings.DEBUG:
        todo = _("This installation is for trying out (AUMENTA_DEBUG=1): do not let others reach it.")
        return Part("address", title, "degraded", said, todo)
    if settings.PUBLIC_ADDRESS.startswith("https://"):
        return Part("address", title, "ok", said)
    todo = _("Ask the computer office to set AUMENTA_PUBLIC_ADDRESS to the address that readers type, with https.")
    return Part("address", title, "degraded", said, todo)


def _decimal(figure: float, places: int = 1) -> str:
    return number_format(round(figure, places), places)


def _moment(at: datetime | None, article: str) -> str:
    return moment_in_words(at, article) if at else "–"
