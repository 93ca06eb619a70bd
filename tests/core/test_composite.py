"""The adjusted Mazziotta-Pareto index: its formula by hand, its properties, and the command."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aumenta.config.cli import run_analyst
from aumenta.core.indices.composite import CompositeError, CompositeFault, ampi, goalposts, normalised

TABLE = """place;year;jobs;dust
A;2020;60;20
A;2021;70;10
B;2020;40;40
B;2021;50;30
"""


def test_the_index_is_the_formula_worked_by_hand() -> None:
    # jobs: mean 55, half range 15, so 60 is 60*(60-40)/30+70 = 110; dust: mean 25, so 20 is 90, turned 110.
    values = np.array([[60.0, 20.0], [70.0, 10.0], [40.0, 40.0], [50.0, 30.0]])
    scaled = normalised(values, goalposts(values, values.mean(axis=0)), [False, True])
    assert scaled.tolist() == [[110.0, 110.0], [130.0, 130.0], [70.0, 70.0], [90.0, 90.0]]
    assert ampi(scaled).tolist() == [110.0, 130.0, 70.0, 90.0]
    # Means of 100 with 90 and 110 beside it: S = 10 in population form, so the index is 100 -/+ 100/100.
    assert ampi(np.array([[90.0, 110.0]])).tolist() == [99.0]
    assert ampi(np.array([[90.0, 110.0]]), vulnerability=True).tolist() == [101.0]
    assert ampi(np.array([[90.0, 110.0]]), [3, 1]).tolist() == [95.0 - 75.0 / 95.0]


tables = arrays(float, st.tuples(st.integers(2, 6), st.integers(1, 4)), elements=st.integers(0, 999))


@given(tables)
def test_the_reference_is_a_hundred_balance_costs_nothing_and_unbalance_always_something(values: Any) -> None:
    if not (values.max(axis=0) > values.min(axis=0)).all():
        return
    posts = goalposts(values, values[0])
    scaled = normalised(values, posts, [False] * values.shape[1])
    assert ampi(scaled)[0] == pytest.approx(100)
    assert (ampi(scaled) <= scaled.mean(axis=1) + 1e-9).all()


@given(tables, st.floats(0.5, 4), st.integers(-50, 50))
def test_units_of_measure_change_nothing(values: Any, scale: float, shift: int) -> None:
    if not (values.max(axis=0) > values.min(axis=0)).all():
        return
    negative = [place % 2 == 0 for place in range(values.shape[1])]

    def index(of: Any) -> Any:
        return ampi(normalised(of, goalposts(of, of.mean(axis=0)), negative))

    assert index(values * scale + shift) == pytest.approx(index(values))


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        (np.zeros((2, 0)), CompositeFault.NO_INDICATORS),
        (np.zeros((0, 2)), CompositeFault.NO_ROWS),
        (np.array([[1.0], [np.nan]]), CompositeFault.NOT_FINITE),
        (np.array([[1.0], [1.0]]), CompositeFault.ALWAYS_THE_SAME),
    ],
)
def test_a_table_without_a_composite_is_refused(values: Any, fault: CompositeFault) -> None:
    with pytest.raises(CompositeError) as refused:
        goalposts(values, np.ones(values.shape[1]))
    assert refused.value.fault is fault


def test_a_new_year_never_moves_an_old_figure_while_its_goalposts_are_kept() -> None:
    old = np.array([[60.0, 20.0], [40.0, 40.0]])
    posts = goalposts(old, old.mean(axis=0))
    grown = np.vstack([old, [[90.0, 1.0]]])
    assert (
        ampi(normalised(grown, posts, [False, True]))[:2].tolist()
        == ampi(normalised(old, posts, [False, True])).tolist()
    )


def command(path: Path, *words: str) -> int:
    return run_analyst("composite", [str(path), "--unit", "place", "--time", "year", "--json", *words])


def test_the_command_gives_a_value_for_each_row_in_order(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "indicators.csv"
    file.write_text(TABLE)
    assert command(file, "--negative", "dust") == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["unit"], row["time"]) for row in rows] == [("A", "2020"), ("A", "2021"), ("B", "2020"), ("B", "2021")]
    assert [row["value"] for row in rows] == pytest.approx([110, 130, 70, 90])
    assert command(file, "--negative", "dust", "--reference", "year=2021") == 0
    rows = json.loads(capsys.readouterr().out)
    assert sum(row["value"] for row in rows[1::2]) / 2 == pytest.approx(100)


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (TABLE, ["--negative", "smog"], "smog"),
        (TABLE, ["--reference", "year"], "COL=VALUE"),
        (TABLE, ["--reference", "year=1999"], "1999"),
        (TABLE.replace("60", "many"), [], "jobs"),
        (TABLE.replace("60", ""), [], "jobs"),
        ("place;year\nA;2020\n", [], "-"),
        ("place;year;jobs\nA;2020;3\nB;2020;3\n", [], "jobs"),
        ("town;year;jobs\nA;2020;3\n", [], "place"),
    ],
)
def test_a_table_that_will_not_do_is_refused_with_its_place(
    content: str, words: list[str], told: str, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "indicators.csv"
    file.write_text(content)
    assert command(file, *words) == 2
    said = capsys.readouterr()
    assert not said.out
    assert told in said.err
