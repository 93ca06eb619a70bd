"""English for those who read English: its own quotation marks, wherever a sentence comes from.

Every text of the code is read, every template, script and English column of the bundled data: a new one is held to it
by being there. Comments and docstrings are for those who read the code.
"""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import polib  # type: ignore[import-untyped]  # it has no types
import pytest
from django.utils.translation import override

from aumenta.activity.models import ActivityEntry
from aumenta.activity.sentences import activity_sentence
from aumenta.people.reader import in_quotes, inside_quotes

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src/aumenta"
CATALOGUES = sorted(SOURCE.glob("*/locale/it/LC_MESSAGES/django.po"))
ITALIAN_MARKS = re.compile("[«»]")

KEPT_ONCE = "kept in the log once; activity/sentences.py gives it the marks of who reads it"
ITALIAN_TEXTS = {"pages/make_demo_pages.py", "pages/make_first_pages.py"}
"""Texts written in both languages, whose Italian has its own marks: which is which, the next test says."""
WITHOUT_LANGUAGE = {
    "people/reader.py": "gives either language its marks",
    "activity/sentences.py": "gives either language its marks",
    "core/text/decoding.py": "reads documents",
    "core/text/plain.py": "a quotation of rich text, kept as it was written",
    "core/transcripts/speakers.py": "reads documents",
    "core/synthesis/matrix.py": "a ValueError for those who call it wrong",
    "governance/make_demo_conference.py": "an agenda in Italian",
    "pages/keep_media.py": KEPT_ONCE,
    "pages/publish_page.py": KEPT_ONCE,
    "pages/write_page.py": KEPT_ONCE,
    "people/accounts.py": KEPT_ONCE,
    "plan/change_names.py": KEPT_ONCE,
    "review/editions/rename.py": KEPT_ONCE,
    "review/names/merge.py": KEPT_ONCE,
    "site/files/dictionary.py": "the name of a column",
}


def texts_of(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a module that are no docstring, each with the name it is given (`body_it=…`), if any."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    named = {
        id(part): keyword.arg or ""
        for keyword in ast.walk(tree)
        if isinstance(keyword, ast.keyword)
        for part in ast.walk(keyword.value)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield named.get(id(node), ""), node.value


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_an_english_sentence_has_english_quotation_marks(path: Path) -> None:
    texts = [text for entry in polib.pofile(str(path)) for text in (entry.msgid, entry.msgid_plural)]
    assert [text for text in texts if ITALIAN_MARKS.search(text or "")] == []


def test_no_code_puts_italian_marks_around_what_it_shows_in_either_language() -> None:
    """`people.reader.in_quotes` gives the marks of the reader's language."""
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        # What reads documents has to know their marks.
        if "extraction" not in path.parts and any(ITALIAN_MARKS.search(text) for _name, text in texts_of(path))
    }
    assert found == ITALIAN_TEXTS | set(WITHOUT_LANGUAGE)


@pytest.mark.parametrize("name", sorted(ITALIAN_TEXTS))
def test_only_the_italian_of_two_texts_has_italian_marks(name: str) -> None:
    marked = {given for given, text in texts_of(SOURCE / name) if ITALIAN_MARKS.search(text)}
    assert {given for given in marked if not given.endswith("_it")} == set()


def test_no_page_mail_or_script_puts_italian_marks_around_what_it_shows() -> None:
    """`{{ words|quoted }}` gives the marks of the page's language, `quoted(words)` those of a script's."""
    uncommented = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|/\*.*?\*/|^\s*//[^\n]*|\s//\s[^\n]*", re.S | re.M)
    files = [
        *SOURCE.glob("*/templates/**/*.html"),
        *SOURCE.glob("*/templates/**/*.txt"),
        *(ROOT / "frontend/js").rglob("*.js"),
    ]
    found = {path.name for path in files if ITALIAN_MARKS.search(uncommented.sub("", path.read_text(encoding="utf-8")))}
    assert found == {"style_guide.html", "dom.js"}  # Italian samples; both languages


def test_english_columns_of_bundled_data_have_english_marks() -> None:
    columns = [
        (path.name, column, value)
        for path in SOURCE.glob("*/data/**/*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        for column, value in row.items()
        if (column or "").endswith("_en")
    ]
    assert len(columns) > 400
    assert [one for one in columns if ITALIAN_MARKS.search(one[2] or "")] == []


def test_what_is_put_into_a_sentence_is_quoted_as_its_language_does() -> None:
    said = {}
    for language in ("it", "en"):
        with override(language):
            said[language] = (in_quotes("a", "b"), inside_quotes(["a", "b"]))
    assert said == {"it": ("«a», «b»", "a», «b"), "en": ("“a”, “b”", "a”, “b")}


def test_what_happened_is_read_in_english_with_english_marks() -> None:
    entry = ActivityEntry(code="page_begun", subject="«Note legali» (pagine/note-legali/)")
    said = {}
    for language in ("it", "en"):
        with override(language):
            said[language] = activity_sentence(entry)
    assert "«Note legali»" in said["it"]
    assert "“Note legali”" in said["en"]


def test_bundled_texts_have_typographic_apostrophes() -> None:
    """But for wordings that are looked up letter by letter, the plan as it was printed (its JSON), and what public
    registers say of projects and places."""
    letter_by_letter = {"printed", "written", "meaning", "words", "municipality", "predecessor_name"}
    of_registers = {"titolo", "soggetto attuatore"}
    found = [
        (path.name, column, value)
        for path in SOURCE.glob("*/data/**/*.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        for column, value in row.items()
        if "'" in (value or "")
        and column not in letter_by_letter | of_registers
        and not (column == "name" and "territory" in path.parts)
    ]
    assert found == []


def test_texts_of_the_demo_have_typographic_apostrophes_and_no_quotation_within_another() -> None:
    made = [*SOURCE.rglob("make_*.py"), *SOURCE.rglob("invented.py")]
    assert len(made) > 8
    texts = [(path.name, text) for path in made for _name, text in texts_of(path)]
    assert [one for one in texts if re.search(r"\w'\w", one[1])] == []
    # An agenda quotes the title of an act: no title has marks of its own.
    titles = texts_of(SOURCE / "governance/make_demo_acts.py")
    assert [text for _name, text in titles if re.search("[«»“”]", text)] == []
