"""What people paste becomes lines they can read: nothing glued, nothing deleted revived, the same as in the browser."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.core.text import clean_rich_text, plain_text

SAMPLES = json.loads((Path(__file__).parent / "paste_samples.json").read_text(encoding="utf-8"))
WORDS = st.text(alphabet="abcdè 12.€&<", min_size=1, max_size=12).filter(lambda words: words.strip(" .;:,!?"))


@pytest.mark.parametrize("sample", SAMPLES["html"], ids=lambda sample: sample["name"])
def test_what_other_programs_copy_is_read_as_it_looks(sample: dict[str, str]) -> None:
    assert clean_rich_text(sample["pasted"]) == sample["becomes"]
    assert clean_rich_text(sample["becomes"]) == sample["becomes"]


@pytest.mark.parametrize("sample", SAMPLES["plain"], ids=lambda sample: repr(sample["pasted"]))
def test_text_without_marks_keeps_its_rows_and_its_bullets(sample: dict[str, str]) -> None:
    assert clean_rich_text(sample["pasted"]) == sample["becomes"]


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=4), st.sampled_from(["td", "th"]))
def test_no_two_cells_of_any_table_are_glued(rows: list[list[str]], cell: str) -> None:
    inside = "".join(
        f"<tr>{''.join(f'<{cell}><p>{escaped(words)}</p></{cell}>' for words in row)}</tr>" for row in rows
    )
    lines = [plain_text(line) for line in clean_rich_text(f"<table>{inside}</table>").split("</p>") if line]
    assert lines == [" | ".join(" ".join(words.split()) for words in row) for row in rows]


@given(WORDS, WORDS, WORDS, st.sampled_from(["del", "s", "strike"]))
def test_what_was_struck_out_never_comes_back(before: str, struck: str, after: str, tag: str) -> None:
    markup = f"<p>{escaped(before)} <{tag}><span>{escaped(struck)}</span></{tag}> {escaped(after)}</p>"
    assert plain_text(clean_rich_text(markup)).split() == f"{before} {after}".split()


def test_a_page_nested_without_end_is_still_read() -> None:
    deep = clean_rich_text("<div>" * 3000 + "in fondo" + "</div>" * 3000 + "<p>dopo</p>")
    assert deep == "<p>in fondo</p><p>dopo</p>"
