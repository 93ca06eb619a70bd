"""Run every test: the rooms on PostgreSQL first where a server is named, then everything on SQLite.

AUMENTA_TEST_POSTGRES holds the address of a PostgreSQL 15 server, such as postgres://user:password@localhost/name.
The last lines are the test runner's own summary. Hypothesis draws new examples each time, from the seed that is printed
first: AUMENTA_TEST_SEED draws the same again. Where a failure would stop everybody (CI=true) the seed is always the
same; a nightly run names another one.
"""

import os
import secrets
import subprocess
import sys
from pathlib import Path

FIXED = "20261129" if os.environ.get("CI") == "true" else ""
SEED = os.environ.get("AUMENTA_TEST_SEED") or FIXED or str(secrets.randbelow(2**32))
PYTEST = [str(Path(sys.executable).parent / "pytest"), "-q", f"--hypothesis-seed={SEED}"]
MAKE_DATABASE = [sys.executable, "-m", "tests.database"]
# Neighbours stay together, so that what a file's tests share is made once; who is done first takes from the others.
WORKERS = ["-n", os.environ.get("AUMENTA_TEST_WORKERS", "2"), "--dist", "worksteal"]


def main() -> int:
    """Exit status of the first run that fails, 0 where all pass."""
    print(f"Hypothesis draws from seed {SEED}; again with AUMENTA_TEST_SEED={SEED} make test", flush=True)
    postgres = os.environ.get("AUMENTA_TEST_POSTGRES")
    # The migrated databases that all tests copy are made while the tests are still being collected.
    subprocess.Popen(MAKE_DATABASE)
    if postgres:
        environment = {**os.environ, "AUMENTA_DATABASE_URL": postgres}
        subprocess.Popen(MAKE_DATABASE, env=environment)
        # The races choose their databases themselves: the run that follows has them on both.
        rooms = ["tests/rooms", "--ignore=tests/rooms/test_review_race.py"]
        status = subprocess.run([*PYTEST, *WORKERS, *rooms], env=environment, check=False).returncode
        if status:
            return status
    return subprocess.run([*PYTEST, *WORKERS, *sys.argv[1:]], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
