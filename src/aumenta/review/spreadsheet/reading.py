"""A file of sheets looked through: what each row would change, nothing being written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from aumenta.core.tables import Cell, Finding, Kind, Limits, Row, Table, TableError, heading_key, table_read_apart
from aumenta.core.tables.sentences import say, say_where
from aumenta.people.models import User
from aumenta.people.reader import in_quotes, reader_language
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.plan.renumbering import code_now
from aumenta.plan.rules import sheets_proposable_by
from aumenta.plan.sheet_content import (
    FIELDS,
    LISTS,
    ListName,
    SheetContent,
    content_problems,
    content_with,
    empty_content,
    normal_content,
    read_contents,
)
from aumenta.review.models import FrameProposal, Proposal, Version
from aumenta.review.rules import adds_at_once, may_change_frame
from aumenta.review.sentences import RowNames, change_sentences, problem_with_field
from aumenta.review.spreadsheet.cells import COLUMNS, KEYS, cell_list, cell_words, is_rich, mended_content, rich_text_of
from aumenta.review.spreadsheet.names import WrittenNames
from aumenta.review.spreadsheet.rows import FieldChange, RowResult

MOST_ROWS: Final = 2_000
LIMITS: Final = Limits(bytes=3_000_000, unpacked=40_000_000, rows=MOST_ROWS + 60, columns=200, seconds=5.0)
_NEW_CODE: Final = re.compile(r"(\d{1,3}\.\d{1,3})(?:\.(\d{1,3})?)?")
# So like a heading of ours that it was surely meant: text under it must not be thrown away.
_MISSPELT: Final = 80


@dataclass(frozen=True)
class SheetRows:
    """The rows of a file, and what is to be told of how it was read."""

    rows: list[RowResult]
    notes: tuple[str, ...] = ()


def read_spreadsheet(data: bytes, *, person: User) -> SheetRows:
    """What each row of an XLSX, ODS or CSV would change. Refused where it is no table of sheets.

    A misspelt heading refuses the file (it would be text thrown away), columns of her own are left out and told;
    unknown codes, sheets that are not hers, cells without a value, and sheets changed since the export are told row by
    row. A row of no sheet proposes a new action where she may add one.
    """
    try:
        table = table_read_apart(data, COLUMNS, limits=LIMITS)
        places = {name: place for name in COLUMNS if (place := table.place([name])) is not None}
        for name in ("edizione", "codice"):
            table.needed([name])
    except TableError as problem:
        raise RefusedError("unreadable_table", finding=problem.finding) from problem
    if len(table.rows) > MOST_ROWS:
        raise RefusedError("too_many_sheets", most=MOST_ROWS)
    reader = _Reader(table, places, person)
    return SheetRows([reader.result(row) for row in table.rows], tuple(_notes(table)))


def _notes(table: Table) -> Iterable[str]:
    own = table.others(COLUMNS)
    for heading in own:
        for name in COLUMNS:
            if fuzz.ratio(heading_key(heading), heading_key(name)) >= _MISSPELT:
                raise RefusedError("misspelt_column", heading=heading, name=name)
    for note in table.notes:
        yield say_where(note, _)
    if own:
        columns = in_quotes(*(one[:60] for one in own[:20]))
        yield say(Finding("other_columns", details={"columns": columns}), _)


class _Reader:
    """What the database knows of the sheets that a table names, read once for all of its rows."""

    def __init__(self, table: Table, places: Mapping[str, int], person: User) -> None:
        self._table, self._places, self._person = table, places, person
        wanted = {self._key(row) for row in table.rows}
        self._editions = {one.label: one for one in Edition.objects.filter(label__in={label for label, _c in wanted})}
        mine = sheets_proposable_by(person).filter(strategy__axis__edition__in=self._editions.values())
        self._actions = {
            (action.strategy.axis.edition.label, action.code): action
            for action in mine.select_related("strategy__axis__edition")
        }
        found = [self._actions[key].pk for key in wanted if key in self._actions]
        self._contents = read_contents(Action.objects.filter(pk__in=found))
        self._numbers = Version.objects.filter(action__in=found).newest_numbers()
        self._open_on = dict(
            Proposal.objects.open().filter(action__in=found).values_list("action", "author__full_name")
        )
        self._names = RowNames(self._contents.values(), reader_language())
        self._written = WrittenNames()
        self._seen: set[tuple[str, str]] = set()
        self._added: dict[int, int] = {}

    def _cell(self, row: Row, name: str) -> Cell:
        return row.cell(self._places.get(name))

    def _key(self, row: Row) -> tuple[str, str]:
        return (self._cell(row, "edizione").text.strip(), self._cell(row, "codice").text.strip().rstrip("."))

    def result(self, row: Row) -> RowResult:
        """One row: what it would change in its sheet or add, and every reason why it can't."""
        label, code = self._key(row)
        if (why := self._no_key(row)) or (code and (label, code) in self._seen):
            return RowResult(row.number, code, label, problems=(why or _("This sheet is in the file twice."),))
        action = self._actions.get((label, code))
        if action is None:
            return self._new(row, label, code)
        self._seen.add((label, code))
        return self._changed(row, action, label)

    def _no_key(self, row: Row) -> str:
        """Why a row can't say which sheet it is of: a cell without a value, or a code made a date."""
        for name in ("edizione", "codice"):
            cell = self._cell(row, name)
            if (fault := cell.fault) is not None:
                return say_where(Finding(fault.code, None, name, fault.details), _)
            if cell.kind is Kind.DATE:
                words = {"name": name, "shown": cell.text}
                return (
                    _(
                        "In the column “%(name)s” the spreadsheet made the date %(shown)s out of a code: give the cell "
                        "the format “text” and write the code again."
                    )
                    % words
                )
        if self._table.format == "csv" and any(cell.filled for cell in row.cells[len(self._table.header) :]):
            details: dict[str, str | int] = {
                "cells": len(row.cells),
                "width": len(self._table.header),
                "separator": self._table.separator,
            }
            return say(Finding("row_too_long", details=details), _)
        return ""

    def _changed(self, row: Row, action: Action, label: str) -> RowResult:
        held = self._contents[action.pk]
        content, problems = self._content(row, held)
        before = normal_content(mended_content(held))
        if content == before and not problems:
            return RowResult(row.number, action.code, label)
        self._names.learn([content])
        parts = tuple(self._parts(before, content))
        changes = tuple(sentence for part in parts for sentence in part.sentences)
        problems += [problem_with_field(problem) for problem in content_problems(content)]
        version, now = self._cell(row, "versione").text.strip(), self._numbers.get(action.pk, 0)
        if version.isascii() and version.isdigit() and int(version) != now:
            told = {"old": version, "new": now}
            problems.append(
                _("The sheet changed after the export: the row is of version %(old)s, now it is at %(new)s.") % told
            )
        if action.pk in self._open_on:
            problems.append(_("%(who)s has a proposal open on this sheet.") % {"who": self._open_on[action.pk]})
        return RowResult(
            row.number,
            action.code,
            label,
            changes,
            tuple(problems),
            self._whole(held, content),
            action,
            now or None,
            parts=parts,
            held=held,
        )

    def _parts(self, before: SheetContent, content: SheetContent) -> Iterable[FieldChange]:
        """The changes field by field, in the order of the sheet."""
        for name in FIELDS:
            if before[name] != content[name]:
                sentences = change_sentences(before, content_with(before, {name: content[name]}), self._names)
                yield FieldChange(name, tuple(sentences))

    @staticmethod
    def _whole(held: SheetContent, content: SheetContent) -> SheetContent:
        """The content to propose: a field that says what it said keeps its letters, mended or not."""
        before = normal_content(mended_content(held))
        return content_with(content, {name: held[name] for name in FIELDS if content[name] == before[name]})

    def _content(self, row: Row, held: SheetContent) -> tuple[SheetContent, list[str]]:
        """What the sheet would say, and what is wrong with its cells; a cell without a value changes nothing."""
        raw: dict[str, Any] = dict(mended_content(held))
        problems: list[str] = []
        for name in COLUMNS:
            if name in KEYS or name not in self._places:
                continue
            field, cell = COLUMNS[name], self._cell(row, name)
            if (fault := cell.fault) is not None:
                problems.append(say_where(Finding(fault.code, None, name, fault.details), _))
            elif listed := next((one for one in LISTS if one == field), None):
                problems += self._put_list(raw, listed, name, cell_words(cell, field))
            elif (words := cell_words(cell, field)) != raw[field]:
                raw[field] = rich_text_of(words, raw[field]) if is_rich(field) else words
        return normal_content(raw), problems

    def _put_list(self, raw: dict[str, Any], field: ListName, name: str, words: str) -> list[str]:
        try:
            rows = cell_list(field, words)
        except ValueError as error:
            told = {"name": name, "line": error}
            return [_("In the column “%(name)s” this line has too many parts: %(line)s") % told]
        raw[field], problems = self._written.rows(field, rows, raw[field])
        return [_("In the column “%(name)s”: %(problem)s") % {"name": name, "problem": one} for one in problems]

    def _new(self, row: Row, label: str, code: str) -> RowResult:
        """A row of no sheet: the new action it would add, or why there can be none."""
        edition, match = self._editions.get(label), _NEW_CODE.fullmatch(code)
        strategy = Strategy.objects.of(edition).with_code(match[1]).first() if edition and match else None
        if edition is None or strategy is None or (why := self._may_not_add(edition, strategy)):
            why = self._unknown(label, code) if edition is None or strategy is None else why
            return RowResult(row.number, code, label, problems=(why,))
        content, problems = self._content(row, empty_content())
        problems += [problem_with_field(problem) for problem in content_problems(content)]
        if not adds_at_once(self._person, edition) and any(content[name] for name in LISTS):
            problems.append(
                _(
                    "A new action of this edition is proposed with title, summary and description: actors, frameworks, "
                    "examples and links are written in its sheet once it is approved."
                )
            )
        last = max([action.number for action in strategy.actions.all()], default=0)
        number = last + self._added.get(strategy.pk, 0) + 1
        if (match and match[2] and int(match[2]) <= last) or code_now(edition, code):
            # The number is taken: by a sheet that is not hers, or that moved, or the row has the code of another one.
            return RowResult(row.number, code, label, problems=(self._unknown(label, code),))
        self._added[strategy.pk] = self._added.get(strategy.pk, 0) + 1
        words = {"code": f"{strategy.code}.{number}", "title": content["title_it"]}
        sentence = _("New action %(code)s: “%(title)s”.") % words
        parts = (FieldChange("", (sentence,)),)
        return RowResult(
            row.number, words["code"], label, (sentence,), tuple(problems), content, strategy=strategy, parts=parts
        )

    def _may_not_add(self, edition: Edition, strategy: Strategy) -> str:
        if not may_change_frame(self._person, FrameProposal.Kind.NEW_ACTION, strategy):
            return _("New actions are proposed by administrators, approvers and the editors of their axis.")
        if edition.frozen_at:
            return _("The edition %(edition)s is frozen: reopen it for its update before changing its sheets.") % {
                "edition": edition.label
            }
        return ""

    def _unknown(self, label: str, code: str) -> str:
        if label not in self._editions:
            return _("There is no edition “%(label)s”.") % {"label": label}
        words = {"code": code, "label": label, "now": code_now(self._editions[label], code)}
        if words["now"]:
            return _("“%(code)s” is %(now)s now: download the file again, or write that code.") % words
        return _("There is no sheet “%(code)s” in the edition %(label)s among those you may change.") % words
