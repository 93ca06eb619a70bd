"""Plays backups and restores that are killed (kill −9) at random moments, and says what each leaves behind.

Run as a program of its own: `python -m tests.backups_killed FOLDER ROUNDS SEED`, in an environment whose AUMENTA_DATA
holds the installation that is backed up (SQLite). Prints one JSON line for each round.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import django

KILLED = 137


def main() -> None:
    """Play the rounds."""
    django.setup()
    import pyrage
    from django.conf import settings

    from aumenta.config.backups import back_up as backing_up
    from aumenta.config.backups.archive import read_archive
    from aumenta.config.backups.back_up import back_up
    from aumenta.config.backups.restore import restore
    from aumenta.mailing.kept_backups import Backup, backups_in, file_name
    from tests.elsewhere import all_files, elsewhere

    folder, rounds, invent = Path(sys.argv[1]), int(sys.argv[2]), random.Random(sys.argv[3])
    pair = pyrage.x25519.Identity.generate()
    key, identity = str(pair.to_public()), str(pair)
    first = back_up(folder=folder / "first", key=key)

    def again(place: Path) -> Callable[[], object]:
        def run() -> object:
            with elsewhere(place):
                return restore(file=first.file, identity=identity)

        return run

    whole = state_of(folder / "whole", again(folder / "whole"))
    assert whole["state"] == "whole", whole
    lasts = float(str(whole["seconds"]))
    for number in range(rounds):
        place = folder / f"there-{number}"
        found = state_of(place, again(place), kill_after=invent.uniform(0, 1.1 * lasts))
        at_last = state_of(place, again(place)) if found["state"] == "unfinished" else found
        shutil.rmtree(place, ignore_errors=True)
        equal = at_last.get("rows", whole["rows"]) == whole["rows"]
        tell({"what": "restore", **found, "then": at_last["state"], "equal": equal})
    backups = folder / "backups"
    begin = time.monotonic()
    back_up(folder=backups, key=key)
    lasts = time.monotonic() - begin
    later = 0

    def named_later(at: datetime) -> str:
        return file_name(at + timedelta(seconds=later))

    patch.object(backing_up, "file_name", named_later).start()
    read: set[tuple[Path, bytes]] = set()

    def is_readable(one: Backup) -> bool:
        """Read once: the same bytes stay as readable."""
        known = one.file, hashlib.sha256(one.file.read_bytes()).digest()
        if known not in read:
            shutil.rmtree(folder / "read", ignore_errors=True)
            read_archive(one.file, identity, folder / "read")
            read.add(known)
        return True

    for _number in range(rounds):
        later += 1  # backups are named by their second, and nobody waits for the next
        status = killed(lambda: back_up(folder=backups, key=key), invent.uniform(0, 1.1 * lasts))
        tell({"what": "backup", "status": status, "readable": sum(map(is_readable, backups_in(backups)))})
    later += 1
    back_up(folder=backups, key=key)
    left = [name for name in all_files(backups) if not name.endswith(".age")]
    staged = [str(one) for one in settings.DATA_FOLDER.glob("backup-staging*")]
    tell({"what": "after", "left": left + staged})


def tell(said: dict[str, object]) -> None:
    """One line for whoever started this."""
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()


def killed(run: Callable[[], object], after: float | None) -> int:
    """Run in a process of its own, killed after so many seconds; its exit status, 137 where it was killed."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if not child:
        try:
            run()
            os._exit(0)
        except BaseException as fault:
            sys.stderr.write(f"{fault!r}\n")
            os._exit(3)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    return KILLED if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def state_of(place: Path, run: Callable[[], object], kill_after: float | None = None) -> dict[str, object]:
    """What there is in `place` after `run`: nothing, a whole installation, or one that refuses to start."""
    from aumenta.config.backups import database
    from aumenta.config.backups.unfinished import check_restore
    from tests.elsewhere import all_files, elsewhere

    began = time.monotonic()
    status = killed(run, kill_after)
    seconds = time.monotonic() - began
    with elsewhere(place):
        if check_restore():
            return {"state": "unfinished", "status": status, "seconds": seconds}
        if database.is_empty():
            return {"state": "empty", "status": status, "seconds": seconds}
        rows = {name: count for name, count in database.count_rows().items() if name != "django_migrations"}
        kept = sum(rows.values())
        complete = len(all_files(place / "media")) > 0 and (place / "secret-key").exists()
        state = "whole" if complete else "half"
        return {"state": state, "status": status, "seconds": seconds, "rows": kept}


if __name__ == "__main__":
    main()
