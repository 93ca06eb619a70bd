"""The rows that people read always say what the tables' log says, in however many pieces it was worked in."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.tablelog.operation import Operation
from aumenta.core.tablelog.state import read_table
from aumenta.events.models import Event, StickerCount, Table, TableOperation, TableSummary
from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.project_log import project_log, rebuild_projection
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db

ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "table": st.integers(1, 2),
            "strategy": st.sampled_from(["1.1", "1.2", "2.1"]),
            "by_hand": st.booleans(),
            "value": st.integers(1, 9),
            # Of the entries on the same strategy, those which a total typed by hand has in front of it.
            "sees": st.integers(0, 2**12 - 1),
            "at_once": st.booleans(),
        }
    ),
    max_size=12,
)


def records(entries: list[dict], tables: dict[int, Table]) -> list[tuple[Table, Operation]]:
    made: list[tuple[Table, Operation]] = []
    for number, entry in enumerate(entries):
        at, key = tables[entry["table"]], f"s1/{entry['strategy']}"
        before = [o.id for t, o in made if t == at and o.key == key]
        operation = Operation(
            id=str(uuid4()),
            table=str(at.public_id),
            device=str(uuid4()),
            clock=number + 1,
            verb="set" if entry["by_hand"] else "add",
            what="stickers",
            key=key,
            value=entry["value"],
            over=tuple(one for bit, one in enumerate(before) if entry["by_hand"] and entry["sees"] >> bit & 1),
        )
        made.append((at, operation))
    return made


def counts() -> set[tuple[int, str, int, tuple]]:
    rows = StickerCount.objects.values_list("table_id", "strategy_code", "count", "others")
    return {(table, strategy, count, tuple(others)) for table, strategy, count, others in rows}


def what_the_log_says(event: Event) -> set[tuple[int, str, int, tuple]]:
    said = set()
    for at in event.tables.all():
        log = [operation for _, _, operation in TableOperation.objects.filter(table=at).as_operations()]
        said |= {(at.pk, one.strategy, one.count, tuple(one.others)) for one in read_table(log).stickers}
    return said


def test_totals_worked_in_piece_by_piece_in_any_order_are_those_of_the_whole_log():
    event = an_event(strategies=6)
    tables = {1: table(event, 1), 2: table(event, 2)}

    @given(entries=ENTRIES, shuffle=st.randoms(use_true_random=False))
    @settings(max_examples=60, deadline=None)
    def whatever_comes(entries, shuffle):
        with transaction.atomic():
            made = records(entries, tables)
            pieces = [entry["at_once"] for entry in entries]
            shuffle.shuffle(made)
            for (at, operation), at_once in zip(made, pieces, strict=True):
                kept = append_operations(table=at, records=[operation.as_json()])
                assert kept.kept == [operation.id]
                if not at_once:
                    project_log(event)
                    assert counts() == what_the_log_says(event)
            project_log(event)
            assert counts() == what_the_log_says(event)
            summaries = set(TableSummary.objects.values_list("table", "operations", "last_operation_at"))
            assert sum(operations for _, operations, _ in summaries) == len(made)
            rebuild_projection(event)
            assert counts() == what_the_log_says(event)
            assert set(TableSummary.objects.values_list("table", "operations", "last_operation_at")) == summaries
            transaction.set_rollback(True)

    whatever_comes()


def test_a_look_takes_as_many_queries_for_forty_new_entries_as_for_four():
    event = an_event(strategies=6)
    tables = {1: table(event, 1), 2: table(event, 2)}
    entry = {"strategy": "1.1", "by_hand": False, "value": 1, "sees": 0}

    def queries_for(how_many: int) -> int:
        for at, operation in records([{**entry, "table": n % 2 + 1} for n in range(how_many)], tables):
            append_operations(table=at, records=[operation.as_json()])
        with CaptureQueriesContext(connection) as asked:
            project_log(event)
        return len(asked)

    assert queries_for(40) == queries_for(4)
    assert StickerCount.objects.get(table=tables[1]).count == 22
