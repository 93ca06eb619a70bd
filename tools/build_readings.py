"""Build the bundled readings: take the figures of the indicators on our cards out of the statistical files.

    .venv/bin/python tools/build_readings.py FOLDER [--check]

FOLDER holds `indicators/` (the BES of territories, `indicators_misc.csv`) and `torino/` (population, taxable income).
Writes src/aumenta/monitoring/data/torino/readings.csv, our template (docs/how-to/readings.md); with --check it writes
nothing, says where the file there differs, and ends with status 1 if it does.
"""

import argparse
import csv
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

DATA: Final = Path(__file__).resolve().parent.parent / "src" / "aumenta" / "monitoring" / "data" / "torino"
HEADER: Final = ("indicatore", "luogo", "periodo", "valore", "segnalazione", "numeratore", "denominatore", "nota")
HOME, REGION, COUNTRY = "ITC11", "ITC1", "IT"
MISC: Final = {"unemployment rate 15-74": ("DISOCC1574", ""), "soil consumed": ("SUOLO", "%")}
"""Indicator of the miscellany → our code, and the unit of those of its figures that we take (any, where empty)."""
MISC_PLACES: Final = {
    "Torino (province)": HOME,
    "Città metropolitana di Torino": HOME,
    "Piemonte": REGION,
    "Italia": COUNTRY,
}
POPULATION: Final = {
    "jan_2022": ("2022", "", ""),
    "jan_2023": ("2023", "", ""),
    "jan_2024_posas": ("2024", "", ""),
    "jan_2025": ("2025", "", ""),
    "dec_2025_provisional": ("2026", "p", "31 dicembre 2025"),
}
"""Column → period, flag, note: residents of 31 December are those of 1 January."""


class Line(NamedTuple):
    """A reading as the template has it."""

    indicator: str
    place: str
    period: str
    value: str
    flag: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV, every value as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def written(value: float) -> str:
    """A number as the file has it: no more decimals than it needs."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def of_territories(folder: Path, codes: set[str]) -> Iterator[Line]:
    """The BES of the metropolitan city and of the region, under the codes of our cards."""
    for name, place in (
        ("bes_territori_piemonte_2015_2024.csv", REGION),
        ("bes_territori_torino_provincia.csv", HOME),
    ):
        for row in table(folder / "indicators" / name):
            # «-N22» says since which issue a definition holds; its series begins with it.
            code = re.sub(r"-N[0-9]+$", "", row["indicator_id"])
            if code in codes and row["value"]:
                yield Line(code, place, row["year"], written(float(row["value"])))


def of_miscellany(folder: Path) -> Iterator[Line]:
    """Unemployment and land taken."""
    for row in table(folder / "indicators" / "indicators_misc.csv"):
        code, unit = MISC.get(row["indicator"], ("", ""))
        place = MISC_PLACES.get(row["territory"], "")
        if code and place and (not unit or row["unit"].startswith(unit)):
            yield Line(code, place, row["period"], written(float(row["value"])))


def of_population(folder: Path) -> Iterator[Line]:
    """Residents of every municipality at the dates of one series."""
    for row in table(folder / "torino" / "municipalities_population.csv"):
        for column, (period, flag, note) in POPULATION.items():
            yield Line("RESIDENTI", row["istat_code"], period, row[column], flag, note=note)


def of_income(folder: Path) -> Iterator[Line]:
    """Taxable income over declarations, by the municipalities of today: those that became one are added up. Where one
    of them is not known, nothing is: a part is not the whole."""
    parts: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in table(folder / "torino" / "municipalities_irpef_2000_2023.csv"):
        key = (row["istat_code_2026"], row["tax_year"])
        parts[key].append((row["taxable_income_eur"], row["taxable_income_declarations"]))
    for (place, year), some in parts.items():
        if any(not income or not declarations for income, declarations in some):
            yield Line("REDDITO", place, year, "", "m")
            continue
        income, declarations = (sum(int(float(one[n])) for one in some) for n in (0, 1))
        value = written(round(income / declarations, 2))
        yield Line("REDDITO", place, year, value, "", str(income), str(declarations))


def build(folder: Path) -> list[Line]:
    """Every reading, by the order of the cards, then place and period. Raises ValueError where one stands twice."""
    cards = [row["code"] for row in table(DATA / "indicators.csv")]
    lines = [*of_territories(folder, set(cards)), *of_miscellany(folder), *of_population(folder), *of_income(folder)]
    keys = [line[:3] for line in lines]
    if len(set(keys)) != len(keys):
        raise ValueError(f"Twice: {sorted(key for key in set(keys) if keys.count(key) > 1)[:5]}")
    return sorted(lines, key=lambda line: line[:3])


def as_csv(lines: list[Line]) -> str:
    """The file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(lines)
    return out.getvalue()


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    path, text = DATA / "readings.csv", as_csv(build(options.folder))
    if not options.check:
        path.write_text(text, encoding="utf-8")
        print(f"{path}: {text.count(chr(10)) - 1} readings")
        return 0
    there, made = set(path.read_text(encoding="utf-8").splitlines()), set(text.splitlines())
    for line in sorted(there - made)[:20]:
        print(f"- {line}")
    for line in sorted(made - there)[:20]:
        print(f"+ {line}")
    print(f"{len(there & made)} lines agree, {len(there - made)} are there alone, {len(made - there)} would be new")
    return 0 if path.read_text(encoding="utf-8") == text else 1


if __name__ == "__main__":
    sys.exit(main())
