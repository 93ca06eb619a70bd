"""Events prepared at the desk: what the forms write, what is refused, who sees what."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from aumenta.activity.models import ActivityEntry
from aumenta.events import edit_event
from aumenta.events.models import Event, Process, Registration, Table, TableDevice
from aumenta.events.publish_event import publish_event
from aumenta.events.tables.append_operations import append_operations
from aumenta.people.refusals import RefusedError
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import take_snapshot
from tests.cast import somebody
from tests.events_cast import MORNING, Device, a_small_event, an_event, table, zones

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    person = somebody("approver")
    client.force_login(person)
    return person


def at(name: str, *values: object) -> str:
    return reverse(f"desk:{name}", args=values)


def form_of(event: Event, **changed: object) -> dict[str, object]:
    """The fields of the event's form as a browser sends them."""
    given = {
        "process": event.process_id,
        "title_it": event.title_it,
        "edition": event.edition_id or "",
        "starts_at": "2026-12-05T09:15",
        "ends_at": "2026-12-05T13:15",
        "recurring_from_zones": 4,
        "crossing_from_strategies": 4,
        "crossing_from_axes": 3,
        "forget_people_on": "2027-01-05",
    }
    return given | changed


def line(prefix: str, rows: Sequence[Mapping[str, object]], initial: int = 0) -> dict[str, object]:
    given = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return given | {f"{prefix}-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_a_process_and_its_first_event_are_prepared_from_nothing(client, office):
    client.post(at("new_process"), {"title_it": "Ascolto del territorio"})
    process = Process.objects.get()
    phases = [{"title_it": "Interviste", "starts_on": "2026-09-01", "ends_on": "2026-10-31"}, {"title_it": ""}]
    client.post(at("process", process.slug), {"title_it": process.title_it, **line("fasi", phases)})
    assert [phase.title_it for phase in process.phases.all()] == ["Interviste"]
    answer = client.post(
        at("new_event"),
        {**form_of(Event(process=process, title_it="Ai tavoli")), "forget_people_on": ""},
        follow=True,
    )
    event = Event.objects.get()
    assert answer.redirect_chain[-1][0] == at("event", event.slug)
    assert event.forget_people_on == (event.ends_at + timedelta(days=30)).date()
    assert [session.kind for session in event.sessions.all()] == ["stickers", "questions"]
    assert event.published_at is None
    assert ActivityEntry.objects.filter(code="event.prepared", person=office).exists()


def test_a_refused_second_step_takes_the_first_one_back(client, office, monkeypatch):
    client.post(at("new_process"), {"title_it": "Ascolto del territorio"})
    process = Process.objects.get()

    def refuse(**given: object) -> None:
        raise RefusedError("sessions_in_use")

    monkeypatch.setattr("aumenta.desk.events.views_parts.set_phases", refuse)
    client.post(at("process", process.slug), {"title_it": "Un altro titolo", **line("fasi", [{"title_it": ""}])})
    monkeypatch.setattr("aumenta.desk.events.views.create_event.set_sessions", refuse)
    client.post(at("new_event"), form_of(Event(process=process, title_it="Ai tavoli")))
    assert Process.objects.get().title_it == "Ascolto del territorio"
    assert not Event.objects.exists()


def test_bad_dates_are_told_and_nothing_is_written(client, office):
    event = a_small_event()
    for field, value in (
        ("ends_at", "2026-12-05T08:00"),
        ("registration_until", "2026-12-06T08:00"),
        ("forget_people_on", "2026-12-01"),
    ):
        answer = client.post(at("event_data", event.slug), form_of(event, title_it="Altro", **{field: value}))
        assert answer.context["form"].errors[field]
        assert Event.objects.get(pk=event.pk).title_it == "Incontro di prova"
    process = event.process
    phases = [{"title_it": "Al contrario", "starts_on": "2026-10-31", "ends_on": "2026-09-01"}]
    answer = client.post(at("process", process.slug), {"title_it": process.title_it, **line("fasi", phases)})
    assert "finisce prima di cominciare" in answer.content.decode()
    assert not process.phases.exists()


def test_the_programme_is_what_its_lines_say(client, office):
    event = a_small_event()
    rows = [{"starts": "10:00", "title_it": "Sessione"}, {"starts": "09:30", "title_it": "Apertura"}, {}]
    client.post(at("event_programme", event.slug), line("righe", rows))
    assert [item.title_it for item in event.programme.all()] == ["Apertura", "Sessione"]
    rows = [
        {"starts": "09:30", "title_it": "Apertura", "DELETE": "on"},
        {"starts": "10:00", "title_it": "Sessione", "speakers": "Ada"},
    ]
    client.post(at("event_programme", event.slug), line("righe", rows, initial=2))
    assert [item.speakers for item in event.programme.all()] == ["Ada"]
    answer = client.post(at("event_programme", event.slug), line("righe", [{"starts": "boh", "title_it": "x"}]))
    assert answer.status_code == 200
    assert event.programme.count() == 1


def test_questions_and_sticker_rules_are_data_until_the_tables_begin(client, office):
    event = an_event()
    sessions: list[dict[str, object]] = [
        {"kind": "stickers", "title_it": "Bollini", "stickers_each": 3, "most_chosen": 2},
        {"kind": "questions", "title_it": "Domande"},
    ]
    questions: list[dict[str, object]] = [{"session_number": 2, "text_it": "Che cosa serve?", "short_it": "Serve"}]
    address = at("event_questions", event.slug)
    client.post(address, line("sessioni", sessions) | line("domande", questions))
    assert [s.stickers_each for s in event.sessions.all()] == [3, None]
    assert [q.code for s in event.sessions.all() for q in s.questions.all()] == ["q1"]
    wrong = client.post(address, line("sessioni", sessions) | line("domande", [{**questions[0], "session_number": 1}]))
    assert "che non è una sessione di domande" in wrong.content.decode()
    twice = client.post(address, line("sessioni", [sessions[0], sessions[0]], 2) | line("domande", []))
    assert "Un incontro ha una sola sessione di bollini" in twice.content.decode()
    assert event.sessions.count() == 2
    wrong = client.post(address, line("sessioni", [{**sessions[0], "stickers_each": ""}]) | line("domande", []))
    assert wrong.status_code == 200
    device = Device(table(event))
    device.say("Più treni")
    append_operations(table=table(event), records=[operation.as_json() for operation in device.to_send()])
    assert "I tavoli hanno cominciato" in client.get(address).content.decode()
    client.post(address, line("sessioni", sessions[:1]) | line("domande", []))
    assert event.sessions.count() == 2
    with pytest.raises(RefusedError):
        edit_event.drop_table(person=office, table=table(event))


def test_venues_and_tables_come_and_go(client, office):
    event = a_small_event()
    client.post(
        at("event_tables", event.slug), {"verb": "venue", "sede-name": "In valle", "sede-access_it": "Ascensore"}
    )
    venue = event.venues.get(name="In valle")
    assert venue.access_it == "Ascensore"
    zone = zones(1)[0]
    given = {"tavoli-venue": venue.pk, "tavoli-zones": [zone.pk], "tavoli-how_many": 3, "tavoli-seats": 8}
    client.post(at("event_tables", event.slug), {"verb": "tables", **given})
    assert [one.seats for one in venue.tables.all()] == [8, 8, 8]
    last = venue.tables.last()
    Registration.objects.create(event=event, table=last, name="Ada", email="ada@esempio.it")
    for one in venue.tables.all():
        client.post(at("event_table", event.slug, one.number), {"togli": "1", "sure": "1"})
    assert list(venue.tables.all()) == [last]
    client.post(at("event_venue", event.slug, venue.position), {"togli": "1", "sure": "1"})
    assert event.venues.filter(pk=venue.pk).exists()
    leader = somebody("facilitator")
    given = {"number": last.number, "venue": venue.pk, "zones": [zone.pk], "facilitated_by": leader.pk}
    client.post(at("event_table", event.slug, last.number), given)
    assert Table.objects.get(pk=last.pk).facilitated_by == leader


def test_a_table_is_shown_to_who_leads_it_and_renewed_by_the_office_alone(client, office):
    leader, other = somebody("facilitator"), somebody("facilitator")
    event = a_small_event("incontro", facilitator=leader)
    before = event.tables.get()
    TableDevice.objects.create(table=before, public_id="1b4e28ba-2fa1-41d2-883f-0016d3cca427", secret_digest="x")
    address = at("event_table", event.slug, before.number)
    for person, status in ((leader, 200), (other, 404), (somebody("editor"), 403)):
        client.force_login(person)
        assert client.get(address).status_code == status
        client.post(address, {"rinnova": "1"})
    page = client.get(at("events")) if client.force_login(leader) is None else None
    assert page is not None
    assert event.title_it in page.content.decode()
    assert Table.objects.get(pk=before.pk).pin == before.pin
    assert "Rinnova" not in client.get(address).content.decode()
    client.force_login(office)
    client.post(address, {"rinnova": "1", "chiudi": "1", "sure": "1"})
    after = Table.objects.get(pk=before.pk)
    assert after.code != before.code
    assert after.devices.get().shut_at is not None
    assert ActivityEntry.objects.filter(code="event.pins_renewed").count() == 1


def test_a_copy_has_everything_but_people_and_pins(client, office):
    source = an_event(seats=40)
    Registration.objects.create(event=source, table=table(source), name="Ada", email="ada@esempio.it")
    edit_event.set_programme(person=office, event=source, lines=[{"starts": "09:30", "title_it": "Apertura"}])
    client.post(at("copy_event", source.slug), {"title_it": "Un anno dopo", "starts_at": "2027-12-04T09:15"})
    copied = Event.objects.get(title_it="Un anno dopo")
    assert copied.published_at is None
    assert copied.seats == 40
    assert copied.ends_at - copied.starts_at == source.ends_at - source.starts_at
    assert copied.forget_people_on > copied.ends_at.date()
    for name in ("venues", "tables", "strategies", "sessions", "programme"):
        assert getattr(copied, name).count() == getattr(source, name).count(), name
    assert {t.code for t in copied.tables.all()}.isdisjoint(t.code for t in source.tables.all())
    assert not copied.registrations.exists()


def test_nothing_is_public_before_the_office_publishes_it(client, office):
    event = a_small_event()
    client.post(at("publish_event", event.slug), {"verb": "publish"})
    assert Event.objects.get().published_at
    taken = take_snapshot(person=office, event=event)
    taken.event.refresh_from_db()
    publish_results(person=office, snapshot=taken)
    client.post(at("publish_event", event.slug), {"verb": "hide", "sure": "1"})
    event = Event.objects.get()
    assert event.published_at is None
    assert event.results_published_at is None
    assert not event.snapshots.exclude(published_at=None).exists()
    with pytest.raises(RefusedError):
        publish_results(person=office, snapshot=taken.__class__.objects.select_related("event").get(pk=taken.pk))
    with pytest.raises(PermissionDenied):
        publish_event(person=somebody("facilitator"), event=event)
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(results_published_at=timezone.now())


def test_the_database_itself_keeps_times_in_order(office):
    a_small_event()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(registration_until=MORNING + timedelta(days=9))
