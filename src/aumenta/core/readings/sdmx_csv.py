"""SDMX-CSV 1.0 and 2.0: the name of the dataflow, dimensions, OBS_VALUE, attributes."""

from collections.abc import Iterator
from typing import Final

from aumenta.core.readings.keys import CONFIDENTIAL, STATUSES, Keys, keys_of, observed
from aumenta.core.readings.observation import Observation, Read
from aumenta.core.tables import Finding, Limits, TableError
from aumenta.core.tables.streaming import Stream, stream_delimited

HEADINGS: Final = ("TIME_PERIOD", "OBS_VALUE", "DATAFLOW", "REF_AREA", "geo", "OBS_STATUS", "OBS_FLAG", "FREQ")
VALUE: Final = "OBS_VALUE"
# Eurostat and ISTAT add their own between dataflow and dimensions.
_NOT_DIMENSIONS: Final = frozenset(
    {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "LAST UPDATE", "LAST_UPDATE"}
)


def is_sdmx_csv(header: list[str]) -> bool:
    """Whether these are the columns of an SDMX-CSV."""
    upper = {name.strip().upper() for name in header}
    return VALUE in upper and bool(upper & {"TIME_PERIOD", "DATAFLOW", "STRUCTURE"})


def read_sdmx_csv(data: bytes, limits: Limits, latest_year: int) -> Read:
    """The observations, one at a time. Raises TableError, while it is read too."""
    stream = stream_delimited(data, HEADINGS, limits)
    upper = [name.upper() for name in stream.header]
    if (count := upper.count(VALUE)) > 1:
        raise TableError("column_twice", column=VALUE, count=count)
    if not count:
        raise TableError("no_column", name=VALUE, there=", ".join(stream.header[:30]))
    at = upper.index(VALUE)
    # «CODE: label» where labels were asked for: the code is what counts.
    names = [name.split(":")[0].strip() for name in stream.header]
    dimensions = [number for number in range(at) if upper[number].split(":")[0] not in _NOT_DIMENSIONS]
    # Time may stand behind the value in files that were put in order by hand.
    late = [n for n in range(at + 1, len(names)) if upper[n] in {"TIME_PERIOD", "REF_AREA", "GEO"}]
    dimensions += late
    keys = keys_of([names[number] for number in dimensions])
    status = next((upper.index(one) for one in STATUSES if one in upper), None)
    secret = next((upper.index(one) for one in CONFIDENTIAL if one in upper), None)
    return list(stream.notes), _observations(stream, keys, dimensions, (at, status, secret), latest_year)


def _observations(
    stream: Stream, keys: Keys, dimensions: list[int], columns: tuple[int, int | None, int | None], latest_year: int
) -> Iterator[Observation | Finding]:
    at, status, secret = columns
    width = len(stream.header)
    for row, cells in stream.rows:
        if len(cells) != width:
            code = "row_too_long" if len(cells) > width else "row_too_short"
            details: dict[str, str | int] = {"cells": len(cells), "width": width, "separator": stream.separator}
            yield Finding(code, row, details=details)
            continue
        values = [cells[number].split(": ")[0].strip() for number in dimensions]
        flags = (cells[status] if status is not None else "", cells[secret] if secret is not None else "")
        yield observed(row, keys.series(values), values[keys.place], values[keys.time], cells[at], flags, latest_year)
