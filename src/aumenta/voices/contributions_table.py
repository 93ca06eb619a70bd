"""A table of written contributions looked through: each row with what is wrong with it, nothing being kept."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aumenta.core.tables import (
    Cell,
    Finding,
    Kind,
    Limits,
    Row,
    SheetToWrite,
    Table,
    TableError,
    read_date,
    read_pasted,
    table_read_apart,
    write_table,
)
from aumenta.core.tables.sentences import say, say_where
from aumenta.core.text import name_key
from aumenta.people.dates import day_in_words
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.reader import in_quotes
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.territory.models import Zone
from aumenta.voices.models import Contribution
from aumenta.voices.record_contributions import EARLIEST, LONGEST

MOST_ROWS: Final = 2_000
LIMITS: Final = Limits(bytes=3_000_000, unpacked=60_000_000, rows=MOST_ROWS + 60, columns=200, seconds=5.0)
NAMES: Final = {
    "text": ("testo", "text", "contributo"),
    "zone": ("zona", "zone"),
    "organisation_kind": ("organizzazione", "organisation", "tipo di organizzazione"),
    "received_on": ("data", "date", "ricevuto il"),
    "source": ("provenienza", "source", "come e arrivato"),
    "private": ("da non pubblicare", "not to be published", "riservato"),
}
"""Headings of a table in either language, by field; case, accents and spaces do not matter."""
HEADINGS: Final = tuple(name for names in NAMES.values() for name in names)
YES: Final = ("sì", "si", "yes", "x", "1", "vero", "true")
NO: Final = ("", "no", "0", "falso", "false")
_ZONE: Final = re.compile(r"(?:zona|zone)?\s*(?:n\.?\s*)?0*([0-9]{1,3})(?:[.,]0)?", re.IGNORECASE)


@dataclass(frozen=True)
class ContributionRow:
    """One row of a table, with what is wrong with it (nothing: it can be kept).

    `notes` say how a cell was read; `written` are its cells as they came, by field, to be given back. `repeats` says
    that the only thing wrong is that the same text of the same day is there already.
    """

    number: int
    values: Mapping[str, Any]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    written: Mapping[str, str]
    repeats: bool = False


@dataclass(frozen=True)
class ContributionRows:
    """The rows of a table and what is to be told of how it was read."""

    rows: tuple[ContributionRow, ...]
    notes: tuple[str, ...] = ()


def rows_of_text(text: str, *, edition: Edition | None = None, repeated: bool = False) -> ContributionRows:
    """The rows of a table pasted from a spreadsheet or typed; refused where it is not a table of texts.

    Rows whose text is kept already for the edition, with the same day and source, are told; with `repeated` they may be
    kept again.
    """
    try:
        return _rows(read_pasted(text, HEADINGS, limits=LIMITS), edition, repeated)
    except TableError as problem:
        raise RefusedError("unreadable_table", finding=problem.finding) from problem


def rows_of_file(content: bytes, *, edition: Edition | None = None, repeated: bool = False) -> ContributionRows:
    """The rows of an XLSX, ODS or CSV, as those of a pasted table."""
    try:
        return _rows(table_read_apart(content, HEADINGS, limits=LIMITS), edition, repeated)
    except TableError as problem:
        raise RefusedError("unreadable_table", finding=problem.finding) from problem


def given_back(rows: Sequence[ContributionRow]) -> str:
    """Rows as the text of a table, to be mended where they stand and sent again."""
    fields = [field for field in NAMES if field == "text" or any(row.written[field] for row in rows)]
    fields = [*fields, *(field for field in ("received_on", "source") if field not in fields)]
    body = [[row.written[field] for field in fields] for row in rows]
    data = write_table([SheetToWrite("", [NAMES[field][0] for field in fields], body)], "csv-semicolon")
    return data.decode("utf-8-sig").replace("\r\n", "\n").strip("\n")


def _rows(table: Table, edition: Edition | None, repeated: bool) -> ContributionRows:
    places = {field: table.place(names) for field, names in NAMES.items()}
    if places["text"] is None:
        there = ", ".join(heading[:60] for heading in table.header if heading) or "–"
        raise RefusedError("no_column_of_texts", there=there)
    if len(table.rows) > MOST_ROWS:
        raise RefusedError("too_many_contributions", most=MOST_ROWS)
    reader = _Reader(table, places)
    rows = [reader.row(row) for row in table.rows]
    if not repeated:
        rows = _without_repeats(rows, edition)
    return ContributionRows(tuple(rows), tuple(_notes(table)))


def _notes(table: Table) -> Iterable[str]:
    for note in table.notes:
        yield say_where(note, _)
    if others := table.others(HEADINGS):
        columns = in_quotes(*(one[:60] for one in others[:20]))
        yield say(Finding("other_columns", details={"columns": columns}), _)


class _Reader:
    """The words that a table may use, read once for all of its rows."""

    def __init__(self, table: Table, places: Mapping[str, int | None]) -> None:
        self._table, self._places = table, places
        self._numbered = {zone.number: zone for zone in Zone.objects.all()}
        self._named = {name_key(zone.name): zone for zone in self._numbered.values()}
        self._kinds: dict[str, str] = {name_key(value): value for value in OrganisationKind.values}
        for language in ("it", "en"):
            with translation.override(language):
                self._kinds |= {name_key(str(label)): value for value, label in OrganisationKind.choices}
        self._today = timezone.localdate()

    def row(self, row: Row) -> ContributionRow:
        """One row: its values by field, and every reason why it can't be kept."""
        cells = {field: row.cell(place) for field, place in self._places.items()}
        words = {field: cell.text.strip() for field, cell in cells.items()}
        broken = [
            say_where(Finding(fault.code, None, self._heading(field), fault.details), _)
            for field, cell in cells.items()
            if (fault := cell.fault) is not None
        ]
        problems = [*self._cut(row), *broken]
        sound = {field for field, cell in cells.items() if cell.fault is None}
        problems += list(self._text_problems(words, sound))
        zone, kind = self._zone(words["zone"]), self._kinds.get(name_key(words["organisation_kind"]), "")
        if words["zone"] and zone is None and "zone" in sound:
            problems.append(_("There is no zone “%(zone)s”.") % {"zone": words["zone"][:60]})
        if words["organisation_kind"] and not kind and "organisation_kind" in sound:
            problems.append(_("“%(kind)s” is no kind of organisation.") % {"kind": words["organisation_kind"][:60]})
        received, notes, wrong = self._day(cells["received_on"]) if "received_on" in sound else (None, [], [])
        problems += wrong
        values = {
            "text": words["text"],
            "zone": zone,
            "organisation_kind": kind,
            "received_on": received,
            "source": words["source"][:200],
            "private": words["private"].casefold() in YES,
        }
        return ContributionRow(row.number, values, tuple(problems), tuple(notes), words)

    def _heading(self, field: str) -> str:
        place = self._places[field]
        return self._table.header[place] if place is not None else field

    def _cut(self, row: Row) -> list[str]:
        width = len(self._table.header)
        if self._table.format != "csv" or not any(cell.filled for cell in row.cells[width:]):
            return []
        details: dict[str, str | int] = {"cells": len(row.cells), "width": width, "separator": self._table.separator}
        return [say(Finding("row_too_long", details=details), _)]

    @staticmethod
    def _text_problems(words: Mapping[str, str], sound: Collection[str]) -> Iterable[str]:
        if not words["text"] and "text" in sound:
            yield _("There is no text.")
        if len(words["text"]) > LONGEST:
            yield _("The text is longer than %(most)s characters.") % {"most": LONGEST}
        if words["private"].casefold() not in (*YES, *NO) and "private" in sound:
            yield _("“%(word)s” under “not to be published”: write yes or no.") % {"word": words["private"][:20]}
        if not words["source"] and "source" in sound:
            yield _("How it came is missing, for example “e-mail”.")

    def _zone(self, words: str) -> Zone | None:
        if zone := self._named.get(name_key(words)):
            return zone
        match = _ZONE.fullmatch(words)
        return self._numbered.get(int(match[1])) if match else None

    def _day(self, cell: Cell) -> tuple[date | None, list[str], list[str]]:
        """The day, what is to be told of it, and why it can't be."""
        if cell.kind is Kind.NUMBER and cell.text.isdigit() and len(cell.text) == 4:
            cell = Cell(cell.text)
        try:
            found = read_date(cell, earliest=EARLIEST, latest=self._today)
        except TableError as problem:
            return None, [], [say(problem.finding, _)]
        note = [say(_with_local_day(found.note, found.day), _)] if found.note else []
        return found.day, note, []


def _with_local_day(note: Finding, day: date) -> Finding:
    return Finding(note.code, note.row, note.column, {**note.details, "day": day_in_words(day)})


def _without_repeats(rows: Sequence[ContributionRow], edition: Edition | None) -> list[ContributionRow]:
    """The rows, those told that repeat one above or one that is kept already."""
    days = {row.values["received_on"] for row in rows if row.values["received_on"]}
    kept: dict[tuple[str, date, str], str] = {}
    if edition is not None:
        held = Contribution.objects.filter(edition=edition, received_on__in=days)
        for text, day, source in held.values_list("text", "received_on", "source"):
            kept[name_key(text), day, name_key(source)] = _("This text is kept already, with the same day and source.")
    told = []
    for row in rows:
        values = row.values
        key = (name_key(values["text"]), values["received_on"], name_key(values["source"]))
        if not row.problems and (why := kept.get(key)):
            told.append(ContributionRow(row.number, values, (why,), row.notes, row.written, repeats=True))
            continue
        told.append(row)
        if not row.problems:
            kept[key] = _("The row repeats row %(row)s.") % {"row": row.number}
    return told
