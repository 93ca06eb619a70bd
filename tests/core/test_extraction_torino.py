"""The plan of Turin, extracted, against a table made by hand from the document, sheet by sheet.

`torino_2021_2023_by_hand.json` holds codes, titles, actors and alignments as printed. Of each description it holds the
SHA-256 of its text in one line with single spaces, its number of words, and its first and last three words.
"""

import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typst

from aumenta.core.extraction import ActionSheet, PlanDocument, read_contents, read_plan
from tests.core.published_plan import PLAN, SOURCES, needs_plan

HERE = Path(__file__).parent
SLIDES = next(iter(SOURCES.glob("001_*.txt")), None)
BY_HAND: list[dict[str, Any]] = json.loads((HERE / "torino_2021_2023_by_hand.json").read_text(encoding="utf-8"))

needs_slides = pytest.mark.skipif(SLIDES is None, reason="the published slides aren't here (../shared/sources/001_*)")


@pytest.fixture(scope="module")
def plan() -> PlanDocument:
    assert PLAN is not None
    return read_plan(PLAN)


@pytest.fixture(scope="module")
def sheets(plan: PlanDocument) -> dict[str, ActionSheet]:
    return {action.code: action for action in plan.actions}


@needs_plan
def test_the_plan_has_six_axes_24_strategies_and_111_actions(plan: PlanDocument) -> None:
    assert plan.title == "Torino metropoli aumentata: Piano Strategico Metropolitano 2021-2023"
    assert [(axis.number, axis.title) for axis in plan.axes] == [
        (1, "Digitalizzazione, innovazione, competitività e cultura"),
        (2, "Rivoluzione verde e transizione ecologica"),
        (3, "Infrastrutture per una mobilità sostenibile"),
        (4, "Istruzione e ricerca"),
        (5, "Inclusione e coesione"),
        (6, "Salute"),
    ]
    assert [strategy.axis for strategy in plan.strategies] == [1] * 7 + [2] * 5 + [3] * 4 + [4] * 2 + [5] * 4 + [6] * 2
    assert all(strategy.purpose and not strategy.proposed for strategy in plan.strategies)
    assert [action.code for action in plan.actions] == [row["code"] for row in BY_HAND]


@needs_plan
def test_every_title_is_the_one_in_the_table(sheets: dict[str, ActionSheet]) -> None:
    assert {code: sheet.title for code, sheet in sheets.items()} == {row["code"]: row["title"] for row in BY_HAND}


@needs_plan
@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: row["code"])
def test_every_description_is_the_one_in_the_table(row: dict[str, Any], sheets: dict[str, ActionSheet]) -> None:
    description = sheets[row["code"]].description
    words = description.split()
    expected = row["description"]
    assert (" ".join(words[:3]), " ".join(words[-3:])) == (expected["first"], expected["last"])
    assert len(words) == expected["words"]
    assert hashlib.sha256(description.encode()).hexdigest() == expected["sha256"]


@needs_plan
@pytest.mark.parametrize("field", ["actors", "alignments"])
def test_actors_and_alignments_are_those_of_the_table_in_their_order(
    field: str, sheets: dict[str, ActionSheet]
) -> None:
    found = {
        code: [[tie.framework, tie.code, tie.role] for tie in sheet.alignments]
        if field == "alignments"
        else list(sheet.actors)
        for code, sheet in sheets.items()
    }
    assert found == {row["code"]: row[field] for row in BY_HAND}


@needs_plan
def test_the_traps_of_the_document_are_read_as_a_reader_would(plan: PlanDocument) -> None:
    sheets = {action.code: action for action in plan.actions}
    strategies = {strategy.code: strategy for strategy in plan.strategies}
    # Furniture in the middle of a field, a name broken over lines, a comma inside brackets.
    assert sheets["2.1.7"].own_instruments == ("PTGM", "PUMS", "Rete Escursionistica Provinciale (LR12/2010)")
    assert sheets["5.2.3"].higher_instruments == ("Strategia Regionale per l’innovazione sociale “We.Ca.Re”",)
    assert sheets["1.3.3"].higher_instruments == ("Piano Regionale per la Trasformazione Digitale", "Finpiemonte")
    # "n.d." and an empty row are empty lists; a heading over three lines is one title.
    assert sheets["2.5.3"].own_instruments == sheets["2.5.3"].examples == ()
    assert strategies["3.2"].title == (
        "Potenziare, qualificare e integrare l'infrastruttura metropolitana primaria di mobilità pubblica"
    )
    assert strategies["2.1"].carta_bologna == (3, 6, 7, 8)
    assert strategies["1.1"].carta_bologna == ()
    assert sheets["1.1.5"].lines == (3585, 3614)


@needs_plan
def test_links_go_to_the_sheet_whose_example_they_show(plan: PlanDocument) -> None:
    sheets = {action.code: action for action in plan.actions}
    assert sum(len(sheet.links) for sheet in sheets.values()) == 129
    assert sheets["2.2.2"].links == ("http://www.tod.org/",)
    assert sheets["2.4.1"].links == ("https://www.alpine-space.eu/projects/casco/en/home",)
    assert sheets["1.1.4"].links[0].startswith("http://sharingcities.eu/")
    assert sheets["5.2.4"].links == (
        "http://www.anci.it/firmato-decreto-programma-nazionale-per-la-qualita-dellabitare/",
    )


@needs_plan
def test_what_has_no_place_is_told_with_its_line(plan: PlanDocument) -> None:
    told = {(problem.kind, problem.line) for problem in plan.problems}
    assert ("label_missing", 3525) in told  # 1.1.4 has no word "descrizione"
    assert ("no_place", 7575) in told  # 3.4.2 prints actors where the PNRR should be
    assert ("no_place", 9920) in told  # 5.3.3 has a sentence among the objectives
    assert ("label_of_another_code", 8495) in told  # 4.2.2 calls 1.4 what is 1.3 elsewhere
    assert ("item_outside_group", 9596) in told  # 5.2.4 puts 2.4 under mission 1
    assert [problem.text.split(" ")[0] for problem in plan.problems if problem.kind == "row_missing"] == ["1.2.1"] * 2
    assert Counter(problem.kind for problem in plan.problems)["header_differs"] == 0


@needs_plan
def test_every_line_of_the_sheets_is_in_one_place(plan: PlanDocument) -> None:
    """Between the first and the last sheet no stretch of lines belongs to nothing."""
    assert PLAN is not None
    lines = PLAN.read_text(encoding="utf-8").split("\n")
    covered: set[int] = set()
    for action in plan.actions:
        covered.update(range(action.lines[0], action.lines[1] + 1))
    for chapter in plan.chapters:
        covered.update(range(chapter.lines[0], chapter.lines[1] + 1))
    for problem in plan.problems:
        if problem.kind == "outside_sheets":
            first, last = problem.text.split(":")[0].split("–")
            covered.update(range(int(first), int(last) + 1))
    left = [number for number, line in enumerate(lines, start=1) if number not in covered and line.strip()]
    opening = (
        "strategia ",
        "asse PMS ",
        "UN SDGs",
        "obiettivi Carta",
        "http",
        "Asse ",
        "Torino M",
        "etropoli",
        "Legenda",
    )
    # What is left are the headers, printed again on every page, the links and the footers.
    texts = Counter(lines[number - 1].strip() for number in left)
    once = [text for text, times in texts.items() if times == 1 and not text.startswith(opening)]
    header_words = {word for strategy in plan.strategies for word in f"{strategy.title} {strategy.purpose}".split()} | {
        word for problem in plan.problems if problem.kind == "axis_text" for word in problem.text.split()
    }
    loose = [text for text in once if not set(text.split()) <= header_words]
    footers = [text for text in loose if "La strategiaTorino metropoli aumentata" in text or text == "cultura"]
    assert sorted(set(loose) - set(footers)) == []


@needs_slides
def test_the_slides_of_2024_2026_list_27_strategies_two_of_them_proposed() -> None:
    assert SLIDES is not None
    document = read_plan(SLIDES)
    assert len(document.strategies) == 27
    assert [strategy.code for strategy in document.strategies if strategy.proposed] == ["6.3", "6.4"]
    titles = {strategy.code: strategy.title for strategy in document.strategies}
    assert titles["1.2"] == "Stimolare l'innovazione e la competitività del sistema delle MPMI"
    assert titles["6.1"] == (
        "Garantire maggiore equità nell'accesso alle cure e qualità dei servizi socio-sanitari "
        "su tutto il territorio metropolitano"
    )
    assert [axis.title for axis in document.axes] == [
        "Digitalizzazione, innovazione, competitività e cultura",
        "Rivoluzione verde e transizione ecologica",
        "Mobilità sostenibile",
        "Istruzione e ricerca",
        "Inclusione e coesione, attrattività",
        "",
    ]
    assert document.actions == ()


@needs_slides
@pytest.mark.parametrize("name", ["000", "002", "003"])
def test_the_other_published_documents_are_no_plans(name: str) -> None:
    from aumenta.core.extraction import ExtractionError

    with pytest.raises(ExtractionError) as caught:
        read_plan(next(iter(SOURCES.glob(f"{name}_*.txt"))))
    assert caught.value.code == "no_sheets"


@needs_plan
def test_axes_have_their_aims_and_what_is_around_the_sheets_is_in_chapters(plan: PlanDocument) -> None:
    assert all(len(axis.purpose.split()) > 15 for axis in plan.axes)
    kinds = Counter(chapter.kind for chapter in plan.chapters)
    assert kinds == {"foreword": 5, "guide": 1, "analysis": 3, "process": 2, "vision": 3, "essay": 6}
    first = [chapter.lines[0] for chapter in plan.chapters]
    assert first == sorted(first)
    # Hardly a line of the plan is outside sheets and chapters: four lists of actions and the colophon.
    outside = [problem.text.split(":")[0].split("–") for problem in plan.problems if problem.kind == "outside_sheets"]
    assert len(outside) == 5
    assert sum(int(last) - int(begin) + 1 for begin, last in outside) < 100


@needs_plan
def test_a_pdf_of_the_plan_is_read_like_its_text(plan: PlanDocument) -> None:
    assert PLAN is not None
    lines = PLAN.read_text(encoding="utf-8").replace("\f", "\n").splitlines()
    printed = "".join(f"#{json.dumps(line, ensure_ascii=False)}#linebreak()\n" for line in lines)
    page = "#set page(width: 60cm, height: 29.7cm, margin: 1cm)\n#set text(7pt, hyphenate: false)\n"
    found = read_contents([("piano.pdf", typst.compile((page + printed).encode()))]).document
    assert [replace(action, lines=(0, 0)) for action in found.actions] == [
        replace(action, lines=(0, 0)) for action in plan.actions
    ]
    assert (found.axes, found.strategies) == (plan.axes, plan.strategies)
