"""Build the bundled plan: read the published documents of an edition and keep codes, titles and names only.

    .venv/bin/python tools/build_bundle.py 2021-2023 PLAN.txt
    .venv/bin/python tools/build_bundle.py 2024-2026 SLIDES.txt

Writes src/aumenta/plan/data/torino/plan-<edition>.json in the format that docs/how-to/bundled-plan.md describes. No
description, purpose or other sentence of the document goes in. Every name has to be known to the alias tables and every
title to the tables beside the bundle; where one isn't, nothing is written and the status is 2.
"""

import argparse
import csv
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from aumenta.core.extraction import ActionSheet, ExtractionError, PlanDocument, read_plan
from aumenta.core.text import name_key

DATA = Path(__file__).resolve().parent.parent / "src" / "aumenta" / "plan" / "data"
FRAMEWORKS = ("pnrr", "eu_cohesion", "eu_programme", "own_instrument", "higher_instrument")
FORMAT = "aumenta-bundle/1"


def table(path: Path) -> list[dict[str, str]]:
    """The rows of one of our tables, every value as text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def known_names(folder: Path) -> dict[str, set[str]]:
    """For "actor" and for each framework, the keys of all wordings that lead to something."""
    known = {"actor": {name_key(row["name_it"]) for row in table(folder / "actors.csv")}}
    known["actor"] |= {name_key(row["printed"]) for row in table(folder / "actor_aliases.csv")}
    for framework in FRAMEWORKS:
        items = table(folder / f"{framework}.csv")
        known[framework] = {name_key(row[column]) for row in items for column in ("code", "name_it") if row[column]}
        known[framework] |= {name_key(row["printed"]) for row in table(folder / f"{framework}_aliases.csv")}
    return known


def names_of(sheet: ActionSheet) -> Iterable[tuple[str, str]]:
    """Every name in a sheet, as (framework or "actor", wording)."""
    yield from (("actor", actor) for actor in sheet.actors)
    yield from ((entry.framework, entry.code) for entry in sheet.alignments)
    yield from (("own_instrument", wording) for wording in sheet.own_instruments)
    yield from (("higher_instrument", wording) for wording in sheet.higher_instruments)


def troubles(document: PlanDocument, edition: str, data: Path) -> list[str]:
    """Why this document and our tables don't fit together, a sentence each; empty where they do."""
    known = known_names(data / "frameworks")
    found = [
        f"{sheet.code}: no alias of {framework} for {wording!r}"
        for sheet in document.actions
        for framework, wording in names_of(sheet)
        if name_key(wording) not in known[framework]
    ]
    ours = {r["code"]: r["title_it"] for r in table(data / "torino" / "strategies.csv") if r["edition"] == edition}
    theirs = {strategy.code: strategy.title for strategy in document.strategies}
    # Spaces apart, because the document prints "attrarre,trattenere".
    squeezed = {code: name_key(title).replace(" ", "") for code, title in theirs.items()}
    found += [f"strategy {code} is in the table only" for code in ours.keys() - theirs.keys()]
    found += [f"strategy {code} is in the document only" for code in theirs.keys() - ours.keys()]
    found += [
        f"strategy {code}: the table says {ours[code]!r}, the document {theirs[code]!r}"
        for code in ours.keys() & theirs.keys()
        if name_key(ours[code]).replace(" ", "") != squeezed[code]
    ]
    if document.actions:
        summed_up = {row["code"] for row in table(data / "torino" / "summaries.csv")}
        codes = {sheet.code for sheet in document.actions}
        found += [f"action {code} has no summary" for code in sorted(codes - summed_up)]
        found += [f"the summary of {code} has no action" for code in sorted(summed_up - codes)]
    return found


def bundle(document: PlanDocument, edition: str, data: Path) -> dict[str, object]:
    """What of the document goes into the bundle."""
    row = next(row for row in table(data / "torino" / "editions.csv") if row["edition"] == edition)
    # Whether it is in force, and since when, is not in the document.
    about = {name: text for name, text in row.items() if not name.startswith(("standing", "in_force"))}
    return {
        "format": FORMAT,
        **about,
        "strategies": [{"code": s.code, "carta_bologna": list(s.carta_bologna)} for s in document.strategies],
        "actions": [
            {
                "code": sheet.code,
                "title": sheet.title,
                "actors": list(sheet.actors),
                "alignments": [
                    {"framework": entry.framework, "code": entry.code, "role": entry.role} for entry in sheet.alignments
                ],
                "own_instruments": list(sheet.own_instruments),
                "higher_instruments": list(sheet.higher_instruments),
            }
            for sheet in document.actions
        ],
    }


def as_text(data: dict[str, object]) -> str:
    """JSON with one line for each entry, so that a change of one sheet is a change of one line."""
    lines = []
    for key, value in data.items():
        if isinstance(value, list) and value:
            entries = ",\n  ".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            lines.append(f" {json.dumps(key)}: [\n  {entries}\n ]")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Build the bundled plan from a published document.")
    parser.add_argument("edition", help="the years, such as 2021-2023")
    parser.add_argument("file", type=Path, help="the text or the PDF of the published document")
    options = parser.parse_args()
    try:
        document = read_plan(options.file)
    except (OSError, ExtractionError) as error:
        print(error, file=sys.stderr)
        return 2
    found = troubles(document, options.edition, DATA)
    if found:
        print("\n".join(found), file=sys.stderr)
        return 2
    target = DATA / "torino" / f"plan-{options.edition}.json"
    target.write_text(as_text(bundle(document, options.edition, DATA)), encoding="utf-8")
    print(f"{target}: {len(document.strategies)} strategies, {len(document.actions)} actions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
