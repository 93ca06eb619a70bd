"""Spoil documents and tables, hand each to an analyst's command, and say where one does what it never may.

    .venv/bin/python tools/fuzz_commands.py                      3,000 files: what went wrong, the slowest
    .venv/bin/python tools/fuzz_commands.py --count 200 --seed 7
    .venv/bin/python tools/fuzz_commands.py --keep /tmp/spoiled  also keep every file that went wrong

Each file is read in a process of its own, forked from this one. It may end with status 0, or with status 2 and a
sentence; it may take 10 seconds of CPU and 300 MB. Exit status 1 where one did not keep to that.
"""

import argparse
import io
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import typst  # noqa: E402
from tests.core.axis_pages import adopted_page, adopted_text, invented_axes  # noqa: E402
from tests.core.plan_printing import Printer, as_typst, invented_plan  # noqa: E402
from tests.documents_made import docx, odt  # noqa: E402
from tests.spoiled import OF_DOCUMENTS, WAYS  # noqa: E402

from aumenta.config.cli import run_analyst  # noqa: E402
from aumenta.core.tables import SheetToWrite, write_table  # noqa: E402

COUNT = 3_000
SECONDS, MEGABYTES = 10.0, 300
STILL = 60.0
"""Seconds of the clock in which a child that lives uses no processor at all: it waits for what never comes."""


WAITED = -1_000
"""The status of a child that was ended as it stood still."""


@dataclass(frozen=True)
class Start:
    """A sound file, the command that reads it and how it is spoiled."""

    name: str
    command: tuple[str, ...]
    content: bytes
    ways: list[Callable[[bytes, random.Random], bytes]]


@dataclass(frozen=True)
class Outcome:
    """How one file was read: seconds of CPU, megabytes at most, what was printed on the error output."""

    seed: int
    name: str
    status: int
    seconds: float
    megabytes: int
    told: str

    @property
    def fault(self) -> str:
        """What it did that it never may; "" where nothing."""
        if self.seconds > SECONDS:
            return f"took {self.seconds:.1f} s"
        if self.status == WAITED:
            return "waited for what never came"
        if self.status not in {0, 2}:
            return f"ended with status {self.status}: {self.told[-300:]}"
        if "Traceback" in self.told:
            return "printed a traceback"
        if self.status == 2 and not self.told.strip():
            return "was refused without a sentence"
        return f"took {self.megabytes} MB" if self.megabytes > MEGABYTES else ""


def starts() -> list[Start]:
    """Plans as text, page, saved page, PDF and JSON; a minute and a transcript; tables with numbers."""
    plan, axis = invented_plan(), invented_axes()[0]
    spoken = [f"ANNA: Più treni la sera, n. {n}." for n in range(20)]
    said = "".join(f"<text:p>{line}</text:p>" for line in spoken)
    paragraphs = "".join(f"<w:p><w:r><w:t>Presenti: Anna Verdi, n. {n}</w:t></w:r></w:p>" for n in range(20))
    rows: list[list[str | int]] = [[f"Comune {n}", f"1.{n:03d}", n * 7] for n in range(40)]
    sheets = [SheetToWrite("Foglio", ["comune", "abitanti", "reddito"], rows)]
    documents = {
        "plan.txt": Printer().print(plan).encode(),
        "axis.txt": adopted_text(axis).encode(),
        "axis.html": adopted_page(axis).encode(),
        "plan.json": plan.to_json().encode(),
        "plan.pdf": typst.compile(as_typst(plan, columns=1).encode()),
    }
    written = {"a.csv": "csv", "b.csv": "csv-semicolon", "c.xlsx": "xlsx", "d.ods": "ods"}
    return [
        *(Start(name, ("extract",), content, OF_DOCUMENTS) for name, content in documents.items()),
        Start("plan.txt", ("layout",), documents["plan.txt"], OF_DOCUMENTS),
        Start("minute.docx", ("minutes",), docx(paragraphs), OF_DOCUMENTS),
        Start("talk.odt", ("transcript",), odt(said), OF_DOCUMENTS),
        Start("talk.txt", ("transcript",), "\n".join(spoken).encode(), OF_DOCUMENTS),
        *(
            Start(name, ("inequality", "--value", "reddito"), write_table(sheets, kind), WAYS)  # type: ignore[arg-type]
            for name, kind in written.items()
        ),
    ]


def spoiled(seed: int, among: list[Start]) -> tuple[Start, bytes]:
    """A start and what becomes of it, always the same for the same seed."""
    chance = random.Random(seed)
    start = chance.choice(among)
    return start, chance.choice(start.ways)(start.content, chance)


def spoil_and_read(seed: int, among: list[Start], folder: Path) -> Outcome:
    """Spoil one file as `seed` says and read it in a process of its own.

    The spoiled file is not kept: what this process holds counts as the next child's too.
    """
    start, content = spoiled(seed, among)
    path, told = folder / start.name, folder / "told"
    path.write_bytes(content)
    del content
    child = os.fork()
    if child == 0:
        _read(start, path, told)
    status, usage = _wait(child)
    return Outcome(
        seed,
        f"{start.command[0]} {start.name}",
        status,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss // 1_024,
        told.read_text(encoding="utf-8", errors="replace")[-2_000:],
    )


def _read(start: Start, path: Path, told: Path) -> None:
    """The child: run the command and leave, whatever happens, without what the parent would do at its end."""
    status = 1
    # The system ends what goes on for ever; by the processor's time, as the machine may be busy with others.
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS) + 2, int(SECONDS) + 2))
    try:
        sys.stdout = io.StringIO()
        sys.stderr = told.open("w", encoding="utf-8")
        try:
            status = run_analyst(start.command[0], [str(path), *start.command[1:]])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except BaseException:
            import traceback

            traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _wait(child: int) -> tuple[int, "resource.struct_rusage"]:
    """The status of the child and what it used; one that stands still is ended, and its status is WAITED."""
    used, since = -1.0, time.monotonic()
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status), usage
        if time.monotonic() - since > STILL:
            now = _processor_time(child)
            if now <= used:
                os.kill(child, signal.SIGKILL)
                return WAITED, os.wait4(child, 0)[2]
            used, since = now, time.monotonic()
        time.sleep(0.002)


def _processor_time(process: int) -> float:
    """Seconds of the processor that a living process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fuzz(count: int, seed: int = 0) -> list[Outcome]:
    """`count` spoiled files, the same ones for the same `seed`."""
    among = starts()
    for command in {start.command[0] for start in among}:
        __import__(f"aumenta.analyst.{command}")  # loaded once, not in every child
    with tempfile.TemporaryDirectory() as folder:
        return [spoil_and_read(seed + number, among, Path(folder)) for number in range(count)]


def main() -> int:
    """Exit status 1 where a file was read as none may be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="a folder for the files that went wrong")
    options = parser.parse_args()
    found = fuzz(options.count, options.seed)
    bad = [one for one in found if one.fault]
    for one in bad:
        print(f"seed {one.seed}, {one.name}: {one.fault}")
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            start, content = spoiled(one.seed, starts())
            (options.keep / f"{one.seed}-{start.name}").write_bytes(content)
    by_status = Counter((one.name, one.status) for one in found)
    for (name, status), number in sorted(by_status.items()):
        print(f"{number:6} {name}: status {status}")
    slowest, largest = max(found, key=lambda one: one.seconds), max(found, key=lambda one: one.megabytes)
    print(f"slowest: seed {slowest.seed}, {slowest.name}, {slowest.seconds:.2f} s of CPU")
    print(f"largest: seed {largest.seed}, {largest.name}, {largest.megabytes} MB, this process's own included")
    print(f"{len(found)} files, {len(bad)} of them read as none may be")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
