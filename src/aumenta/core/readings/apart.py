"""Reads somebody's file of readings in a process of its own (`core/apart.py`): a million of them take a minute and a
half, in which whoever serves pages would serve them slowly."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from aumenta.core.apart import ApartError, run_apart
from aumenta.core.readings.observation import Observation
from aumenta.core.readings.reading import LIMITS, ReadingsFile, read_readings
from aumenta.core.tables.apart import finding_of, is_short_text, written_finding
from aumenta.core.tables.findings import Finding, TableError

PATIENCE: Final = 300.0
"""Seconds on the clock: 90 of the processor, on a machine that is busy."""


def readings_read_apart(data: bytes, *, latest_year: int, structure: bytes | None = None) -> ReadingsFile:
    """As `reading.read_readings`. Raises TableError, also where the process did not come to its end (too_slow) or never
    began (busy_reading)."""
    if (is_short_text(data) and is_short_text(structure or b"")) or len(data) > LIMITS.bytes:
        return read_readings(data, latest_year=latest_year, structure=structure)
    before = structure or b""
    asked = ["-m", "aumenta.core.readings.read_here", str(latest_year), str(len(before))]
    try:
        lines = io.BytesIO(run_apart(asked, before + data, patience=PATIENCE))
    except ApartError as fault:
        raise TableError("busy_reading" if fault.busy else "too_slow") from fault
    kind, notes = _read_line(lines.readline())
    return ReadingsFile(kind, tuple(map(finding_of, notes)), _observations(lines))


def lines_of(file: ReadingsFile) -> Iterator[str]:
    """The file, line by line, as `readings_read_apart` takes it; its last line says that it came to its end."""
    yield json.dumps([file.format, [written_finding(one) for one in file.notes]])
    try:
        for one in file.observations:
            yield json.dumps(written_finding(one) if isinstance(one, Finding) else [*one])
    except TableError as problem:
        yield json.dumps({"fault": written_finding(problem.finding)})
    else:
        yield json.dumps({})


def _observations(lines: io.BytesIO) -> Iterator[Observation | Finding]:
    for line in lines:
        found = _read_line(line)
        if found == {}:
            return
        # The first of a finding is its code, that of an observation its row.
        yield finding_of(found) if isinstance(found[0], str) else Observation(*found)
    raise TableError("too_slow")


def _read_line(line: bytes) -> Any:
    try:
        found = json.loads(line)
    except ValueError as fault:
        raise TableError("too_slow") from fault
    if isinstance(found, dict) and "fault" in found:
        raise TableError.of(finding_of(found["fault"]))
    return found
