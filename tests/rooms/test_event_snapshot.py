"""What a snapshot says is read back as it was written, and those that older releases wrote are read too."""

import json
from dataclasses import fields

import pytest

from aumenta.results.event_snapshot import (
    VERSION,
    AxisRow,
    ChoiceRow,
    EventSnapshot,
    KindRule,
    NewerSnapshotError,
    ObservationRow,
    PhotoRow,
    QuestionRow,
    SessionVotes,
    StrategyRow,
    TableRow,
    ThemeRow,
    VenueRow,
    ZoneRow,
)
from aumenta.results.take_snapshot import digest_of, take_snapshot
from tests.cast import somebody
from tests.events_cast import an_event


@pytest.fixture
def state() -> EventSnapshot:
    """One row of each kind, so that none can be forgotten on the way."""
    return EventSnapshot(
        event="Dalle strategie alle azioni",
        event_en="From strategies to actions",
        invented=True,
        people=7,
        venues=(VenueRow("Sede", "Ada Prova"),),
        tables=(TableRow(4, 1, "Sede", (1, 2), "Ada Prova", 7, 5, 1, False),),
        zones=(ZoneRow(1, "Una"), ZoneRow(2, "Due")),
        axes=(AxisRow(1, "Asse", "Axis"),),
        strategies=(StrategyRow("1.1", 1, "Strategia", ""),),
        questions=(QuestionRow("q1", "Come si applica?", "How does it apply?", "Qui", "Here"),),
        votes={"s1": SessionVotes("Prima", {"1.1": 5}, {1: {"1.1": 5}}, (ChoiceRow(1, (1, 2), ("1.1",), "Urge"),))},
        observations=(ObservationRow(9, 1, (1, 2), "Treni la sera", "1.1", "q1"),),
        not_published={2: 1},
        themes=(ThemeRow(3, "Treni", "treni", (9,), 1, (1, 2), 1, ((1, 2),), ("1.1",), (1,), ("one-off",)),),
        organisations={"": {"firm": 2}, "1": {"firm": 2}},
        words={1: (("treni", 6),)},
        photos=(PhotoRow(1, "tables/a.jpg", "Il manifesto"),),
        rule=KindRule(4, 4, 3),
    )


def test_no_kind_of_row_is_empty_here(state: EventSnapshot) -> None:
    assert all(getattr(state, one.name) for one in fields(state))


def test_what_was_written_is_read_back_whole(state: EventSnapshot) -> None:
    assert EventSnapshot.from_json(json.loads(json.dumps(state.as_json()))) == state
    assert state.as_json()["version"] == VERSION


@pytest.mark.django_db
def test_what_the_database_keeps_has_the_digest_that_was_told() -> None:
    taken = take_snapshot(person=somebody("approver"), event=an_event())
    taken.refresh_from_db()
    assert digest_of(taken.content) == taken.sha256 == digest_of(taken.read().as_json())


@pytest.mark.parametrize("lacking", [["words"], ["words", "axes"], ["words", "axes", "event_en"]])
def test_a_snapshot_from_before_there_was_a_version_is_lifted(state: EventSnapshot, lacking: list[str]) -> None:
    old = {name: value for name, value in state.as_json().items() if name not in {"version", *lacking}}
    read = EventSnapshot.from_json(old)
    assert (read.themes, read.votes, read.people) == (state.themes, state.votes, state.people)
    assert read.words == {}
    assert read.axes == (() if "axes" in lacking else state.axes)
    assert read.title("en") == state.title("it" if "event_en" in lacking else "en")


def test_a_snapshot_of_a_later_release_is_refused_and_not_half_read(state: EventSnapshot) -> None:
    with pytest.raises(NewerSnapshotError, match=str(VERSION + 1)):
        EventSnapshot.from_json({**state.as_json(), "version": VERSION + 1})


def test_one_state_has_one_digest_in_whatever_order_a_database_gives_it_back(state: EventSnapshot) -> None:
    content = state.as_json()
    assert digest_of(dict(reversed(content.items()))) == digest_of(content)
    assert digest_of({**content, "version": 0}) != digest_of(content)
