"""The one reader of files of readings: which format it is, and its observations."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aumenta.core.readings.json_files import open_json
from aumenta.core.readings.json_stat import read_json_stat
from aumenta.core.readings.observation import Observation
from aumenta.core.readings.sdmx_csv import HEADINGS as SDMX_HEADINGS
from aumenta.core.readings.sdmx_csv import is_sdmx_csv, read_sdmx_csv
from aumenta.core.readings.sdmx_json import read_sdmx_json
from aumenta.core.readings.sdmx_ml import read_sdmx_ml
from aumenta.core.readings.template import EVERY_HEADING, read_template_csv, read_template_sheet
from aumenta.core.tables import Finding, Limits, TableError
from aumenta.core.tables.streaming import stream_delimited
from aumenta.core.tables.table import Budget

LIMITS: Final = Limits(bytes=64_000_000, rows=1_000_000, columns=80, cells=20_000_000, seconds=90.0)
"""Twenty years of a hundred indicators for 312 places are 624,000 rows."""
SPREADSHEET: Final = Limits()
_OTHERS: Final = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class ReadingsFile:
    """A file of readings: its format, what is to be told of it, and its observations, read once.

    Among them stands a Finding for each row that will not do. Going through them may raise TableError where the file
    breaks off.
    """

    format: str
    notes: tuple[Finding, ...]
    observations: Iterator[Observation | Finding]


def read_readings(
    data: bytes, *, latest_year: int, structure: bytes | None = None, limits: Limits = LIMITS
) -> ReadingsFile:
    """Open a file of readings. `latest_year` is the last one that can have been measured; `structure` is the DSD that
    some files need. Raises TableError for a file that holds none."""
    if len(data) > limits.bytes:
        raise TableError("too_large", most=limits.bytes // 1_000_000)
    if not data.strip():
        raise TableError("empty")
    kind = _kind(data, limits)
    match kind:
        case "sdmx-ml":
            notes, found = read_sdmx_ml(data, structure, latest_year)
        case "json":
            content = open_json(data)
            kind = "json-stat" if "class" in content or "dimension" in content else "sdmx-json"
            notes, found = (read_json_stat if kind == "json-stat" else read_sdmx_json)(content, latest_year)
        case "sdmx-csv":
            notes, found = read_sdmx_csv(data, limits, latest_year)
        case "sheet":
            notes, found = read_template_sheet(data, SPREADSHEET, latest_year)
        case _:
            notes, found = read_template_csv(data, limits, latest_year)
    return ReadingsFile(kind, tuple(notes), _in_time(found, limits))


def _in_time(found: Iterator[Observation | Finding], limits: Limits) -> Iterator[Observation | Finding]:
    """The observations; TableError (too_slow) where they take more of the processor than any format may."""
    budget = Budget(limits)
    for number, one in enumerate(found):
        if number % 100 == 0:
            budget.check_time()
        yield one


def _kind(data: bytes, limits: Limits) -> str:
    if data.startswith((b"PK", *_OTHERS)):
        # What is no spreadsheet is refused there by its name.
        return "sheet"
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table")):
        raise TableError("web_page")
    if start.startswith(b"<"):
        return "sdmx-ml"
    if start.startswith((b"{", b"[")):
        return "json"
    stream = stream_delimited(data[:200_000], (*SDMX_HEADINGS, *EVERY_HEADING), limits)
    return "sdmx-csv" if is_sdmx_csv(list(stream.header)) else "csv"
