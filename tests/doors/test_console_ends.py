"""What a device hands over at the end: photos in pieces, what it holds back, and leaving the table."""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from aumenta.console.sync import batch_writer
from aumenta.core.tablelog.encrypted_export import encrypt
from aumenta.events.edit_event import renew_access
from aumenta.events.models import Photo, PhotoPiece, Table, TableDevice
from aumenta.events.tables.import_file import import_file
from aumenta.events.tables.open_table import open_table
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.console_cast import a_picture, opening
from tests.events_cast import Device, an_event, table, write_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _write_in_the_tests_own_transaction(monkeypatch):
    """The console's writer has a thread of its own, which would see nothing of a test that has not been committed."""
    monkeypatch.setattr(batch_writer, "submit", write_at_once)


@pytest.fixture
def at(settings, tmp_path) -> Table:
    settings.MEDIA_ROOT = tmp_path
    return table(an_event())


class Sender:
    """A device that has announced a photo and sends it by the real address."""

    def __init__(self, client, at: Table, picture: bytes) -> None:
        self.client, self.picture, self.photo = client, picture, uuid4()
        self.device = Device(at)
        self.headers = {"Authorization": f"Bearer {self.device.secret}"}
        self.address = f"/api/tavolo/foto/{self.photo}"
        sha256 = hashlib.sha256(picture).hexdigest()
        self.device.set("photo", str(self.photo), {"sha256": sha256, "caption": "", "removed": False})

    def piece(self, start: int, end: int, content: bytes | None = None):
        body = self.picture[start:end] if content is None else content
        headers = {**self.headers, "Content-Range": f"bytes {start}-{end - 1}/{len(self.picture)}"}
        return self.client.put(self.address, body, content_type="image/jpeg", headers=headers)

    def asked(self):
        return self.client.get(self.address, headers=self.headers).json()


def test_a_photo_comes_in_pieces_and_goes_on_from_where_it_was(client, at):
    sender = Sender(client, at, a_picture())
    assert sender.asked() == {"code": "not-announced"}
    sender.device.exchange(client)
    assert sender.asked() == {"received": 0, "kept": ""}
    assert sender.piece(0, 1000).json() == {"received": 1000, "kept": ""}
    # The answer was lost and the piece comes again, or one was jumped over: the centre says from where to go on.
    assert sender.piece(0, 1000).json() == {"received": 1000, "kept": ""}
    assert sender.piece(5000, 6000).json() == {"received": 1000, "kept": ""}
    assert sender.asked() == {"received": 1000, "kept": ""}
    whole = len(sender.picture)
    assert sender.piece(1000, whole).json() == {"received": whole, "kept": str(sender.photo)}
    kept = Photo.objects.get(public_id=sender.photo)
    with default_storage.open(kept.file.name) as file, Image.open(file) as picture:
        assert picture.size == (300, 200)
    assert not PhotoPiece.objects.exists()
    assert sender.piece(0, 10).json()["kept"] == str(sender.photo)
    assert sender.asked()["kept"] == str(sender.photo)


def test_a_photo_damaged_in_its_pieces_is_refused_and_may_begin_anew(client, at):
    sender = Sender(client, at, a_picture())
    sender.device.exchange(client)
    whole = len(sender.picture)
    sender.piece(0, 1000)
    assert sender.piece(1000, whole, content=b"x" * (whole - 1000)).status_code == 400
    assert sender.asked() == {"received": 0, "kept": ""}
    assert sender.piece(0, whole).json()["kept"] == str(sender.photo)


@pytest.mark.parametrize("said", ["bytes x-9/10", "bytes 0-9", "items 0-9/10", "bytes 0-9/999999999999", ""])
def test_a_piece_that_does_not_say_where_it_belongs_is_refused(client, at, said):
    sender = Sender(client, at, a_picture())
    sender.device.exchange(client)
    headers = {**sender.headers, "Content-Range": said}
    assert client.put(sender.address, b"x" * 10, content_type="image/jpeg", headers=headers).status_code == 400


def test_no_piece_goes_past_its_photo_or_past_what_a_photo_may_weigh(client, at):
    sender = Sender(client, at, a_picture())
    sender.device.exchange(client)
    for said in ("bytes 0-9/5", "bytes 0-9/99999999"):
        headers = {**sender.headers, "Content-Range": said}
        answer = client.put(sender.address, b"x" * 10, content_type="image/jpeg", headers=headers)
        assert answer.json() == {"code": "photo-too-large"}
    assert not PhotoPiece.objects.exists()


def test_what_the_regia_calls_not_yet_sent_is_right_as_soon_as_it_has_arrived(client, at):
    device = Device(at)
    for n in range(3):
        device.say(f"Voce {n}")
    held = len(device.waiting)
    device.exchange(client)
    assert held == 6
    assert TableDevice.objects.get(public_id=UUID(device.device)).waiting == 0


def test_what_arrives_by_file_is_not_waited_for_any_more(at):
    event = at.event
    device = Device(at)
    device.say("Senza rete tutto il giorno")
    # A console counts as people do: the voice with its place is one thing, and a photo waits besides.
    TableDevice.objects.filter(public_id=UUID(device.device)).update(waiting=2)
    content = encrypt(device.operations.values(), str(at.public_id), bytes(at.export_key))
    assert import_file(person=somebody("administrator"), event=event, content=content)[1:] == (1, 0)
    assert TableDevice.objects.get(public_id=UUID(device.device)).waiting == 1


def test_a_device_that_leaves_is_known_no_more_and_opens_again_with_the_new_code(client, at):
    device = Device(at)
    device.say("Prima")
    device.exchange(client)
    headers = {"Authorization": f"Bearer {device.secret}"}
    assert client.post("/api/tavolo/lascia", "{}", content_type="application/json", headers=headers).status_code == 200
    assert device.exchange(client).status_code == 401
    assert client.post("/api/tavolo/lascia", "{}", content_type="application/json", headers=headers).status_code == 401
    old = at.code
    renew_access(person=somebody("administrator"), table=at)
    at.refresh_from_db()
    assert at.code != old
    again = opening(client, at, pin=at.pin, device=UUID(device.device))
    device.secret = again.json()["secret"]
    device.say("Dopo")
    assert device.exchange(client).status_code == 200
    assert at.operations.count() == 4


def test_who_holds_only_the_qr_code_does_not_keep_those_outside_who_worked_at_the_table(at):
    now = timezone.now()
    mine = uuid4()
    open_table(code=at.code, pin=at.pin, device=mine, now=now)
    for _ in range(5):
        with pytest.raises(RefusedError, match="wrong_pin"):
            open_table(code=at.code, pin="000000", device=uuid4(), now=now)
    with pytest.raises(RefusedError, match="locked"):
        open_table(code=at.code, pin=at.pin, device=uuid4(), now=now + timedelta(seconds=1))
    assert open_table(code=at.code, pin=at.pin, device=mine, now=now + timedelta(seconds=1)).secret


def test_the_desk_sees_that_wrong_pins_have_locked_a_table_and_what_to_do(client, at):
    now = timezone.now()
    for _ in range(5):
        with pytest.raises(RefusedError):
            open_table(code=at.code, pin="000000", device=uuid4(), now=now)
    client.force_login(somebody("administrator"))
    base = f"/it/scrivania/eventi/{at.event.slug}/tavoli/"
    for address in (base, f"{base}{at.number}/"):
        assert "PIN sbagliati" in client.get(address).content.decode(), address
    client.post(f"{base}{at.number}/", {"rinnova": "1"})
    assert "PIN sbagliati" not in client.get(f"{base}{at.number}/").content.decode()
