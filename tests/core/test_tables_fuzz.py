"""Three thousand spoiled tables: each is read, or refused with a sentence; none takes long, none fills the memory."""

import random
import resource
import time

import pytest

from aumenta.core.tables import SheetToWrite, TableError, read_table, write_table
from aumenta.core.tables.sentences import say_where
from tests.spoiled import WAYS
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
