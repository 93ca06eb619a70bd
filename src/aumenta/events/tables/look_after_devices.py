"""What the regia does with a device that sent too much or got into wrong hands, and with tables whose time is over."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.events.activity import DEVICE_LET_ON, DEVICE_SHUT_OUT, TABLES_KEPT_OPEN
from aumenta.events.models import Event, Observation, Photo, TableDevice, TableOperation
from aumenta.events.models.event import TABLES_OPEN_FOR
from aumenta.events.rules import may_run_regia
from aumenta.events.tables.project_log import rebuild_projection
from aumenta.people.models import User
from aumenta.people.permission import check_permission


@transaction.atomic
def let_on(*, person: User, device: TableDevice) -> None:
    """A device that was held may send as much again; raises NotAllowedError."""
    event = device.table.event
    check_permission(may_run_regia(person, event))
    TableDevice.objects.filter(pk=device.pk).update(held_for="", allowed=F("allowed") + 1)
    log(code=DEVICE_LET_ON, person=person, subject=f"{event.title_it}, {device.table}", detail=device.short_name)


@transaction.atomic
def shut_out(*, person: User, device: TableDevice, leave_out: bool = False) -> None:
    """A device's secret opens nothing any more; with `leave_out` what it sent counts nowhere either.

    The entries stay in the log, which is only ever appended to. Raises NotAllowedError.
    """
    event = device.table.event
    check_permission(may_run_regia(person, event))
    TableDevice.objects.filter(pk=device.pk).update(shut_at=timezone.now(), left_out=leave_out)
    log(code=DEVICE_SHUT_OUT, person=person, subject=f"{event.title_it}, {device.table}", detail=device.short_name)
    if leave_out:
        _leave_out(event, device)


def _leave_out(event: Event, device: TableDevice) -> None:
    """Derive the event anew; what nobody else ever wrote is withdrawn, for it has no text left to show."""
    sent = TableOperation.objects.filter(sent_by=device).order_by()
    keys = set(sent.values_list("key", flat=True))
    of_others = TableOperation.objects.filter(table=device.table_id, key__in=keys).counted().order_by()
    gone = keys - set(of_others.values_list("key", flat=True))
    identifiers = [key for key in gone if len(key) == 36]
    own = {"table": device.table_id, "public_id__in": identifiers}
    newest = sent.order_by("-pk").values_list("pk", flat=True).first() or 0
    Observation.objects.filter(**own).update(withdrawn=True, revision=newest)
    Photo.objects.filter(**own).update(removed=True)
    rebuild_projection(event)


@transaction.atomic
def keep_tables_open(*, person: User, event: Event) -> Event:
    """Let the event's tables open for as long again as they do after its end; raises NotAllowedError."""
    check_permission(may_run_regia(person, event))
    event.tables_open_until = timezone.now() + TABLES_OPEN_FOR
    event.save(update_fields=["tables_open_until"])
    log(code=TABLES_KEPT_OPEN, person=person, subject=event.title_it)
    return event
