"""`aumenta themes FILE.csv [--groups N | --headings FILE] [--edition LABEL] [--seed S] [--json]`: group texts.

The JSON has `themes` (`id`, `name`, `keywords`, `quotation`) and `items` (`id`, `theme`), one item for each row of FILE
in order; `theme` is null where there is nothing to read, and for all rows where they are too few to group and there is
no plan to list them by. What was not done as asked is said on stderr.
"""

import argparse
import json
import sys
from pathlib import Path

from aumenta.analyst.texts_table import TableError, edition_texts, opened_encoder, rows_of
from aumenta.core.synthesis.suggest import Plan
from aumenta.core.synthesis.themes import Grouping, Way, propose
from aumenta.core.synthesis.vectors import MemoryCache

HELP = "Group the texts of a CSV (columns text and, if there is one, id) into themes with names and keywords."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The texts and how to group them."""
    parser.add_argument("file", type=Path, help="CSV with a column text; id names the rows")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--groups", type=int, metavar="N", help="how many themes, from 1 to 70; else as many as there are")
    how.add_argument("--headings", type=Path, metavar="FILE", help="headings to group under, one a line")
    parser.add_argument("--edition", metavar="LABEL", help="project the texts on an edition of the plan: 2021-2023")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same themes (default 0)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")


def run(options: argparse.Namespace) -> int:
    """Group and print; 2 when a file, a number or the edition will not do."""
    try:
        rows = rows_of(options.file, ("text",), ("id",))
        headings = _headings(options.headings) if options.headings else []
        if options.groups is not None and not 1 <= options.groups <= 70:
            raise TableError(f"--groups {options.groups}: ask for 1 to 70 themes")
        if options.seed < 0:
            raise TableError(f"--seed {options.seed}: a seed is 0 or more")
        references = edition_texts(options.edition) if options.edition else []
    except TableError as problem:
        print(f"aumenta themes: {problem}", file=sys.stderr)
        return 2
    opened, cache = opened_encoder("themes"), MemoryCache()
    plan = Plan(references, opened.encoder, cache) if references else None
    texts = [row["text"] for row in rows]
    grouping = propose(
        texts, opened.encoder, cache, plan=plan, groups=options.groups, headings=headings, seed=options.seed
    )
    names = [row.get("id", "").strip() or str(number) for number, row in enumerate(rows, 1)]
    for note in _notes(grouping, names):
        print(f"aumenta themes: {note}", file=sys.stderr)
    print(
        json.dumps(_as_json(grouping, names, texts), ensure_ascii=False) if options.json else _in_words(grouping, texts)
    )
    return 0


def _headings(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as problem:
        raise TableError(f"{path}: the file cannot be read ({problem.strerror})") from None
    except UnicodeDecodeError:
        raise TableError(f"{path}: the file is not UTF-8 text") from None
    headings = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not headings:
        raise TableError(f"{path}: there are no headings; write one a line")
    return headings


def _notes(grouping: Grouping, names: list[str]) -> list[str]:
    notes = list(grouping.notes)
    if grouping.way is Way.NONE:
        notes.append("with --edition they would be listed by strategy")
    if grouping.left:
        notes.append(f"nothing to read in: {', '.join(names[place] for place in grouping.left[:20])}")
    if grouping.outside:
        notes.append(f"perhaps outside the plan: {', '.join(names[place] for place in grouping.outside[:20])}")
    return notes


def _as_json(grouping: Grouping, names: list[str], texts: list[str]) -> dict[str, object]:
    return {
        "themes": [
            {
                "id": theme.id,
                "name": theme.name,
                "keywords": list(theme.keywords),
                "quotation": texts[theme.quotation] if theme.quotation is not None else "",
            }
            for theme in grouping.themes
        ],
        "items": [{"id": name, "theme": theme} for name, theme in zip(names, grouping.theme_of, strict=True)],
    }


def _in_words(grouping: Grouping, texts: list[str]) -> str:
    lines = []
    for theme in grouping.themes:
        lines.append(f"{theme.id}. {theme.name} ({len(theme.members)}): {', '.join(theme.keywords)}")
        if theme.quotation is not None:
            lines.append(f"   «{texts[theme.quotation]}»")
    return "\n".join(lines) or "No themes."
