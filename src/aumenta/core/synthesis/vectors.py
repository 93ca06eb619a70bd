"""Vectors that are computed once: a text is encoded the first time it is met and looked up ever after."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from aumenta.core.synthesis.encoders import Encoder, Vectors

Role = Literal["contribution", "plan"]
Vector = NDArray[np.float32]

_BATCH = 256


class Cache(Protocol):
    """Where vectors are kept between one question and the next: memory, a file or a table."""

    def get_many(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        """The vectors that are known of those asked for."""

    def put_many(self, vectors: Mapping[str, Vector]) -> None:
        """Keep these."""


class MemoryCache:
    """Vectors kept as long as the process lives."""

    def __init__(self) -> None:
        self.kept: dict[str, Vector] = {}

    def get_many(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        """The vectors that are known of those asked for."""
        return {key: self.kept[key] for key in keys if key in self.kept}

    def put_many(self, vectors: Mapping[str, Vector]) -> None:
        """Keep these."""
        self.kept.update(vectors)


class FileCache(MemoryCache):
    """Vectors kept in one file beside the process; a file that cannot be read is begun anew."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        try:
            with np.load(path, allow_pickle=False) as stored:
                for name in {key.rsplit("/", 1)[0] for key in stored.files}:
                    self.kept.update(zip(stored[f"{name}/keys"], stored[f"{name}/rows"], strict=True))
        except (OSError, ValueError, KeyError, EOFError):
            self.kept = {}
        self.kept = {str(key): row for key, row in self.kept.items()}

    def put_many(self, vectors: Mapping[str, Vector]) -> None:
        """Keep these, in the file too: written beside it and then put in its place, so it is never half written."""
        super().put_many(vectors)
        by_size: dict[int, list[str]] = {}
        for key, row in self.kept.items():
            by_size.setdefault(len(row), []).append(key)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = self.path.with_suffix(f".{os.getpid()}.npz")
        arrays: dict[str, NDArray[np.generic]] = {}
        for size, keys in by_size.items():
            arrays[f"{size}/keys"] = np.array(keys)
            arrays[f"{size}/rows"] = np.stack([self.kept[key] for key in keys])
        with new.open("wb") as stream:
            np.savez(stream, **arrays)  # type: ignore[arg-type]
        new.replace(self.path)


def key_of(text: str, role: Role, encoder: Encoder) -> str:
    """The key of a vector: encoder, version, role and the hash of the text."""
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:40]
    return f"{encoder.name}:{encoder.version}:{role}:{digest}"


def vectors_of(texts: Sequence[str], role: Role, encoder: Encoder, cache: Cache | None = None) -> Vectors:
    """One row per text; equal texts are encoded once, known ones not at all. No texts: an array of no rows."""
    if not texts:
        return np.zeros((0, 1), dtype=np.float32)
    store = cache if cache is not None else MemoryCache()
    keys = [key_of(text, role, encoder) for text in texts]
    wanted = dict(zip(keys, texts, strict=True))
    known = dict(store.get_many(wanted))
    # Texts of like length together: a batch costs what its longest text costs.
    missing = sorted((key for key in wanted if key not in known), key=lambda key: len(wanted[key]))
    if missing:
        encode = encoder.contributions if role == "contribution" else encoder.plan_texts
        fresh: dict[str, Vector] = {}
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            fresh.update(zip(batch, encode([wanted[key] for key in batch]), strict=True))
        store.put_many(fresh)
        known.update(fresh)
    return cast(Vectors, np.stack([known[key] for key in keys]).astype(np.float32, copy=False))
