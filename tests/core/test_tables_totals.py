"""Rows of totals: left out where rows are counted, told, and nothing else is taken for one."""

from pathlib import Path

import pytest

from aumenta.analyst.inequality import read_columns
from aumenta.core.tables import read_table, without_totals

ZONES = "Zona;Spesa;Abitanti\nVal Pellice;12;3\nTotano;8;4\nLanzo;5;6\n"
TOTALS = (
    "Totale;25;13",
    "TOTALE COMPLESSIVO;25;13",
    "Totali;25;13",
    "Tot.;25;13",
    "Subtotale;25;13",
    "Sub-totale montagna;25;13",
    "Total;25;13",
    "Totals;25;13",
    "Grand total;25;13",
    ";Totale;25",
)
NO_TOTALS = (
    "Totano;25;13",
    "Bosco di Totale cura del bosco, con i Comuni della valle e le scuole aperte;25;13",
    "Totale;;",
)


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("place", [1, 3, 4])
def test_a_row_that_calls_itself_a_total_is_left_out_and_told(total: str, place: int) -> None:
    lines = ZONES.splitlines()
    lines.insert(place, total)
    found = without_totals(read_table("\n".join(lines).encode(), ["Zona", "Spesa"]))
    assert [row.cells[0].text for row in found.rows] == ["Val Pellice", "Totano", "Lanzo"]
    assert [(note.code, note.row) for note in found.notes] == [("total_left_out", place + 1)]


@pytest.mark.parametrize("row", NO_TOTALS)
def test_nothing_else_is(row: str) -> None:
    found = without_totals(read_table(f"{ZONES}{row}\n".encode(), ["Zona", "Spesa"]))
    assert len(found.rows) == 4
    assert not found.notes


def test_a_table_of_totals_alone_is_read() -> None:
    found = without_totals(read_table(b"Voce;Spesa\nTotale nord;3\nTotale sud;4\n", ["Voce", "Spesa"]))
    assert len(found.rows) == 2


def test_inequality_counts_no_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "spesa.csv"
    path.write_text(ZONES + "Totale;25;13\n", encoding="utf-8")
    assert read_columns(path, "Spesa", "Abitanti", "Zona").values == [12, 8, 5]
    assert "5" in capsys.readouterr().err  # the row, by its number
