"""Inequality: published numbers to 1e-7, and what must hold for any values."""

import gettext
import inspect
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.analyst.language import CORE
from aumenta.core.indices.inequality import (
    InequalityError,
    coefficient_of_variation,
    dispersion,
    gini,
    mean_log_deviation,
    theil,
    top_and_bottom,
)
from aumenta.core.tables import SheetToWrite, write_table
from tests.tables_made import case

INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
"""Income deciles of the R package `ineq`."""

positive = st.floats(min_value=1e-3, max_value=1e6)
places = st.lists(st.tuples(positive, positive), min_size=1, max_size=40)


def split(rows: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in rows], [w for _, w in rows]


def test_the_published_number_comes_out_to_the_seventh_decimal() -> None:
    assert gini(INCOMES) == pytest.approx(0.4620911, abs=1e-7)


def test_the_weighted_example_comes_out() -> None:
    x, w = [10, 20, 40], [200, 500, 300]
    assert coefficient_of_variation(x, w) == pytest.approx(0.463980, abs=5e-7)
    assert dispersion(x, w) == pytest.approx(0.40, abs=1e-12)
    assert gini(x, w) == pytest.approx(0.241667, abs=5e-7)
    assert theil(x, w).total == pytest.approx(0.106490, abs=5e-7)
    assert mean_log_deviation(x, w) == pytest.approx(0.113007, abs=5e-7)


def test_the_fast_gini_is_the_double_sum_of_the_definition() -> None:
    x, w = [3.0, 0.0, 7.5, 7.5, 1.0], [2.0, 5.0, 1.0, 4.0, 3.0]
    total = sum(w)
    mu = sum(a * b for a, b in zip(x, w, strict=True)) / total
    double = sum(wi * wj * abs(xi - xj) for xi, wi in zip(x, w, strict=True) for xj, wj in zip(x, w, strict=True))
    assert gini(x, w) == pytest.approx(double / total**2 / (2 * mu), abs=1e-14)


@settings(deadline=None)
@given(places)
def test_splitting_a_place_in_two_equal_ones_changes_nothing(rows: list[tuple[float, float]]) -> None:
    x, w = split(rows)
    (x0, w0), rest = rows[0], rows[1:]
    x2, w2 = split([(x0, w0 / 2), (x0, w0 / 2), *rest])
    for measure in (gini, coefficient_of_variation, dispersion, mean_log_deviation, top_and_bottom):
        assert measure(x2, w2) == pytest.approx(measure(x, w), rel=1e-6, abs=1e-9)
    assert theil(x2, w2).total == pytest.approx(theil(x, w).total, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(places, st.floats(min_value=1e-3, max_value=1e3))
def test_changing_the_unit_of_the_values_or_of_the_weights_changes_nothing(
    rows: list[tuple[float, float]], factor: float
) -> None:
    x, w = split(rows)
    for x2, w2 in (([v * factor for v in x], w), (x, [v * factor for v in w])):
        for measure in (gini, coefficient_of_variation, dispersion, mean_log_deviation):
            assert measure(x2, w2) == pytest.approx(measure(x, w), rel=1e-6, abs=1e-9)
        assert theil(x2, w2).total == pytest.approx(theil(x, w).total, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(places, st.data())
def test_what_lies_within_the_groups_and_between_them_makes_the_total(
    rows: list[tuple[float, float]], data: st.DataObject
) -> None:
    x, w = split(rows)
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(x), max_size=len(x)))
    parts = theil(x, w, groups)
    assert parts.within + parts.between == pytest.approx(parts.total, rel=1e-9, abs=1e-9)
    assert parts.within >= -1e-9
    assert parts.between >= -1e-9


@settings(deadline=None)
@given(positive, st.lists(positive, min_size=1, max_size=20))
def test_where_all_are_equal_there_is_no_inequality(value: float, weights: list[float]) -> None:
    x = [value] * len(weights)
    for measure in (gini, coefficient_of_variation, dispersion, mean_log_deviation):
        assert measure(x, weights) == pytest.approx(0, abs=1e-9)
    assert theil(x, weights, list(range(len(x)))).total == pytest.approx(0, abs=1e-9)
    assert top_and_bottom(x, weights) == pytest.approx((value, value))


@settings(deadline=None)
@given(places)
def test_gini_stays_between_zero_and_one(rows: list[tuple[float, float]]) -> None:
    x, w = split(rows)
    assert 0 <= gini(x, w) < 1


def test_a_place_across_the_border_of_the_top_fifth_counts_in_part() -> None:
    # Ten people; the top two are one of 40 and one of 20, the bottom two are of 10.
    assert top_and_bottom([10, 20, 40], [4, 5, 1]) == pytest.approx((30, 10))


def test_theil_and_mld_refuse_zero_while_gini_takes_it() -> None:
    assert gini([0, 10]) == pytest.approx(0.5)
    for measure in (theil, mean_log_deviation):
        with pytest.raises(InequalityError, match="above zero"):
            measure([0, 10])


@pytest.mark.parametrize(
    ("values", "weights", "says"),
    [
        ([], None, "no values"),
        ([0, 0], None, "mean must be above zero"),
        ([1, math.nan], None, "missing"),
        ([1, 2], [1], "2 values and 1 weights"),
        ([1, 2], [0, 0], "all the weights are zero"),
        ([1, 2], [1, -1], "below zero"),
        ([-1, 5], None, "below zero"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_the_reason(
    values: list[float], weights: list[float] | None, says: str
) -> None:
    with pytest.raises(InequalityError, match=says):
        gini(values, weights)


# The command


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from aumenta.config.cli import main; main()", "inequality", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "values.csv"
    path.write_text("place,x,people,zone\nA,10,200,1\nB,20,500,1\nC,40,300,2\n", encoding="utf-8")
    return path


def test_the_command_prints_the_four_measures_as_json(table: Path) -> None:
    done = command(str(table), "--value", "x", "--weight", "people", "--group", "zone", "--json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert set(result) == {"gini", "cv", "theil", "mld"}
    assert set(result["theil"]) == {"total", "within", "between"}
    assert result["gini"] == pytest.approx(0.2416667, abs=1e-7)
    assert result["theil"]["within"] + result["theil"]["between"] == pytest.approx(result["theil"]["total"], abs=1e-12)
    assert result["theil"]["between"] > 0


def test_semicolons_and_decimal_commas_are_read_as_italian_spreadsheets_write_them(tmp_path: Path) -> None:
    path = tmp_path / "it.csv"
    path.write_bytes("\ufeffluogo;indice\r\nA;10,5\r\nB;21\r\n".encode())
    done = command(str(path), "--value", "indice", "--json")
    assert json.loads(done.stdout)["gini"] == pytest.approx(gini([10.5, 21]))


def test_a_zero_leaves_theil_null_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "zero.csv"
    path.write_text("x\n0\n10\n", encoding="utf-8")
    done = command(str(path), "--value", "x", "--json")
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["gini"] == pytest.approx(0.5)
    assert result["theil"] == {"total": None, "within": None, "between": None}
    assert result["mld"] is None
    assert "above zero" in result["not_defined"]["theil"]
    assert "theil" in done.stderr


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("x,w\n1,2\n", ["--value", "y"], "no column “y”; the columns are: x, w"),
        ("x,w\n1,2\n", ["--value", "x", "--weight", "p"], "no column “p”"),
        ("x,w\n1,2\n", ["--value", "x", "--group", "g"], "no column “g”"),
        ("x,x\n1,2\n", ["--value", "x"], "2 times"),
        ("x\n1\ntwo\n", ["--value", "x"], "Row 3, column “x”: “two” is not a number"),
        ("x\n1\n-4\n", ["--value", "x"], "Row 3, column “x”: -4 is negative"),
        ("x,w\n1,2\n,3\n", ["--value", "x"], "Row 3, column “x”: The value is missing"),
        ("x,w\n1,2\n4,\n", ["--value", "x", "--weight", "w"], "Row 3, column “w”: The value is missing"),
        ("x,w\n1,2\n4,-1\n", ["--value", "x", "--weight", "w"], "negative"),
        ("x,g\n1,a\n4, \n", ["--value", "x", "--group", "g"], "Row 3, column “g”: The group is missing"),
        ("x\nnan\n", ["--value", "x"], "“nan” is not a number"),
        ("x\ninf\n", ["--value", "x"], "“inf” is not a number"),
        ("x,w\n1\n", ["--value", "x"], "Row 2: The row has 1 cells and the headings are 2"),
        ("x\n", ["--value", "x"], "no rows"),
        ("", ["--value", "x"], "The file is empty"),
        ("x\n0\n0\n", ["--value", "x"], "mean must be above zero"),
        ("x,w\n1,0\n2,0\n", ["--value", "x", "--weight", "w"], "all the weights are zero"),
    ],
)
def test_a_table_that_will_not_do_is_named_with_its_line_and_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], says: str
) -> None:
    from aumenta.config.cli import run_analyst

    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    assert run_analyst("inequality", [str(path), *options, "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err


def test_a_missing_or_unreadable_file_ends_with_2(tmp_path: Path) -> None:
    assert command(str(tmp_path / "none.csv"), "--value", "x", "--json").returncode == 2
    binary = tmp_path / "image.csv"
    binary.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    done = command(str(binary), "--value", "x", "--json")
    assert done.returncode == 2
    assert "PNG" in done.stderr


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("comune;abitanti\nTorino;847.398\nMoncalieri;56.117\nCeresole;155\nRibordone;48\n", [], 0.718701),
        ("comune,abitanti\nTorino,847.398\nMoncalieri,56.117\nCeresole,155\n", [], None),
        ("comune,abitanti\nTorino,847.398\nMoncalieri,56.117\n", ["--decimal", "comma"], gini([847398, 56117])),
        ("comune,abitanti\nTorino,847.398\nMoncalieri,56.117\n", ["--decimal", "point"], gini([847.398, 56.117])),
        ("comune;abitanti\nA;1.234\nB;987,2\nC;2.100\n", [], 0.171681),
        ("comune;abitanti\nA;1,5\nB;2.25\n", [], None),
    ],
)
def test_a_thousand_is_a_thousand_or_it_is_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, options: list[str], expected: float | None
) -> None:
    from aumenta.config.cli import run_analyst

    path = tmp_path / "thousands.csv"
    path.write_text(text, encoding="utf-8")
    code = run_analyst("inequality", [str(path), "--value", "abitanti", *options, "--json"])
    printed = capsys.readouterr()
    if expected is None:
        assert (code, printed.out) == (2, "")
        assert "Row" in printed.err
        return
    assert json.loads(printed.out)["gini"] == pytest.approx(expected, abs=1e-6)
    assert ("was read as" in printed.err) == ("847.398" in text and not options)


@pytest.mark.parametrize(
    ("name", "column", "expected"),
    [
        ("i01_thousands.csv", "abitanti", 0.718701),
        ("i02_mixed.csv", "reddito", 0.055656),
        ("i03_mixed2.csv", "reddito", 0.171681),
        ("i04_decimal_comma.csv", "reddito", 0.055656),
        ("i05_missing_dash.csv", "reddito", None),
    ],
)
def test_the_shared_tables_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, column: str, expected: float | None
) -> None:
    from aumenta.config.cli import run_analyst

    path = tmp_path / name
    path.write_bytes(case(name))
    code = run_analyst("inequality", [str(path), "--value", column, "--json"])
    out = capsys.readouterr().out
    assert code == (2 if expected is None else 0)
    assert expected is None or json.loads(out)["gini"] == pytest.approx(expected, abs=1e-6)


def test_spreadsheets_are_measured_as_they_are_stored(tmp_path: Path) -> None:
    for file_format in ("xlsx", "ods"):
        path = tmp_path / f"values.{file_format}"
        path.write_bytes(write_table([SheetToWrite("", ["luogo", "x"], [("A", 847.398), ("B", 1)])], file_format))
        done = command(str(path), "--value", "x", "--json")
        assert json.loads(done.stdout)["gini"] == pytest.approx(gini([847.398, 1]))


@pytest.mark.parametrize(
    ("rows", "options", "says"),
    [
        ("a;0;1\nb;0;1\n", (), "la media deve essere sopra zero, ed è 0"),
        ("a;1;0\nb;2;0\n", ("--weight", "Pesi"), "tutti i pesi sono zero"),
    ],
)
def test_what_cannot_be_measured_is_said_in_the_language_of_the_shell(
    rows: str, options: tuple[str, ...], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "it")
    path = tmp_path / "zone.csv"
    path.write_text(f"Zona;Spesa;Pesi\n{rows}", encoding="utf-8")
    ended = command(str(path), "--value", "Spesa", *options)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert says in ended.stderr


def test_the_answer_is_in_the_language_of_the_shell_and_has_no_negative_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "it")
    path = tmp_path / "zone.csv"
    path.write_text("Zona;Spesa\nA;12500,5\nB;8300\nC;33100,1\nD;21700\nE;5450,25\n", encoding="utf-8")
    ended = command(str(path), "--value", "Spesa", "--group", "Zona")
    assert ended.stdout.startswith("5 valori\n")
    assert "0.000000 dentro i gruppi" in ended.stdout
    assert "-0.000000" not in ended.stdout


def test_every_reason_can_be_said_in_italian() -> None:
    """Each `InequalityError` of the module has its words in the catalog of the core."""
    reasons = re.findall(r'gettext_noop\(\s*"([^"]+)"', Path(inspect.getfile(InequalityError)).read_text("utf-8"))
    catalog = gettext.translation("django", CORE, languages=["it"])
    assert len(reasons) == 10
    assert [reason for reason in reasons if catalog.gettext(reason) == reason] == []
