"""Pages of the axes, as an authority publishes an adopted plan, become an edition: one file or six, HTML or text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aumenta.core.extraction import PlanDocument, read_plan
from aumenta.core.extraction.titles import LONGEST, short_title
from tests.core.axis_pages import (
    ACTIONS,
    Axis,
    adopted_page,
    adopted_text,
    earlier_page,
    earlier_text,
    invented_axes,
)
from tests.core.plan_printing import told

PLAN = invented_axes()


def written(folder: Path, pages: list[str], ending: str, encoding: str = "utf-8") -> list[Path]:
    paths = [folder / f"asse-{number}.{ending}" for number in range(1, len(pages) + 1)]
    for path, page in zip(paths, pages, strict=True):
        path.write_bytes(page.encode(encoding))
    return paths


def check_frame(document: PlanDocument) -> None:
    """Axes and strategies with their titles and aims, and the codes of all actions."""
    assert [(axis.number, axis.title, axis.purpose) for axis in document.axes] == [
        (axis.number, axis.title, axis.aim) for axis in PLAN
    ]
    assert [(s.code, s.title, s.purpose) for s in document.strategies] == [
        (s.code, s.title, s.aim) for axis in PLAN for s in axis.strategies
    ]
    assert len(document.strategies) == 25
    assert len(document.actions) == ACTIONS == 113
    assert told(document, "missing") == []


def check_adopted(document: PlanDocument) -> None:
    check_frame(document)
    assert [(a.code, a.strategy, a.description) for a in document.actions] == [
        (a.code, s.code, a.text) for axis in PLAN for s in axis.strategies for a in s.actions
    ]
    for action in document.actions:
        assert action.title_proposed
        assert len(action.title.split()) >= 3
        assert len(action.title) <= LONGEST
        assert action.description.startswith(action.title)
        assert not action.title.endswith((" e", " di", ",", " –", "("))


def check_earlier(document: PlanDocument) -> None:
    check_frame(document)
    assert [(a.code, a.title, a.description, a.title_proposed) for a in document.actions] == [
        (a.code, a.title, a.text, False) for axis in PLAN for s in axis.strategies for a in s.actions
    ]


SHAPES: dict[str, tuple[Callable[[Axis], str], str, Callable[[PlanDocument], None]]] = {
    "adopted page": (adopted_page, "html", check_adopted),
    "adopted page without a main part": (lambda axis: adopted_page(axis, main=False), "html", check_adopted),
    "adopted text": (adopted_text, "txt", check_adopted),
    "adopted text with long dashes and no bullets": (
        lambda axis: adopted_text(axis, dash="–", bullet=""),
        "txt",
        check_adopted,
    ),
    "earlier page": (earlier_page, "html", check_earlier),
    "earlier text": (earlier_text, "txt", check_earlier),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_six_pages_are_one_plan_with_every_code_title_aim_and_text(shape: str, tmp_path: Path) -> None:
    make, ending, check = SHAPES[shape]
    check(read_plan(written(tmp_path, [make(axis) for axis in PLAN], ending)))


@pytest.mark.parametrize("shape", SHAPES)
def test_all_pages_in_one_file_are_the_same_plan(shape: str, tmp_path: Path) -> None:
    make, ending, check = SHAPES[shape]
    text = "\n".join(make(axis) for axis in PLAN)
    if ending == "html":
        text = "<html><body>" + "".join(
            page.split("<body>")[1].split("</body>")[0] for page in text.split("<!DOCTYPE")[1:]
        )
    check(read_plan(written(tmp_path, [text], ending)))


def test_one_page_alone_is_an_axis_and_not_a_plan_that_was_cut(tmp_path: Path) -> None:
    document = read_plan(written(tmp_path, [adopted_page(PLAN[3])], "html"))
    assert [(axis.number, axis.purpose) for axis in document.axes if axis.purpose] == [(4, PLAN[3].aim)]
    assert {s.axis for s in document.strategies} == {4}
    assert len(document.actions) == sum(len(s.actions) for s in PLAN[3].strategies)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_pages_are_read_in_the_encoding_they_were_saved_in(encoding: str, tmp_path: Path) -> None:
    pages = [adopted_page(axis, charset="windows-1252" if encoding == "cp1252" else "utf-8") for axis in PLAN]
    check_adopted(read_plan(written(tmp_path, pages, "html", encoding)))


def test_a_page_saved_whole_in_one_file_is_read(tmp_path: Path) -> None:
    import quopri

    paths = []
    for axis in PLAN:
        body = quopri.encodestring(adopted_page(axis).encode()).decode("ascii")
        head = (
            'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
        )
        part = "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        paths.append(tmp_path / f"{axis.number}.mhtml")
        paths[-1].write_text(f"{head}{part}{body}\r\n--x--\r\n", encoding="ascii", newline="")
    check_adopted(read_plan(paths))


def test_a_text_broken_over_lines_is_joined(tmp_path: Path) -> None:
    import textwrap

    pages = [
        "\n".join(part for line in adopted_text(axis).split("\n") for part in textwrap.wrap(line, 70) or [""])
        for axis in PLAN
    ]
    document = read_plan(written(tmp_path, pages, "txt"))
    texts = {action.code: action.text for axis in PLAN for s in axis.strategies for action in s.actions}
    assert {action.code: action.description for action in document.actions} == texts


def test_problems_name_their_file_and_count_its_own_lines(tmp_path: Path) -> None:
    pages = [adopted_text(axis) for axis in PLAN]
    pages[2] = pages[2].replace("Azione 3.2.1 ", "Azione 3.2.9 ")
    document = read_plan(written(tmp_path, pages, "txt"))
    # The gap is told at the end of what was read; the sheet knows the line of its own file.
    assert told(document, "missing") == ["3.2.1", "3.2.6", "3.2.7", "3.2.8"]
    line = next(action.lines[0] for action in document.actions if action.code == "3.2.9")
    assert "Azione 3.2.9" in pages[2].split("\n")[line - 1]
    assert {problem.file for problem in document.problems} == {"asse-6.txt"}


def test_what_stands_outside_the_sheets_is_told_with_the_lines_of_its_own_file(tmp_path: Path) -> None:
    pages = [adopted_text(axis) + "\n\nAggiornata a settembre\nCondividi\n" for axis in PLAN]
    document = read_plan(written(tmp_path, pages, "txt"))
    outside = [problem for problem in document.problems if problem.kind == "outside_sheets"]
    told_of: list[list[str]] = [[] for _ in pages]
    for problem in outside:
        number = int(problem.file.removeprefix("asse-").removesuffix(".txt")) - 1
        first, last = problem.text.split(":")[0].split("–")
        assert int(first) == problem.line
        told_of[number] += pages[number].split("\n")[int(first) - 1 : int(last)]
    assert told_of == [["Aggiornata a settembre", "Condividi"]] * len(PLAN)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Piantare alberi.", "Piantare alberi"),
        ("Piantare alberi lungo i viali, anche con le scuole del quartiere", "Piantare alberi lungo i viali"),
        (
            "Aprire punti di noleggio nei borghi con l’obiettivo di ridurre del 20% i tempi di chi lavora",
            "Aprire punti di noleggio nei borghi",
        ),
        (
            "Creare una rete di sportelli per chi cerca casa, attraverso patti",
            "Creare una rete di sportelli per chi cerca casa",
        ),
        ("Curare, con i Comuni, i boschi", "Curare, con i Comuni, i boschi"),
        ("Sostenere imprese (e botteghe)", "Sostenere imprese (e botteghe)"),
        ("parola" * 60, ("parola" * 60)[:LONGEST]),
    ],
)
def test_a_short_title_is_the_beginning_of_the_sentence_up_to_its_turn(sentence: str, title: str) -> None:
    assert short_title(sentence, frozenset({"di", "la", "e"})) == title


@pytest.mark.parametrize(
    "element",
    "nav footer aside script style noscript template svg iframe select textarea".split(),
)
@pytest.mark.parametrize("has_main", [True, False], ids=["main part", "no main part"])
def test_what_a_page_has_around_its_text_is_in_no_sheet(element: str, has_main: bool, tmp_path: Path) -> None:
    """Whatever it says, and wherever it stands: in the middle of an action too."""
    strange = "Azione 1.1.9 - Parole che nessuno legge"
    inner = {"select": f"<option>{strange}</option>", "svg": f"<text>{strange}</text>"}.get(element, strange)
    page = adopted_page(PLAN[0], main=has_main)
    item = page.index("<li><strong>Azione")
    odd = f"<{element}>{inner}</{element}>"
    for place in (item, page.index("</li>", item), page.index("<h2>"), page.index("</ul>", item)):
        document = read_plan(written(tmp_path, [page[:place] + odd + page[place:]], "html"))
        assert [action.description for action in document.actions] == [
            action.text for strategy in PLAN[0].strategies for action in strategy.actions
        ]
        assert "nessuno legge" not in repr(document)


@pytest.mark.parametrize(
    ("charset", "accents"),
    [("iso-8859-15", "costa 5 € e più"), ("macintosh", "perché più città"), ("windows-1250", "Škofja Loka, Łódź")],
)
def test_a_page_is_read_in_the_encoding_it_says_it_has(charset: str, accents: str, tmp_path: Path) -> None:
    page = adopted_page(PLAN[0], charset=charset)
    page = page.replace(PLAN[0].strategies[0].aim, accents)
    path = tmp_path / "asse.html"
    path.write_bytes(page.encode(charset, "xmlcharrefreplace"))
    assert read_plan(path).strategies[0].purpose == accents


@pytest.mark.parametrize("name", ["iso-8859-1", "ISO8859-1", "latin1", "us-ascii", "windows-1252"])
def test_a_page_that_calls_its_windows_letters_latin_is_read_as_browsers_read_it(name: str, tmp_path: Path) -> None:
    aim = "L’acqua “di tutti” costa 5 € – e più"
    page = adopted_page(PLAN[0], charset=name).replace(PLAN[0].strategies[0].aim, aim)
    path = tmp_path / "asse.html"
    path.write_bytes(page.encode("cp1252"))
    assert read_plan(path).strategies[0].purpose == aim


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029", "\v", "\n\f"])
def test_lines_that_end_as_on_other_computers_are_lines(end: str, tmp_path: Path) -> None:
    check_adopted(read_plan(written(tmp_path, [adopted_text(axis).replace("\n", end) for axis in PLAN], "txt")))
