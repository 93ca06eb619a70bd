"""The file of a backup: a tar, encrypted to a public key (age), that says at its end what is in it.

Any `age -d` opens it, and any `tar` unpacks what comes out. `manifest.json` is the last member and names every
other with its SHA-256: a file without it was never finished.
"""

import hashlib
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import pyrage

MANIFEST: Final = "manifest.json"
_PIECE: Final = 1024 * 1024
Manifest = dict[str, Any]


class BackupError(Exception):
    """A backup can't be written or read; the message says why, and is shown."""


class Writer:
    """Adds files to a tar and notes the digest of each."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.digests: dict[str, str] = {}

    def add(self, name: str, file: Path) -> None:
        """Add the content of `file` as `name`."""
        with file.open("rb") as content:
            self._add(name, os.fstat(content.fileno()).st_size, content)

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add these bytes as `name`."""
        self._add(name, len(content), io.BytesIO(content))

    def _add(self, name: str, size: int, content: IO[bytes]) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        reading = _Digesting(content)
        self._tar.addfile(entry, reading)
        self.digests[name] = reading.digest.hexdigest()


class _Digesting:
    """Reads, and digests what it reads."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._content.read(size)
        self.digest.update(data)
        return data


def write_archive(file: Path, key: str, manifest: Manifest, fill: Callable[[Writer], None]) -> None:
    """Write `file` whole, or not at all: encrypted to `key`, filled by `fill`, with the manifest at its end."""
    unfinished = file.with_name(f"{file.name}.part")
    failed: list[BaseException] = []
    reader, writer = os.pipe()

    def produce() -> None:
        try:
            with os.fdopen(writer, "wb") as out, tarfile.open(fileobj=out, mode="w|", bufsize=_PIECE) as tar:
                parts = Writer(tar)
                fill(parts)
                whole = {**manifest, "files": parts.digests}
                parts.add_bytes(MANIFEST, json.dumps(whole, indent=1).encode())
        except BaseException as fault:
            failed.append(fault)

    try:
        with unfinished.open("wb") as out, os.fdopen(reader, "rb", buffering=_PIECE) as content:
            thread = threading.Thread(target=produce, name="backup")
            thread.start()
            try:
                pyrage.encrypt_io(content, out, [pyrage.x25519.Recipient.from_str(key)])
            finally:
                content.close()
                thread.join()
            if failed:
                raise failed[0]
            out.flush()
            os.fsync(out.fileno())
        unfinished.replace(file)
        sync_folder(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def read_archive(file: Path, identity: str, folder: Path) -> Manifest:
    """Unpack a backup into `folder`, hold every file to its digest, and return the manifest; raises BackupError."""
    failed: list[BaseException] = []
    reader, writer = os.pipe()

    def decrypt() -> None:
        try:
            with os.fdopen(writer, "wb") as out, file.open("rb") as content:
                pyrage.decrypt_io(content, out, [pyrage.x25519.Identity.from_str(identity)])
        except BaseException as fault:
            failed.append(fault)

    thread = threading.Thread(target=decrypt, name="restore")
    thread.start()
    found: dict[str, str] = {}
    damaged: Exception | None = None
    try:
        with (
            os.fdopen(reader, "rb", buffering=_PIECE) as content,
            tarfile.open(fileobj=content, mode="r|", bufsize=_PIECE) as tar,
        ):
            found = dict(_unpacked(tar, folder))
    except (tarfile.TarError, OSError, ValueError) as fault:
        damaged = fault
    finally:
        thread.join()
    if failed and not isinstance(failed[0], BrokenPipeError):
        raise BackupError(f"{file.name}: {failed[0]}") from failed[0]
    if damaged:
        raise BackupError(f"{file.name}: {damaged}") from damaged
    return _held_to_manifest(file, folder, found)


def _unpacked(tar: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, str]]:
    """Write each member below `folder`; name and digest of each."""
    for entry in tar:
        path = PurePosixPath(entry.name)
        if not entry.isreg() or path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{entry.name!r} is no file of a backup")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        content, digest = tar.extractfile(entry), hashlib.sha256()
        assert content is not None
        with target.open("wb") as out:
            while piece := content.read(_PIECE):
                digest.update(piece)
                out.write(piece)
            os.fsync(out.fileno())
        yield entry.name, digest.hexdigest()


def _held_to_manifest(file: Path, folder: Path, found: dict[str, str]) -> Manifest:
    if MANIFEST not in found:
        raise BackupError(f"{file.name}: not whole, its list of contents is missing")
    manifest: Manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    found.pop(MANIFEST)
    if found != manifest["files"]:
        wrong = sorted(set(found.items()) ^ set(manifest["files"].items()))
        raise BackupError(f"{file.name}: {wrong[0][0]} is not what was written")
    return manifest


def sync_folder(folder: Path) -> None:
    """See to it that names in this folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
