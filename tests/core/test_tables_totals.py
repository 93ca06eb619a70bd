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
    # A row with a name that is the sum of three is counted; whoever reads is told.
    assert {note.code for note in found.notes} <= {"perhaps_total"}


def test_a_table_of_totals_alone_is_read() -> None:
    found = without_totals(read_table(b"Voce;Spesa\nTotale nord;3\nTotale sud;4\n", ["Voce", "Spesa"]))
    assert len(found.rows) == 2


def test_inequality_counts_no_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "spesa.csv"
    path.write_text(ZONES + "Totale;25;13\n", encoding="utf-8")
    assert read_columns(path, "Spesa", "Abitanti", "Zona").values == [12, 8, 5]
    assert "5" in capsys.readouterr().err  # the row, by its number


def left(table: str, names: list[str], place: int) -> tuple[list[str], list[tuple[str, int | None]]]:
    found = without_totals(read_table(table.encode(), names))
    return [row.cell(place).text for row in found.rows], [(note.code, note.row) for note in found.notes]


WORDS = ("Totale", "TOTALE:", "Tot.", "Subtotale Z1", "Total")


@pytest.mark.parametrize("word", WORDS)
def test_a_total_is_one_in_whatever_cell_the_word_stands(word: str) -> None:
    names = ["Comune", "Abitanti"]
    assert left(f"Abitanti;Comune\n100;A\n200;B\n300;{word}\n", names, 1) == (["A", "B"], [("total_left_out", 4)])
    table = f"Zona;Comune;Abitanti\nZ1;A;100\nZ1;B;200\nZ1;{word};300\nZ2;C;50\nZ2;{word};50\n"
    assert left(table, names, 1) == (["A", "B", "C"], [("total_left_out", 4), ("total_left_out", 6)])
    # Rounded, it is the sum of nothing.
    table = f"Zona;Comune;Quota\nZ1;A;10,1\nZ1;B;20,2\nZ1;C;7,4\nZ1;D;7,4\nZ1;{word};45\n"
    assert left(table, ["Comune", "Quota"], 1) == (["A", "B", "C", "D"], [("total_left_out", 6)])


def test_a_kind_called_total_is_none() -> None:
    rows = "".join(
        f"Comune {letter};{kind};{n}\n"
        for n, (letter, kind) in enumerate([("A", "Totale"), ("B", "Parziale"), ("C", "Totale"), ("D", "Nulla")], 1)
    )
    assert left(f"Comune;Copertura;Abitanti\n{rows}", ["Abitanti"], 1) == (
        ["Totale", "Parziale", "Totale", "Nulla"],
        [],
    )


def test_a_word_that_nothing_proves_is_counted_and_told() -> None:
    table = "Zona;Stato;Spesa\nZ1;Avviata;10\nZ1;Totale;25\nZ1;Ferma;11\n"
    assert left(table, ["Spesa"], 2) == (["10", "25", "11"], [("perhaps_total_by_name", 3)])


MEANS = (
    "Media;200", "MEDIA:;200", "Valore medio;200", "Media aritmetica;200", "Media dei comuni;200", "Average;200",
    "Media metropolitana;199", "Mediana;200", "Massimo;300", "Deviazione standard;81,65", "Media zona pianura;200",
)  # fmt: skip


@pytest.mark.parametrize("mean", MEANS)
def test_a_mean_or_another_measure_of_the_others_is_left_out_and_told(mean: str) -> None:
    table = f"Comune;Abitanti\nA;100\nB;200\nC;300\n{mean}\n"
    assert left(table, ["Comune", "Abitanti"], 0) == (["A", "B", "C"], [("mean_left_out", 5)])
    table = f"Comune;Abitanti\nA;100\nB;200\nC;300\n{mean}\nPiemonte;600\n"
    kept, told = left(table, ["Comune", "Abitanti"], 0)
    if "pianura" not in mean:
        assert (kept, told) == (["A", "B", "C"], [("mean_left_out", 5), ("region_left_out", 6)])


NO_MEANS = (
    "Classe;Abitanti\nAlta;10\nMedia;20\nBassa;30\n",
    "Comune;Fascia;Abitanti\nA;Media;100\nB;Media;210\nC;Montana;300\n",
    "Fascia;Comune;Abitanti\nMedia;A;100\nMedia;B;210\nMontana;C;300\n",
    "Zona;Abitanti\nMedia Val Susa;10\nMediglia;20\nA;37\n",
)


@pytest.mark.parametrize("table", NO_MEANS)
def test_a_class_or_a_name_that_begins_like_a_mean_is_none(table: str) -> None:
    assert left(table, ["Abitanti"], 0)[1] == []
    assert len(left(table, ["Abitanti"], 0)[0]) == 3


@pytest.mark.parametrize("whole", ["Piemonte", "Città metropolitana di Torino", "Regione Piemonte", "Italia"])
def test_a_last_row_of_a_whole_territory_that_is_the_sum_is_left_out(whole: str) -> None:
    rows = "Comune;Abitanti\nA;100\nB;200\nC;301\n"
    assert left(f"{rows}{whole};601\n", ["Abitanti"], 0) == (["A", "B", "C"], [("region_left_out", 5)])
    assert left(f"{rows}{whole};77\n", ["Abitanti"], 0)[1] == []


def test_a_region_among_regions_and_a_place_that_is_the_sum_by_chance_are_counted() -> None:
    regions = "Regione;Abitanti\nLiguria;100\nVeneto;200\nPiemonte;300\n"
    assert len(left(regions, ["Abitanti"], 0)[0]) == 3
    places = "Comune;Abitanti\nA;100\nB;200\nC;301\nD;601\n"
    assert left(places, ["Abitanti"], 0) == (["A", "B", "C", "D"], [("perhaps_total", 5)])
