"""The day itself: calls of the regia, walls without an account, the entrance, what is told to the registered."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from aumenta.console.sync import batch_writer
from aumenta.events.calendar_file import calendar_file
from aumenta.events.call_tables import call_of, call_tables
from aumenta.events.edit_event import change_venue, copy_event, edit_event
from aumenta.events.models import (
    Badge,
    BadgeHolder,
    Event,
    ProgrammeItem,
    Question,
    Registration,
    Session,
    Table,
    Venue,
)
from aumenta.events.participants.at_the_door import check_in, register_at_the_door
from aumenta.events.participants.registration_mail import message_to
from aumenta.events.queries import people_by_table
from aumenta.events.tables.project_log import project_log
from aumenta.events.wall_link import drop_wall_link, make_wall_link
from aumenta.live import broadcaster
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.events_cast import Device, an_event, table, write_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _write_in_the_tests_own_transaction(monkeypatch):
    """The console's writer has a thread of its own, which would see nothing of a test that has not been committed."""
    monkeypatch.setattr(batch_writer, "submit", write_at_once)


@pytest.fixture
def event() -> Event:
    made = an_event()
    now = timezone.now()
    Event.objects.filter(pk=made.pk).update(starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=3))
    return Event.objects.get(pk=made.pk)


def test_what_the_regia_says_reaches_every_table_with_the_seconds_left(client, event):
    client.force_login(somebody("facilitator"))
    Table.objects.update(facilitated_by=somebody("approver"))
    assert client.post(reverse("regia-call", args=[event.slug]), {"testo": "x"}).status_code in {403, 404}
    client.force_login(somebody("approver"))
    client.post(reverse("regia-call", args=[event.slug]), {"testo": " Scegliete  ora ", "minuti": "5"})
    said = Device(table(event, 3)).exchange(client).json()["call"]
    assert said["text"] == "Scegliete ora"
    assert 290 <= said["left"] <= 300
    page = client.get(reverse("regia", args=[event.slug]))
    assert page.context["given"]["call"]["text"] == "Scegliete ora"
    client.post(reverse("regia-call", args=[event.slug]), {"togli": "1"})
    assert Device(table(event, 3)).exchange(client).json()["call"] is None


@pytest.mark.parametrize(
    ("text", "minutes"), [("x" * 121, "1"), ("Ora", "0"), ("Ora", "181"), ("", "5"), ("Ora", "cinque"), ("Ora", "-1")]
)
def test_a_call_that_makes_no_sense_is_refused_in_words_and_changes_nothing(client, event, text, minutes):
    client.force_login(somebody("approver"))
    call_tables(person=somebody("approver"), event=event, text="Prima", minutes=None)
    answer = client.post(reverse("regia-call", args=[event.slug]), {"testo": text, "minuti": minutes}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    # What was typed stays in its fields.
    assert (answer.context["call_words"], answer.context["call_minutes"]) == (text, minutes)
    event.refresh_from_db()
    assert event.called == "Prima"


def test_a_call_ends_by_itself(event):
    call_tables(person=somebody("approver"), event=event, text="Ora", minutes=5)
    said = timezone.now()
    assert call_of(event, said + timedelta(minutes=6))["left"] == 0
    assert call_of(event, said + timedelta(minutes=11)) is None
    call_tables(person=somebody("approver"), event=event, text="Pausa", minutes=None)
    assert call_of(event, said + timedelta(hours=2))["left"] is None
    assert call_of(event, said + timedelta(hours=4)) is None


def test_a_wall_opens_by_its_link_alone_and_shows_counts_and_nothing_else(client, event, monkeypatch):
    # The look is made in this test's own transaction.
    monkeypatch.setattr(broadcaster, "close_old_connections", lambda: None)
    device = Device(table(event, 1))
    device.set("stickers", "s1/1.1", 3)
    device.say("Una voce riservata", private=True)
    device.exchange(client)
    office = somebody("administrator")
    for place in (event, Venue.objects.filter(event=event).first()):
        code = make_wall_link(person=office, place=place)
        page = client.get(f"/it/schermo/{code}/")
        assert page.status_code == 200
        given = page.context["given"]
        assert given["count"]["votes"]["s1"]["whole"] == {"1.1": 3}
        words = page.content.decode()
        for secret in ("Una voce riservata", table(event, 1).pin, table(event, 1).code, "Ada Prova"):
            assert secret not in words
        stream = client.get(given["stream"])
        assert stream.status_code == 200
        told = b"".join(stream.streaming_content if stream.streaming else [stream.content]).decode()
        assert "riservata" not in told
        drop_wall_link(person=office, place=place)
        assert client.get(f"/it/schermo/{code}/").status_code == 404
        assert client.get(given["stream"]).status_code == 403


def test_no_link_was_made_so_no_wall_opens(client, event):
    assert client.get("/it/schermo/x/").status_code == 404


def in_charge(event: Event):
    """A facilitator who is in charge of the second venue."""
    person = somebody("facilitator")
    Venue.objects.filter(event=event, position=2).update(managed_by=person)
    return person


def test_who_is_in_charge_of_a_venue_checks_in_and_registers_there_and_nowhere_else(client, event):
    her = in_charge(event)
    client.force_login(her)
    address = reverse("desk:event_entrance", args=[event.slug])
    page = client.get(address)
    assert {row[0].number for row in page.context["rows"]} == {3, 4}
    badge, elsewhere = Badge.objects.filter(table__number=3).first(), Badge.objects.filter(table__number=1).first()
    for _ in range(2):
        page = client.post(address, {"verb": "check_in", "codice": badge.code.lower()}, follow=True)
    assert page.context["arrival"].again
    assert "Salvato" not in page.content.decode()
    assert client.post(address, {"verb": "check_in", "codice": elsewhere.code}).context["arrival"] is None
    project_log(event)
    assert people_by_table(event) == {table(event, 3).pk: 1}
    # The table's console sees the arrival as its own, and may take it back.
    device = Device(table(event, 3))
    device.exchange(client)
    device.set("check-in", badge.code, False)
    device.exchange(client)
    project_log(event)
    assert people_by_table(event)[table(event, 3).pk] == 0
    check_in(person=her, event=event, code=badge.code)
    project_log(event)
    assert people_by_table(event)[table(event, 3).pk] == 1
    # Of the venue's tables she sees the PIN, of the others nothing.
    assert client.get(reverse("desk:event_table", args=[event.slug, 3])).status_code == 200
    assert client.get(reverse("desk:event_table", args=[event.slug, 1])).status_code == 404


def test_somebody_who_comes_without_being_registered_gets_a_badge_and_no_mail_without_an_address(client, event):
    client.force_login(in_charge(event))
    address = reverse("desk:event_entrance", args=[event.slug])
    given = {"verb": "register", "name": "Ugo Prova", "table": table(event, 4).pk, "organisation_kind": "other"}
    for _ in range(2):
        page = client.post(address, given, follow=True)
        assert page.context["arrival"].person.state == "confirmed"
    assert Registration.objects.filter(event=event, email="").count() == 2
    assert BadgeHolder.objects.filter(badge__table__number=4).count() == 2
    assert mail.outbox == []
    refused = client.post(address, {**given, "table": table(event, 1).pk})
    assert refused.context["arrival"] is None
    with pytest.raises(RefusedError, match="address_registered"):
        register_at_the_door(
            person=somebody("administrator"), event=event, table=table(event, 1), name="A B", email="ada@esempio.it"
        ) and register_at_the_door(
            person=somebody("administrator"), event=event, table=table(event, 1), name="A B", email="ADA@esempio.it"
        )


def test_who_seats_somebody_over_the_seats_is_told_and_sees_before_which_table_is_full(client, event):
    """Nobody is sent away at the door: but somebody has to find a chair, or another table."""
    Table.objects.filter(event=event, number=4).update(seats=1)
    client.force_login(somebody("administrator"))
    address = reverse("desk:event_entrance", args=[event.slug])
    given = {"verb": "register", "table": table(event, 4).pk, "organisation_kind": "other"}
    first = client.post(address, {**given, "name": "Ugo Prova"}, follow=True).content.decode()
    assert "più persone" not in first
    assert "(1/1), al completo" in first
    second = client.post(address, {**given, "name": "Ida Prova"}, follow=True).content.decode()
    assert "ha più persone (2) che posti (1)" in second
    # The same for whoever is moved there, and where the whole event is over its seats.
    Table.objects.filter(event=event, number=3).update(seats=1)
    Event.objects.filter(pk=event.pk).update(seats=1)
    moved = Registration.objects.get(name="Ida Prova")
    page = client.post(
        reverse("desk:event_person", args=[event.slug, moved.pk]), {"table": table(event, 3).pk}, follow=True
    ).content.decode()
    assert "L’incontro ha più persone (2) che posti (1)" in page
    assert "tavolo 3 ha più persone" not in page.casefold()


def test_the_page_after_an_arrival_can_be_loaded_again_and_nobody_comes_twice(client, event):
    client.force_login(in_charge(event))
    address = reverse("desk:event_entrance", args=[event.slug])
    # On the day it is ticked that she stands there; of somebody who telephones the tick is taken away.
    assert client.get(address).context["form"].initial["here"]
    for here in ("on", ""):
        given = {"verb": "register", "name": "Ugo Prova", "table": table(event, 4).pk, "organisation_kind": "other"}
        given |= {"here": here} if here else {}
        answer = client.post(address, given)
        assert answer.status_code == 302
        page = client.get(answer["Location"])
        assert page.context["arrival"].person.name == "Ugo Prova"
        client.get(answer["Location"])
    assert Registration.objects.filter(event=event, name="Ugo Prova").count() == 2
    project_log(event)
    assert people_by_table(event)[table(event, 4).pk] == 1
    # Of a badge of another venue, or of none, the page says nothing.
    elsewhere = Badge.objects.filter(table__number=1).first()
    for number in (elsewhere.pk, 999_999, "x", "9" * 30):
        assert client.get(address, {"arrivo": number}).context["arrival"] is None


def test_a_calendar_that_holds_the_event_takes_the_new_version(event):
    by = somebody("administrator")
    assert b"SEQUENCE:0" in calendar_file(event)
    fields = {"starts_at": event.starts_at + timedelta(hours=1)}
    edit_event(person=by, event=event, edition=event.edition, **fields)
    change_venue(person=by, venue=event.venues.first(), address="Via Nuova 2")
    change_venue(person=by, venue=event.venues.first(), in_charge="Ugo")
    event.refresh_from_db()
    assert b"SEQUENCE:2" in calendar_file(event)
    # Saving the event never takes back what others keep in its row.
    Event.objects.filter(pk=event.pk).update(projected_up_to=99, called="Ora")
    edit_event(person=by, event=event, edition=event.edition, summary_it="Altro")
    event.refresh_from_db()
    assert (event.projected_up_to, event.called) == (99, "Ora")


def test_nine_in_the_morning_stays_nine_in_a_copy_over_the_change_of_the_clocks(event):
    rome = ZoneInfo("Europe/Rome")
    source = Event.objects.get(pk=event.pk)
    source.starts_at = datetime(2026, 3, 14, 9, 0, tzinfo=rome)
    source.ends_at = datetime(2026, 3, 14, 13, 0, tzinfo=rome)
    source.registration_until = datetime(2026, 3, 10, 18, 0, tzinfo=rome)
    source.save()
    copied = copy_event(
        person=somebody("administrator"),
        source=source,
        slug="copia",
        title_it="Copia",
        starts_at=datetime(2026, 4, 11, 9, 0, tzinfo=rome),
    )
    copied.refresh_from_db()
    assert timezone.localtime(copied.ends_at).hour == 13
    assert timezone.localtime(copied.registration_until).hour == 18
    assert copied.forget_people_on - source.forget_people_on == timedelta(days=28)


# What a copy has of its own, by model: keys, dates, codes, whom it concerns, what happened. Everything else is copied.
OF_A_COPY = {
    Event: {"id", "slug", "title_it", "starts_at", "ends_at", "registration_until", "forget_people_on", "published_at"}
    | {"results_published_at", "tables_open_until", "called", "called_until", "called_at", "wall_code"}
    # A link is that of one meeting: the old one would send people into an empty room.
    | {"remote_link", "calendar_version", "projected_up_to"},
    Venue: {"id", "event", "managed_by", "wall_code"},
    Table: {"id", "event", "venue", "public_id", "code", "pin", "export_key", "facilitator", "facilitated_by"},
    Session: {"id", "event"},
    Question: {"id", "session"},
    ProgrammeItem: {"id", "event"},
}


def test_a_copy_has_every_field_that_is_not_its_own(event):
    by = somebody("administrator")
    Table.objects.filter(number=4).update(remote=True, seats=7, room="Sala B")
    Venue.objects.filter(position=1).update(access_it="Dal cortile", access_en="From the yard", in_charge="Ugo")
    ProgrammeItem.objects.create(event=event, starts="09:30", title_it="Apertura", title_en="Opening", speakers="Ada")
    Event.objects.filter(pk=event.pk).update(contact="a@esempio.it", votes_by_phone=True, privacy_en="More", seats=9)
    source = Event.objects.get(pk=event.pk)
    copied = copy_event(person=by, source=source, slug="copia", title_it="Copia", starts_at=timezone.now())
    copied.refresh_from_db()
    order = {Table: "number", ProgrammeItem: "starts"}
    for model, own in OF_A_COPY.items():
        rows = model._default_manager
        of = {Question: "session__event", Event: "pk"}.get(model, "event")
        twins = [list(rows.filter(**{of: one.pk}).order_by(order.get(model, "pk"))) for one in (source, copied)]
        assert twins[0], model
        for before, after in zip(*twins, strict=True):
            for field in model._meta.fields:
                if field.name not in own:
                    name = f"{model.__name__}.{field.name}"
                    assert getattr(before, field.attname) == getattr(after, field.attname), name


def test_seats_that_are_raised_move_the_waiting_list_up_and_a_new_date_is_offered_to_be_told(client, event):
    by = somebody("administrator")
    Event.objects.filter(pk=event.pk).update(
        seats=1, starts_at=timezone.now() + timedelta(days=5), ends_at=timezone.now() + timedelta(days=5, hours=4)
    )
    for n, state in enumerate(("confirmed", "waiting")):
        Registration.objects.create(event=event, name=f"Ada {'AB'[n]}", email=f"a{n}@esempio.it", state=state)
    client.force_login(by)
    address = reverse("desk:event_data", args=[event.slug])
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: "" if value is None else value for name, value in given.items()}
    for name in ("starts_at", "ends_at"):
        given[name] = given[name].strftime("%Y-%m-%dT%H:%M")
    given["seats"] = 2
    answer = client.post(address, {k: v for k, v in given.items() if v is not False})
    assert answer.status_code == 302, answer.context["form"].errors
    assert set(Registration.objects.values_list("state", flat=True)) == {"confirmed"}
    day = timezone.now() + timedelta(days=6)
    given["starts_at"], given["ends_at"] = day.strftime("%Y-%m-%dT09:00"), day.strftime("%Y-%m-%dT13:00")
    given["forget_people_on"] = (day + timedelta(days=30)).date().isoformat()
    answer = client.post(address, {k: v for k, v in given.items() if v is not False}, follow=True)
    assert "Avvisi tutte le persone iscritte?" in answer.content.decode()
    told = client.post(reverse("desk:event_people", args=[event.slug]), {"avvisa": "1", "sure": "1"}, follow=True)
    assert "2 e-mail" in told.content.decode()
    message = message_to("changed", Registration.objects.select_related("event", "table__venue").first())
    assert "sono cambiati" in message.subject
    assert "sono cambiati" in message.body


def test_who_takes_part_from_afar_sits_at_a_remote_table_and_gets_the_link(event):
    from aumenta.events.participants.register import confirm, register

    Event.objects.filter(pk=event.pk).update(
        remote_link="https://sala.esempio.it/x",
        starts_at=timezone.now() + timedelta(days=1),
        ends_at=timezone.now() + timedelta(days=1, hours=4),
    )
    event.refresh_from_db()
    Table.objects.filter(event=event, number=2).update(remote=True)
    zone = table(event, 1).zones.get()
    for n, remote in enumerate((True, False)):
        register(event=event, now=timezone.now(), name="Ada Prova", email=f"a{n}@esempio.it", zone=zone, remote=remote)
    for asked in Registration.objects.filter(state="asked"):
        confirm(registration=asked)
    far, near = Registration.objects.order_by("pk").select_related("event", "table__venue")
    assert (far.table.number, near.table.number) == (2, 1)
    assert "https://sala.esempio.it/x" in message_to("confirmed", far).body
    assert "https://sala.esempio.it/x" not in message_to("confirmed", near).body


def test_the_public_form_still_asks_for_an_address(client, event):
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() + timedelta(days=1), ends_at=timezone.now() + timedelta(days=1, hours=4)
    )
    page = client.get(reverse("site:registration", args=[event.slug]))
    assert page.context["form"].fields["email"].required
    assert "remote" not in page.context["form"].fields


def test_the_exchange_says_the_call_in_its_json(client, event):
    call_tables(person=somebody("approver"), event=event, text="Ora", minutes=1)
    answer = Device(table(event, 1)).exchange(client)
    assert json.loads(answer.content)["call"]["text"] == "Ora"


@pytest.mark.parametrize("role", ["reader", "referent"])
def test_who_is_in_charge_of_a_venue_has_its_tables_and_entrance_without_being_a_facilitator(client, event, role):
    person, colleague = somebody(role), somebody(role)
    Venue.objects.filter(event=event, position=2).update(managed_by=person)
    theirs = Table.objects.filter(venue__event=event, venue__position=2).first()
    others = Table.objects.filter(venue__event=event).exclude(venue__position=2).first()
    client.force_login(person)
    assert event.title in client.get("/it/scrivania/eventi/").content.decode()
    page = client.get(reverse("desk:event", args=[event.slug])).content.decode()
    entrance = reverse("desk:event_entrance", args=[event.slug])
    assert entrance in page
    assert f"/tavoli/{theirs.number}/" in page
    assert f"/tavoli/{others.number}/" not in page
    assert client.get(entrance).status_code == 200
    assert client.get(reverse("desk:event_table", args=[event.slug, theirs.number])).status_code == 200
    assert client.get(reverse("desk:event_table", args=[event.slug, others.number])).status_code in {403, 404}
    for shut in ("event_people", "event_tables", "event_data", "event_reports"):
        assert client.get(reverse(f"desk:{shut}", args=[event.slug])).status_code in {403, 404}, shut
    assert client.get(reverse("regia", args=[event.slug])).status_code in {403, 404}
    client.force_login(colleague)
    for address in ("/it/scrivania/eventi/", entrance):
        assert client.get(address).status_code in {403, 404}
