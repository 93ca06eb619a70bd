"""What is printed again and again at the edge of pages is left out; the last line of a sheet is not, however often."""

from pathlib import Path

import pytest
import typst

from aumenta.core.extraction import read_plan
from aumenta.core.extraction.pages import find_headers_and_footers
from aumenta.core.extraction.reading import read_contents

SHEETS = 8


def is_content(line: str) -> bool:
    return line.startswith(("azione", "descrizione", "attori"))


def left_out(pages: list[list[str]], heights: dict[int, float] | None = None) -> set[str]:
    lines = "\n\f\n".join("\n".join(page) for page in pages)
    numbers, _notes = find_headers_and_footers(lines, is_content, heights or {})
    return {line for number, line in enumerate(lines.split("\n"), start=1) if number in numbers}


def test_a_header_and_a_footer_with_the_number_of_its_page_are_left_out() -> None:
    pages = [["Piano di prova", f"descrizione {n}", "testo", f"Pagina {n} di 9"] for n in range(1, 10)]
    assert left_out(pages) == {"Piano di prova", *(f"Pagina {n} di 9" for n in range(1, 10))}


def test_pages_counted_anew_in_each_file_are_still_pages() -> None:
    pages = [["descrizione", "testo", f"pag. {n}"] for _file in range(3) for n in range(1, 8)]
    assert "pag. 3" in left_out(pages)


def test_the_value_of_a_label_is_no_footer_where_it_ends_every_page() -> None:
    pages = [["azione", "testo", "attori", "Comuni", f"{n}"] for n in range(1, 10)]
    assert left_out(pages) == {str(n) for n in range(1, 10)}


def test_a_number_that_counts_no_pages_is_no_number_of_a_page() -> None:
    years = [2026, 2024, 2027, 2025, 2026, 2024, 2027, 2025]
    pages = [[f"azione {n}", "testo", f"Entro il {year}"] for n, year in enumerate(years)]
    assert left_out(pages) == set()


def test_a_line_that_stands_at_another_height_on_every_page_ends_a_sheet() -> None:
    pages = [[f"azione {n}", f"testo {n}", "Città metropolitana", "Piano"] for n in range(8)]
    footers = {5 * n + 4: 30.0 + (n % 2) * 0.3 for n in range(8)}
    assert left_out(pages, {**footers, **{5 * n + 3: 300.0 - 20 * n for n in range(8)}}) == {"Piano"}
    assert left_out(pages, {**footers, **{5 * n + 3: 60.0 for n in range(8)}}) == {"Piano", "Città metropolitana"}


def test_a_sign_of_number_in_the_text_breaks_nothing() -> None:
    assert left_out([["descrizione", "testo", sign] for sign in ("n. #", "n. 1", "n. 2", "n. 3 ", "n. 4")])


def plan_of_sheets() -> str:
    """Typst source: one sheet a page, of other lengths, each ended by the same actor on a line of its own."""
    source = [
        "#set page(width: 15cm, height: 20cm, margin: 2cm, header: [Piano di prova], footer: context "
        "[Pagina #counter(page).display()])",
        "Asse 1 - Acque\n\nstrategia 1.1 Canali\n",
    ]
    for n in range(1, SHEETS + 1):
        text = " ".join(f"Frase {k} della scheda {n} sui canali della pianura e sulle loro rive." for k in range(2 * n))
        source.append(
            f"azione 1.1.{n} Titolo {n}\n\ndescrizione {text}\n\nattori Comuni rivieraschi, Consorzi irrigui, "
            "Associazioni di chi naviga e di chi pesca lungo le rive, Città metropolitana,\\ \nScuole della pianura\n"
            + "#pagebreak()\n"
            * (n < SHEETS)
        )
    return "\n".join(source)


def test_no_last_line_of_a_sheet_in_a_pdf_is_taken_for_a_footer(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(typst.compile(plan_of_sheets().encode()))
    plan = read_plan(path, partial=True)
    assert [action.actors[-1] for action in plan.actions] == ["Scuole della pianura"] * SHEETS
    said = [problem.text.split(" (")[0] for problem in plan.problems if problem.kind == "headers_and_footers"]
    assert said == ["Piano di prova", "Pagina 1"]


@pytest.mark.parametrize("copies", [2, 3])
def test_the_heights_of_several_pdf_are_those_of_their_own_lines(copies: int, tmp_path: Path) -> None:
    content = typst.compile(plan_of_sheets().encode())
    once = read_contents([("a.pdf", content)], partial=True).document
    several = read_contents([(f"{n}.pdf", content) for n in range(copies)], partial=True).document
    assert [action.actors for action in several.actions] == [action.actors for action in once.actions]
