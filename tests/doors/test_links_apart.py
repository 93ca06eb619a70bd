"""Links that follow each other in a sentence have a sign between them: «JSON W3C PROV» reads as one thing."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "src" / "aumenta"
# A button or an entry of a menu has a class of its own, and room around it.
GLUED = re.compile(r"</a>\s*(?:\{% (?:end)?if[^%]*%\}\s*)*<a href=")
# Links to jump to, one of which is seen at a time.
APART = {"base.html"}


def test_nothing_but_a_space_never_parts_two_links_of_a_sentence() -> None:
    pages = [page for page in ROOT.rglob("templates/**/*.html") if page.name not in APART]
    assert len(pages) > 300
    glued = [
        f"{page.relative_to(ROOT)}: {found[0]!r}" for page in pages for found in GLUED.finditer(page.read_text("utf-8"))
    ]
    assert not glued, "\n".join(glued)


def test_the_look_finds_such_links() -> None:
    assert GLUED.search('<p><a href="a">CSV</a>\n  <a href="b">XLSX</a></p>')
    assert not GLUED.search('<p><a href="a">CSV</a>,\n  <a href="b">XLSX</a></p>')
