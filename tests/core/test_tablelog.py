"""What a table's operations say: registers, whole tables, totals, choices, sealed files, and the browser's twin."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.core.tablelog.control import control_total, shortlist
from aumenta.core.tablelog.encrypted_export import BadFileError, decrypt, encrypt, file_table
from aumenta.core.tablelog.operation import BadOperationError, Operation, read_operation
from aumenta.core.tablelog.register import read_register
from aumenta.core.tablelog.replica import Replica
from aumenta.core.tablelog.state import read_table
from tests.core.tablelog_simulation import Event, Weather

HERE = Path(__file__).parent
BROWSER_TWIN = HERE.parents[1] / "frontend/js/console/tablelog.js"
NOTES = "6d1f2f9e-6f5c-4a55-9d9e-1f6a3c0f0a01"


def bad_morning(seed: int, devices: int = 3, turns: int = 12) -> list[Operation]:
    event = Event(seed=seed, devices=devices, tables=1, turns=turns, weather=Weather(0.3, 0.3, 0.3, 0.2, 0.1, 1))
    event.play()
    return event.centre.log


def two_devices() -> tuple[Replica, Replica]:
    identifier = Event(seed=9, devices=0, tables=1, turns=0, weather=Weather(0, 0, 0, 0, 0, 0)).identifier
    table = identifier()
    return tuple(Replica(table=table, device=identifier(), new_id=identifier) for _ in range(2))  # type: ignore[return-value]


def meet(*replicas: Replica) -> None:
    everything = [operation for replica in replicas for operation in replica.operations.values()]
    for replica in replicas:
        replica.learn(everything, 0)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), shuffle=st.randoms(use_true_random=False))
def test_the_state_depends_on_the_set_of_operations_and_on_nothing_else(seed, shuffle):
    operations = bad_morning(seed)
    expected = read_table(operations)
    mixed = operations + shuffle.sample(operations, len(operations) // 2)
    shuffle.shuffle(mixed)
    assert read_table(mixed) == expected


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_no_observation_is_ever_missing_and_no_count_is_ever_negative(seed):
    operations = bad_morning(seed)
    for part in range(0, len(operations), 7):
        state = read_table(operations[:part])
        assert {o.id for o in state.observations} == {o.key for o in operations[:part] if o.what == "text"}
        assert all(s.count >= 0 for s in state.stickers)


def test_taps_made_on_two_devices_that_cannot_see_each_other_all_count():
    one, two = two_devices()
    one.add("stickers", "s1/2.2", 3)
    two.add("stickers", "s1/2.2", 4)
    meet(one, two)
    assert read_table(one.operations.values()).stickers_in("s1") == {"2.2": 7}


def test_the_same_count_typed_on_two_devices_is_not_doubled_and_a_different_one_is_shown_as_disputed():
    one, two = two_devices()
    one.set("stickers", "s1/2.2", 7)
    two.set("stickers", "s1/2.2", 7)
    two.set("stickers", "s1/1.1", 5)
    one.set("stickers", "s1/1.1", 4)
    meet(one, two)
    first, second = read_table(two.operations.values()).stickers
    assert (second.strategy, second.count, second.others) == ("2.2", 7, ())
    assert {first.count, *first.others} == {4, 5}


def test_a_recount_replaces_what_its_author_saw_and_keeps_what_came_meanwhile():
    one, two = two_devices()
    one.add("stickers", "s1/2.2", 3)
    meet(one, two)
    one.set("stickers", "s1/2.2", 10, reason="counted again")
    two.add("stickers", "s1/2.2", 2)
    meet(one, two)
    assert read_table(one.operations.values()).stickers_in("s1") == {"2.2": 12}
    two.set("stickers", "s1/2.2", 11)
    meet(one, two)
    assert read_table(one.operations.values()).stickers_in("s1") == {"2.2": 11}


def test_a_thought_edited_on_two_devices_keeps_both_texts_until_somebody_settles_it():
    one, two = two_devices()
    one.set("text", NOTES, "More trains")
    meet(one, two)
    one.set("text", NOTES, "More trains in the evening")
    two.set("text", NOTES, "More trains on Sundays")
    meet(one, two)
    (said,) = read_table(one.operations.values()).observations
    assert {said.text, *said.other_texts} == {"More trains in the evening", "More trains on Sundays"}
    assert said.versions == 3
    two.set("text", NOTES, "More trains in the evening and on Sundays")
    meet(one, two)
    (said,) = read_table(one.operations.values()).observations
    assert (said.text, said.other_texts) == ("More trains in the evening and on Sundays", ())


@pytest.mark.parametrize("what", ["private", "withdrawn"])
def test_when_one_device_says_private_or_withdrawn_and_another_says_not_the_careful_answer_wins(what):
    one, two = two_devices()
    one.set("text", NOTES, "About my neighbour")
    meet(one, two)
    one.set(what, NOTES, True)
    two.set(what, NOTES, False)
    meet(one, two)
    assert getattr(read_table(one.operations.values()).observations[0], what) is True
    one.set(what, NOTES, False)
    assert getattr(read_table(one.operations.values()).observations[0], what) is False


def test_a_record_that_claims_to_replace_its_own_future_cannot_make_a_register_vanish():
    one, _ = two_devices()
    first = one.set("headcount", "", 9)
    second = one.set("headcount", "", 10)
    twisted = Operation(**{**first.as_json(), "over": (first.id, second.id)})
    assert read_register([twisted, second]).value == 10


def test_the_head_count_wins_over_check_ins_until_it_is_cleared():
    one, _ = two_devices()
    one.set("check-in", "B1", True)
    one.set("check-in", "B2", True)
    one.set("check-in", "B2", False)
    assert read_table(one.operations.values()).present == 1
    one.set("headcount", "", 12)
    assert read_table(one.operations.values()).present == 12
    one.set("headcount", "", None)
    assert read_table(one.operations.values()).present == 1


def good_record(**changes):
    one, _ = two_devices()
    return {**one.set("text", NOTES, "More trains").as_json(), **changes}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"id": "not-one"}, "not-an-identifier", "id"),
        ({"table": 4}, "not-an-identifier", "table"),
        ({"clock": 0}, "out-of-range", "clock"),
        ({"clock": 2**60}, "out-of-range", "clock"),
        ({"clock": True}, "not-a-whole-number", "clock"),
        ({"verb": "remove"}, "unknown", "verb"),
        ({"verb": "add"}, "cannot-be-added", "what"),
        ({"what": "votes"}, "unknown", "what"),
        ({"key": "1.1"}, "not-an-identifier", "key"),
        ({"value": "  "}, "empty", "value"),
        ({"value": "x" * 2001}, "too-long", "value"),
        ({"value": "a\x00b"}, "not-text", "value"),
        ({"value": "\ud800"}, "not-text", "value"),
        ({"value": 7}, "not-text", "value"),
        ({"what": "stickers", "key": "2.2", "value": 3}, "not-a-code", "key"),
        ({"what": "stickers", "key": "s1/2.2", "value": -1}, "out-of-range", "value"),
        ({"what": "stickers", "key": "s1/2.2/x", "value": 1}, "not-a-code", "key"),
        (
            {"what": "choice", "key": "s1", "value": {"strategies": ["1.1", "1.1"], "reason": ""}},
            "twice",
            "value.strategies",
        ),
        ({"what": "place", "value": {"strategy": "1.1"}}, "wrong-fields", "value"),
        ({"what": "private", "value": 1}, "not-yes-or-no", "value"),
        ({"over": "abc"}, "not-a-list", "over"),
        ({"at": -1}, "out-of-range", "at"),
    ],
)
def test_a_damaged_record_is_refused_with_what_is_wrong_and_where(changes, code, field):
    with pytest.raises(BadOperationError) as refused:
        read_operation(good_record(**changes))
    assert (refused.value.code, refused.value.field) == (code, field)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


@given(record=json_values | st.fixed_dictionaries(dict.fromkeys(good_record(), json_values)))
def test_whatever_arrives_is_read_or_refused_and_never_breaks_the_reader(record):
    with suppress(BadOperationError):
        assert read_operation(record).order


@given(counts=st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4)), places=st.integers(0, 7))
def test_the_shortlist_takes_nobody_over_a_better_voted_one_and_leaves_ties_to_people(counts, places):
    result = shortlist(counts, places)
    assert len(result.clear) + result.open_places <= places
    assert not set(result.clear) & set(result.tied)
    assert len({counts[code] for code in result.tied}) <= 1
    assert not result.tied or len(result.tied) > result.open_places
    taken = set(result.clear)
    for code, count in counts.items():
        if code not in taken | set(result.tied) and count > 0:
            assert all(counts[other] > count for other in taken | set(result.tied))


def test_the_control_total_says_how_many_stickers_are_too_many_or_still_in_hand():
    assert control_total({"1.1": 30, "2.2": 31}, 10, 6).over == 1
    assert control_total({"1.1": 30}, 10, 6).left == 30
    assert control_total({"1.1": 30, "2.2": 31}, 10, 6).left == 0


def test_a_sealed_file_opens_with_its_own_key_and_only_as_its_own_table():
    one, _ = two_devices()
    one.set("text", NOTES, "È più vicino: “qui”")
    content = encrypt(one.operations.values(), one.table, b"k" * 32)
    assert file_table(content) == one.table
    assert [read_operation(r) for r in decrypt(content, b"k" * 32)] == list(one.operations.values())
    with pytest.raises(BadFileError, match="damaged"):
        decrypt(content, b"x" * 32)
    passed_off = json.dumps({**json.loads(content), "table": NOTES}).encode()
    with pytest.raises(BadFileError, match="damaged"):
        decrypt(passed_off, b"k" * 32)
    for other in (b"", b"PK\x03\x04", b"[]", b'{"format": "x"}', content[:40]):
        with pytest.raises(BadFileError, match="not-ours"):
            file_table(other)


def cases() -> list[dict]:
    fixed = json.loads((HERE / "tablelog_vectors.json").read_text())
    drawn = []
    for seed in range(150):
        operations = bad_morning(seed, devices=1 + seed % 4, turns=seed % 20)
        Random(seed).shuffle(operations)
        drawn.append({"name": f"seed {seed}", "operations": [o.as_json() for o in operations]})
    return fixed + drawn


def test_the_written_vectors_give_the_states_they_promise():
    for case in json.loads((HERE / "tablelog_vectors.json").read_text()):
        state = read_table(read_operation(record) for record in case["operations"])
        assert state.as_json() == case["state"], case["name"]


def test_the_browser_reduces_every_vector_and_150_bad_mornings_to_the_same_state(tmp_path):
    # On a machine without Node.js the set-up puts the wheel's beside Python.
    places = os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)])
    node = shutil.which("node", path=places)
    if node is None:
        pytest.skip("node is not installed on this machine")
    given_cases = cases()
    for case in given_cases:
        state = read_table(read_operation(record) for record in case["operations"])
        counts = state.stickers_in("s1")
        short = shortlist(counts, 2)
        case["expected"] = {
            "state": state.as_json(),
            "short": {"clear": list(short.clear), "tied": list(short.tied), "open_places": short.open_places},
            "over": control_total(counts, state.present, 6).over,
        }
    (tmp_path / "cases.json").write_text(json.dumps([{k: c[k] for k in ("operations",)} for c in given_cases]))
    script = tmp_path / "run.mjs"
    script.write_text(
        f"""
        import {{ readFileSync }} from "node:fs";
        import {{ readTable, shortlist, controlTotal }} from {json.dumps(BROWSER_TWIN.as_uri())};
        const out = JSON.parse(readFileSync("cases.json")).map(({{ operations }}) => {{
          const state = readTable(operations);
          const counts = {{}};
          for (const [session, code, n] of state.stickers) if (session === "s1") counts[code] = n;
          return {{ state, short: shortlist(counts, 2), over: controlTotal(counts, state.present, 6).over }};
        }});
        console.log(JSON.stringify(out));
        """
    )
    done = subprocess.run([node, "run.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for case, got in zip(given_cases, json.loads(done.stdout), strict=True):
        assert got == case["expected"], case["name"]


def test_of_two_records_of_one_moment_that_replace_one_another_the_register_keeps_what_was_said():
    one, other = two_devices()
    first = one.set("text", NOTES, "Più treni").as_json()
    second = {**other.set("text", NOTES, "Più autobus").as_json(), "table": first["table"], "clock": first["clock"]}
    first["over"], second["over"] = [second["id"]], [first["id"]]
    state = read_table([read_operation(first), read_operation(second)])
    assert any(words in str(state) for words in ("Più treni", "Più autobus")), "a damaged record erases nothing"
