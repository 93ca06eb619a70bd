"""Sheets in a spreadsheet and back: every field of a content as cells, read again without loss.

Each row is a sheet. Lists have a line for each entry; the parts of an entry are separated by « | », and a bar, a
backslash or a line break inside a part is written with a backslash before it. The column `versione` says which version
the row was made from, so that a sheet changed meanwhile is noticed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from zipfile import BadZipFile

import openpyxl
import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aumenta.people.models import User
from aumenta.people.rules import NotAllowedError
from aumenta.plan.models import Action, Edition
from aumenta.plan.rules import sheets_proposable_by
from aumenta.plan.sheet_content import LISTS, TEXTS, Content, content_problems, normal_content, read_contents
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.refusals import RefusedError, refusal_sentence
from aumenta.review.sentences import RowNames, change_sentences, problem_with_field

COLUMNS: Final = {
    "edizione": "edition", "codice": "code", "versione": "version",
    "titolo": "title_it", "titolo_en": "title_en", "sintesi": "summary_it", "sintesi_en": "summary_en",
    "descrizione": "description_it", "descrizione_en": "description_en", "esempi": "examples", "attori": "actors",
    "allineamenti": "alignments", "collegamenti": "links",
}  # fmt: skip
MOST_ROWS: Final = 2_000
LONGEST_CELL: Final = 32_767
_KEYS: Final = ("edizione", "codice", "versione")
_SPLIT: Final = re.compile(r"(?<!\\)((?:\\\\)*) \| ")
_ESCAPE: Final = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "|": "\\|"}
_BACK: Final = {"\\": "\\", "n": "\n", "r": "\r", "|": "|"}


class SpreadsheetError(Exception):
    """The file can't be read at all; nothing was looked at further. The message is for the person."""


@dataclass(frozen=True)
class RowResult:
    """What one row would do, or why it can't: `changes` are sentences; both empty means that nothing changes."""

    row: int
    code: str
    edition: str
    changes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    content: Content | None = None
    action: Action | None = None
    base: int | None = None

    @property
    def proposes(self) -> bool:
        """Whether a proposal can be made of it."""
        return bool(self.changes) and not self.problems


def write_spreadsheet(sheets: Iterable[Action]) -> bytes:
    """An .xlsx of these sheets, every field in its column, all cells text. Six queries.

    Raises SpreadsheetError for a text longer than a cell can hold: a cut text would come back as a change.
    """
    actions = list(sheets)
    contents = read_contents(Action.objects.filter(pk__in=[action.pk for action in actions]))
    numbers = Version.objects.filter(action__in=contents).newest_numbers()
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    page = book.add_worksheet("schede")
    head, text = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
    )
    for n, name in enumerate(COLUMNS):
        page.write_string(0, n, name, head)
    page.set_column(3, len(COLUMNS) - 1, 40)
    page.freeze_panes(1, 2)
    for n, action in enumerate(actions, start=1):
        content = contents[action.pk]
        edition = action.strategy.axis.edition.label
        cells = {"edition": edition, "code": action.code, "version": str(numbers.get(action.pk, 0))}
        cells |= {name: content[name] for name in TEXTS} | {name: list_cell(name, content[name]) for name in LISTS}
        for column, field in enumerate(COLUMNS.values()):
            if len(cells[field]) > LONGEST_CELL:
                words = {"code": action.code, "most": LONGEST_CELL}
                raise SpreadsheetError(
                    _("A text of sheet %(code)s is longer than the %(most)d characters of a cell.") % words
                )
            page.write_string(n, column, cells[field], text)
    book.close()
    return file.getvalue()


def list_cell(name: str, rows: Iterable[Mapping[str, str]]) -> str:
    """The rows of a list field as one cell."""
    return "\n".join(" | ".join(_escaped(row[key]) for key in LISTS[name]) for row in rows)


def cell_list(name: str, cell: str) -> list[dict[str, str]]:
    """The rows of a list field from its cell; parts that are missing are empty. Raises ValueError for too many."""
    rows = []
    for line in cell.split("\n"):
        if not line.strip():
            continue
        parts = [_unescaped(part) for part in _parts(line)]
        if len(parts) > len(LISTS[name]):
            raise ValueError(line)
        rows.append(dict(zip(LISTS[name], [*parts, *[""] * (len(LISTS[name]) - len(parts))], strict=True)))
    return rows


def _parts(line: str) -> list[str]:
    pieces = _SPLIT.split(f"{line} ")
    # The group keeps the backslashes before the bar: they belong to the part on its left.
    joined = [pieces[n] + (pieces[n + 1] if n + 1 < len(pieces) else "") for n in range(0, len(pieces), 2)]
    return [part.strip(" ") for part in joined]


def _escaped(text: str) -> str:
    return "".join(_ESCAPE.get(letter, letter) for letter in text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: _BACK.get(match[1], match[0]), text)


def read_spreadsheet(data: bytes, *, person: User) -> list[RowResult]:
    """What each row of an .xlsx would change, nothing being written. Raises SpreadsheetError where it is no such file.

    Unknown columns refuse the file as a whole (a misspelt heading would be text thrown away); unknown codes, sheets
    that are not hers, and sheets changed since the export are told row by row.
    """
    rows = _rows(data)
    wanted = {(cells.get("edizione", ""), cells.get("codice", "")) for _n, cells in rows}
    actions = {
        (action.strategy.axis.edition.label, action.code): action
        for action in sheets_proposable_by(person)
        .filter(strategy__axis__edition__label__in={label for label, _code in wanted})
        .select_related("strategy__axis__edition")
    }
    found = [actions[key].pk for key in wanted if key in actions]
    contents = read_contents(Action.objects.filter(pk__in=found))
    numbers = Version.objects.filter(action__in=found).newest_numbers()
    open_on = dict(Proposal.objects.open().filter(action__in=found).values_list("action", "author__full_name"))
    names = RowNames(contents.values(), get_language() or "it")
    results = []
    seen: set[tuple[str, str]] = set()
    for n, cells in rows:
        key = (cells.get("edizione", ""), cells.get("codice", ""))
        action = actions.get(key)
        if action is None or key in seen:
            why = _("This sheet is in the file twice.") if key in seen else _unknown(*key)
            results.append(RowResult(n, key[1], key[0], problems=(why,)))
            continue
        seen.add(key)
        results.append(_row_result(n, cells, action, contents[action.pk], numbers, open_on, names))
    return results


def _unknown(label: str, code: str) -> str:
    if not Edition.objects.filter(label=label).exists():
        return _("There is no edition «%(label)s».") % {"label": label}
    words = {"code": code, "label": label}
    return _("There is no sheet «%(code)s» in the edition %(label)s among those you may change.") % words


def _row_result(
    n: int,
    cells: Mapping[str, str],
    action: Action,
    held: Content,
    numbers: Mapping[int, int],
    open_on: Mapping[int, str],
    names: RowNames,
) -> RowResult:
    """One row: what it would change in its sheet, and every reason why it can't."""
    problems: list[str] = []
    raw: dict[str, Any] = dict(held)
    for name, field in COLUMNS.items():
        if name in _KEYS or name not in cells:
            continue
        if field in LISTS:
            try:
                raw[field] = cell_list(field, cells[name])
            except ValueError as error:
                problems.append(
                    _("In the column «%(name)s» this line has too many parts: %(line)s") % {"name": name, "line": error}
                )
        else:
            raw[field] = cells[name]
    content, before = normal_content(raw), normal_content(held)
    if content == before and not problems:
        return RowResult(n, action.code, cells["edizione"])
    names.learn([content])
    changes = tuple(change_sentences(before, content, names))
    problems += [problem_with_field(problem) for problem in content_problems(content)]
    version, now = cells.get("versione", ""), numbers.get(action.pk, 0)
    if version.isdigit() and int(version) != now:
        told = {"old": version, "new": now}
        problems.append(
            _("The sheet changed after the export: the row is of version %(old)s, now it is at %(new)s.") % told
        )
    if action.pk in open_on:
        problems.append(_("%(who)s has a proposal open on this sheet.") % {"who": open_on[action.pk]})
    base = now or None
    return RowResult(n, action.code, cells["edizione"], changes, tuple(problems), content, action, base)


def _rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise SpreadsheetError(_("This is not a spreadsheet in the format .xlsx.")) from error
    lines = book.worksheets[0].iter_rows(values_only=True)
    heads = [str(head or "").strip() for head in next(lines, ())]
    unknown = [head for head in heads if head and head not in COLUMNS]
    if unknown or not {"edizione", "codice"} <= set(heads):
        words = {"unknown": ", ".join(unknown) or "-", "known": ", ".join(COLUMNS)}
        raise SpreadsheetError(_("Columns that are not known: %(unknown)s. The columns are: %(known)s.") % words)
    rows = []
    for n, line in enumerate(lines, start=2):
        cells = {head: _text(value) for head, value in zip(heads, line, strict=False) if head}
        if any(cells.values()):
            rows.append((n, cells))
        if len(rows) > MOST_ROWS:
            raise SpreadsheetError(_("Too many rows: %(most)d at most.") % {"most": MOST_ROWS})
    return rows


def _text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def propose_rows(
    *, person: User, rows: Sequence[RowResult], reason: str
) -> list[tuple[RowResult, Proposal | None, str]]:
    """Open a draft for each row that proposes something: (row, its proposal, or why there is none).

    Each row is whole or not at all; what `propose` refuses meanwhile is told.
    """
    outcomes: list[tuple[RowResult, Proposal | None, str]] = []
    for row in rows:
        if not row.proposes or row.action is None or row.content is None:
            continue
        try:
            made = propose(person=person, action=row.action, content=row.content, base=row.base, reason=reason)
        except (RefusedError, NotAllowedError) as refusal:
            outcomes.append((row, None, refusal_sentence(refusal)))
        else:
            outcomes.append((row, made, ""))
    return outcomes
