"""The verbs of a file of readings: send it, look at what it would do, take it in, put it aside."""

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.readings import ReadingsFile, readings_read_apart
from aumenta.core.tables import TableError
from aumenta.monitoring.activity import READINGS_PUT_ASIDE, READINGS_SENT, READINGS_TAKEN
from aumenta.monitoring.compare_readings import Changed, New, Preview, compare_readings
from aumenta.monitoring.models import Correction, Indicator, MeasuredPlace, Reading, SourceFile
from aumenta.monitoring.refresh_statuses import refresh_statuses
from aumenta.monitoring.rules import may_keep_indicators
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

BATCH: Final = 5_000
FORMATS: Final = {"sheet": "xlsx/ods"}


def send_readings(
    *, person: User | None, name: str, data: bytes, retrieved_on: date, structure: bytes = b""
) -> SourceFile:
    """Keep a file of readings to be looked at; nothing is taken from it yet. `person` is None where the system loads
    its own.

    Raises NotAllowedError, RefusedError: unreadable_readings with the finding.
    """
    if person is not None:
        check_permission(may_keep_indicators(person))
    # Read before anything is locked: nobody who writes waits for it.
    opened = _opened(name, data, structure)
    kept = SourceFile(
        name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        format=FORMATS.get(opened.format, opened.format),
        retrieved_on=retrieved_on,
        content=zlib.compress(data),
        structure=zlib.compress(structure) if structure else b"",
        entered_by=person,
    )
    with transaction.atomic():
        kept.save()
        log(code=READINGS_SENT, person=person, about=kept)
    return kept


def look_at_readings(*, file: SourceFile) -> Preview:
    """What taking the file in would do. Raises RefusedError: file_of_readings_gone, unreadable_readings."""
    if file.taken_at or not file.content:
        raise RefusedError("file_of_readings_gone")
    structure = zlib.decompress(bytes(file.structure)) if file.structure else b""
    opened = _opened(file.name, zlib.decompress(bytes(file.content)), structure)
    try:
        preview = compare_readings(opened.observations)
    except TableError as problem:
        raise RefusedError("unreadable_readings", file=file.name, finding=problem.finding) from None
    preview.notes = [*opened.notes, *preview.notes]
    return preview


def _opened(name: str, data: bytes, structure: bytes) -> ReadingsFile:
    try:
        return readings_read_apart(data, latest_year=timezone.localdate().year, structure=structure or None)
    except TableError as problem:
        raise RefusedError("unreadable_readings", file=name[:200], finding=problem.finding) from None


def take_readings(
    *, person: User | None, file: SourceFile, reason: str = "", looked_at: tuple[int, int] | None = None
) -> Preview:
    """Take in what is new and what has changed; what was refused stays out. Old values are kept with the reason.

    `looked_at` is how many new and changed readings the person saw. Raises NotAllowedError, RefusedError:
    file_of_readings_gone, unreadable_readings, readings_changed_meanwhile, reason_for_changes.
    """
    if person is not None:
        check_permission(may_keep_indicators(person))
    # Read and compared before anything is locked, for that may take a minute and a half; what it was compared with must
    # be the same once it is.
    known = _known()
    preview = look_at_readings(file=SourceFile.objects.get(pk=file.pk))
    if looked_at is not None and looked_at != (len(preview.new), len(preview.changed)):
        raise RefusedError("readings_changed_meanwhile", new=len(preview.new), changed=len(preview.changed))
    if preview.changed and not reason.strip():
        raise RefusedError("reason_for_changes", changed=len(preview.changed))
    _write(person, file, preview, reason.strip(), known)
    return preview


def _known() -> list[Any]:
    """What changes whenever a reading, an indicator or a place that a file was compared with does."""
    return [
        Reading.objects.aggregate(Count("pk"), Max("pk")),
        Correction.objects.aggregate(Max("pk")),
        list(Indicator.objects.order_by("pk").values_list("pk", "code", "series_key", "rule", "unit_it")),
        MeasuredPlace.objects.aggregate(Count("pk"), Max("pk")),
    ]


@transaction.atomic
def _write(person: User | None, file: SourceFile, preview: Preview, reason: str, known: list[Any]) -> None:
    file = SourceFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if file.taken_at or not file.content:
        raise RefusedError("file_of_readings_gone")
    if known != _known():
        raise RefusedError("readings_changed_meanwhile", new=len(preview.new), changed=len(preview.changed))
    _add(preview.new, file)
    _change(preview.changed, file, person, reason)
    file.taken_at, file.content, file.structure = timezone.now(), b"", b""
    file.save(update_fields=["taken_at", "content", "structure"])
    refresh_statuses({one.indicator for one in preview.new} | {one.indicator for one in preview.changed})
    detail = f"{len(preview.new)} + {len(preview.changed)}"
    log(code=READINGS_TAKEN, person=person, about=file, detail=detail)
    touch()


def _add(new: Sequence[New], file: SourceFile) -> None:
    rows = (
        Reading(
            indicator_id=one.indicator,
            place_id=one.place,
            period=one.period,
            year=one.year,
            file=file,
            **one.said._asdict(),
        )
        for one in new
    )
    while batch := list(islice(rows, BATCH)):
        Reading.objects.bulk_create(batch)


def _change(changed: Sequence[Changed], file: SourceFile, person: User | None, reason: str) -> None:
    for some in _batches(changed):
        there = Reading.objects.select_for_update(no_key=True).in_bulk([one.key for one in some])
        kept, new = [], []
        for one in some:
            reading = there[one.key]
            kept.append(correction_of(reading, reason=reason[:300], person=person))
            for name, value in one.said._asdict().items():
                setattr(reading, name, value)
            reading.file = file
            new.append(reading)
        Correction.objects.bulk_create(kept)
        Reading.objects.bulk_update(new, _SAID)


_SAID: Final = ["value", "absence", "marks", "numerator", "denominator", "note", "file"]


def _batches(changed: Sequence[Changed]) -> Iterator[Sequence[Changed]]:
    for start in range(0, len(changed), 500):
        yield changed[start : start + 500]


def correction_of(reading: Reading, *, reason: str, person: User | None) -> Correction:
    """What a reading says now, to be kept before it says something else."""
    return Correction(
        reading=reading,
        value=reading.value,
        absence=reading.absence,
        marks=reading.marks,
        numerator=reading.numerator,
        denominator=reading.denominator,
        file_id=reading.file_id,
        reason=reason,
        corrected_by=person,
    )


@transaction.atomic
def put_readings_aside(*, person: User, file: SourceFile) -> None:
    """Delete a file of which nothing was taken. Raises NotAllowedError, RefusedError: file_of_readings_gone."""
    check_permission(may_keep_indicators(person))
    if not SourceFile.objects.filter(pk=file.pk, taken_at__isnull=True).exists():
        raise RefusedError("file_of_readings_gone")
    log(code=READINGS_PUT_ASIDE, person=person, about=file)
    SourceFile.objects.filter(pk=file.pk).delete()
