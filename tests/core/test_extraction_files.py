"""Opening files: their kinds and character sets, PDF, documents that are not whole or no plan, and other layouts."""

from dataclasses import replace
from pathlib import Path

import pytest
import typst

from aumenta.core.extraction import ExtractionError, PlanDocument, read_plan
from aumenta.core.extraction.layout import known_layouts, load_layout
from aumenta.core.extraction.reading import plan_from_text
from tests.core.plan_printing import Printer, as_typst, invented_plan, told, without_lines

TEXT = Printer().print(invented_plan())


def read(text: str, *, partial: bool = False) -> PlanDocument:
    return plan_from_text(text, known_layouts(), partial=partial)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_read_alike(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.replace("\n", ending).encode("utf-8-sig"))
    assert without_lines(read_plan(path)) == invented_plan()


@pytest.mark.parametrize(("encoding", "noted"), [("utf-16", "UTF-16"), ("cp1252", "Windows-1252")])
def test_other_character_sets_are_read_and_told(encoding: str, noted: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.replace("pianura", "pianura più bella").encode(encoding))
    document = read_plan(path)
    assert document.strategies[0].title == "Riaprire i canali della pianura più bella"
    assert told(document, "encoding") == [noted]


def test_a_damaged_letter_leaves_the_rest_of_the_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    accents = "perché così più là già né sì però città virtù"
    path.write_bytes(TEXT.replace("pulita", accents).encode().replace("già".encode(), b"gi\xe0"))
    document = read_plan(path)
    assert document.strategies[0].purpose == f"Riportare acqua {accents} nei canali.".replace("già", "gi\ufffd")
    assert told(document, "encoding") == ["UTF-8 (1 \ufffd)"]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_is_read_like_the_text(columns: int, tmp_path: Path) -> None:
    """Labels broken in a narrow column, a table, a running header and page numbers in the middle of sheets."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(typst.compile(as_typst(invented_plan(), columns=columns).encode()))
    document = read_plan(path)
    assert without_lines(document) == replace(invented_plan(), title="")
    assert [text.split(" (")[0] for text in told(document, "headers_and_footers")] == ["Piano di prova 2021-2023", "1"]


def cut(text: str, before: str) -> str:
    return text[: text.index(before)]


@pytest.mark.parametrize(
    ("text", "params"),
    [
        (
            cut(TEXT, "altri strumenti/politiche sovraordinati Piano del grano"),
            {"unfinished": "1.2.1"},
        ),
        (cut(TEXT, "attori Carpentieri"), {"unfinished": "2.1.1"}),
        (TEXT[TEXT.index("azione 1.1.2") :], {"missing": ("1.1.1",), "last": "2.1.1"}),
        (TEXT[TEXT.index("strategia 2.1") :], {"missing": ("1",), "actions": 1, "begins": "2.1.1"}),
        ("24 strategie e 111 azioni\n" + TEXT, {"announced_actions": 111, "announced_strategies": 24, "missing": ()}),
    ],
)
def test_a_plan_that_is_not_whole_is_refused_with_what_was_found(text: str, params: dict[str, object]) -> None:
    with pytest.raises(ExtractionError) as caught:
        read(text)
    assert caught.value.code == "incomplete"
    assert params.items() <= caught.value.params.items()
    assert read(text, partial=True).problems[0].kind in {"missing", "sheet_cut", "fewer_strategies"}


def test_a_document_without_sheets_is_refused_with_what_was_found() -> None:
    with pytest.raises(ExtractionError) as caught:
        read("Verbale della seduta\n\n1.1 Premessa\n1.2 Discussione\n")
    assert caught.value.code == "no_sheets"
    assert caught.value.params["words"] == 7
    assert str(caught.value.params["start"]).startswith("Verbale della seduta")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t\xef\xbb\xbf\n", "empty_file"),
        (b"\x00\x01\x02\x03plan" * 50, "binary_file"),
        (b"PK\x03\x04rest of a Word document", "binary_file"),
        (b"\x89PNG\r\n\x1a\n", "binary_file"),
        (b"%PDF-1.7\nnothing that a PDF needs", "damaged_pdf"),
        (typst.compile(b"#rect()"), "pdf_without_text"),
        (b'{"format": "other"}', "wrong_format"),
        (b"{broken", "not_json"),
    ],
)
def test_a_file_that_is_no_plan_says_what_it_is(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.write_bytes(content)
    with pytest.raises(ExtractionError) as caught:
        read_plan(path)
    assert caught.value.code == code


def test_a_pdf_cut_in_half_is_refused(tmp_path: Path) -> None:
    content = typst.compile(as_typst(invented_plan()).encode())
    path = tmp_path / "plan.pdf"
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ExtractionError) as caught:
        read_plan(path)
    assert caught.value.code == "damaged_pdf"


def test_a_text_cut_in_the_middle_of_a_letter_is_read_up_to_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(TEXT.encode() + "perché".encode()[:-1])
    assert len(read_plan(path).actions) == 4


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.txt", "not_found"), (tmp_path, "not_a_file")):
        with pytest.raises(ExtractionError) as caught:
            read_plan(path)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("toml", "where"),
    [
        ("not toml", ""),
        ("[heads]\naxis = '('", "heads.axis"),
        ("[heads]\naxis = '^Asse (?P<number>1)'", "heads.axis"),
        ("name = 'x'", "heads.axis"),
    ],
)
def test_a_layout_with_a_mistake_says_where(toml: str, where: str, tmp_path: Path) -> None:
    path = tmp_path / "layout.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(ExtractionError) as caught:
        load_layout(path)
    assert (caught.value.code, caught.value.params["where"]) == ("bad_layout", where)


def test_another_citys_layout_reads_another_citys_plan(tmp_path: Path) -> None:
    """Only data changes: other labels, other headings, English programmes, no links."""
    path = tmp_path / "elsewhere.toml"
    path.write_text(
        """
name = "elsewhere"
[heads]
axis = '^PILLAR (?P<number>\\d+): (?P<title>.+)$'
strategy = '^Goal (?P<code>\\d+\\.\\d+) (?P<title>.+)$'
action = '^Measure (?P<code>\\d+\\.\\d+\\.\\d+) (?P<title>.+)$'
[[row]]
field = "description"
label = "What"
read = "paragraph"
[[row]]
field = "actors"
label = "Who"
read = "list"
last = true
[words]
not_available = ['none']
""",
        encoding="utf-8",
    )
    text = (
        "PILLAR 1: Water\nGoal 1.1 Open the canals\nBring water back.\nMeasure 1.1.1 Clean\nWhat Dredge\nthem.\n"
        "Who Boatmen, Millers\nMeasure 1.1.2 Mark\nWhat Paint signs.\nWho none\n"
    )
    plan = tmp_path / "plan.txt"
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(ExtractionError):
        read_plan(plan)
    document = read_plan(plan, layout=load_layout(path), partial=True)
    assert [(action.title, action.description, action.actors) for action in document.actions] == [
        ("Clean", "Dredge them.", ("Boatmen", "Millers")),
        ("Mark", "Paint signs.", ()),
    ]
    assert document.strategies[0].purpose == "Bring water back."
