"""Spoiling of files: bytes, cuts, seeds, a part of an archive, an encoding; always the same for the same chance."""

import io
import random
import zipfile
from collections.abc import Callable


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Up to thirty bytes are others."""
    spoiled = bytearray(data)
    for _time in range(chance.randint(1, 30)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def cut(data: bytes, chance: random.Random) -> bytes:
    """A piece is gone, or comes twice."""
    start, end = sorted(chance.randrange(len(data)) for _end in range(2))
    return chance.choice([data[:end], data[start:], data[:start] + data[end:], data + data[start:end]])


SEEDS = (b"\x00", b'"', b"\r", b"\n\n", b";;;;", b"\xff\xfe", b"\xe2\x80\xa8", b"<", b"&a;", b"\x1a", b"sep=|\n")


def sown(data: bytes, chance: random.Random, seeds: tuple[bytes, ...] = SEEDS) -> bytes:
    """Something odd stands somewhere, once or a thousand times."""
    place = chance.randrange(len(data))
    seed = chance.choice(seeds)
    return data[:place] + seed * chance.choice([1, 3, 1_000]) + data[place:]


def inside(data: bytes, chance: random.Random) -> bytes:
    """A part of the archive spoiled and packed anew; of a text, its bytes."""
    if not data.startswith(b"PK"):
        return sown(flipped(data, chance), chance)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        spoiled = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == spoiled and content:
                content = chance.choice([flipped, cut, sown, grown])(content, chance)
            if name != spoiled or chance.random() < 0.9:
                new.writestr(name, content)
    return file.getvalue()


def grown(data: bytes, chance: random.Random) -> bytes:
    """A piece of markup comes again, up to twenty thousand times."""
    place = data.rfind(b"<", 0, chance.randrange(1, len(data) + 1))
    piece = data[max(place, 0) : max(place, 0) + chance.randint(1, 400)]
    return data[:place] + piece * chance.choice([2, 50, 20_000]) + data[place:]


SIGNS = (
    b"\xc2\xad",
    b"\xef\xac\x81",
    b"\xc2\xa0",
    b"\xe2\x80\x8b",
    b"\xcc\x81",
    b"\x0c",
    b"<div>",
    b"<!--",
    b"{",
    b"1.1.1 ",
)
ENCODINGS = ("cp1252", "utf-16", "utf-32", "utf-16-be", "mac_roman", "utf-7", "cp850")


def in_another_encoding(data: bytes, chance: random.Random) -> bytes:
    """The text written otherwise, sometimes under the mark of still another encoding; an archive is flipped instead."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return flipped(data, chance)
    mark = chance.choice([b"", b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
    return mark + text.encode(chance.choice(ENCODINGS), "replace")


WAYS: list[Callable[[bytes, random.Random], bytes]] = [flipped, cut, sown, inside, inside]
"""How a table is spoiled."""
OF_DOCUMENTS: list[Callable[[bytes, random.Random], bytes]] = [
    *WAYS,
    grown,
    in_another_encoding,
    lambda data, chance: sown(data, chance, SIGNS),
]
"""How a document is spoiled."""
