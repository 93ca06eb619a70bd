"""The faults that are kept can still be planted, and the tests they name are still there."""

import ast
import os
import re
import sys
import time
from pathlib import Path

import pytest
from tools.mutants import Verdict, kill_table, status_of

from tests.mutants.planted import ROOT, Mutant, all_mutants

MUTANTS = all_mutants()


def why_not(mutant: Mutant) -> str:
    """Why a fault can't be planted any more, or names tests that are not there; nothing where all is well."""
    path = ROOT / mutant.file
    try:
        planted = mutant.planted_in(path.read_text())
        if path.suffix == ".py":
            ast.parse(planted)
    except (ValueError, SyntaxError, FileNotFoundError) as fault:
        return f"{mutant.id}: {fault}"
    for name in mutant.tests:
        file, *inner = name.split("::")
        defined = rf"^(async )?def {re.escape(inner[0].split('[')[0])}\(" if inner else ""
        if not (ROOT / file).exists() or not re.search(defined, (ROOT / file).read_text(), re.MULTILINE):
            return f"{mutant.id}: there is no test {name}"
    return "" if mutant.tests and mutant.harm.endswith(".") else f"{mutant.id} names no test or no harm"


def test_every_fault_can_be_planted_and_names_tests_that_are_there() -> None:
    assert [reason for mutant in MUTANTS if (reason := why_not(mutant))] == []


def test_at_least_two_hundred_faults_are_kept_and_no_two_are_the_same() -> None:
    assert len(MUTANTS) >= 200
    assert len({(m.file, m.before, m.after) for m in MUTANTS}) == len(MUTANTS)


def test_a_text_that_moved_apart_or_came_twice_is_told() -> None:
    fault = Mutant("area", "name", "file.py", "Harm.", "a = 1", "a = 2", ("tests/x.py",))
    assert fault.planted_in("x\na = 1\n") == "x\na = 2\n"
    for text in ("a = 3", "a = 1; a = 1"):
        with pytest.raises(ValueError, match="occurs"):
            fault.planted_in(text)


def test_a_file_without_one_of_its_keys_is_told(tmp_path: Path) -> None:
    (tmp_path / "area").mkdir()
    (tmp_path / "area" / "name.toml").write_text('file = "a.py"\nbefore = "a"\n')
    with pytest.raises(ValueError, match="harm"):
        all_mutants(tmp_path)


def test_the_table_counts_by_area_and_names_what_nobody_noticed() -> None:
    one, other = (Mutant("review", name, "f.py", "Texts are lost.", "a", "b", ("t.py",)) for name in ("one", "other"))
    told = kill_table([Verdict(one, True, "t.py::test_a", 1.0), Verdict(other, False, "", 2.0)])
    assert "review" in told
    assert "1 of 2" in told
    assert "50 %" in told
    assert "review/other: Texts are lost." in told
    assert "review/one" not in told


def is_running(process: int) -> bool:
    """Whether it still does something: one that has ended stays listed until somebody has asked for how."""
    listed = Path(f"/proc/{process}/stat")
    return listed.exists() and listed.read_text().rpartition(")")[2].split()[0] != "Z"


STARTS = """
import subprocess, sys
child = subprocess.Popen(sys.argv[1:])
print(child.pid, flush=True)
sys.exit(child.wait() != 0)
"""


def test_tests_that_a_fault_makes_wait_for_ever_end_with_all_they_started(tmp_path: Path) -> None:
    """Node's own test runner has a process for each file: to end the runner alone left them running for ever."""
    told = tmp_path / "output.txt"
    waits = [sys.executable, "-c", STARTS, "sleep", "900"]
    assert status_of(waits, tmp_path, dict(os.environ), told, patience=1, busy=2) == -1
    until = time.monotonic() + 60
    while is_running(int(told.read_text())) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_running(int(told.read_text()))


def test_a_test_file_that_a_fault_makes_turn_for_ever_uses_up_its_own_time_alone(tmp_path: Path) -> None:
    turns = [sys.executable, "-c", STARTS, sys.executable, "-c", "while True: pass"]
    assert status_of(turns, tmp_path, dict(os.environ), tmp_path / "output.txt", patience=1, busy=600) == 1
