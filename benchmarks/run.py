"""Run every benchmark of this folder, one after the other, each in a process of its own: `make bench`."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> int:
    """Exit status 1 where a benchmark could not run; figures are printed, never judged."""
    failed = []
    for path in sorted(FOLDER.glob("bench_*.py")):
        print(f"\n== {path.stem}", flush=True)
        module = f"benchmarks.{path.stem}"
        if subprocess.run([sys.executable, "-m", module], cwd=FOLDER.parent, check=False).returncode:
            failed.append(path.stem)
    if failed:
        print(f"\nCould not run: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
