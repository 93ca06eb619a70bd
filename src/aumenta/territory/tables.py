"""The project's own tables of places: zones, belts, former names, successions, printed figures, known defects.

They live in `data/`, one folder per territory that has any, each row with its source and, where it matters, with how
sure it is. Reading collects every fault with its line.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from aumenta.core.text.plain import slug
from aumenta.people.dates import day_in_words
from aumenta.territory.models import Confidence, Municipality, Succession
from aumenta.territory.source import SourceMunicipality, code_fault, csv_rows

DATA = Path(__file__).resolve().parent / "data"

ZONE_COLUMNS = ("istat_code", "municipality", "zone_number", "zone_name", "confidence", "source")
BELT_COLUMNS = ("istat_code", "municipality", "altimetric_zone", "altitude_m", "confidence", "source")
NAME_COLUMNS = ("istat_code", "zone_number", "name", "kind", "source")
BELT_OF_ZONE = {1: "montagna", 2: "montagna", 3: "collina", 4: "collina", 5: "pianura"}
"""ISTAT's five altimetric zones in the three belts of the plan."""


@dataclass(frozen=True)
class ZoneRow:
    """In which zone a municipality lies, says whom."""

    number: int
    name: str
    confidence: str
    source: str


@dataclass(frozen=True)
class BeltRow:
    """In which altimetric zone a municipality lies, says whom."""

    altimetric_zone: int
    altitude_m: int | None
    confidence: str
    source: str


@dataclass(frozen=True)
class SuccessionRow:
    """What became of a municipality."""

    predecessor_code: str
    predecessor_name: str
    successor_code: str
    successor_name: str
    on: date
    kind: str
    source: str


@dataclass
class Tables:
    """All tables that concern the municipalities being loaded, and what is wrong with them."""

    zones: dict[str, ZoneRow] = field(default_factory=dict)
    belts: dict[str, BeltRow] = field(default_factory=dict)
    former_names: list[dict[str, str]] = field(default_factory=list)
    other_names: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    successions: list[SuccessionRow] = field(default_factory=list)
    published_figures: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    known_defects: dict[tuple[str, str], str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_tables(
    municipalities: list[SourceMunicipality],
    territories: Mapping[str, str],
    zones: Path | None = None,
    belts: Path | None = None,
) -> Tables:
    """Read what the project knows about these municipalities.

    `territories` maps codes to short names, which are the names of the folders in `data/`; `zones` and `belts` are
    files to read instead of the project's own. A table must name each municipality once and no other.
    """
    tables = Tables()
    for row in _rows(DATA / "known_defects.csv", ("istat_code", "kind", "note"), tables):
        tables.known_defects[row["istat_code"], row["kind"]] = row["note"]
    _read_successions(tables)
    known = {municipality.code: municipality.name for municipality in municipalities}
    former = _rows(DATA / "former_names.csv", ("istat_code", "name", "until", "source"), tables)
    tables.former_names = [row for row in former if row["istat_code"] in known]
    for code, name in territories.items():
        folder = DATA / name
        of_territory = {key: value for key, value in known.items() if key.startswith(code)}
        zone_file, belt_file = zones or folder / "zones.csv", belts or folder / "belts.csv"
        if zone_file.exists() or zones:
            _read_zones(zone_file, of_territory, tables)
        if belt_file.exists() or belts:
            _read_belts(belt_file, of_territory, tables)
        if (folder / "names.csv").exists():
            tables.other_names[code] = _rows(folder / "names.csv", NAME_COLUMNS, tables)
        if (folder / "published_figures.csv").exists():
            columns = ("figure", "value", "year", "source", "note_it", "note_en")
            tables.published_figures[code] = _rows(folder / "published_figures.csv", columns, tables)
    return tables


def place_words(territory: str) -> list[tuple[str, str, str, str]]:
    """Wordings by which texts mean a place of the territory (by its short name): words, reach, key, source.

    Reach is `zone` (key: its number), `municipality` (its code), or `nowhere` for words that only look like a place.
    """
    path = DATA / territory / "place_words.csv"
    if not path.exists():
        return []
    tables, columns = Tables(), ("words", "reach", "key", "source")
    return [(row["words"], row["reach"], row["key"], row["source"]) for row in _rows(path, columns, tables)]


def _rows(path: Path, columns: tuple[str, ...], tables: Tables) -> list[dict[str, str]]:
    return [row for _line, row in csv_rows(path, columns, tables.problems)]


def _read_successions(tables: Tables) -> None:
    columns = ("predecessor_code", "predecessor_name", "successor_code", "successor_name", "on", "kind", "source")
    for row in _rows(DATA / "succession.csv", columns, tables):
        kind = Succession.Kind(row["kind"])
        since = date.fromisoformat(row["on"])
        tables.successions.append(
            SuccessionRow(
                predecessor_code=row["predecessor_code"],
                predecessor_name=row["predecessor_name"],
                successor_code=row["successor_code"],
                successor_name=row["successor_name"],
                on=since,
                kind=kind,
                source=row["source"],
            )
        )


def _read_zones(path: Path, known: Mapping[str, str], tables: Tables) -> None:
    names: dict[int, str] = {}
    for where, row in _rows_of_each_municipality(path, ZONE_COLUMNS, known, tables):
        number = row["zone_number"]
        if not number.isascii() or not number.isdigit() or int(number) < 1:
            tables.problems.append(where + ": " + _("“%(value)s” is not the number of a zone.") % {"value": number})
            continue
        name = names.setdefault(int(number), row["zone_name"])
        if not name or name != row["zone_name"]:
            tables.problems.append(
                where
                + ": "
                + _("zone %(number)s is called “%(this)s” here and “%(other)s” before.")
                % {"number": number, "this": row["zone_name"], "other": name}
            )
        tables.zones[row["istat_code"]] = ZoneRow(int(number), row["zone_name"], row["confidence"], row["source"])


def _read_belts(path: Path, known: Mapping[str, str], tables: Tables) -> None:
    valid = {str(value) for value in Municipality.AltimetricZone.values}
    for where, row in _rows_of_each_municipality(path, BELT_COLUMNS, known, tables):
        if row["altimetric_zone"] not in valid:
            values = {"value": row["altimetric_zone"]}
            tables.problems.append(where + ": " + _("“%(value)s” is not an altimetric zone, 1 to 5.") % values)
            continue
        altitude = row["altitude_m"]
        if altitude and not altitude.isdigit():
            tables.problems.append(where + ": " + _("“%(value)s” is not an altitude in metres.") % {"value": altitude})
            continue
        tables.belts[row["istat_code"]] = BeltRow(
            int(row["altimetric_zone"]), int(altitude) if altitude else None, row["confidence"], row["source"]
        )


def _rows_of_each_municipality(
    path: Path, columns: tuple[str, ...], known: Mapping[str, str], tables: Tables
) -> list[tuple[str, dict[str, str]]]:
    """The rows of a table that must name every municipality exactly once; the faulty ones are reported and left out."""
    good: list[tuple[str, dict[str, str]]] = []
    first_line: dict[str, int] = {}
    for line, row in csv_rows(path, columns, tables.problems):
        where = _("%(file)s, line %(line)d") % {"file": path.name, "line": line}
        code, name = row["istat_code"], row["municipality"]
        if fault := code_fault(code) or _stranger(code, known, tables):
            tables.problems.append(f"{where}: {fault}")
        elif code in first_line:
            tables.problems.append(
                where
                + ": "
                + _("%(code)s %(name)s is named twice, here and in line %(first)d.")
                % {"code": code, "name": known[code], "first": first_line[code]}
            )
        else:
            first_line[code] = line
            if fault := _fault_of_cells(code, name, row, known):
                tables.problems.append(f"{where}: {fault}")
            else:
                good.append((where, row))
    for code in sorted(known.keys() - first_line.keys()):
        tables.problems.append(
            _("%(file)s leaves out %(code)s %(name)s: add its row.")
            % {"file": path.name, "code": code, "name": known[code]}
        )
    return good


def _stranger(code: str, known: Mapping[str, str], tables: Tables) -> str | None:
    """Why a well-written code is not one of ours, or None if it is."""
    if code in known:
        return None
    for row in tables.successions:
        successor = f"{row.successor_code} {row.successor_name}"
        values = {"code": code, "on": day_in_words(row.on, "dal"), "successor": successor}
        if code == row.predecessor_code and row.kind != Succession.Kind.CEDED:
            return _("%(code)s no longer exists since %(on)s: its successor is %(successor)s.") % values
        if code == row.successor_code:
            return _("%(code)s exists since %(on)s, and these boundaries do not have it yet.") % values
    return _("%(code)s is not a municipality of this territory, or not yet.") % {"code": code}


def _fault_of_cells(code: str, name: str, row: Mapping[str, str], known: Mapping[str, str]) -> str | None:
    values = {"code": code, "known": known[code], "name": name}
    if not name:
        return _("the name of %(code)s %(known)s is missing; a program may have read None as nothing.") % values
    if slug(name) not in {slug(part) for part in (known[code], *known[code].split("/"))}:
        return _("%(code)s is %(known)s and the table calls it “%(name)s”.") % values
    if row["confidence"] not in Confidence.values:
        words = ", ".join(Confidence.values)
        return _("“%(value)s” says nothing of how sure the row is; write one of %(words)s.") % {
            "value": row["confidence"],
            "words": words,
        }
    return None if row["source"] else _("the source is missing.")
