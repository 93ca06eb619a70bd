"""Error values of spreadsheets that came as text: cells in error, whatever the file and the language."""

import io
from pathlib import Path
from typing import Final

import pytest
import xlsxwriter

from aumenta.analyst.frame import InputError
from aumenta.analyst.inequality import read_columns
from aumenta.core.tables import Kind, Table, read_pasted, read_table
from tests.tables_made import ods

ENGLISH: Final = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!", "#ERROR!")
ITALIAN: Final = ("#NULLO!", "#VALORE!", "#RIF!", "#NOME?", "#N/D", "#ESPANSIONE!", "#CAMPO!", "#ERRORE!")
OTHERS: Final = ("Err:502", "#ERR522!", "#n/d", " #N/D ", "########")
ERRORS: Final = (*ENGLISH, *ITALIAN, *OTHERS)
TEXTS: Final = ("#futuro", "#nd", "Vedi #RIF!", "#N/D e altro", "N/D", "##", "Errata: 502", "#1")


def by_csv(words: str) -> Table:
    return read_table(f"Comune;Testo\nA;{words}\n".encode(), ["Testo"])


def by_paste(words: str) -> Table:
    return read_pasted(f"Comune\tTesto\nA\t{words}\n", ["Testo"])


def by_xlsx(words: str) -> Table:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Comune", "Testo"))
        sheet.write_row(1, 0, ("A", words))
    return read_table(file.getvalue(), ["Testo"])


def by_ods(words: str) -> Table:
    def cells(*texts: str) -> str:
        each = (f"<table:table-cell><text:p>{one}</text:p></table:table-cell>" for one in texts)
        return f"<table:table-row>{''.join(each)}</table:table-row>"

    return read_table(ods(cells("Comune", "Testo") + cells("A", words)), ["Testo"])


@pytest.mark.parametrize("read", [by_csv, by_paste, by_xlsx, by_ods])
@pytest.mark.parametrize("words", ERRORS)
def test_an_error_that_came_as_text_is_an_error_and_never_content(read: object, words: str) -> None:
    assert callable(read)
    cell = read(words).rows[0].cells[1]
    assert cell.kind is Kind.ERROR
    assert cell.fault.details["shown"] == words.strip()


@pytest.mark.parametrize("read", [by_csv, by_paste, by_xlsx, by_ods])
@pytest.mark.parametrize("words", TEXTS)
def test_words_with_such_a_sign_stay_words(read: object, words: str) -> None:
    assert callable(read)
    assert read(words).rows[0].cells[1].kind is Kind.TEXT


@pytest.mark.parametrize("words", ERRORS)
def test_the_analysts_commands_tell_the_row(tmp_path: Path, words: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"Comune;Abitanti\nA;100\nB;{words}\nC;200\n", encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_columns(path, "Abitanti", None, None)
    assert "3" in str(told.value)
    assert words.strip() in str(told.value)
