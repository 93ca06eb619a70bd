"""Build the bundled projects: facts of the validated PNRR projects of the province, without their long texts.

    .venv/bin/python tools/build_projects.py FILE [--check]

FILE is the official table of validated projects with payments beside them. Writes
src/aumenta/monitoring/data/torino/projects.csv, our template of projects; with --check it writes nothing and ends with
status 1 if the file there differs.
"""

import argparse
import csv
import io
import sys
from pathlib import Path
from typing import Final

PATH: Final = (
    Path(__file__).resolve().parent.parent / "src" / "aumenta" / "monitoring" / "data" / "torino" / "projects.csv"
)
COLUMNS: Final = {
    "chiave": "Codice Locale Progetto",
    "cup": "CUP",
    "titolo": "Titolo progetto",
    "soggetto attuatore": "Soggetto attuatore",
    "codice fiscale": "Codice fiscale soggetto attuatore",
    "componente": "Componente",
    "misura": "Codice Univoco Submisura",
    "importo totale": "Finanziamento Totale",
    "importo programma": "Finanziamento PNRR",
    "pagato": "payments_2025_03",
    "alla data del": "Data aggiornamento",
    "comuni": "istat_codes",
    "province": "n_provinces",
}
PAID_UNTIL: Final = "2025-03-31"


def build(file: Path) -> str:
    """The rows in our template's columns. Payments are those of the file, empty where it has none."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "programma", "pagato al"])
    for row in sorted(rows, key=lambda one: one["Codice Locale Progetto"]):
        cells = [" ".join(row[name].split()) for name in COLUMNS.values()]
        # Whole euro are written without «.0», which a spreadsheet would make of them anyway.
        cells = [cell.removesuffix(".0") for cell in cells]
        tax = list(COLUMNS).index("codice fiscale")
        # The official file has lost the zero that many tax codes of bodies begin with.
        cells[tax] = cells[tax].zfill(11) if cells[tax].isdigit() else cells[tax]
        writer.writerow([*cells, "PNRR", PAID_UNTIL if row["payments_2025_03"] else ""])
    return out.getvalue()


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    text = build(options.file)
    if options.check:
        return 0 if PATH.read_text(encoding="utf-8") == text else 1
    PATH.write_text(text, encoding="utf-8")
    print(f"{PATH}: {text.count(chr(10)) - 1} projects")
    return 0


if __name__ == "__main__":
    sys.exit(main())
