"""What is derived from entries of a table: counted once by two readers, taken back where they are, of one event."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from PIL import Image

from aumenta.core.tablelog.encrypted_export import encrypt
from aumenta.core.tablelog.operation import Operation
from aumenta.events.models import Event, StickerCount, Table, TableSummary
from aumenta.events.tables.append_operations import MOST_DRIFT, append_operations
from aumenta.events.tables.import_file import import_file
from aumenta.events.tables.keep_photo import photo_anew
from aumenta.events.tables.project_log import project_log
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.events_cast import a_small_event, an_event, table

pytestmark = pytest.mark.django_db


def arrive(at: Table, verb: str, what: str, key: str, value: int | None, clock: int = 1) -> None:
    """An entry of a device at the table has come to the centre."""
    entry = Operation(str(uuid4()), str(at.public_id), str(uuid4()), clock, verb, what, key, value)
    assert append_operations(table=at, records=[entry.as_json()]).kept == [entry.id]


def test_a_clock_that_ran_away_is_refused_and_the_next_entry_of_the_table_still_arrives() -> None:
    at = table(an_event())
    arrive(at, "add", "stickers", "s1/1.1", 3)
    far = Operation(str(uuid4()), str(at.public_id), str(uuid4()), 2 + MOST_DRIFT, "add", "stickers", "s1/1.1", 1)
    (refused,) = append_operations(table=at, records=[far.as_json()]).refused
    assert (refused.code, refused.field) == ("out-of-range", "clock")
    arrive(at, "add", "stickers", "s1/1.1", 1, clock=1 + MOST_DRIFT)


def test_two_readers_who_look_at_the_same_new_entries_count_them_once() -> None:
    event = an_event()
    arrive(table(event), "add", "stickers", "s1/1.1", 3)
    overtaken = []

    def another_reader(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """Has worked everything in between this one's look and its writing."""
        if sql.startswith("UPDATE") and "projected_up_to" in sql and not overtaken:
            overtaken.append(True)
            project_log(Event.objects.get(pk=event.pk))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another_reader):
        project_log(event)
    assert overtaken
    assert StickerCount.objects.get(table__event=event).count == 3


def test_a_head_count_that_was_taken_back_is_gone_from_the_tables_line() -> None:
    event = an_event()
    for clock, said in enumerate((12, None), 1):
        arrive(table(event), "set", "headcount", "", said, clock)
        project_log(event)
        assert TableSummary.objects.get(table=table(event)).headcount == said


def test_the_file_of_a_table_of_another_event_is_refused() -> None:
    other = table(a_small_event("altro"))
    content = encrypt([], str(other.public_id), bytes(other.export_key))
    with pytest.raises(RefusedError, match="file_of_other_event"):
        import_file(person=somebody("administrator"), event=a_small_event("questo"), content=content)


def test_a_photo_made_anew_says_nothing_of_where_and_by_what_it_was_taken() -> None:
    exif, file = Image.Exif(), BytesIO()
    exif[0x010F] = "Macchina di Ada"
    exif.get_ifd(0x8825)[1] = "N"
    Image.effect_noise((60, 40), 40).convert("RGB").save(file, "JPEG", exif=exif)
    made = photo_anew(file.getvalue())
    assert b"Macchina" not in made
    assert not Image.open(BytesIO(made)).getexif()
