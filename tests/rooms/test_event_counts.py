"""The numbers of an event are right, and where a rule decides them it stands beside them."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from aumenta.events.models import Badge, Event, Observation, Table, TableOperation
from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.project_log import project_log
from aumenta.people.refusals import RefusedError
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.reports import report_of
from aumenta.results.since_then import late_entries, late_words, marked_since
from aumenta.results.slides import slides_of
from aumenta.results.take_out_voices import take_out_voices
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.group_themes import place
from aumenta.themes.theme_queries import theme_rows
from tests.cast import somebody
from tests.events_cast import Device, an_event, table

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return an_event()


def sent(at: Table, device: Device) -> None:
    kept = append_operations(table=at, records=[operation.as_json() for operation in device.to_send()])
    device.confirmed(kept.kept)
    project_log(at.event)


def frozen(event: Event) -> Snapshot:
    return Snapshot.objects.select_related("event").get(pk=take_snapshot(person=somebody("approver"), event=event).pk)


def test_who_took_part_are_those_who_came_and_not_the_badges_that_were_printed(event):
    one = table(event, 1)
    first, second, third = Badge.objects.filter(table=one)
    Badge.objects.filter(pk__in=[first.pk, second.pk]).update(organisation_kind="firm")
    Badge.objects.filter(pk=third.pk).update(organisation_kind="university")
    device = Device(one)
    device.set("check-in", first.code, True)
    device.set("check-in", third.code, True)
    device.set("check-in", third.code, False)
    sent(one, device)
    assert frozen(event).read().organisations == {"": {"firm": 1}, "1": {"firm": 1}}
    # Four are counted, one of them has a badge: what the others are nobody knows, and the report says so.
    device.set("headcount", "", 4)
    sent(one, device)
    taken = frozen(event)
    assert taken.read().organisations[""] == {"": 3, "firm": 1}
    rows = dict(report_of(taken, None, "it").organisations)
    assert sum(rows.values()) == taken.read().people == 4
    assert rows["tipo di organizzazione non indicato"] == 3


def test_the_rule_for_shared_tables_stands_beside_the_numbers_and_says_why_they_do_not_add_up(event):
    for number, count in ((1, 5), (4, 7)):
        device = Device(table(event, number))
        device.set("stickers", "s1/1.1", count)
        device.say("Più treni la sera", private=number == 4)
        sent(table(event, number), device)
    taken = frozen(event)
    assert taken.read().votes["s1"].whole == {"1.1": 12}
    notes = [slide.note for slide in slides_of(taken, "it") if slide.kind == "zones"]
    assert notes
    assert all("più zone (4)" in note for note in notes)
    assert "(4)" in report_of(taken, 2, "it").shared
    assert report_of(taken, 1, "it").shared == ""
    # A private voice of a table of two zones is one voice in the whole.
    assert report_of(taken, None, "it").not_published.startswith("1 ")
    assert report_of(taken, 3, "it").not_published.startswith("1 ")


def test_the_rule_says_how_much_the_zones_and_the_event_add_up_to():
    from aumenta.events.shared_tables import shared_rule, sums_rule

    with override("it"):
        assert sums_rule(12, 19) == "Perciò la somma delle zone è 19 bollini, quella dell’evento 12."
        assert sums_rule(12, 12) == ""
        assert shared_rule({1: [1], 2: [2]}) == ""
        assert "(2, 3)" in shared_rule({1: [1], 3: [2, 4], 2: [5, 6]})


def test_what_arrives_after_a_state_is_counted_once_for_each_thing_and_said_in_words(event):
    one = table(event, 1)
    device = Device(one)
    device.set("stickers", "s1/1.1", 5)
    before = device.say("Più autobus")
    sent(one, device)
    taken = frozen(event)
    assert late_entries(taken) == (0, 0, 0)
    assert late_words(taken) == ""
    # A voice is three entries, with its place and its mark; a count corrected twice is one count.
    device.set("stickers", "s1/1.1", 6)
    device.set("stickers", "s1/1.1", 11)
    device.say("Più treni", strategy="1.1", private=True)
    device.set("private", before, True)
    device.set("headcount", "", 7)
    sent(one, device)
    assert late_entries(taken) == (2, 1, 1)
    with override("it"):
        assert late_words(taken) == (
            "Dopo lo stato n. 1 i tavoli hanno mandato: 2 voci, 1 conteggio di bollini, 1 altro inserimento. "
            "Persone: 0 in quello stato, 7 ora. Bollini: 5 in quello stato, 11 ora. "
            "Voci: 1 in quello stato, 2 ora."
        )
    assert late_entries(frozen(event)) == (0, 0, 0)


def test_every_kind_of_entry_is_a_voice_a_count_or_another_thing(event):
    """A new kind of operation has its place in the sentence: none is left out of what is late."""
    from aumenta.core.tablelog import operation

    known = set(operation._VALUES)
    voices = {"text", "place", "private", "withdrawn"}
    assert known >= voices | {"stickers", "phones"}
    taken = frozen(event)
    one = table(event, 1)
    TableOperation.objects.bulk_create(
        TableOperation(public_id=uuid4(), table=one, device=uuid4(), clock=n, verb="set", what=what, key=f"k{n}")
        for n, what in enumerate(sorted(known), start=1)
    )
    assert late_entries(taken) == (4, 2, len(known) - 6)


def test_a_slide_counts_the_voices_of_a_theme_as_the_regia_does_and_says_which_are_not_published(event):
    at = table(event, 4)
    device = Device(at)
    for n in range(3):
        device.say(f"Più treni {n}", strategy=f"{n + 1}.1", private=n == 0)
    sent(at, device)
    by = somebody("approver")
    place(
        person=by,
        event=event,
        observations=list(Observation.objects.values_list("pk", flat=True)),
        theme=None,
        name="Treni",
    )
    Event.objects.filter(pk=event.pk).update(recurring_from_zones=2)
    event.refresh_from_db()
    [row] = theme_rows(event)
    assert (len(row["sources"]), row["private"]) == (3, 1)
    lines = [line for slide in slides_of(frozen(event), "it") for line in slide.themes if line.name == "Treni"]
    assert lines
    assert {line.voices for line in lines} == {"3 voci, di cui 1 non pubblicata, 2 zone"}


def test_a_slide_that_goes_on_says_so():
    from aumenta.results.slides import _part

    with override("it"):
        assert [_part("Temi ricorrenti", n) for n in (0, 1)] == ["Temi ricorrenti", "Temi ricorrenti, segue"]


@pytest.fixture
def published(event) -> tuple[Device, Snapshot, str]:
    """Two voices in one theme and one alone in another are public; the key of the one alone."""
    device = Device(table(event, 1))
    device.say("Più treni la sera")
    device.say("Più autobus la sera")
    alone = device.say("Il cortile di via Nizza")
    sent(table(event, 1), device)
    by = somebody("approver")
    keys = list(Observation.objects.order_by("arrival").values_list("pk", flat=True))
    place(person=by, event=event, observations=keys[:2], theme=None, name="Trasporti la sera")
    place(person=by, event=event, observations=keys[2:], theme=None, name="Cortile di via Nizza")
    return device, publish_results(person=by, snapshot=frozen(event)), alone


def test_a_voice_marked_after_publication_is_told_and_taken_out_in_one_step(event, published, client):
    device, public, alone = published
    assert marked_since(event) == []
    with pytest.raises(RefusedError):
        take_out_voices(person=somebody("approver"), event=event)
    device.set("private", alone, True)
    device.say("Una voce arrivata dopo")
    sent(table(event, 1), device)
    assert len(marked_since(event)) == 1
    office = somebody("approver")
    client.force_login(office)
    assert "ha segnato una voce" in client.get(f"/it/scrivania/eventi/{event.slug}/report/").content.decode()
    assert "ha segnato una voce" in client.get(f"/it/regia/{event.slug}/").content.decode()
    client.post(f"/it/scrivania/eventi/{event.slug}/report/esegui/", {"verb": "take_out"})
    now = Snapshot.objects.exclude(published_at=None).get()
    said = now.read()
    assert now.number == public.number + 1
    assert [one.text for one in said.observations] == ["Più treni la sera", "Più autobus la sera"]
    assert [theme.name for theme in said.themes] == ["Trasporti la sera"]
    assert said.hidden_in(None) == said.hidden_in(1) == 1
    assert said.tables == public.read().tables
    assert "cortile" not in str(now.content).lower()
    assert marked_since(event) == []
    assert "ha segnato una voce" not in client.get(f"/it/scrivania/eventi/{event.slug}/report/").content.decode()
