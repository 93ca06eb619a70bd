"""Three thousand spoiled tables: each is read, or refused with a sentence; none takes long, none fills the memory."""

import io
import random
import resource
import time
import zipfile
from collections.abc import Callable

import pytest

from aumenta.core.tables import SheetToWrite, TableError, read_table, write_table
from aumenta.core.tables.sentences import say_where
from tests.tables_made import ods, row, xlsx

SEEDS = 3_000
SECONDS, MEGABYTES = 10, 300
HEADINGS = ("testo", "data", "zona")
ROWS = [(f"Più treni n. {number}; «la sera», così", f"{number % 28 + 1}/5/2026", number) for number in range(1, 40)]


def _starts() -> list[bytes]:
    sheets = [SheetToWrite("Foglio", HEADINGS, ROWS)]
    written = [write_table(sheets, "csv"), write_table(sheets, "csv-semicolon")]
    written += [write_table(sheets, "xlsx"), write_table(sheets, "ods")]
    made = xlsx(row(1, *HEADINGS) + row(2, '<c t="s"><v>0</v></c>', "<c><f>1</f></c>"), strings="<si><t>a</t></si>")
    text = written[0].decode("utf-8-sig")
    return [
        *written,
        made,
        ods("<table:table-row/>"),
        text.encode("cp1252"),
        text.encode("utf-16"),
        text.encode("utf-32"),
    ]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _time in range(chance.randint(1, 30)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(data)) for _end in range(2))
    return chance.choice([data[:end], data[start:], data[:start] + data[end:], data + data[start:end]])


SEEDS_SOWN = (b"\x00", b'"', b"\r", b"\n\n", b";;;;", b"\xff\xfe", b"\xe2\x80\xa8", b"<", b"&a;", b"\x1a", b"sep=|\n")


def _sown(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    seed = chance.choice(SEEDS_SOWN)
    return data[:place] + seed * chance.choice([1, 3, 1_000]) + data[place:]


def _inside(data: bytes, chance: random.Random) -> bytes:
    """A part of the archive spoiled and packed anew; of a text, its bytes."""
    if not data.startswith(b"PK"):
        return _sown(_flipped(data, chance), chance)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        spoiled = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            if name == spoiled and content:
                content = chance.choice([_flipped, _cut, _sown, _grown])(content, chance)
            if name != spoiled or chance.random() < 0.9:
                new.writestr(name, content)
    return file.getvalue()


def _grown(data: bytes, chance: random.Random) -> bytes:
    place = data.rfind(b"<", 0, chance.randrange(1, len(data) + 1))
    piece = data[max(place, 0) : max(place, 0) + chance.randint(1, 400)]
    return data[:place] + piece * chance.choice([2, 50, 20_000]) + data[place:]


WAYS: list[Callable[[bytes, random.Random], bytes]] = [_flipped, _cut, _sown, _inside, _inside]


@pytest.mark.slow
def test_a_spoiled_table_is_read_or_refused_with_a_sentence_within_its_bounds() -> None:
    starts = _starts()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes: dict[str, int] = {}
    slowest = 0.0
    for seed in range(SEEDS):
        chance = random.Random(seed)
        data = chance.choice(WAYS)(chance.choice(starts), chance)
        start = time.thread_time()
        try:
            outcome = f"read {read_table(data, HEADINGS).format}"
        except TableError as told:
            outcome = told.code if say_where(told.finding, str) else ""
        slowest = max(slowest, time.thread_time() - start)
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1_024
    assert "" not in outcomes
    assert slowest < SECONDS
    assert grown < MEGABYTES
    assert len(outcomes) > 8  # it met many kinds of faults, and tables that are still tables
