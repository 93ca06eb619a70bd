"""The console's exchange with the centre: opened by code and PIN, kept once, refused with a reason."""

import asyncio
import hashlib
import json
import threading
from io import BytesIO
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError, connections
from django.utils import timezone
from PIL import Image

from aumenta.console import sync
from aumenta.console.asgi import ADDRESS, LARGEST_BODY, with_exchange
from aumenta.console.sync import Batch, batch_writer
from aumenta.core.tablelog.state import read_table
from aumenta.events.models import Choice, Observation, StickerCount, Table, TableDevice, TableOperation
from aumenta.events.tables.append_operations import append, append_operations
from aumenta.events.tables.open_table import WRONG_PINS
from aumenta.events.tables.project_log import _project_batch, project_log, rebuild_projection
from aumenta.people.models import Attempt
from tests.console_cast import opening
from tests.events_cast import Device, an_event, table, write_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _write_in_the_tests_own_transaction(request, monkeypatch):
    """The desk writes in a thread of its own, which would see nothing of a test that has not been committed."""
    if "real_writer" not in request.fixturenames:
        monkeypatch.setattr(batch_writer, "submit", write_at_once)


@pytest.fixture
def real_writer():
    yield
    batch_writer.thread.submit(connections.close_all).result()


@pytest.mark.django_db(transaction=True)
def test_the_desk_writes_what_many_devices_send_at_the_same_time(real_writer):
    event = an_event()
    devices = [Device(table(event, 1 + n % 4)) for n in range(12)]
    for device in devices:
        device.say("Detta insieme alle altre")

    async def all_at_once():
        batches = [Batch(d.secret, 0, [o.as_json() for o in d.to_send()]) for d in devices]
        return await asyncio.gather(
            *(batch_writer.submit(batch) for batch in batches), batch_writer.submit(Batch("nobody", 0))
        )

    *answers, stranger = async_to_sync(all_at_once)()
    assert not stranger.recognised
    assert sorted(len(answer.kept) for answer in answers) == [2] * 12
    assert TableOperation.objects.count() == 24


@pytest.mark.django_db(transaction=True)
def test_who_hangs_up_is_kept_all_the_same_and_the_others_get_their_answer(real_writer):
    event = an_event()
    one, two = Device(table(event, 1)), Device(table(event, 2))
    for device in (one, two):
        device.say("Detta prima di riagganciare")
    free = threading.Event()

    async def one_hangs_up():
        batch_writer.thread.submit(free.wait, 20)
        batches = [Batch(d.secret, 0, [o.as_json() for o in d.to_send()]) for d in (one, two)]
        asked = [asyncio.ensure_future(batch_writer.submit(batch)) for batch in batches]
        await asyncio.sleep(0)
        asked[0].cancel()
        free.set()
        return await asked[1]

    assert len(async_to_sync(one_hangs_up)().kept) == 2
    assert TableOperation.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_a_write_that_fails_is_told_to_everybody_who_waits_and_the_next_one_goes_through(real_writer, monkeypatch):
    device = Device(table(an_event()))
    device.say("Detta due volte")
    batch = Batch(device.secret, 0, [o.as_json() for o in device.to_send()])
    honest, refusals = append, [OperationalError("the disk is full")]

    def full_once(batches):
        if refusals:
            raise refusals.pop()
        return honest(batches)

    monkeypatch.setattr(sync, "append", full_once)

    async def first_and_again():
        failed = await asyncio.gather(batch_writer.submit(batch), return_exceptions=True)
        return failed, await batch_writer.submit(batch)

    [fault], answer = async_to_sync(first_and_again)()
    assert isinstance(fault, OperationalError)
    assert len(answer.kept) == 2


def test_code_and_pin_give_a_device_its_secret_and_all_it_needs_offline(client):
    at = table(an_event())
    answer = opening(client, at).json()
    given = answer["settings"]
    assert len(given["strategies"]) == 27
    assert [s["kind"] for s in given["sessions"]] == ["stickers", "questions"]
    assert [len(s["questions"]) for s in given["sessions"]] == [0, 4]
    assert len(given["badges"]) == 3
    assert given["zones"] == ["1. Zona inventata 1"]
    # The secret itself is nowhere in the database.
    assert not TableDevice.objects.filter(secret_digest=answer["secret"]).exists()


def test_a_wrong_pin_opens_nothing_and_five_shut_the_table_for_two_minutes(client):
    at = table(an_event())
    for _ in range(WRONG_PINS.most):
        answer = opening(client, at, pin="000000")
        assert (answer.status_code, answer.json()) == (403, {"code": "wrong-pin"})
    assert opening(client, at).json() == {"code": "locked"}
    assert opening(client, at, REMOTE_ADDR="203.0.113.9").status_code == 200, "nobody else is shut out"
    Attempt.objects.update(at=timezone.now() - WRONG_PINS.within)
    assert opening(client, at).status_code == 200


def test_unknown_codes_and_broken_requests_are_told_apart(client):
    at = table(an_event())
    assert client.post(
        "/api/tavolo/apri", {"code": "x", "pin": "1", "device": str(uuid4())}, content_type="application/json"
    ).json() == {"code": "unknown-table"}
    assert opening(client, at, device="not a device").status_code == 400
    for body in (b"", b"[]", b"{", b'"x"', b"\xff"):
        assert client.post("/api/tavolo/apri", body, content_type="application/json").status_code == 400


def test_a_device_keeps_to_the_table_it_was_opened_at(client):
    event = an_event()
    device = uuid4()
    assert opening(client, table(event, 1), device=device).status_code == 200
    assert opening(client, table(event, 2), device=device).json() == {"code": "other-table"}


def test_what_is_sent_is_kept_once_however_often_it_is_sent(client):
    one = Device(table(an_event()))
    one.add("stickers", "s1/2.2", 3)
    one.say("Più treni la sera")
    records = [o.as_json() for o in one.to_send()]
    for _ in range(3):
        answer = client.post(
            "/api/tavolo/scambio",
            {"cursor": 0, "waiting": 3, "operations": records},
            content_type="application/json",
            headers={"Authorization": f"Bearer {one.secret}"},
        ).json()
        assert sorted(answer["kept"]) == sorted(r["id"] for r in records)
        assert answer["refused"] == []
    assert TableOperation.objects.count() == len(records)


def test_two_devices_at_one_table_see_each_other_and_agree(client):
    at = table(an_event())
    one, two = Device(at), Device(at)
    one.set("stickers", "s1/2.2", 7)
    two.add("stickers", "s1/2.2", 2)
    two.say("Una biblioteca aperta la sera")
    for device in (one, two, one):
        assert device.exchange(client).status_code == 200
    assert not one.waiting
    assert not two.waiting
    assert read_table(one.operations.values()) == read_table(two.operations.values())
    assert read_table(one.operations.values()).stickers_in("s1") == {"2.2": 9}


def test_a_bad_record_is_refused_with_its_reason_and_does_not_stop_the_others(client):
    one = Device(table(an_event()))
    one.say("Buona")
    good = [o.as_json() for o in one.to_send()]
    bad = {**good[0], "id": str(uuid4()), "clock": -1}
    elsewhere = {**good[0], "id": str(uuid4()), "table": str(uuid4())}
    answer = client.post(
        "/api/tavolo/scambio",
        {"cursor": 0, "waiting": 0, "operations": [bad, elsewhere, "rubbish", *good]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {one.secret}"},
    ).json()
    assert len(answer["kept"]) == len(good)
    assert [(r["code"], r["field"]) for r in answer["refused"]] == [
        ("out-of-range", "clock"),
        ("other-table", "table"),
        ("not-an-object", "operation"),
    ]


def test_an_identifier_another_table_used_is_refused_and_the_other_tables_entry_stays(client):
    event = an_event()
    one, two = Device(table(event, 1)), Device(table(event, 2))
    key = one.say("Del tavolo uno")
    one.exchange(client)
    taken = next(iter(one.operations.values()))
    answer = client.post(
        "/api/tavolo/scambio",
        {"cursor": 0, "waiting": 0, "operations": [{**taken.as_json(), "table": two.table, "device": two.device}]},
        content_type="application/json",
        headers={"Authorization": f"Bearer {two.secret}"},
    ).json()
    assert [r["code"] for r in answer["refused"]] == ["identifier-taken"]
    two.set("text", key, "Rubata")
    two.exchange(client)
    project_log(event)
    assert Observation.objects.get(table__number=1, public_id=key).text == "Del tavolo uno"


@pytest.mark.parametrize("secret", ["", "x", "Bearer"])
def test_nobody_without_a_secret_reads_or_writes_anything(client, secret):
    one = Device(table(an_event()))
    headers = {"Authorization": f"Bearer {secret}"}
    body = {"cursor": 0, "waiting": 0, "operations": []}
    for address in ("/api/tavolo/scambio", "/api/tavolo/scheda"):
        assert client.post(address, body, content_type="application/json", headers=headers).status_code == 401
    assert client.put(f"/api/tavolo/foto/{uuid4()}", b"x", headers=headers).status_code == 401
    TableDevice.objects.update(shut_at=timezone.now())
    assert one.exchange(client).status_code == 401
    assert client.get("/api/tavolo/scambio").status_code == 405


@pytest.mark.parametrize(
    "body",
    [{"operations": {}}, {"cursor": -1}, {"cursor": "1"}, {"waiting": True}, {"cursor": 2**60}, [], "x"],
)
def test_a_broken_exchange_is_refused_whole(client, body):
    one = Device(table(an_event()))
    headers = {"Authorization": f"Bearer {one.secret}"}
    answer = client.post("/api/tavolo/scambio", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"code": "bad-request"})


def test_a_long_log_comes_in_parts_and_nothing_is_missing(client, monkeypatch):
    monkeypatch.setattr("aumenta.console.sync.MOST_SENT_BACK", 7)
    at = table(an_event())
    one, two = Device(at), Device(at)
    for n in range(20):
        one.set("headcount", "", n)
    one.exchange(client)
    rounds = 0
    while two.exchange(client).json()["more"]:
        rounds += 1
    assert rounds == 2
    assert two.operations == one.operations


def test_the_derived_rows_say_what_the_log_says_and_can_be_made_again(client):
    event = an_event()
    one, two = Device(table(event, 1)), Device(table(event, 1))
    key = one.say("Prima stesura", private=True)
    one.set("headcount", "", 9)
    one.set("stickers", "s1/1.1", 5)
    one.exchange(client)
    project_log(event)
    two.set("stickers", "s1/1.1", 6)
    two.exchange(client)
    one.exchange(client)
    one.set("text", key, "Seconda stesura")
    one.set("choice", "s1", {"strategies": ["1.1"], "reason": "la più votata"})
    one.exchange(client)
    project_log(event)

    def derived():
        return (
            list(StickerCount.objects.values_list("table__number", "strategy_code", "count", "others")),
            list(Choice.objects.values_list("strategies", "reason", "disputed")),
            list(Observation.objects.values_list("text", "private", "withdrawn", "versions", "strategy_code")),
            list(Table.objects.get(number=1).summary.__class__.objects.values_list("headcount", "operations")),
        )

    before = derived()
    assert before[1:] == (
        [(["1.1"], "la più votata", False)],
        [("Seconda stesura", True, False, 2, "1.1")],
        [(9, TableOperation.objects.count())],
    )
    assert len(before[0]) == 1
    assert {before[0][0][2], *before[0][0][3]} == {5, 6}
    rebuild_projection(event)
    assert derived() == before


def test_the_page_is_the_same_for_every_table_and_carries_no_secret(client):
    event = an_event()
    for language in ("it", "en"):
        page = client.get(f"/{language}/tavolo/").content.decode()
        assert table(event).code not in page
        worker = client.get(f"/{language}/tavolo/lavoro.js")
        assert worker["Content-Type"] == "text/javascript"
        assert f'"/{language}/tavolo/"' in worker.content.decode()
        assert client.get(f"/{language}/tavolo/manifest.webmanifest").json()["start_url"] == f"/{language}/tavolo/"


def a_jpeg() -> bytes:
    file = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "JPEG")
    return file.getvalue()


def test_a_photo_is_kept_only_as_it_was_announced(client):
    event = an_event()
    one = Device(table(event))
    picture, photo = a_jpeg(), uuid4()
    headers = {"Authorization": f"Bearer {one.secret}"}
    address = f"/api/tavolo/foto/{photo}"
    send = lambda content: client.put(address, content, content_type="image/jpeg", headers=headers)  # noqa: E731
    assert send(picture).json() == {"code": "not-announced"}
    sha256 = hashlib.sha256(picture).hexdigest()
    one.set("photo", str(photo), {"sha256": sha256, "caption": "", "removed": False})
    one.exchange(client)
    assert send(picture + b"x").json() == {"code": "not-as-announced"}
    assert send(b"GIF89a").json() == {"code": "not-a-photo"}
    assert send(picture).status_code == 200
    assert send(picture).status_code == 200


def test_the_servers_short_way_answers_as_the_view_does_and_leaves_all_else_alone():
    one = Device(table(an_event()))
    one.say("Per la via breve")
    body = json.dumps({"cursor": 0, "waiting": 0, "operations": [o.as_json() for o in one.to_send()]}).encode()
    reached = []

    async def behind(scope, receive, send):
        reached.append(scope["path"])

    async def call(path, content, secret, method="POST"):
        parts = [content[:40], content[40:]]
        sent = []

        async def receive():
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message):
            sent.append(message)

        headers = [(b"authorization", b"Bearer " + secret.encode())]
        scope = {"type": "http", "path": path, "method": method, "headers": headers}
        await with_exchange(behind)(scope, receive, send)
        return (sent[0]["status"], json.loads(sent[1]["body"])) if sent else None

    def ask(*arguments):
        return async_to_sync(call)(*arguments)

    status, answer = ask(ADDRESS, body, one.secret)
    assert (status, len(answer["kept"])) == (200, 2)
    assert ask(ADDRESS, body, "nobody")[0] == 401
    assert ask(ADDRESS, b"{", one.secret) == (400, {"code": "bad-request"})
    assert ask(ADDRESS, b" " * (LARGEST_BODY + 1), one.secret)[0] == 413
    assert ask("/it/", b"", "") is None
    assert ask(ADDRESS, b"", "", "GET") is None
    assert reached == ["/it/", ADDRESS]
    assert TableOperation.objects.count() == 2


def test_a_derivation_that_another_has_overtaken_writes_nothing():
    at = table(an_event(strategies=6))
    device = Device(at)
    device.set("stickers", "s1/1.1", 5)
    append_operations(table=at, records=[operation.as_json() for operation in device.to_send()])
    project_log(at.event)
    StickerCount.objects.update(count=99)
    _project_batch(at.event, 0)
    assert StickerCount.objects.get().count == 99
