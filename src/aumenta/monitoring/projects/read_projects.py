"""Tables of projects: the official PNRR file and our own template, told by their headings, row by row."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from aumenta.core.tables import Limits, Row, Table, TableError, table_read_apart
from aumenta.monitoring.models import Project
from aumenta.territory.models import Municipality, Succession

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "key": ("codice locale progetto", "chiave", "key"),
    "cup": ("cup",),
    "cigs": ("cig",),
    "title": ("titolo progetto", "titolo", "title"),
    "summary": ("sintesi progetto", "sintesi", "summary"),
    "state": ("stato", "state"),
    "head": ("soggetto attuatore", "head"),
    "head_tax_code": ("codice fiscale soggetto attuatore", "codice fiscale"),
    "programme": ("programma", "programme"),
    "component": ("componente", "component"),
    "component_name": ("descrizione componente",),
    "measure": ("codice univoco submisura", "misura", "measure"),
    "measure_name": ("descrizione submisura", "nome misura"),
    "planned": ("finanziamento totale", "importo totale", "planned"),
    "planned_fund": ("finanziamento pnrr", "importo programma", "planned fund"),
    "awarded": ("importo aggiudicato", "aggiudicato", "awarded"),
    "paid": ("pagato", "paid"),
    "paid_on": ("pagato al", "paid on"),
    "as_of": ("data aggiornamento", "alla data del", "as of"),
    "places": ("istat codes", "istat_codes", "comuni", "municipalities"),
    "provinces": ("n provinces", "n_provinces", "province"),
}
"""The columns and the headings each may have: those of the official file first, then those of our template."""
NEEDED: Final = ("key", "title", "head", "as_of")
TEMPLATE: Final = (
    "chiave",
    "cup",
    "cig",
    "titolo",
    "sintesi",
    "stato",
    "soggetto attuatore",
    "codice fiscale",
    "programma",
    "componente",
    "misura",
    "importo totale",
    "importo programma",
    "aggiudicato",
    "pagato",
    "pagato al",
    "alla data del",
    "comuni",
    "province",
)
STATES: Final = {
    "": "unknown",
    "non dichiarato": "unknown",
    "idea": "idea",
    "studio di fattibilità": "study",
    "progettazione": "design",
    "pronto per la gara": "ready",
    "gara": "tender",
    "in esecuzione": "works",
    "concluso": "finished",
    "fermo": "stopped",
    **{value: value for value in Project.State.values},
}
EVERYWHERE: Final = "tutto il territorio"
LIMITS: Final = Limits(bytes=20_000_000)
_PAYMENTS: Final = re.compile(r"payments[ _](\d{4})[ _](\d{2})")
"""The official payments stand in a column named by their month."""


@dataclass
class ReadProject:
    """A row: the facts of a project and where it lies."""

    row: int
    facts: dict[str, Any]
    places: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Refused:
    """A row that will not do: where, and why in a code with what was written."""

    row: int
    column: str
    code: str
    shown: str


@dataclass
class ReadFile:
    """What a file holds."""

    projects: list[ReadProject] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


class _FaultError(Exception):
    def __init__(self, column: str, code: str, shown: str) -> None:
        self.column, self.code, self.shown = column, code, shown[:60]
        super().__init__(code)


class Places:
    """Municipalities of today and those that became part of them, by code; looked up once for a file."""

    def __init__(self) -> None:
        current = Municipality.objects.current()
        self.here = dict(current.values_list("istat_code", "pk"))
        self.names = dict(Municipality.objects.values_list("istat_code", "name"))
        leads = Succession.objects.exclude(kind=Succession.Kind.CEDED)
        self.after = dict(leads.values_list("predecessor__istat_code", "successor__istat_code"))

    def of(self, codes: str) -> tuple[frozenset[int], list[str], bool]:
        """The municipalities named, the codes that are not of this territory, and whether it is for all of it."""
        found, outside, everywhere = set(), [], False
        for code in filter(None, re.split(r"[|,;\s]+", codes.replace(EVERYWHERE, "*"))):
            whole = code.zfill(6) if code.isascii() and code.isdigit() else code
            whole = self.after.get(whole, whole)
            if code == "*":
                everywhere = True
            elif whole in self.here:
                found.add(self.here[whole])
            elif re.fullmatch(r"[0-9]{6}", whole):
                outside.append(whole)
            else:
                raise _FaultError("places", "place", code)
        return frozenset(found), outside, everywhere


def read_projects(data: bytes, *, today: date) -> ReadFile:
    """Every row of a table of projects. Raises TableError where the file as a whole will not do."""
    table = table_read_apart(data, [name for names in COLUMNS.values() for name in names], limits=LIMITS)
    for name in NEEDED:
        table.needed(COLUMNS[name])
    places, found, seen, until = Places(), ReadFile(), set(), _paid_until(table)
    for row in table.rows:
        cells = dict(_cells(table, row))
        try:
            one = _project(cells, row.number, places, today, until)
            if one.facts["key"] in seen:
                raise _FaultError("key", "twice", one.facts["key"])
            seen.add(one.facts["key"])
        except _FaultError as fault:
            found.refused.append(Refused(row.number, COLUMNS[fault.column][0], fault.code, fault.shown))
        else:
            found.projects.append(one)
    return found


def _paid_until(table: Table) -> date | None:
    """The last day of the month that the column of payments is named by."""
    for heading in table.header:
        if match := _PAYMENTS.fullmatch(heading.strip().lower()):
            year, month = int(match[1]), int(match[2])
            return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if 1 <= month <= 12 else None
    return None


def _cells(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    monthly = [heading for heading in table.header if _PAYMENTS.fullmatch(heading.strip().lower())]
    for name, headings in COLUMNS.items():
        place = table.place(headings)
        if place is None and name == "paid" and monthly:
            place = table.header.index(monthly[0])
        yield name, (row.cell(place).text.strip() if place is not None else "")


_TEXTS: Final = (
    "cigs",
    "title",
    "summary",
    "head",
    "head_tax_code",
    "component",
    "component_name",
    "measure",
    "measure_name",
)


def _texts(cells: dict[str, str]) -> dict[str, Any]:
    """The texts of a row; what is longer than we keep says so at its end."""
    facts: dict[str, Any] = {}
    for name in _TEXTS:
        longest = Project._meta.get_field(name).max_length or 0  # type: ignore[union-attr]
        text = cells[name]
        facts[name] = text if len(text) <= longest else f"{text[: longest - 4]} […]"[:longest]
    return facts


def _project(cells: dict[str, str], number: int, places: Places, today: date, until: date | None) -> ReadProject:
    for name in NEEDED:
        if not cells[name]:
            raise _FaultError(name, "missing", "")
    facts = {"key": cells["key"], **_texts(cells)}
    # The official file has lost the zeros that tax codes of bodies begin with.
    if facts["head_tax_code"].isdigit() and len(facts["head_tax_code"]) in {9, 10}:
        facts["head_tax_code"] = facts["head_tax_code"].zfill(11)
    if len(facts["key"]) > 60:
        raise _FaultError("key", "too_long", facts["key"])
    facts["cup"] = cells["cup"].upper()
    if facts["cup"] and not re.fullmatch(r"[A-Z]\d{2}[A-Z]\d{11}", facts["cup"]):
        raise _FaultError("cup", "cup", cells["cup"])
    facts["state"] = STATES.get(cells["state"].lower(), "")
    if not facts["state"]:
        raise _FaultError("state", "state", cells["state"])
    facts["programme"] = cells["programme"][:60] or ("PNRR" if cells["component"].startswith("M") else "–")
    for name in ("planned", "planned_fund", "awarded", "paid"):
        facts[name] = _amount(name, cells[name])
    facts["as_of"] = _day("as_of", cells["as_of"], today)
    facts["paid_on"] = _day("paid_on", cells["paid_on"], today) if cells["paid_on"] else None
    if facts["paid"] is None:
        facts["paid_on"] = None
    elif facts["paid_on"] is None:
        if until is None:
            raise _FaultError("paid_on", "missing", "")
        facts["paid_on"] = until
    facts["provinces"] = _count(cells["provinces"])
    found, outside, facts["everywhere"] = places.of(cells["places"])
    facts["outside"] = ", ".join(outside)[:2_000]
    return ReadProject(number, facts, found)


def _amount(name: str, text: str) -> Decimal | None:
    """An amount in euro; None where nothing is written. «1.234» could be a thousand: it is asked about."""
    written = text.replace("€", "").replace("\u00a0", "").replace(" ", "").strip()
    if not written:
        return None
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{1,2}", written):
        written = written.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}[.,]\d{3}", written):
        raise _FaultError(name, "doubtful", text)
    elif re.fullmatch(r"\d+,\d{1,2}", written):
        written = written.replace(",", ".")
    try:
        amount = Decimal(written)
    except InvalidOperation:
        raise _FaultError(name, "amount", text) from None
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 12:
        raise _FaultError(name, "amount", text)
    return amount.quantize(Decimal("0.01"))


def _day(name: str, text: str, today: date) -> date:
    match = re.match(r"(\d{4})-(\d{2})-(\d{2})(?:[ T]|$)", text)
    local = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        if match:
            day = date(*map(int, match.groups()))
        elif local:
            day = date(int(local[3]), int(local[2]), int(local[1]))
        else:
            raise _FaultError(name, "day", text)
    except ValueError:
        raise _FaultError(name, "day", text) from None
    if day > today + timedelta(days=1):
        raise _FaultError(name, "future", text)
    return day


def _count(text: str) -> int:
    whole = text.removesuffix(".0")
    if not whole:
        return 1
    if not (whole.isascii() and whole.isdigit() and int(whole) < 200):
        raise _FaultError("provinces", "count", text)
    return max(1, int(whole))


__all__ = ["COLUMNS", "TEMPLATE", "ReadFile", "ReadProject", "Refused", "TableError", "read_projects"]
