"""A spoiled document or table ends a command with status 0, or with 2 and a sentence, within its bounds.

A small sample; the whole is `tools/fuzz_commands.py`.
"""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aumenta.config.cli import analyst_commands

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / "tools" / "fuzz_commands.py"
COMMAND = Path(sys.executable).with_name("aumenta")


def test_spoiled_files_are_read_or_refused_with_a_sentence() -> None:
    result = subprocess.run([sys.executable, TOOL, "--count", "60"], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "60 files, 0 of them read as none may be" in result.stdout


@pytest.mark.parametrize(
    ("seed", "outcome"),
    [
        pytest.param("2591", "layout plan.txt: status 0", id="headings once compared each with all others"),
        pytest.param("501035", "extract axis.html: status 2", id="lists left open, ends without a beginning between"),
    ],
)
def test_files_that_once_cost_the_square_of_their_size_do_so_no_more(seed: str, outcome: str) -> None:
    result = subprocess.run(
        [sys.executable, TOOL, "--count", "1", "--seed", seed], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert outcome in result.stdout


@pytest.mark.parametrize(
    ("code", "still", "fault"),
    [
        pytest.param("time.sleep(1.5)", 60.0, "", id="the machine is busy with others"),
        pytest.param("\nwhile True: pass", 60.0, "took ", id="it goes on for ever"),
        pytest.param("time.sleep(100)", 0.6, "waited for what never came", id="it stands still"),
    ],
)
def test_a_file_is_judged_by_the_processors_time_and_not_by_the_clock(
    code: str, still: float, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(TOOL.parent))
    fuzz = importlib.import_module("fuzz_commands")
    monkeypatch.setattr(fuzz, "STILL", still)
    monkeypatch.setattr(fuzz, "SECONDS", 1.0)
    started = f"import resource, time; resource.setrlimit(resource.RLIMIT_CPU, (2, 2)); {code}"
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", started], os.environ)
    status, usage = fuzz._wait(child)
    told = fuzz.Outcome(0, "x", status, usage.ru_utime + usage.ru_stime, 1, "").fault
    assert told.startswith(fault) if fault else not told


@pytest.mark.parametrize("command", analyst_commands())
def test_whoever_reads_may_stop_before_the_end(command: str, tmp_path: Path) -> None:
    """As `aumenta themes FILE | head` does: the pipe is closed before anything is written, on both outputs."""
    nothing = tmp_path / "none"
    for words in ([command, "--help"], [command, str(nothing)]):
        with subprocess.Popen([COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.close()
            told = process.stderr.read().decode() if process.stderr else ""
            process.wait()
        assert "Traceback" not in told
        assert "BrokenPipe" not in told
        assert process.returncode in {0, 2}
