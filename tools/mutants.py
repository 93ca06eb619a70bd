"""`make mutants`: plant the kept faults one by one in copies of the code, and see which the tests notice.

Each fault meets the tests it names first, then those that are nearest to the file it changes. Two copies work side by
side. What is told: a table by area, and every fault that nobody noticed. Exit status 1 where an area stays below 95 %.
"""

import argparse
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Queue
from typing import Final, NamedTuple

from tests.mutants.planted import ROOT, Mutant, all_mutants
from tests.mutants.warm import ARGUMENTS, BUSY, FRESH

WORK: Final = ROOT / "var" / "mutants"
BAR: Final = 0.95
NEAR: Final = 4
"""How many test files beyond the named ones a fault meets."""
PATIENCE: Final = 180
"""Seconds of the processor after which a fault that makes its tests endless counts as noticed."""
NODE: Final = shutil.which("node") or str(Path(sys.executable).parent / "node")


class Verdict(NamedTuple):
    """What became of one fault: by which test it was noticed, after how many seconds."""

    mutant: Mutant
    noticed: bool
    by: str
    seconds: float


class BrokenRunError(Exception):
    """The tests could not be run, or fail without any fault: then nothing can be said."""


def main() -> int:
    """0 where every area has its bar, 1 where one has not, 2 where nothing can be said."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("only", nargs="*", help="areas or AREA/NAME; all where none is given")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="only those nobody noticed in the last run")
    arguments = parser.parse_args()
    chosen = _chosen(arguments.only, again=arguments.again)
    try:
        verdicts = run(chosen, arguments.workers)
    except BrokenRunError as broken:
        print(broken)
        return 2
    _keep(verdicts)
    print(kill_table(verdicts))
    return 0 if all(share >= BAR for share in _shares(verdicts).values()) else 1


def run(mutants: Sequence[Mutant], workers: int) -> list[Verdict]:
    """Try every fault. Raises BrokenRunError."""
    copies: Queue[Copy] = Queue()
    with ThreadPoolExecutor(workers) as pool:
        for copy in pool.map(Copy, [WORK / str(n) for n in range(workers)]):
            copies.put(copy)
        near = Nearness()

        def in_a_copy(work: "Mutant | tuple[str, ...]") -> Verdict | None:
            copy = copies.get()
            try:
                if not isinstance(work, Mutant):
                    copy.must_pass(work)
                    return None
                verdict = copy.plant(work, near)
                print("." if verdict.noticed else f"\nnot noticed: {work.id}\n", end="", flush=True)
                return verdict
            finally:
                copies.put(copy)

        list(pool.map(in_a_copy, _shared_out({name for m in mutants for name in m.tests}, workers)))
        return [verdict for verdict in pool.map(in_a_copy, mutants) if verdict]


class Copy:
    """A copy of the tree as it stands, with what set-up built, and a process that has its code imported."""

    def __init__(self, at: Path) -> None:
        self.at = at
        built = [*ROOT.glob("src/**/*.mo"), *(ROOT / "src/aumenta/ui/static/built").rglob("*")]
        prepared = (ROOT / "var/tests").glob("migrated-*.sqlite3")
        extra = [path.relative_to(ROOT).as_posix() for path in (*built, *prepared) if path.is_file()]
        _lay({*_listed(), *extra}, at)
        self.environment = {**os.environ, "PYTHONPATH": f"{at / 'src'}{os.pathsep}{at}"}
        # What is compiled is kept between faults: Python tells a changed file by its time and size.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "tests.mutants.warm"]
        self.warm = subprocess.Popen(
            command, cwd=at, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        if self._answer() != "ready":
            raise BrokenRunError("The code can't be imported.")

    def must_pass(self, names: Sequence[str]) -> None:
        """Raises BrokenRunError where one of these tests fails without a fault."""
        if failed := self._first_failure(names, patience=1800):
            raise BrokenRunError(f"Without any fault a test fails: {failed}")

    def plant(self, mutant: Mutant, near: "Nearness") -> Verdict:
        """What the tests say of one fault."""
        began = time.monotonic()
        file = self.at / mutant.file
        whole = file.read_text()
        file.write_text(mutant.planted_in(whole))
        try:
            by = self._first_failure(mutant.tests, patience=PATIENCE, changed=(mutant.file, whole))
            named = {name for name in mutant.tests if "::" not in name}
            others = [name for name in near.to(mutant.file) if name not in named]
            if not by and others and not mutant.file.endswith(".js"):
                by = self._first_failure(others, patience=PATIENCE, changed=(mutant.file, whole))
        finally:
            file.write_text(whole)
        return Verdict(mutant, bool(by), by, time.monotonic() - began)

    def _answer(self) -> str:
        assert self.warm.stdout is not None
        return self.warm.stdout.readline().strip()

    def _first_failure(self, names: Sequence[str], *, patience: int, changed: tuple[str, str] = ("", "")) -> str:
        """The first of `names` that fails, or nothing. Raises BrokenRunError where they can't be run."""
        scripts = [name for name in names if name.endswith(".js")]
        others = [name for name in names if not name.endswith(".js")]
        output = self.at / "var" / "output.txt"
        output.parent.mkdir(exist_ok=True)
        for chosen, run_them in ((scripts, self._in_node), (others, self._in_a_child)):
            status = run_them(chosen, patience, changed, output) if chosen else 0
            if status == -1:
                return "a test that did not end"
            if status not in {0, 1, 2}:
                raise BrokenRunError(f"The tests can't be run: {' '.join(names)}\n{output.read_text()[-3000:]}")
            if status:
                failed = re.search(r"^(?:FAILED|ERROR|\s*not ok \d+ -) ?(.*)$", output.read_text(), re.MULTILINE)
                return failed[1] if failed else "the start of the tests"
        return ""

    def _in_node(self, names: Sequence[str], patience: int, _changed: tuple[str, str], output: Path) -> int:
        return self._in_a_process(
            [NODE, "--test", "--test-reporter=tap", "--test-timeout=60000", *names], patience, output
        )

    def _in_a_child(self, names: Sequence[str], patience: int, changed: tuple[str, str], output: Path) -> int:
        question = {"tests": names, "file": changed[0], "before": changed[1], "patience": patience}
        assert self.warm.stdin is not None
        self.warm.stdin.write(json.dumps({**question, "output": str(output)}) + "\n")
        self.warm.stdin.flush()
        status = int(json.loads(self._answer())["status"])
        if status != FRESH:
            return status
        return self._in_a_process([sys.executable, "-m", "pytest", *ARGUMENTS, *names], patience, output)

    def _in_a_process(self, command: Sequence[str], patience: int, output: Path) -> int:
        return status_of(command, self.at, self.environment, output, patience=patience)


def status_of(
    command: Sequence[str],
    at: Path,
    environment: Mapping[str, str],
    output: Path,
    *,
    patience: int,
    busy: int = BUSY,
) -> int:
    """How a command ended; -1 where it used `patience` seconds of the processor, or took `busy` times that.

    Each process it starts has as many; none outlives it.
    """
    limited = partial(resource.setrlimit, resource.RLIMIT_CPU, (patience, patience))
    with output.open("w") as file:
        running = subprocess.Popen(
            command,
            cwd=at,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=limited,
        )
        try:
            return max(running.wait(patience * busy), -1)
        except subprocess.TimeoutExpired:
            return -1
        finally:
            # All of its group: Node's test runner has a process for each file.
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()


def kill_table(verdicts: Iterable[Verdict]) -> str:
    """The verdicts by area, then those that nobody noticed with their harm."""
    by_area: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_area[verdict.mutant.area].append(verdict)
    lines = ["", f"{'area':<14} noticed"]
    for area, of_area in [*sorted(by_area.items()), ("all", [v for some in by_area.values() for v in some])]:
        noticed = sum(v.noticed for v in of_area)
        share = f"{100 * noticed / len(of_area):.0f} %" if of_area else ""
        lines.append(f"{area:<14} {noticed} of {len(of_area)}  {share}")
    missed = [v.mutant for some in by_area.values() for v in some if not v.noticed]
    return "\n".join([*lines, *(f"not noticed  {m.id}: {m.harm}" for m in missed)])


class Nearness:
    """Which test files are nearest to a file of the code: those that name its module, then those of its room."""

    def __init__(self) -> None:
        durations = json.loads((ROOT / "tests/durations.json").read_text())
        self.texts = {
            path.relative_to(ROOT).as_posix(): path.read_text()
            for path in sorted((ROOT / "tests").glob("*/test_*.py"))
            if path.parent.name not in {"browser", "mutants"}
        }
        self.seconds = {name: durations.get(name.removeprefix("tests/"), 0.0) for name in self.texts}

    def to(self, file: str) -> list[str]:
        """The nearest first, the quicker first where they are equally near."""
        module = file.removeprefix("src/").removesuffix(".py").replace("/", ".")
        stem, room = Path(file).stem, file.split("/")[2] if file.startswith("src/aumenta/") else ""
        parent = module.rpartition(".")[0]

        def distance(name: str) -> tuple[int, float]:
            text = self.texts[name]
            if module in text or f"from {parent} import {stem}" in text:
                return 0, self.seconds[name]
            if f"aumenta.{room}" in text or f"_{room}" in name:
                return 1, self.seconds[name]
            return 2, self.seconds[name]

        near = sorted(self.texts, key=distance)
        return [name for name in near if distance(name)[0] < 2][:NEAR]


def _chosen(only: Sequence[str], *, again: bool) -> list[Mutant]:
    mutants = all_mutants()
    if again:
        only = json.loads((WORK / "missed.json").read_text())
    return [m for m in mutants if not (only or again) or m.area in only or m.id in only]


def _keep(verdicts: Sequence[Verdict]) -> None:
    (WORK / "missed.json").write_text(json.dumps([v.mutant.id for v in verdicts if not v.noticed]))
    told = [{"id": v.mutant.id, "noticed": v.noticed, "by": v.by, "seconds": round(v.seconds, 1)} for v in verdicts]
    (WORK / "last.json").write_text(json.dumps(told, indent=1))


def _shares(verdicts: Iterable[Verdict]) -> dict[str, float]:
    counted: defaultdict[str, list[bool]] = defaultdict(list)
    for verdict in verdicts:
        counted[verdict.mutant.area].append(verdict.noticed)
    return {area: sum(noticed) / len(noticed) for area, noticed in counted.items()}


def _listed() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    # A second configuration below the first would stop the linter of the scripts.
    return [name for name in listing.stdout.split("\0") if (ROOT / name).is_file() and name != "biome.json"]


def _lay(files: set[str], at: Path) -> None:
    """Make `at` hold these files as they are here; what is compiled of those that did not change is kept."""
    for folder in ("src", "tests", "tools", "frontend"):
        for path in (at / folder).rglob("*"):
            if path.is_file() and path.suffix != ".pyc" and path.relative_to(at).as_posix() not in files:
                path.unlink()
    for name in files:
        now, there = (ROOT / name).stat(), at / name
        if not there.exists() or (there.stat().st_mtime, there.stat().st_size) != (now.st_mtime, now.st_size):
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, there)
    for shared in (".venv", "node_modules"):
        if not (at / shared).exists():
            (at / shared).symlink_to(ROOT / shared)


def _shared_out(names: set[str], workers: int) -> list[tuple[str, ...]]:
    """The named tests, whole files' tests together, in as many parts as there are workers."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        files[name.split("::")[0]].append(name)
    of_file = list(files.values())
    return [tuple(name for some in of_file[n::workers] for name in some) for n in range(workers)]


if __name__ == "__main__":
    sys.exit(main())
