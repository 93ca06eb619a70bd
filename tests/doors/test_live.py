"""The regia from its three chairs: what it shows, what it lets change, what it gives back."""

import io
import json
import zipfile
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from django.utils import timezone

from aumenta.console.sync import batch_writer
from aumenta.core.tablelog.encrypted_export import encrypt
from aumenta.events.models import BadgeHolder, Event, Observation, Registration, TableOperation
from aumenta.events.participants.forget_people import forget_people
from aumenta.events.tables.append_operations import append_operations
from aumenta.live.broadcaster import REGIA, WALL, Position, poll
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.reports import report_of
from aumenta.results.slides import cut_line, slides_of
from aumenta.results.take_snapshot import digest_of, take_snapshot
from aumenta.themes.models import Theme
from tests.cast import a_person, somebody
from tests.events_cast import Device, a_facilitator, an_edition, an_event, table, write_at_once, zones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _write_in_the_tests_own_transaction(monkeypatch):
    monkeypatch.setattr(batch_writer, "submit", write_at_once)
    # Nor may the broadcaster close what it takes for the connection of a thread of its own.
    monkeypatch.setattr("aumenta.live.broadcaster.close_old_connections", lambda: None)


@pytest.fixture
def morning(client):
    """An event at which two tables have spoken, and the devices that did it."""
    event = an_event(strategies=12)
    one, two = Device(table(event, 1)), Device(table(event, 4))
    one.set("headcount", "", 6)
    one.set("stickers", "s1/1.1", 5)
    one.set("choice", "s1", {"strategies": ["1.1"], "reason": "la più votata"})
    one.say("Più treni la sera")
    one.say("Il signor Rossi non vuole", private=True)
    two.set("stickers", "s1/2.1", 3)
    two.say("Una biblioteca", strategy="2.1", question="q2")
    for device in (one, two):
        device.exchange(client)
    return event, one, two


PAGES = ["regia", "regia-themes", "regia-themes-state", "regia-wall"]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_the_regia_opens_to_facilitators_and_to_nobody_else(client, morning, name, language):
    event, *_ = morning
    address = reverse(name, args=[event.slug]).replace("/it/", f"/{language}/")
    assert client.get(address).status_code == 302
    for person, status in ((a_person(), 403), (somebody("reader"), 403), (a_facilitator(), 200)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_the_stream_and_every_change_refuse_strangers(client, morning):
    event, *_ = morning
    taken = take_snapshot(person=somebody("editor"), event=event)
    posts = [reverse(name, args=[event.slug]) for name in ("regia-step", "regia-snapshot", "regia-import")]
    gets = [
        reverse("print-slides", args=[event.slug, taken.number]),
        reverse("zone-reports", args=[event.slug, taken.number]),
    ]
    gets.append(reverse("zone-report", args=[event.slug, taken.number, "1", "pdf"]))
    assert client.get(reverse("regia-stream", args=[event.slug])).status_code == 403
    client.force_login(somebody("reader"))
    assert client.get(reverse("regia-stream", args=[event.slug])).status_code == 403
    assert [client.post(address).status_code for address in posts] == [403] * 3
    assert [client.get(address).status_code for address in gets] == [403] * 3


def test_a_screen_is_told_what_is_new_since_it_last_read_and_no_more(morning, client):
    event, one, _two = morning
    now, news = poll(event, Position(), False)
    assert [part.split(b"\n")[0] for part in news[REGIA]] == [b"event: said", b"event: overview"]
    assert [part.split(b"\n")[0] for part in news[WALL]] == [b"event: count"]
    assert poll(event, now, False)[1] == {REGIA: [], WALL: []}
    one.say("Appena detta")
    one.exchange(client)
    later, news = poll(event, Position.read(str(now)), False)
    said = json.loads(news[REGIA][0].split(b"data: ")[1])
    assert [row["text"] for row in said] == ["Appena detta"]
    assert later.operation > now.operation
    assert Position.read("nonsense") == Position()


def test_the_queries_of_the_overview_do_not_grow_with_the_tables(morning, django_assert_max_num_queries):
    from aumenta.events.queries import tables_overview

    event, *_ = morning
    with django_assert_max_num_queries(6):
        assert len(tables_overview(event)) == 4


def test_steps_come_through_the_address_and_nonsense_is_refused(client, morning):
    event, *_ = morning
    client.force_login(a_facilitator())
    client.get(reverse("regia", args=[event.slug]))
    keys = list(Observation.objects.values_list("pk", flat=True))
    address = reverse("regia-step", args=[event.slug])

    def take(**body):
        return client.post(address, body, content_type="application/json")

    answer = take(verb="place", observations=keys[:2], name="Treni").json()
    assert [len(theme["sources"]) for theme in answer["themes"]] == [2]
    theme = answer["themes"][0]["id"]
    assert take(verb="rename", theme=theme, name="Treni la sera", keywords="treni").status_code == 200
    split = take(verb="split", theme=theme, observations=keys[:1], name="Stazioni").json()
    other = next(row["id"] for row in split["themes"] if row["id"] != theme)
    assert take(verb="merge", theme=other, into=theme).status_code == 200
    assert take(verb="undo", step=split["steps"][0]["id"]).status_code == 409
    for body in ({}, {"verb": "burn"}, {"verb": "rename", "theme": "x"}, {"verb": "place", "theme": 10**9}):
        assert take(**body).status_code == 400


def test_a_frozen_state_never_changes_quotes_nothing_private_and_carries_its_digest(client, morning):
    event, one, _two = morning
    by = somebody("administrator")
    taken = take_snapshot(person=by, event=event)
    before = json.dumps(taken.content)
    one.say("Detta dopo")
    one.exchange(client)
    later = take_snapshot(person=by, event=event)
    taken.refresh_from_db()
    assert json.dumps(taken.content) == before
    assert taken.sha256 == digest_of(taken.content) != later.sha256
    assert (taken.number, later.number) == (1, 2)
    assert "Rossi" not in before
    # Of zone 1, and once in the whole.
    assert taken.content["not_published"] == {"0": 1, "1": 1}
    assert taken.content["votes"]["s1"]["whole"] == {"1.1": 5, "2.1": 3}
    # Table 4 is shared by zones 2 and 3: it counts in both and once in the whole.
    assert taken.content["votes"]["s1"]["zones"] == {"1": {"1.1": 5}, "2": {"2.1": 3}, "3": {"2.1": 3}}


def test_nothing_is_public_before_the_office_publishes_it(morning):
    event, *_ = morning
    taken = take_snapshot(person=a_facilitator(), event=event)
    assert taken.published_at is None
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        publish_results(person=a_facilitator(), snapshot=taken)
    publish_results(person=somebody("approver"), snapshot=taken)
    assert Event.objects.get(pk=event.pk).results_published_at is not None


@pytest.mark.parametrize("language", ["it", "en"])
def test_slides_and_reports_come_as_pdf_that_passes_the_check_as_odt_and_as_page(client, morning, language):
    event, *_ = morning
    taken = take_snapshot(person=somebody("editor"), event=event)
    client.force_login(a_facilitator())
    base = f"/{language}/regia/{event.slug}/stati/{taken.number}/"
    assert client.get(f"{base}diapositive.pdf").content.startswith(b"%PDF")
    for zone in ("1", "2", "3", "tutte"):
        assert client.get(f"{base}report/{zone}.pdf").content.startswith(b"%PDF")
        page = client.get(f"{base}report/{zone}.html").content.decode()
        assert "Rossi" not in page
        with zipfile.ZipFile(io.BytesIO(client.get(f"{base}report/{zone}.odt").content)) as odt:
            assert odt.namelist()[0] == "mimetype"
            assert ("Più treni la sera" in odt.read("content.xml").decode()) == (zone in ("1", "tutte"))
    assert client.get(f"{base}report/99.pdf").status_code == 404
    alone = client.get(f"{base}?scarica").content.decode()
    assert "/static/" not in alone
    # The state and the time of the cut are on every slide.
    assert (
        alone.count("<footer>")
        == len(slides_of(taken, language))
        == client.get(base).content.decode().count("<footer>")
    )


def test_awkward_words_survive_paper_and_office_files(morning, client):
    event, one, _two = morning
    awkward = '#set page(width: 1pt) $x$ *a* _b_ [c] \\ @d <e> & "f"\x08 `g` 🚲 ' + "lungo" * 60
    one.say(awkward)
    one.exchange(client)
    report = report_of(take_snapshot(person=somebody("editor"), event=event), 1, "it")
    from aumenta.printing.events import report_pdf
    from aumenta.printing.odt import report_odt

    assert report_pdf(report).startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(report_odt(report))) as odt:
        assert "&lt;e&gt; &amp;" in odt.read("content.xml").decode()


def test_the_cut_line_names_the_state_and_its_second(morning):
    event, *_ = morning
    taken = take_snapshot(person=somebody("editor"), event=event)
    assert timezone.localtime(taken.taken_at).strftime("%H:%M:%S") in cut_line(taken)


def test_the_file_of_a_table_without_network_is_imported_once(client, morning):
    event, *_ = morning
    at = table(event, 2)
    lost = Device(at)
    lost.say("Detta dove non c'era rete")
    content = encrypt(lost.operations.values(), lost.table, bytes(at.export_key))
    client.force_login(a_facilitator())
    before = TableOperation.objects.count()
    for _ in range(2):
        file = io.BytesIO(content)
        file.name = "tavolo-2.aumenta"
        answer = client.post(reverse("regia-import", args=[event.slug]), {"file": file}, follow=True)
        assert "inserimenti al centro 1, rifiutati 0" in answer.content.decode()
    assert TableOperation.objects.count() == before + 2
    for bad in (b"rubbish", content.replace(b"sealed", b"sealec"), content[:-9] + content[-3:]):
        file = io.BytesIO(bad)
        file.name = "x"
        client.post(reverse("regia-import", args=[event.slug]), {"file": file})
    assert TableOperation.objects.count() == before + 2


def test_on_the_promised_day_nobody_can_tell_whose_badge_was_whose(morning):
    event, *_ = morning
    day = timezone.localdate()
    Event.objects.filter(pk=event.pk).update(forget_people_on=day)
    badge = table(event, 1).badges.first()
    person = Registration.objects.create(event=event, name="Ada", email="ada@esempio.it")
    BadgeHolder.objects.create(badge=badge, registration=person, forget_on=day)
    said = Observation.objects.count() + TableOperation.objects.count()
    forget_people(today=day - timedelta(days=1))
    assert Registration.objects.count() == BadgeHolder.objects.count() == 1
    call_command("forget_people", stdout=io.StringIO())
    assert Registration.objects.count() == BadgeHolder.objects.count() == 0
    assert table(event, 1).badges.filter(pk=badge.pk).exists()
    assert Observation.objects.count() + TableOperation.objects.count() == said


def test_no_name_and_no_address_is_in_the_log_of_a_table():
    fields = {field.name for field in TableOperation._meta.get_fields()}
    assert fields.isdisjoint({"person", "user", "registration", "badge", "name", "email"})


def test_a_rehearsal_without_network_leaves_a_whole_event_marked_as_invented():
    an_edition()
    zones(3)
    out = io.StringIO()
    arguments = ["--no-network", "--tables=4", "--venues=2", "--people=16", "--observations=24"]
    for _ in range(2):
        call_command("rehearse", *arguments, stdout=out)
    assert "entries lost: 0; doubled: 0" in out.getvalue()
    event = Event.objects.get()
    assert event.invented
    assert Snapshot.objects.get().content["people"] == 16
    assert Theme.objects.exists()


def test_a_rehearsal_that_loses_an_entry_fails_loudly():
    an_edition()
    zones(3)
    arguments = ["--no-network", "--tables=2", "--venues=1", "--people=4", "--observations=4"]
    from aumenta.rehearsal import play

    real = append_operations

    def forgetful(*, table, records):
        return real(table=table, records=records[1:])

    with patch.object(play, "append_operations", forgetful), pytest.raises(CommandError):
        call_command("rehearse", *arguments, stdout=io.StringIO())
