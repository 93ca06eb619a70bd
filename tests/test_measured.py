"""The choice of tests that run within a minute."""

import json
from pathlib import Path

from tests.measured import PROPERTY, Measurement, slow_files


def test_slow_files_are_left_out_and_the_longest_of_the_others_until_the_rest_fit() -> None:
    took = {"core/a.py": 50.0, "core/b.py": 2.0, "rooms/c.py": 1.0, "rooms/d.py": 1.5, "browser/e.py": 300.0}
    assert slow_files(took, budget=55) == {"core/a.py"}
    assert slow_files(took, budget=3) == {"core/a.py", "core/b.py"}
    assert slow_files(took, budget=2) == {"core/a.py", "core/b.py", "rooms/d.py"}


def test_files_that_nobody_has_measured_take_their_part_of_the_minute() -> None:
    took = {"core/b.py": 2.0, "rooms/c.py": 1.0, "rooms/d.py": 1.5}
    files = frozenset({*took, "rooms/test_new.py", "browser/test_new.py"})
    assert slow_files(took, budget=4.5) == frozenset()
    assert slow_files(took, budget=4.5, files=files) == {"core/b.py"}


def test_a_run_of_some_files_keeps_what_was_measured_of_the_others(tmp_path: Path) -> None:
    kept = tmp_path / "durations.json"
    kept.write_text(json.dumps({"test_docs.py": 9.0, "test_measured.py": 3.0, "gone/test_nothing.py": 5.0}))
    run = Measurement()
    run.add("tests/test_measured.py::test_one", [(PROPERTY, 0.3)])
    run.add("tests/test_measured.py::test_two[a-::b]", [(PROPERTY, 0.5), ("other", "x")])
    run.keep(kept)
    assert json.loads(kept.read_text()) == {"test_docs.py": 9.0, "test_measured.py": 0.8}
