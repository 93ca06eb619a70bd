"""What people outside write stays words wherever it is shown: in every page, mail, print and file that holds it."""

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from uuid import uuid4
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from selectolax.parser import HTMLParser

from aumenta.events.models import Badge, BadgeHolder, Event, Registration
from aumenta.events.participants.links import link_of
from aumenta.events.participants.register import confirm, register
from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.project_log import project_log
from aumenta.people.models import User
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.send_reports import send_reports
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.group_themes import place
from aumenta.voices.record_contributions import record_contribution
from tests.cast import somebody
from tests.events_cast import Device, an_event, table, zones

pytestmark = pytest.mark.django_db

MARK = "<script>alert('x')</script>"
QUOTES = "\" onmouseover=\"alert('x') '"
TURNED = "\u202egnirts\u202c"
HOSTILE = f"{MARK} {QUOTES} {TURNED} & {{{{ 7|add:7 }}}} =1+1"


@pytest.fixture(autouse=True)
def _mails_at_once(settings):
    """The worker's jobs are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def filled(longest: int) -> str:
    """The hostile text, as long as the field may be."""
    return (HOSTILE + " " + "w" * longest)[:longest].strip()


class Outside:
    """An event to which somebody registered, of which a table and a letter spoke: all of it hostile."""

    def __init__(self, capture: object) -> None:
        self.office: User = somebody("administrator")
        self.event: Event = an_event(by=self.office, contact="piano@esempio.it")
        fields = {field.name: field for field in Registration._meta.concrete_fields}
        told = {name: filled(fields[name].max_length or 2000) for name in ("organisation", "needs")}
        told["name"] = f'Ada {TURNED} D\'Angelo & "Figli"'
        with capture(execute=True):  # type: ignore[operator]
            register(
                event=self.event,
                now=self.event.starts_at.replace(year=self.event.starts_at.year - 1),
                email="ada@esempio.it",
                organisation_kind="firm",
                zone=zones()[0],
                wants_report=True,
                language="it",
                **told,
            )
        with capture(execute=True):  # type: ignore[operator]
            confirm(registration=Registration.objects.get())
        self.registration = Registration.objects.get()
        # As one from before names were looked at: what is shown does not count on what was refused.
        Registration.objects.filter(pk=self.registration.pk).update(name=filled(150))
        self.table()
        assert self.event.edition is not None
        self.letter = record_contribution(
            person=self.office,
            edition=self.event.edition,
            text=filled(3000),
            received_on=date(2026, 5, 3),
            source=filled(200),
            strategy_code="1.1",
        )

    def table(self) -> None:
        """What a table writes: a voice of 2,000 characters, a reason, a caption; and the regia's theme of it."""
        device = Device(table(self.event))
        device.say(filled(2000))
        device.set("stickers", "s1/1.1", 3, reason=filled(500))
        device.set("choice", "s1", {"strategies": ["1.1"], "reason": filled(500)})
        device.set("photo", str(uuid4()), {"sha256": "0" * 64, "caption": filled(500), "removed": False})
        waiting = [operation.as_json() for operation in device.to_send()]
        assert len(append_operations(table=table(self.event), records=waiting).kept) == len(waiting)
        project_log(self.event)
        keys = list(self.event.tables.get(number=1).observations.values_list("pk", flat=True))
        place(person=self.office, event=self.event, observations=keys, theme=None, name=filled(120))


@pytest.fixture
def outside(django_capture_on_commit_callbacks) -> Outside:
    return Outside(django_capture_on_commit_callbacks)


def pages(outside: Outside, number: int) -> Iterator[str]:
    """Every page and file that shows what was written, in the public's and the office's hands."""
    slug, person = outside.event.slug, outside.registration.pk
    desk, regia = f"/it/scrivania/eventi/{slug}/", f"/it/regia/{slug}/"
    yield f"/it/eventi/{slug}/la-mia-iscrizione/{link_of(outside.registration)}/"
    yield f"/it/eventi/{slug}/esiti/"
    yield from (f"/it/eventi/{slug}/esiti/{zone}.{kind}" for zone in ("tutte", "1") for kind in ("html", "odt"))
    yield f"/it/eventi/{slug}/esiti/1.pdf"
    yield from (f"{desk}{part}" for part in ("", "iscritti/", f"iscritti/{person}/", "tavoli/", "report/"))
    yield from (f"{regia}{part}" for part in ("", "temi/", "temi/stato.json?tutto", "schermo/", "matrice/", "parole/"))
    yield from (f"{regia}matrice.{kind}" for kind in ("svg", "xlsx", "ods"))
    yield from (f"{regia}stati/{number}/{part}" for part in ("", "?scarica", "report/", "diapositive.pdf"))
    yield from (f"/it/stampe/{slug}/{kind}.pdf" for kind in ("partecipanti", "cartellini", "fogli"))
    yield from (f"/it/scrivania/{part}" for part in ("contributi/", f"contributi/{outside.letter.pk}/", "registro/"))


def check_html(html: str, address: str) -> None:
    """No script and no attribute came from outside."""
    tree = HTMLParser(html)
    for script in tree.css("script"):
        code, is_data = script.text() or "", (script.attributes.get("type") or "").endswith("json")
        assert is_data or "alert('x')" not in code, address
        assert "</script" not in code.lower(), address
        if is_data and code.strip():
            json.loads(code)
    for element in tree.css("[onmouseover]"):
        pytest.fail(f"{address}: {element.html}")


def check(content: bytes, address: str) -> None:
    """Whatever kind of file it is: it can be read, and what was written is words in it."""
    if content.startswith(b"%PDF"):
        assert len(pypdfium2.PdfDocument(content)) > 0
    elif content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            for name in folder.namelist():
                if name.endswith(".xml"):
                    for element in ElementTree.fromstring(folder.read(name)).iter():
                        assert "script" not in element.tag, address
                        assert "formula" not in " ".join(element.attrib), f"{address}: a cell reckons"
    elif b"<svg" in content[:200]:
        assert not [e for e in ElementTree.fromstring(content).iter() if e.tag.endswith("script")], address
    elif content.lstrip()[:1] in b"{[":
        json.loads(content)
    else:
        check_html(content.decode(), address)


def test_what_people_outside_write_is_words_in_every_page_and_file(outside: Outside, client: Client) -> None:
    taken = take_snapshot(person=outside.office, event=outside.event)
    publish_results(person=outside.office, snapshot=Snapshot.objects.select_related("event").get(pk=taken.pk))
    client.force_login(outside.office)
    shown = set()
    for address in pages(outside, taken.number):
        answer = client.get(address)
        if answer.status_code == 404 and "/stampe/" in address:
            continue
        assert answer.status_code == 200, address
        check(answer.content, address)
        if b"alert(" in answer.content:
            shown.add(address)
    assert len(shown) > 8, "the words are there to be looked at"
    assert f"/it/scrivania/eventi/{outside.event.slug}/iscritti/" in shown


def test_what_people_outside_write_is_words_in_every_mail(outside: Outside, django_capture_on_commit_callbacks) -> None:
    taken = take_snapshot(person=outside.office, event=outside.event)
    publish_results(person=outside.office, snapshot=Snapshot.objects.select_related("event").get(pk=taken.pk))
    outside.registration.refresh_from_db()
    assert outside.registration.state == Registration.State.CONFIRMED
    with django_capture_on_commit_callbacks(execute=True):
        sent = send_reports(person=outside.office, snapshot=Snapshot.objects.select_related("event").get(pk=taken.pk))
    assert sent == 1
    assert len(mail.outbox) == 3, "the question, the confirmation and the report"
    for one in mail.outbox:
        assert one.to == ["ada@esempio.it"]
        assert "\n" not in one.subject
        assert one.content_subtype == "plain"
        assert len(one.body) > 50
        assert "&lt;" not in one.body, "a mail is no page: its signs are not written as HTML's"


def test_a_badge_holds_its_persons_name_whole(outside: Outside) -> None:
    holder = BadgeHolder.objects.select_related("registration").get()
    assert holder.registration.name.startswith("<script>alert('x')</script>")
    assert Badge.objects.filter(holder=holder).exists()


NOBODY_KEEPS = ("iscrizione/", "bollini/")


def test_no_page_with_what_somebody_told_us_is_kept_on_the_way(outside: Outside, client: Client) -> None:
    slug = outside.event.slug
    Event.objects.filter(pk=outside.event.pk).update(votes_by_phone=True, starts_at=timezone.now())
    own = [f"/it/eventi/{slug}/{part}" for part in NOBODY_KEEPS]
    own.append(f"/it/eventi/{slug}/la-mia-iscrizione/{link_of(outside.registration)}/")
    inside = [f"/it/scrivania/eventi/{slug}/iscritti/", "/it/scrivania/", "/it/scrivania/io/"]
    client.force_login(outside.office)
    for address in [*own, *inside]:
        answer = (client if address in inside else Client()).get(address)
        if answer.status_code == 404:
            pytest.fail(address)
        assert "no-store" in answer.headers["Cache-Control"], address
