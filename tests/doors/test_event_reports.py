"""The results made public, the office's words in the reports, and the reports sent once to who asked for them."""

import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from aumenta.events.models import Event, Photo, Registration
from aumenta.events.participants.forget_people import forget_people
from aumenta.events.participants.register import withdraw
from aumenta.people.refusals import RefusedError
from aumenta.printing import events
from aumenta.printing.events import REPORTS
from aumenta.printing.paper import compile_pdf
from aumenta.results import send_reports
from aumenta.results.hide_event import hide_event
from aumenta.results.models import Delivery, ReportEdition, ReportText, Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.reports import report_of
from aumenta.results.take_snapshot import take_snapshot
from tests.cast import somebody
from tests.events_cast import a_facilitator, an_event, table, zones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_at_once(settings):
    """The worker's jobs are done at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def _no_report_made_yet():
    """No test gets a report that another one made."""
    REPORTS.clear()


@pytest.fixture
def office(client):
    person = somebody("approver")
    client.force_login(person)
    return person


@pytest.fixture
def event():
    made = an_event(contact="piano@esempio.it")
    for n, (wants, state) in enumerate(
        [(True, "confirmed"), (True, "confirmed"), (False, "confirmed"), (True, "waiting")]
    ):
        Registration.objects.create(
            event=made,
            name=f"Persona {n}",
            email=f"p{n}@esempio.it",
            wants_report=wants,
            state=state,
            zone=zones(3)[n % 3],
        )
    return made


@pytest.fixture
def taken(event, office):
    made = take_snapshot(person=office, event=event)
    publish_results(person=office, snapshot=made)
    return Snapshot.objects.select_related("event").get(pk=made.pk)


@pytest.fixture
def act(client, event, django_capture_on_commit_callbacks):
    """Press a button of the page; the worker does at once what is queued."""

    def post(verb: str, **given: object):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                f"/it/scrivania/eventi/{event.slug}/report/esegui/", {"verb": verb, **given}, follow=True
            )

    return post


def test_results_and_reports_are_nobodys_before_and_everybodys_after_publication(event, office, act):
    take_snapshot(person=office, event=event)
    addresses = [f"/it/eventi/{event.slug}/esiti/"]
    addresses += [f"{addresses[0]}{zone}.{kind}" for zone in ("tutte", "1") for kind in ("html", "pdf", "odt")]
    owner = Client()
    owner.force_login(office)
    for chair in (Client(), owner):
        assert {chair.get(address).status_code for address in addresses} == {404}
    act("publish", numero=1)
    for chair in (Client(), owner):
        assert {chair.get(address).status_code for address in addresses} == {200}
    assert Client().get(addresses[2]).content.startswith(b"%PDF")
    assert Client().get(f"{addresses[0]}99.html").status_code == 404
    # The regia's own address stays closed to strangers.
    assert Client().get(f"/it/regia/{event.slug}/stati/1/report/1.html").status_code == 302
    act("hide")
    assert {Client().get(address).status_code for address in addresses} == {404}


def test_a_report_is_made_once_until_something_in_it_changes(event, office, taken, monkeypatch):
    made = []

    def compile_and_count(*given):
        made.append(given[0])
        return compile_pdf(*given)

    monkeypatch.setattr(events, "compile_pdf", compile_and_count)
    address = f"/it/eventi/{event.slug}/esiti/1.pdf"
    first = Client().get(address).content
    assert [Client().get(address).content for _ in range(3)] == [first] * 3
    assert len(made) == 1
    Client().get(address.replace("/it/", "/en/"))
    assert len(made) == 2
    send_reports.write_report_text(person=office, event=event, zone=zones(3)[0], introduction="Grazie.", conclusion="")
    assert Client().get(address).content == first
    publish_results(person=office, snapshot=taken)
    assert Client().get(address).content != first
    assert len(made) == 3


def test_search_engines_find_an_event_and_its_results_as_soon_as_they_are_public(event, office):
    own, results = f"/en/eventi/{event.slug}/</loc>", f"/it/eventi/{event.slug}/esiti/</loc>"

    def listed() -> tuple[bool, bool]:
        sitemap = Client().get("/sitemap.xml").content.decode()
        return own in sitemap, results in sitemap

    assert listed() == (True, False)
    publish_results(person=office, snapshot=take_snapshot(person=office, event=event))
    assert listed() == (True, True)
    hide_event(person=office, event=Event.objects.get())
    assert listed() == (False, False)


def test_only_one_state_is_public_and_a_new_one_takes_its_place(event, office, act):
    for _ in range(2):
        take_snapshot(person=office, event=event)
    act("publish", numero=1)
    act("publish", numero=2)
    assert list(event.snapshots.exclude(published_at=None).values_list("number", flat=True)) == [2]
    assert act("publish", numero=9).status_code == 404


def test_the_offices_words_survive_a_new_state_in_every_form(client, event, office, taken):
    address = f"/it/scrivania/eventi/{event.slug}/report/1/"
    client.post(address, {"introduction": "Grazie a tutti.\nAbbiamo ascoltato.", "conclusion": "A presto #$*_."})
    assert ReportText.objects.get().zone.number == 1
    assert "Grazie a tutti." in client.get(address).content.decode()
    for number in (taken.number, take_snapshot(person=office, event=event).number):
        base = f"/it/regia/{event.slug}/stati/{number}/report/"
        page = client.get(f"{base}1.html").content.decode()
        assert "<p>Abbiamo ascoltato.</p>" in page
        assert "A presto #$*_." in page
        with zipfile.ZipFile(io.BytesIO(client.get(f"{base}1.odt").content)) as odt:
            assert "Abbiamo ascoltato." in odt.read("content.xml").decode()
        assert client.get(f"{base}1.pdf").content.startswith(b"%PDF")
        assert "Abbiamo ascoltato." not in client.get(f"{base}2.html").content.decode()
    client.post(f"/it/scrivania/eventi/{event.slug}/report/tutte/", {"introduction": "Per tutti."})
    assert ReportText.objects.get(zone=None).introduction == "Per tutti."
    assert client.get(f"/it/scrivania/eventi/{event.slug}/report/77/").status_code == 404
    assert client.get(f"/it/scrivania/eventi/{event.slug}/report/boh/").status_code == 404


def test_words_written_after_publication_are_public_when_the_office_publishes_again(client, event, office, taken, act):
    """Three chairs: a stranger reads the edition, the office and a facilitator what stands at the desk."""
    public, own = f"/it/eventi/{event.slug}/esiti/1.html", f"/it/regia/{event.slug}/stati/1/report/1.html"
    colleague = Client()
    colleague.force_login(a_facilitator())
    desk = f"/it/scrivania/eventi/{event.slug}/report/"

    def read(address, chair):
        return chair.get(address).content.decode()

    assert "Report n. 1, pubblicato" in read(public, Client())
    client.post(f"{desk}1/", {"introduction": "Grazie a tutti."})
    client.post(f"{desk}tutte/", {"conclusion": "A presto."})
    assert "Grazie a tutti." in read(own, client)
    assert "Grazie a tutti." in read(own, colleague)
    for chair in (Client(), client, colleague):
        assert "Grazie a tutti." not in read(public, chair)
        assert "Grazie a tutti." not in read(public.replace("1.html", "tutte.html"), chair)
    with zipfile.ZipFile(io.BytesIO(Client().get(public.replace("html", "odt")).content)) as odt:
        assert "Grazie a tutti." not in odt.read("content.xml").decode()
    page = read(desk, client)
    assert page.count("da pubblicare ancora") == 2
    assert colleague.post(f"{desk}esegui/", {"verb": "publish", "numero": 1}).status_code == 403
    assert "Grazie a tutti." not in read(public, Client())
    act("publish", numero=1)
    for chair in (Client(), client, colleague):
        assert "Grazie a tutti." in read(public, chair)
        assert "Report n. 2, pubblicato" in read(public, chair)
    assert "da pubblicare ancora" not in read(desk, client)
    act("publish", numero=1)
    act("hide")
    act("publish", numero=1)
    assert list(ReportEdition.objects.values_list("number", flat=True)) == [1, 2]
    take_snapshot(person=office, event=event)
    act("publish", numero=2)
    assert "Report n. 3, pubblicato" in read(public, Client())
    client.post(f"{desk}1/", {"introduction": ""})
    assert "Grazie a tutti." in read(public, Client())


def test_reports_go_once_to_those_who_asked(event, taken, act):
    act("send")
    assert sorted(message.to[0] for message in mail.outbox) == ["p0@esempio.it", "p1@esempio.it"]
    assert f"/it/eventi/{event.slug}/esiti/1.pdf" in mail.outbox[0].body
    assert {d.state for d in Delivery.objects.all()} == {"sent"}
    act("send")
    for delivery in Delivery.objects.all():
        send_reports.send_report.call(delivery.pk)
    assert len(mail.outbox) == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(snapshot=taken, registration=Delivery.objects.first().registration)


def test_a_failure_is_shown_and_only_it_is_tried_again(client, event, taken, act, monkeypatch):
    real = EmailMessage.send

    def refuse(self, *given):
        if self.to == ["p1@esempio.it"]:
            raise OSError("casella sconosciuta")
        return real(self, *given)

    monkeypatch.setattr(EmailMessage, "send", refuse)
    act("send")
    page = client.get(f"/it/scrivania/eventi/{event.slug}/report/").content.decode()
    assert "OSError" in page
    assert "casella sconosciuta" not in page, "a mail server's words repeat the address"
    assert [d.state for d in Delivery.objects.order_by("registration__email")] == ["sent", "failed"]
    monkeypatch.setattr(EmailMessage, "send", real)
    act("again")
    assert [d.state for d in Delivery.objects.order_by("registration__email")] == ["sent", "sent"]
    assert [message.to for message in mail.outbox] == [["p0@esempio.it"], ["p1@esempio.it"]]
    assert Delivery.objects.get(registration__email="p1@esempio.it").attempts == 2


def test_a_mail_that_came_back_is_noted_by_a_person(taken, act):
    act("send")
    delivery = Delivery.objects.get(registration__email="p0@esempio.it")
    assert "Scrivi perché" in act("note", numero=delivery.pk, motivo=" ").content.decode()
    page = act("note", numero=delivery.pk, motivo="Casella piena").content.decode()
    assert "Casella piena" in page
    assert Delivery.objects.get(pk=delivery.pk).state == "failed"
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(failure="")


def test_nothing_is_sent_before_the_results_are_public(event, office, act):
    made = take_snapshot(person=office, event=event)
    assert "pubblica prima uno stato" in act("send").content.decode()
    with pytest.raises(RefusedError):
        send_reports.send_reports(person=office, snapshot=made)
    assert not Delivery.objects.exists()


def test_nothing_is_sent_of_a_state_whose_results_were_hidden_again(event, office, taken):
    Event.objects.filter(pk=event.pk).update(results_published_at=None)
    with pytest.raises(RefusedError, match="results_not_public"):
        send_reports.send_reports(person=office, snapshot=Snapshot.objects.get(pk=taken.pk))
    assert not Delivery.objects.exists()


def test_only_who_publishes_sends_and_writes(event, taken):
    for role in ("facilitator", "reader", "referent", "editor"):
        person = somebody(role)
        for verb in (
            lambda p=person: send_reports.send_reports(person=p, snapshot=taken),
            lambda p=person: send_reports.send_again(person=p, snapshot=taken),
            lambda p=person: send_reports.write_report_text(
                person=p, event=event, zone=None, introduction="", conclusion=""
            ),
        ):
            with pytest.raises(PermissionDenied):
                verb()


def test_who_withdraws_or_is_forgotten_leaves_no_trace_in_the_log_of_deliveries(event, taken, act):
    now = timezone.now()
    Event.objects.update(starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=5))
    gone = Registration.objects.get(email="p1@esempio.it")
    Delivery.objects.create(snapshot=taken, registration=gone, state="failed", failure="SMTPRecipientsRefused 550")
    withdraw(registration=gone)
    assert not Delivery.objects.exists()
    act("send")
    # The seat went to the fourth, who waited and wants the report as well; the third does not want it.
    assert [message.to for message in mail.outbox] == [["p0@esempio.it"], ["p3@esempio.it"]]
    forget_people(today=Event.objects.get().forget_people_on)
    assert not Delivery.objects.exists()


def test_the_report_of_a_zone_shows_the_posters_of_its_own_tables(event, office):
    for number in (1, 2, 3):
        Photo.objects.create(table=table(event, number), public_id=uuid4(), file=f"t/{number}.jpg", sha256="0" * 64)
    taken = Snapshot.objects.select_related("event").get(pk=take_snapshot(person=office, event=event).pk)
    shown = {zone: [file for file, _caption in report_of(taken, zone, "it").photos] for zone in (None, 1)}
    own = [f"t/{one.number}.jpg" for one in taken.read().tables if 1 in one.zones]
    assert shown == {None: ["t/1.jpg", "t/2.jpg", "t/3.jpg"], 1: own}
    assert 0 < len(own) < 3


def test_a_report_comes_in_the_language_of_who_asked_for_it(event, taken, act):
    Registration.objects.filter(name="Persona 0").update(language="en")
    act("send")
    told = {message.to[0]: message for message in mail.outbox}
    assert told["p0@esempio.it"].subject.startswith("The report of ")
    assert f"/en/eventi/{event.slug}/esiti/" in told["p0@esempio.it"].body
    assert not told["p1@esempio.it"].subject.startswith("The report")
