"""One bad device spoils no table, event or report; and what opened a table does not open it for ever."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.console import gate
from aumenta.console.sync import batch_writer
from aumenta.events.models import Event, Observation, Table, TableDevice, TableOperation
from aumenta.events.queries import people_present, tables_overview
from aumenta.events.tables import device_bounds
from aumenta.events.tables.look_after_devices import keep_tables_open, let_on, shut_out
from aumenta.events.tables.open_table import digest, open_table
from aumenta.events.tables.project_log import project_log
from aumenta.people.refusals import RefusedError
from aumenta.results.take_snapshot import take_snapshot
from tests.cast import somebody
from tests.events_cast import Device, an_event, table, write_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr(batch_writer, "submit", write_at_once)
    monkeypatch.setattr(gate, "close_old_connections", lambda: None)
    monkeypatch.setattr(device_bounds, "MOST_ENTRIES_A_MINUTE", 400)
    monkeypatch.setattr(device_bounds, "MOST_TEXTS", 150)
    return an_event(strategies=6)


def said(event: Event) -> int:
    project_log(event)
    return Observation.objects.filter(table__event=event, withdrawn=False).count()


def flood(device: Device, client: Client, how_many: int) -> list[int]:
    """Answers to exchanges of 40 entries each."""
    answers = []
    for n in range(how_many):
        device.set("text", str(uuid4()), f"Riempitivo numero {n}")
        if n % 40 == 39:
            answers.append(device.exchange(client).status_code)
    return answers


def test_a_device_that_floods_is_held_and_its_table_goes_on(client: Client, event: Event) -> None:
    bad, honest = Device(table(event)), Device(table(event))
    answers = flood(bad, client, 800)
    assert answers[0] == 200
    assert answers[-1] == 429
    assert said(event) <= 150 + 100, "no more than the bound, and what came before it was looked at again"
    honest.say("Più treni la sera")
    assert honest.exchange(client).status_code == 200
    assert [row["held"] for row in tables_overview(event)] == [True, False, False, False]
    held = TableDevice.objects.get(public_id=bad.device)
    assert held.held_for == TableDevice.Held.TEXTS
    client.force_login(somebody("approver"))
    html = client.get(reverse("regia-devices", args=[event.slug])).content.decode()
    assert "Trattenuto" in html
    assert held.short_name in html


def test_who_sends_too_fast_waits_and_loses_nothing(
    client: Client, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_bounds, "MOST_TEXTS", 10_000)
    fast = Device(table(event))
    assert set(flood(fast, client, 480)) == {200, 429}
    assert fast.waiting, "what was not taken stays in its queue"
    TableDevice.objects.update(minute_at=timezone.now() - timedelta(minutes=2))
    while fast.waiting:
        assert fast.exchange(client).status_code == 200
    assert said(event) == 480


def test_the_regia_lets_it_go_on_or_shuts_it_out_with_all_it_sent(client: Client, event: Event) -> None:
    bad, honest = Device(table(event)), Device(table(event))
    honest.say("Più treni la sera")
    honest.exchange(client)
    flood(bad, client, 400)
    office = somebody("approver")
    held = TableDevice.objects.get(public_id=bad.device)
    with pytest.raises(PermissionDenied):
        shut_out(person=somebody("facilitator"), device=held)
    let_on(person=office, device=held)
    TableDevice.objects.update(minute_at=None)
    assert bad.exchange(client).status_code == 200
    held.refresh_from_db()
    shut_out(person=office, device=held, leave_out=True)
    assert bad.exchange(client).status_code == 401
    assert said(event) == 1
    assert TableOperation.objects.filter(sent_by=held).exists(), "the log is only ever appended to"
    snapshot = take_snapshot(person=office, event=event)
    assert "Riempitivo" not in str(snapshot.content)
    newcomer = Device(table(event))
    assert "Riempitivo" not in newcomer.exchange(client).content.decode()
    with pytest.raises(RefusedError, match="shut_out"):
        open_table(code=table(event).code, pin="123456", device=held.public_id, now=timezone.now())


def test_nobody_writes_in_the_name_of_a_device_that_was_never_here(client: Client, event: Event) -> None:
    device = Device(table(event))
    names = {name: str(uuid4()) for name in ("id", "device", "key")}
    forged = {**names, "table": device.table, "verb": "set", "what": "text", "value": "Altrui", "clock": 1}
    answer = client.post(
        reverse("console-exchange"),
        {"operations": [forged]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {device.secret}"},
    ).json()
    assert [(one["code"], one["field"]) for one in answer["refused"]] == [("unknown-device", "device")]
    assert said(event) == 0


def test_badges_that_nobody_printed_are_nobody(client: Client, event: Event) -> None:
    device = Device(table(event))
    for n in range(50):
        device.set("check-in", f"FALSO{n}", True)
    device.set("check-in", table(event).badges.earliest("pk").code, True)
    assert device.exchange(client).status_code == 200
    project_log(event)
    assert people_present(event) == 1


def test_what_opened_a_table_opens_nothing_once_the_event_is_long_over(client: Client, event: Event) -> None:
    device = Device(table(event))
    device.say("Più treni la sera")
    client_calls: Any = [
        lambda: device.exchange(client),
        lambda: client.post(
            reverse("console-settings"), {}, "application/json", headers={"Authorization": f"Bearer {device.secret}"}
        ),
    ]
    over = timezone.now() - timedelta(days=2, minutes=1)
    Event.objects.filter(pk=event.pk).update(starts_at=over - timedelta(hours=5), ends_at=over, tables_open_until=None)
    assert [call().status_code for call in client_calls] == [401, 401]
    one = table(event)
    with pytest.raises(RefusedError, match="over"):
        open_table(code=one.code, pin="123456", device=uuid4(), now=timezone.now())
    assert not gate._look(digest(device.secret))
    event.refresh_from_db()
    with pytest.raises(PermissionDenied):
        keep_tables_open(person=somebody("facilitator"), event=event)
    keep_tables_open(person=somebody("approver"), event=event)
    assert [call().status_code for call in client_calls] == [200, 200]
    assert said(event) == 1, "what the device held back arrives"


def test_a_copy_of_the_database_shows_no_pin_and_no_key(event: Event) -> None:
    one = table(event)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pin, export_key FROM events_table WHERE id = %s", [one.pk])
        pin, key = cursor.fetchone()
    assert one.pin == "123456"
    assert "123456" not in pin
    assert bytes(one.export_key) not in bytes(key)
    assert len(bytes(Table.objects.get(pk=one.pk).export_key)) == 32


def test_who_sends_slowly_is_counted_too(client: Client, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer than a hundred entries a minute were never looked at: six thousand texts an hour, and no word of it."""
    bad, honest = Device(table(event)), Device(table(event))
    answers = []
    for _minute in range(8):
        TableDevice.objects.update(minute_at=timezone.now() - timedelta(minutes=2))
        for n in range(40):
            bad.set("text", str(uuid4()), f"Riempitivo numero {n}")
        answers.append(bad.exchange(client).status_code)
    assert answers[0] == 200
    assert answers[-1] == 429
    assert TableDevice.objects.get(public_id=bad.device).held_for == TableDevice.Held.TEXTS
    honest.say("Più treni la sera")
    assert honest.exchange(client).status_code == 200


def test_few_entries_that_are_huge_are_too_much(client: Client, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each entry may name five thousand that it replaces: every other device of the table had to fetch them all."""
    monkeypatch.setattr(device_bounds, "MOST_SIZE", 400_000)
    bad, honest = Device(table(event)), Device(table(event))
    answers = []
    for _minute in range(4):
        TableDevice.objects.update(minute_at=timezone.now() - timedelta(minutes=2))
        record = {
            **{name: str(uuid4()) for name in ("id", "key")},
            "device": bad.device,
            "table": bad.table,
            "verb": "set",
            "what": "text",
            "value": "x",
            "clock": 1,
            "over": [str(uuid4()) for _ in range(5_000)],
        }
        answer = client.post(
            reverse("console-exchange"),
            {"operations": [record]},
            content_type="application/json",
            headers={"Authorization": f"Bearer {bad.secret}"},
        )
        answers.append(answer.status_code)
    assert answers == [200, 200, 429, 429]
    for _n in range(60):
        honest.say("Un'osservazione come tante, lunga quanto basta per dire una cosa sola")
    assert honest.exchange(client).status_code == 200
    TableDevice.objects.update(minute_at=timezone.now() - timedelta(minutes=2))
    honest.say("Più treni la sera")
    assert honest.exchange(client).status_code == 200
