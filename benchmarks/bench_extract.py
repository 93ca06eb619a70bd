"""What `aumenta extract` costs on the whole plan: the console command as a process of its own, text and PDF.

The bar is 1 s and 200 MB. CPU time is user and system time of the process, so that other work on the machine matters
little; memory is its largest resident size, as the system counts it.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.machine import SOURCES, machine

COMMAND = Path(sys.executable).with_name("aumenta")
RUNS = 5


def measure(path: Path, *words: str) -> tuple[float, float, float]:
    """Best wall time and CPU time in seconds of a few runs, and the largest memory in MB."""
    walls, cpus, memories = [], [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen([COMMAND, "extract", path, "--json", *words], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.perf_counter() - start)
        if status:
            raise SystemExit(f"aumenta extract {path} ended with status {os.waitstatus_to_exitcode(status)}")
        cpus.append(usage.ru_utime + usage.ru_stime)
        memories.append(usage.ru_maxrss / 1024)
    return min(walls), min(cpus), max(memories)


def print_pdf(text_path: Path, pdf_path: Path) -> None:
    """The same text as a PDF, line by line."""
    import typst  # only in the process that prints: a child's memory is counted from its parent's

    text = text_path.read_text(encoding="utf-8")
    source = ["#set page(width: 30cm, height: 29.7cm, margin: 1.5cm)", "#set text(9pt)", "#set par(spacing: 0.65em)"]
    for line in text.split("\n"):
        words = json.dumps(line.strip(), ensure_ascii=False)
        source.append(f"#par[#box[#{words}]]" if line.strip() else "#v(1em)")
    pdf_path.write_bytes(typst.compile("\n".join(source).encode()))


def main() -> None:
    """Print the figures."""
    print(machine())
    path = next(iter(SOURCES.glob("004_*.txt")), None)
    if path is None:
        print("The published plan is not beside the repository: nothing to measure.")
        return
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "plan.pdf"
        printing = multiprocessing.get_context("spawn").Process(target=print_pdf, args=(path, pdf))
        printing.start()
        printing.join()
        for name, document in (("text", path), ("PDF", pdf)):
            wall, cpu, memory = measure(document)
            size = document.stat().st_size / 1e6
            print(f"{name:5} {size:4.1f} MB: {wall:.2f} s, {cpu:.2f} s of CPU, {memory:.0f} MB (bar: 1 s, 200 MB)")


if __name__ == "__main__":
    main()
