"""Written contributions: enter one or many, confirm the strategy of each, join those that repeat another, withdraw."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from aumenta.core.text import name_key
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.people.permission import check_permission
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Zone
from aumenta.voices.models import Contribution
from aumenta.voices.rules import may_keep_contributions

MOST_ROWS: Final = 2_000
LONGEST: Final = 100_000
MOST_UNPACKED: Final = 60_000_000
"""Bytes of a spreadsheet's parts once unpacked: some are read whole, whatever is asked of them."""
_NAMES: Final = {
    "text": ("testo", "text", "contributo"),
    "zone": ("zona", "zone"),
    "organisation_kind": ("organizzazione", "organisation", "tipo di organizzazione"),
    "received_on": ("data", "date", "ricevuto il"),
    "source": ("provenienza", "source", "come e arrivato"),
    "private": ("da non pubblicare", "not to be published", "riservato"),
}
"""Headings of a table in either language, by field; case, accents and spaces do not matter."""
_YES: Final = frozenset({"sì", "si", "yes", "x", "1", "vero", "true"})
_NO: Final = frozenset({"", "no", "0", "falso", "false"})


class CannotRecordError(Exception):
    """A contribution that cannot be kept as it is; the text is for the person who entered it."""


@dataclass(frozen=True)
class Row:
    """One row of a pasted table, with what is wrong with it (nothing: it can be kept)."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[str, ...]


@transaction.atomic
def record_contribution(
    *,
    by: Any,
    edition: Edition,
    text: str,
    received_on: date,
    source: str,
    zone: Zone | None = None,
    organisation_kind: str = "",
    strategy_code: str = "",
    outside: bool = False,
    private: bool = False,
) -> Contribution:
    """Keep one text as it came."""
    check_permission(may_keep_contributions(by))
    _check_strategy(edition, strategy_code)
    if len(text) > LONGEST:
        raise CannotRecordError(_("The text is longer than %(most)s characters.") % {"most": LONGEST})
    made = Contribution(
        edition=edition,
        text=text.replace("\x00", "").strip(),
        zone=zone,
        organisation_kind=organisation_kind,
        received_on=received_on,
        source=" ".join(source.split()),
        strategy_code="" if outside else strategy_code,
        outside=outside,
        private=private,
        entered_by=by,
        decided_by=by if strategy_code or outside else None,
    )
    try:
        made.full_clean(exclude=["edition", "entered_by", "decided_by"])
    except ValidationError as problem:
        raise CannotRecordError(" ".join(problem.messages)) from problem
    made.save()
    return made


@transaction.atomic
def decide(*, by: Any, contribution: Contribution, code: str | None) -> Contribution:
    """Confirm the strategy it concerns: its code, "" for outside the plan, None to take the choice back."""
    check_permission(may_keep_contributions(by))
    if code:
        _check_strategy(contribution.edition, code)
    contribution.strategy_code, contribution.outside = code or "", code == ""
    contribution.decided_by = None if code is None else by
    contribution.save(update_fields=["strategy_code", "outside", "decided_by"])
    return contribution


@transaction.atomic
def join(*, by: Any, contribution: Contribution, same_as: Contribution | None) -> Contribution:
    """Say that it repeats another one of the same edition (None: that it does not). Both stay readable."""
    check_permission(may_keep_contributions(by))
    if same_as is not None:
        same_as = same_as.same_as or same_as
        if same_as.edition_id != contribution.edition_id or same_as.pk == contribution.pk:
            raise CannotRecordError(_("A contribution can only repeat another one about the same edition."))
        Contribution.objects.filter(same_as=contribution).update(same_as=same_as)
    contribution.same_as = same_as
    contribution.save(update_fields=["same_as"])
    return contribution


@transaction.atomic
def withdraw(*, by: Any, contribution: Contribution, withdrawn: bool = True) -> Contribution:
    """Take it out of every count and suggestion, or bring it back; it is never deleted."""
    check_permission(may_keep_contributions(by))
    contribution.withdrawn = withdrawn
    contribution.save(update_fields=["withdrawn"])
    return contribution


@transaction.atomic
def keep_private(*, by: Any, contribution: Contribution, private: bool) -> Contribution:
    """Say that it is not to be published (then it is in no words and no matrix), or that it may be."""
    check_permission(may_keep_contributions(by))
    contribution.private = private
    contribution.save(update_fields=["private"])
    return contribution


@transaction.atomic
def record_rows(*, by: Any, edition: Edition, rows: Sequence[Row]) -> list[Contribution]:
    """Keep the rows that have no problems, all of them or none."""
    check_permission(may_keep_contributions(by))
    return [record_contribution(by=by, edition=edition, **row.values) for row in rows if not row.problems]


def rows_of_text(text: str) -> list[Row]:
    """The rows of a table pasted from a spreadsheet or a CSV; CannotRecordError where it is not a table of texts."""
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    try:
        cells = list(csv.reader(io.StringIO(text.replace("\x00", "")), delimiter=delimiter))
    except csv.Error as problem:
        raise CannotRecordError(_("This is not a table: %(reason)s.") % {"reason": problem}) from problem
    return _rows(cells)


def rows_of_file(content: bytes) -> list[Row]:
    """The rows of an .xlsx or a CSV in UTF-8."""
    if content.startswith(b"PK"):
        try:
            _check_unpacked(content)
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            limited = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=40, values_only=True)
            return _rows([[_cell(value) for value in row] for row in limited])
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, ParseError) as problem:
            raise CannotRecordError(_("The file is damaged or not a spreadsheet. Save it again as .xlsx.")) from problem
    try:
        return rows_of_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise CannotRecordError(_("The file is not UTF-8 text: save it again as CSV UTF-8 or .xlsx.")) from problem


def _check_unpacked(content: bytes) -> None:
    """Refuse what would unpack to more than is read; a part never gives more bytes than its folder says it has."""
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        if sum(part.file_size for part in folder.infolist()) > MOST_UNPACKED:
            raise CannotRecordError(
                _("The spreadsheet is too large once unpacked: divide it, or save only the sheet with the texts.")
            )


def _cell(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _rows(cells: Sequence[Sequence[str]]) -> list[Row]:
    header = [name_key(cell) for cell in cells[0]] if cells else []
    places = {
        field: next((header.index(name_key(name)) for name in names if name_key(name) in header), None)
        for field, names in _NAMES.items()
    }
    if places["text"] is None:
        there = ", ".join(cell.strip() for cell in cells[0] if cell.strip()) if cells else ""
        raise CannotRecordError(
            _("The first row must name the columns, one of them «testo». Found: %(there)s.") % {"there": there or "–"}
        )
    body = [(number, row) for number, row in enumerate(cells[1:], 2) if any(cell.strip() for cell in row)]
    if len(body) > MOST_ROWS:
        raise CannotRecordError(_("More than %(most)s rows: divide the table.") % {"most": MOST_ROWS})
    zones = {str(zone.number): zone for zone in Zone.objects.all()}
    zones |= {name_key(zone.name): zone for zone in zones.values()}
    kinds: dict[str, str] = {}
    for language in ("it", "en"):
        with translation.override(language):
            kinds |= {name_key(str(label)): value for value, label in OrganisationKind.choices}
    kinds |= {name_key(value): value for value in OrganisationKind.values}

    def cell(row: Sequence[str], field: str) -> str:
        place = places[field]
        return row[place].strip() if place is not None and place < len(row) else ""

    return [_row(number, {field: cell(row, field) for field in _NAMES}, zones, kinds) for number, row in body]


def _row(number: int, cells: Mapping[str, str], zones: Mapping[str, Zone], kinds: Mapping[str, str]) -> Row:
    problems = []
    if not cells["text"]:
        problems.append(_("There is no text."))
    if len(cells["text"]) > LONGEST:
        problems.append(_("The text is longer than %(most)s characters.") % {"most": LONGEST})
    zone = zones.get(name_key(cells["zone"])) if cells["zone"] else None
    if cells["zone"] and zone is None:
        problems.append(_("There is no zone «%(zone)s».") % {"zone": cells["zone"][:60]})
    kind = kinds.get(name_key(cells["organisation_kind"]), "") if cells["organisation_kind"] else ""
    if cells["organisation_kind"] and not kind:
        problems.append(_("«%(kind)s» is no kind of organisation.") % {"kind": cells["organisation_kind"][:60]})
    received = _date(cells["received_on"])
    if received is None:
        problems.append(_("The date «%(date)s» cannot be read: write 2026-05-03 or 3/5/2026.") % {
            "date": cells["received_on"][:20]
        })  # fmt: skip
    if cells["private"].casefold() not in _YES | _NO:
        problems.append(_("«%(word)s» under «not to be published»: write yes or no.") % {"word": cells["private"][:20]})
    if not cells["source"]:
        problems.append(_("How it came is missing, for example «e-mail»."))
    values = {
        "text": cells["text"], "zone": zone, "organisation_kind": kind,
        "received_on": received, "source": cells["source"][:200], "private": cells["private"].casefold() in _YES,
    }  # fmt: skip
    return Row(number, values, tuple(problems))


def _date(text: str) -> date | None:
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return parse_date(text)
    except ValueError:
        return None


def _check_strategy(edition: Edition, code: str) -> None:
    if code and not Strategy.objects.of(edition).with_code(code).exists():
        raise CannotRecordError(_("This edition has no strategy %(code)s.") % {"code": code})
