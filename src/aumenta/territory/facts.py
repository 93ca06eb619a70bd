"""Residents at several dates, foreign residents, declared income and the class of inner areas: Istat's and the Ministry
of Finance's figures as they were published, beside those worked out of the population by age.

They are read from `data/<city>/facts.csv`, once in a process; a city without that file has none. Residents up to
1 January 2025 are Istat's final ones; those of 31 December 2025, and the foreign residents, are provisional.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aumenta.core.process_cache import ProcessCache
from aumenta.core.tables import read_table

FOLDER: Final = Path(__file__).parent / "data"
FINAL_UNTIL: Final = date(2025, 1, 1)
INNER_AREAS: Final[dict[str, Promise]] = {
    "A": _("pole"),
    "B": _("pole of several municipalities"),
    "C": _("belt of a pole"),
    "D": _("intermediate"),
    "E": _("peripheral"),
    "F": _("ultra-peripheral"),
}
"""The classes of the map of inner areas 2021-2027, from what has the services to what is farthest from them."""
SOURCES: Final = (
    _("Residents: Istat, census of 2011, 1 January 2022-2025 (final), balance of 2025 (provisional); CC BY."),
    _("Income: Ministry of Economy and Finance, tax returns 2013 and 2023, taxable income per return; CC BY 3.0 IT."),
    _("Inner areas: map 2021-2027 of the Agency for territorial cohesion, through Istat; CC BY."),
)

_ROWS: Final[ProcessCache[str, dict[str, dict[str, str]]]] = ProcessCache.of_the_process(16)


@dataclass(frozen=True)
class Residents:
    """How many live there at a date; `provisional` where Istat may still correct it."""

    on: date
    number: int

    @property
    def provisional(self) -> bool:
        """Whether Istat may still correct it."""
        return self.on > FINAL_UNTIL


@dataclass(frozen=True)
class PlaceFacts:
    """What is published of a place, or of several taken together. Incomes are means in euro by tax year, nominal."""

    residents: list[Residents] = field(default_factory=list)
    foreign: int = 0
    incomes: dict[int, float] = field(default_factory=dict)
    inner_area: Promise | str = ""

    @property
    def final(self) -> Residents | None:
        """The latest final figure."""
        return next((one for one in reversed(self.residents) if not one.provisional), None)

    @property
    def change(self) -> float | None:
        """The change from the first date to the latest final figure, as a share (−0.02: two in a hundred fewer)."""
        if not self.final or not self.residents[0].number:
            return None
        return self.final.number / self.residents[0].number - 1

    @property
    def foreign_share(self) -> float | None:
        """Foreign residents among all, at the same date."""
        return self.foreign / self.residents[-1].number if self.residents and self.residents[-1].number else None


def facts_of(city: str, codes: Iterable[str]) -> PlaceFacts | None:
    """The facts of these municipalities of a city together, by their ISTAT codes; None where one is not known."""
    rows = _ROWS.get(city, lambda: _read(FOLDER / city / "facts.csv"))
    found = [rows.get(code) for code in codes]
    if not found or any(row is None for row in found):
        return None
    known = [row for row in found if row is not None]

    def total(name: str) -> int:
        return sum(int(row[name] or 0) for row in known)

    dates = [name.partition("_")[2] for name in known[0] if name.startswith("residents_")]
    years = [int(name.partition("_")[2]) for name in known[0] if name.startswith("income_")]
    return PlaceFacts(
        residents=[Residents(date.fromisoformat(day), total(f"residents_{day}")) for day in dates],
        foreign=total(f"foreign_{dates[-1]}"),
        incomes={year: total(f"income_{year}") / n for year in years if (n := total(f"declarations_{year}"))},
        inner_area=INNER_AREAS.get(known[0]["inner_area"], "") if len(known) == 1 else "",
    )


def residents_by_code(city: str) -> dict[date, dict[str, int]]:
    """Published residents of each municipality of a city by its ISTAT code, for each date there is; empty without."""
    rows = _ROWS.get(city, lambda: _read(FOLDER / city / "facts.csv"))
    found: dict[date, dict[str, int]] = {}
    for code, row in rows.items():
        for name, value in row.items():
            if name.startswith("residents_") and value:
                found.setdefault(date.fromisoformat(name.partition("_")[2]), {})[code] = int(value)
    return found


def final_residents(city: str, codes: Iterable[str]) -> list[tuple[date, list[int]]]:
    """The final residents of these municipalities at each date, the latest first; only dates that have all of them."""
    wanted = list(codes)
    found = [
        (on, [of_day[code] for code in wanted])
        for on, of_day in residents_by_code(city).items()
        if on <= FINAL_UNTIL and all(code in of_day for code in wanted)
    ]
    return sorted(found, key=lambda one: one[0], reverse=True)


def _read(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a table of ours by the code of their municipality; none where the city has no such table."""
    if not path.is_file():
        return {}
    table = read_table(path.read_bytes(), ("istat_code",))
    rows = [{name: row.cell(place).text for place, name in enumerate(table.header)} for row in table.rows]
    return {row["istat_code"]: row for row in rows}
