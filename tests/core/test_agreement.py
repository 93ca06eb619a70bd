"""Krippendorff's alpha: his own worked example at three levels, its properties, and the command."""

import json
from itertools import permutations
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aumenta.config.cli import run_analyst
from aumenta.core.indices.agreement import Level, NotComputable, krippendorff_alpha

# The example of Krippendorff (2011), part C: four observers, twelve units, the last of which one observer judged.
OBSERVERS = {
    "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
}
UNITS = [[values[unit] for values in OBSERVERS.values() if values[unit] is not None] for unit in range(12)]


@pytest.mark.parametrize(("level", "alpha"), [(Level.NOMINAL, 0.743), (Level.ORDINAL, 0.815), (Level.INTERVAL, 0.849)])
def test_the_worked_example_comes_out_as_printed(level: Level, alpha: float) -> None:
    found = krippendorff_alpha(UNITS, level)
    assert found.alpha is not None
    assert round(found.alpha, 3) == alpha
    assert (found.units, found.values) == (11, 40)


def test_two_readers_by_hand() -> None:
    # Part A of the same paper: ten units, yes and no, alpha 0.095.
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = krippendorff_alpha(list(zip(meg, owen, strict=True)), Level.NOMINAL)
    assert found.alpha is not None
    assert round(found.alpha, 3) == 0.095


@pytest.mark.parametrize("level", Level)
def test_where_nothing_varies_or_nobody_read_the_same_there_is_no_alpha(level: Level) -> None:
    assert krippendorff_alpha([[2, 2], [2, 2, 2]], level).why is NotComputable.ALL_EQUAL
    assert krippendorff_alpha([[1], [2]], level).why is NotComputable.NO_PAIRS
    assert krippendorff_alpha([], level).why is NotComputable.NO_PAIRS


readings = st.lists(st.lists(st.integers(-5, 5), min_size=0, max_size=4), max_size=12)


@given(readings, st.sampled_from(list(Level)), st.randoms(use_true_random=False))
def test_order_does_not_matter_agreement_is_one_and_nothing_is_above(
    units: list[list[int]], level: Level, random: Random
) -> None:
    found = krippendorff_alpha(units, level).alpha
    shuffled = [random.sample(unit, len(unit)) for unit in units]
    random.shuffle(shuffled)
    again = krippendorff_alpha(shuffled, level).alpha
    assert (found is None) == (again is None)
    if found is not None and again is not None:
        assert found == pytest.approx(again, abs=1e-9)
        assert found <= 1 + 1e-12
        agree = all(len(set(unit)) == 1 for unit in units if len(unit) > 1)
        assert (abs(found - 1) < 1e-12) == agree


def slow_alpha(units: list[list[int]], level: Level) -> float:
    """The definition word for word: every ordered pair, ranks by the frequencies between them."""
    paired = [unit for unit in units if len(unit) > 1]
    everything = [value for unit in paired for value in unit]

    def apart(one: int, other: int) -> float:
        low, high = sorted((one, other))
        if level is Level.NOMINAL:
            return float(one != other)
        if level is Level.INTERVAL:
            return float((one - other) ** 2)
        between = sum(low <= value <= high for value in everything)
        return float((between - (everything.count(low) + everything.count(high)) / 2) ** 2)

    total = len(everything)
    observed = sum(sum(apart(*pair) for pair in permutations(unit, 2)) / (len(unit) - 1) for unit in paired) / total
    expected = sum(apart(*pair) for pair in permutations(everything, 2)) / (total * (total - 1))
    return 1 - observed / expected


@given(readings, st.sampled_from(list(Level)))
def test_it_is_the_definition_worked_out_pair_by_pair(units: list[list[int]], level: Level) -> None:
    found = krippendorff_alpha(units, level).alpha
    if found is not None:
        assert found == pytest.approx(slow_alpha(units, level), abs=1e-9)


def table(rows: list[str]) -> str:
    return "\n".join(["unit,coder,value", *rows]) + "\n"


def ask(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    status = run_analyst("agreement", [str(path), *words])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def example(tmp_path: Path) -> Path:
    rows = [
        f"{unit + 1},{coder},{'' if value is None else value}"
        for coder, values in OBSERVERS.items()
        for unit, value in enumerate(values)
    ]
    path = tmp_path / "judged.csv"
    path.write_text(table(rows), encoding="utf-8")
    return path


def test_the_command_says_alpha_and_what_it_rests_on(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _err = ask(example, capsys, "--level", "nominal", "--json")
    said = json.loads(out)
    assert status == 0
    assert round(said.pop("alpha"), 3) == 0.743
    assert said == {"why": None, "level": "nominal", "units": 11, "coders": 4, "values": 40, "alone": ["12"]}
    _status, out, _err = ask(example, capsys, "--level", "ordinal")
    assert out.strip() == "alpha 0.815 (40 values of 11 units, 4 readers; judged by one reader only, left out: 12)"


def test_equal_values_are_said_to_be_not_computable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "equal.csv"
    path.write_text(table(["1,a,yes", "1,b,yes"]), encoding="utf-8")
    status, out, _err = ask(path, capsys, "--level", "nominal", "--json")
    assert status == 0
    assert json.loads(out)["alpha"] is None
    assert "all the values are equal" in json.loads(out)["why"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["1,a,yes", "1,a,no"], "row 3: the reader “a” judged “1” before, and in another way"),
        (["1,,yes"], "row 2: say both which unit and which reader"),
        (["1,a,much", "1,b,2"], "much"),
    ],
)
def test_bad_rows_are_refused_with_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[str], words: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(table(rows), encoding="utf-8")
    level = "interval" if words == "much" else "nominal"
    status, out, err = ask(path, capsys, "--level", level)
    assert (status, out) == (2, "")
    assert words in err


def test_a_judgement_written_twice_counts_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "twice.csv"
    path.write_text(table(["1,a,x", "1,a,x", "1,b,y", "2,a,y", "2,b,y"]), encoding="utf-8")
    _status, out, _err = ask(path, capsys, "--level", "nominal", "--json")
    assert json.loads(out)["values"] == 4
