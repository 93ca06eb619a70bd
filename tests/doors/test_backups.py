"""A backup is one file that only the private key opens; restored, it is what was there, without what was erased."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.checks import Error
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.config.backups import back_up as backing_up
from aumenta.config.backups import database
from aumenta.config.backups.archive import BackupError, Writer, read_archive
from aumenta.config.backups.back_up import back_up
from aumenta.config.backups.daily import back_up_daily, queue_backup
from aumenta.config.backups.identity import read_identity
from aumenta.config.backups.restore import restore
from aumenta.config.backups.unfinished import check_restore, folder_of_restore
from aumenta.mailing.kept_backups import BACKUP_JOB, backups_in, file_name, last_rehearsal, out_of_date
from aumenta.voices.models import Speaker
from aumenta.voices.talks.keep_talks import record_talk
from tests.cast import a_small_plan, somebody
from tests.elsewhere import all_files, all_rows, an_installation, elsewhere

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a test of its own"),
]
PAIR = pyrage.x25519.Identity.generate()
KEY, IDENTITY = str(PAIR.to_public()), str(PAIR)
NAME = "Zorana Scomparsa"
DAY = date(2026, 3, 1)


@pytest.fixture
def here(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    return an_installation(tmp_path, settings, monkeypatch)


def test_what_is_restored_is_what_was_there_and_only_the_private_key_opens_it(here: Path, settings: Any) -> None:
    talk = record_talk(
        person=somebody("editor"), facts={"edition": a_small_plan(), "kind": "interview", "title": "x", "held_on": DAY}
    )
    Speaker.objects.create(talk=talk, label="Voce 1", name=NAME, forget_on="2040-01-01")
    rows, uploads, secret = all_rows(), all_files(settings.MEDIA_ROOT), settings.SECRET_KEY
    done = back_up(folder=here / "backups", key=KEY)
    assert NAME.encode() not in done.file.read_bytes()
    assert done.file.parent.stat().st_mode & 0o777 == 0o700
    assert all_files(settings.DATA_FOLDER).keys() == {"media/pages/one.webp", "backup.lock"}, "nothing is left about"
    with pytest.raises(BackupError, match=r"(?i)no matching"):
        read_archive(done.file, str(pyrage.x25519.Identity.generate()), here / "other")
    with elsewhere(here / "there", SECRET_KEY="another-key-than-the-one-of-the-backup-" * 2):
        told = restore(file=done.file, identity=IDENTITY)
        assert Speaker.objects.get().name == NAME, "the key came along"
        assert all_rows() == rows
        assert all_files(here / "there" / "media") == uploads
        assert (here / "there" / "secret-key").read_text() == secret
        assert (here / "there" / "secret-key").stat().st_mode & 0o777 == 0o600
        assert check_restore() == []
        assert told.rows == sum(len(one) for one in rows.values())
        assert told.files == 1


def test_a_backup_is_one_moment_while_people_write_and_nobody_waits(here: Path, monkeypatch: Any) -> None:
    """Pairs are written together: half a pair in the backup would be two moments."""
    over, faults = threading.Event(), []
    file = connection.settings_dict["NAME"]
    with sqlite3.connect(file) as making:
        making.execute("CREATE TABLE pair (n INTEGER, side TEXT)")
        making.executemany("INSERT INTO pair VALUES (?, ?)", [(-n, "x" * 2000) for n in range(3000)])

    def write() -> None:
        own = sqlite3.connect(file, timeout=2)
        for n in range(1, 100_000):
            if over.wait(0.003):
                break
            try:
                own.executemany("INSERT INTO pair VALUES (?, ?)", [(n, "left"), (n, "right")])
                own.commit()
            except sqlite3.OperationalError as fault:
                faults.append(fault)
        own.close()

    writing = threading.Thread(target=write)
    writing.start()
    try:
        done = [back_up(folder=here / f"backups-{n}", key=KEY) for n in range(3)]
    finally:
        over.set()
        writing.join()
        with sqlite3.connect(file) as dropping:
            dropping.execute("DROP TABLE pair")
    assert not faults
    counts = []
    for n, one in enumerate(done):
        with elsewhere(here / f"there-{n}"):
            restore(file=one.file, identity=IDENTITY)
            with connection.cursor() as cursor:
                cursor.execute("SELECT n FROM pair WHERE n > 0 GROUP BY n HAVING count(*) <> 2")
                assert cursor.fetchall() == []
                cursor.execute("SELECT count(*) FROM pair")
                counts.append(cursor.fetchone()[0])
    assert counts == sorted(counts)
    assert counts[-1] > counts[0], "it was written meanwhile"


def test_an_upload_that_is_deleted_while_the_backup_runs_is_in_it_with_its_row(
    here: Path, settings: Any, monkeypatch: Any
) -> None:
    save = database.save

    def delete_after(folder: Path) -> database.Saved:
        saved = save(folder)
        (settings.MEDIA_ROOT / "pages" / "one.webp").unlink()
        return saved

    monkeypatch.setattr(database, "save", delete_after)
    done = back_up(folder=here / "backups", key=KEY)
    manifest = read_archive(done.file, IDENTITY, here / "read")
    assert "media/pages/one.webp" in manifest["files"]


def spoil(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file of a backup, damaged in every way a disk, a copy or a person damages it."""
    yield "empty", b""
    for part in (10, 1000, len(data) // 2, len(data) - 20, len(data) - 1):
        yield f"cut at {part}", data[:part]
    for place in (5, 300, len(data) // 2, len(data) - 3):
        yield f"changed at {place}", data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
    yield "longer", data + b"x"
    yield "text", b"Cara collega, ecco la copia.\n" * 50


def test_a_damaged_file_is_refused_and_what_was_empty_stays_empty_and_may_start(here: Path) -> None:
    done = back_up(folder=here / "backups", key=KEY)
    with elsewhere(here / "there"):
        for how, data in spoil(done.file.read_bytes()):
            (here / "damaged.age").write_bytes(data)
            with pytest.raises(BackupError):
                restore(file=here / "damaged.age", identity=IDENTITY)
            assert database.is_empty(), how
            assert check_restore() == [], how
            assert not (here / "there" / "media").exists(), how
        restore(file=done.file, identity=IDENTITY)


def test_a_restore_takes_the_place_of_nothing(here: Path) -> None:
    done = back_up(folder=here / "backups", key=KEY)
    before = all_rows()
    with pytest.raises(BackupError, match="tabelle"):
        restore(file=done.file, identity=IDENTITY)
    assert all_rows() == before
    with elsewhere(here / "there"):
        (here / "there" / "media").mkdir()
        (here / "there" / "media" / "kept.webp").write_bytes(b"x")
        with pytest.raises(BackupError):
            restore(file=done.file, identity=IDENTITY)
        assert (here / "there" / "media" / "kept.webp").exists()


def test_a_backup_of_a_later_version_or_another_database_is_refused(here: Path, monkeypatch: Any) -> None:
    manifest = backing_up._manifest
    for change, words in (
        ({"migrations": ["people.9999_later"], "version": "9.0.0"}, r"9\.0\.0"),
        ({"database": "postgresql"}, "postgresql"),
    ):
        monkeypatch.setattr(backing_up, "_manifest", lambda rows, change=change: {**manifest(rows), **change})
        done = back_up(folder=here / words[0], key=KEY)
        with elsewhere(here / f"there-{words[0]}"), pytest.raises(BackupError, match=words):
            restore(file=done.file, identity=IDENTITY)


def test_another_key_in_the_environment_is_refused_unless_it_is_said_to_be_newer(here: Path, monkeypatch: Any) -> None:
    done = back_up(folder=here / "backups", key=KEY)
    monkeypatch.setenv("AUMENTA_SECRET_KEY", "a-new-key-of-this-installation-1234567890")
    with elsewhere(here / "there"):
        with pytest.raises(BackupError, match="AUMENTA_SECRET_KEY"):
            restore(file=done.file, identity=IDENTITY)
        assert check_restore() == []


def test_an_unfinished_restore_stops_every_command_until_it_is_run_again(here: Path) -> None:
    done = back_up(folder=here / "backups", key=KEY)
    with elsewhere(here / "there"):
        folder_of_restore().mkdir()
        (found,) = check_restore()
        assert isinstance(found, Error)
        restore(file=done.file, identity=IDENTITY)
        assert check_restore() == []


def test_backups_go_when_they_are_older_than_is_said_and_the_newest_never(here: Path) -> None:
    folder, now = here / "kept", timezone.now()
    folder.mkdir()
    for days in (0, 5, 29, 31, 400):
        (folder / file_name(now - timedelta(days=days))).touch()
    (folder / "notes.txt").touch()
    assert [(now - one.at).days for one in backups_in(folder)] == [0, 5, 29, 31, 400]
    assert {file.name for file in out_of_date(folder, now, 30)} == {
        file_name(now - timedelta(days=days)) for days in (31, 400)
    }
    assert out_of_date(folder, now + timedelta(days=1000), 30) == [one.file for one in backups_in(folder)[1:]]


def test_the_night_writes_a_backup_where_the_settings_say_so_and_the_next_night_waits(
    here: Path, settings: Any
) -> None:
    settings.BACKUP_KEY = KEY
    back_up_daily.func()
    assert len(backups_in(here / "backups")) == 1
    assert queue_backup() is False, "one waits"
    (here / "a-file").touch()
    settings.BACKUPS = str(here / "a-file" / "below")
    with pytest.raises(OSError, match="a-file"):
        back_up_daily.func()
    assert DBTaskResult.objects.filter(task_path=BACKUP_JOB).count() == 1


def test_two_backups_at_once_are_one(here: Path, monkeypatch: Any) -> None:
    save = database.save

    def meanwhile(folder: Path) -> database.Saved:
        with pytest.raises(BackupError, match="under way"):
            back_up(folder=here / "second", key=KEY)
        return save(folder)

    monkeypatch.setattr(database, "save", meanwhile)
    back_up(folder=here / "backups", key=KEY)


def test_a_backup_that_can_not_be_written_leaves_nothing_that_looks_like_one(here: Path, monkeypatch: Any) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Writer, "add", full)
    with pytest.raises(OSError, match="No space"):
        back_up(folder=here / "backups", key=KEY)
    assert list((here / "backups").iterdir()) == []
    assert all_files(here / "here").keys() == {"media/pages/one.webp", "backup.lock"}


def test_the_commands_say_what_they_did_and_what_is_missing(here: Path, capsys: Any, monkeypatch: Any) -> None:
    key = here / "key.txt"
    call_command("backup_key", key)
    public = capsys.readouterr().out.strip().removeprefix("AUMENTA_BACKUP_KEY=")
    assert key.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):
        call_command("backup_key", key)
    for options in ({"key": public, "to": None}, {"key": "", "to": here / "b"}, {"key": "age1x", "to": here / "b"}):
        with pytest.raises(CommandError) as refused:
            call_command("backup", **options)
        assert refused.value.returncode == 2
    call_command("backup", to=here / "b", key=public)
    assert "MB" in capsys.readouterr().out
    (file,) = backups_in(here / "b")
    with elsewhere(here / "there"):
        call_command("restore", file.file, identity=key)
        assert "cancellazioni ripetute 0" in capsys.readouterr().out
    (here / "no-key").write_text("# nothing\n")
    for wrong in (here / "no-key", here / "not-there", file.file):
        with pytest.raises(BackupError):
            read_identity(wrong)


@pytest.mark.slow
def test_a_rehearsal_restores_the_newest_backup_elsewhere_and_notes_how_long_it_took(here: Path, capsys: Any) -> None:
    key = here / "key.txt"
    key.write_text(IDENTITY)
    folder = here / "backups"
    with pytest.raises(CommandError):
        call_command("rehearse_restore", folder=here, identity=key)
    done = back_up(folder=folder, key=KEY)
    call_command("rehearse_restore", folder=folder, identity=key)
    told = last_rehearsal(folder)
    assert told is not None
    assert (told.file, told.fault) == (done.file.name, "")
    assert told.seconds > 0
    done.file.write_bytes(done.file.read_bytes()[:-100])
    with pytest.raises(CommandError):
        call_command("rehearse_restore", folder=folder, identity=key)
    assert last_rehearsal(folder).fault
