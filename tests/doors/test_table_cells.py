"""Cells of tables look as they are meant to: a class that no stylesheet knows leaves figures at the left."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = list((ROOT / "src/aumenta").rglob("templates/**/*.html"))
STYLES = [*(ROOT / "frontend/scss").rglob("*.scss"), *(ROOT / "src/aumenta").rglob("static/*/*.css")]
CELL = re.compile(r"<t[dh]\b[^>]*?\bclass=\"([^\"]*)\"")
COUNT = re.compile(
    r"<td(?![^>]*\bfigure\b)[^>]*>\s*\{\{ ?[\w.]+\|(?:number|percent|euro|signed)(?::\w+)? ?\}\}\s*</td>"
)


def classes(page: str) -> set[str]:
    """The classes of the cells of a page, those in conditions too."""
    # `tie-{{ kind }}` is a class only with its other half.
    named = (name for given in CELL.findall(page) for name in re.sub(r"{[%{].*?[%}]}", " ", given).split())
    return {name for name in named if not name.endswith("-")}


def test_every_class_of_a_cell_is_known_to_a_stylesheet() -> None:
    styled = "\n".join(path.read_text(encoding="utf-8") for path in STYLES)
    used = {name: path.name for path in PAGES for name in classes(path.read_text(encoding="utf-8"))}
    assert "figure" in used
    assert {
        name: page for name, page in used.items() if not re.search(rf"\.{re.escape(name)}(?![\w-])|&\.{name}", styled)
    } == {}


def test_a_cell_that_holds_only_a_number_stands_at_the_right() -> None:
    found = {path.name: hit for path in PAGES for hit in COUNT.findall(path.read_text(encoding="utf-8"))}
    assert found == {}
