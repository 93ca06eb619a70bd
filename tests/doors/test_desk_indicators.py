"""Indicators and readings at the desk: from a card to a figure readers see, in three chairs, and what is refused."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aumenta.activity.models import ActivityEntry
from aumenta.desk.monitoring.views_readings import MOST_BYTES
from aumenta.monitoring.models import Correction, Goalposts, Indicator, MeasuredPlace, Reading, SourceFile, Status
from aumenta.people.models import User
from aumenta.plan.models import Strategy
from tests.cast import a_small_plan, somebody
from tests.markup import words
from tests.monitoring_cast import a_file, a_territory, an_indicator, sent, taken

pytestmark = pytest.mark.django_db

CARD = {
    "code": "ASILI",
    "name_it": "Posti al nido",
    "unit_it": "per 100 bambini",
    "decimals": "1",
    "direction": "1",
    "kind": "official",
    "grouping": "none",
    "per": "1",
    "frequency": "year",
    "source": "Istat",
    "rule": "istat-2019",
}


@pytest.fixture
def office(client: Client) -> User:
    a_territory()
    person = somebody("editor")
    client.force_login(person)
    return person


def upload(client: Client, data: bytes, name: str = "dati.csv", day: str = "2026-01-31"):
    file = SimpleUploadedFile(name, data)
    return client.post("/it/scrivania/rilevazioni/", {"file": file, "retrieved_on": day}, follow=True)


def test_a_reading_is_entered_by_hand_from_the_page_of_its_indicator(client: Client, office: User) -> None:
    an_indicator(limit=100, direction=1)
    place = MeasuredPlace.objects.get(code="999001")
    address = "/it/scrivania/indicatori/RED/rilevazione/"
    assert address in client.get("/it/scrivania/indicatori/RED/").content.decode()
    sent = {"place": place.pk, "period": "2020", "value": "120"}
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "limite" in refused.content.decode(), "as a file would be"
    page = client.post(address, {**sent, "value": "12,5", "marks": ["p"]}, follow=True).content.decode()
    assert "Rilevazione inserita" in page
    assert "12,5" in page
    assert [(one.value, one.marks) for one in Reading.objects.all()] == [(12.5, "p")]
    assert "c’è già una rilevazione" in client.post(address, sent | {"value": "13"}).content.decode()


def test_the_strategies_of_a_card_are_folded_by_edition_and_no_tick_is_hidden(client: Client, office: User) -> None:
    strategy = Strategy.objects.of(a_small_plan())[0]
    an_indicator()
    closed = client.get("/it/scrivania/indicatori/RED/scheda/").content.decode()
    assert "<summary>2021-2023 (" in closed
    places = [closed.index(f'name="{name}"') for name in ("source", "source_address", "licence")]
    assert places == sorted(places), "the address of a source stands beside the source"
    assert "<details open>" not in closed
    Indicator.objects.get().strategies.add(strategy)
    assert "<details open>" in client.get("/it/scrivania/indicatori/RED/scheda/").content.decode()


def test_the_form_of_a_file_says_the_size_that_is_taken(client: Client, office: User) -> None:
    assert f"{MOST_BYTES // 1_000_000} MB" in client.get("/it/scrivania/rilevazioni/").content.decode()


def test_the_very_same_file_is_recognised_and_a_change_asks_for_its_reason(client: Client, office: User) -> None:
    an_indicator()
    taken(["RED", "999001", "2020", 10.0])
    data = a_file(["RED", "999001", "2020", 11.0])
    first = words(upload(client, data).content.decode())
    assert "stesso identico file" not in first
    assert "Perché le rilevazioni cambiano (facoltativo)" not in first, "it is refused without"
    assert "stesso identico file è già stato inviato" in words(upload(client, data).content.decode())


def test_from_a_card_through_a_file_to_a_status(client: Client, office: User) -> None:
    strategy = Strategy.objects.of(a_small_plan())[0]
    answer = client.post(
        "/it/scrivania/indicatori/nuovo/",
        {**CARD, "limit": "100,5", "strategies": [strategy.pk], "actions": "2021-2023 1.1.1"},
        follow=True,
    )
    assert "Scheda salvata" in answer.content.decode()
    card = Indicator.objects.get(code="ASILI")
    assert (card.limit, card.public, card.rule) == (100.5, False, "istat-2019")
    assert [one.code for one in card.strategies.all()] == ["1.1"]
    assert [one.code for one in card.actions.all()] == ["1.1.1"]
    page = upload(
        client, a_file(["ASILI", "ITX", "2020", 20.0], ["ASILI", "ITX", "2021", 30.0], ["X", "ITX", "2021", 1.0])
    )
    said = words(page.content.decode())
    assert "Rilevazioni nuove 2" in said
    assert "Riga 4" in said, "the refused row and why"
    assert Reading.objects.count() == 0
    file = SourceFile.objects.get()
    assert (file.retrieved_on, file.entered_by) == (date(2026, 1, 31), office)
    done = client.post(f"/it/scrivania/rilevazioni/file/{file.pk}/", {"verb": "take", "looked_at": "2,0"}, follow=True)
    assert "Acquisite: nuove 2" in words(done.content.decode())
    assert Status.objects.get(rule="istat-2019").status == "clear_improvement"
    shown = words(client.get("/it/scrivania/indicatori/ASILI/").content.decode())
    for told in ("netto miglioramento", "base 20,0 (2020)", "crescita annua: 5,0%", "statcan-2025", "rilevazioni"):
        assert told in shown.lower(), told
    assert list(ActivityEntry.objects.filter(person=office).values_list("code", flat=True)[:9])


def test_the_same_file_sent_again_offers_nothing_to_take(client: Client, office: User) -> None:
    an_indicator()
    taken(["RED", "ITX", "2020", 10.0])
    page = words(upload(client, a_file(["RED", "ITX", "2020", 10.0])).content.decode())
    assert "Già presenti 1" in page
    assert "Acquisisci le rilevazioni" not in page


def test_a_file_that_changes_readings_asks_why_before_it_is_taken(client: Client, office: User) -> None:
    an_indicator()
    taken(["RED", "ITX", "2020", 10.0])
    file = sent(["RED", "ITX", "2020", 12.0])
    address = f"/it/scrivania/rilevazioni/file/{file.pk}/"
    page = words(client.get(address).content.decode())
    assert "10,0000" in page, "what it says now"
    assert "12,0000" in page, "what the file says"
    refused = client.post(address, {"verb": "take", "looked_at": "0,1"})
    assert (refused.status_code, Reading.objects.get().value) == (409, 10.0)
    client.post(address, {"verb": "take", "looked_at": "0,1", "reason": "Dato definitivo"})
    assert (Reading.objects.get().value, Correction.objects.get().reason) == (12.0, "Dato definitivo")


def test_what_nobody_looked_at_is_not_taken(client: Client, office: User) -> None:
    an_indicator()
    file = sent(["RED", "ITX", "2020", 12.0])
    for seen in ("", "5,5", "x,y"):
        answer = client.post(f"/it/scrivania/rilevazioni/file/{file.pk}/", {"verb": "take", "looked_at": seen})
        assert answer.status_code == 409
    assert Reading.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n", "dati.csv"),
        (b"", "vuoto"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "tipo di documento"),
        (b"<?xml version='1.0'?><mes:GenericData xmlns:mes='x'><a>", "XML"),
        (b"indicatore,luogo,periodo,valore\nRED,ITX,2020,tanto\n", "tanto"),
        (b"indicatore,luogo,periodo,valore\nRED,ITX,20200,1.5\n", "20200"),
        (b"indicatore;luogo;periodo;valore\nRED;ITX;2020;1.234\n", "1.234"),
    ],
    ids=["picture", "nothing", "entities", "cut", "text", "year", "thousands"],
)
def test_a_bad_file_is_told_and_nothing_is_written(client: Client, office: User, data: bytes, told: str) -> None:
    an_indicator()
    answer = upload(client, data)
    assert told in words(answer.content.decode())
    assert Reading.objects.count() == 0


def test_a_file_of_tomorrow_and_one_too_large_are_refused(client: Client, office: User, monkeypatch) -> None:
    assert "nel futuro" in upload(client, b"x", day="2099-01-01").content.decode()
    monkeypatch.setattr("aumenta.desk.monitoring.views_readings.MOST_BYTES", 3)
    assert "troppo grande" in upload(client, b"xxxx").content.decode()
    assert not SourceFile.objects.exists()


def test_a_reading_is_corrected_with_a_comma_and_everybody_reads_what_it_said(client: Client, office: User) -> None:
    an_indicator()
    taken(["RED", "ITX", "2020", 10.0], ["RED", "ITX", "2021", 11.0])
    reading = Reading.objects.get(period="2020")
    address = f"/it/scrivania/rilevazioni/{reading.pk}/"
    assert client.post(address, {"value": "1.250", "reason": "x"}).status_code == 409, (
        "a thousand, or one and a quarter?"
    )
    assert client.post(address, {"value": "12,5"}).status_code == 409, "no reason"
    client.post(address, {"value": "12,5", "marks": ["r", "p"], "reason": "Errore di battitura"})
    reading.refresh_from_db()
    assert (reading.value, reading.marks) == (12.5, "pr")
    page = words(client.get("/it/indicatori/RED/").content.decode())
    assert "riportava 10,0 · Errore di battitura" in page
    assert office.email not in page


def test_two_people_on_one_card_do_not_overwrite_each_other(client: Client, office: User) -> None:
    an_indicator()
    form = client.get("/it/scrivania/indicatori/RED/scheda/").content.decode()
    seen = form.split('name="seen" value="')[1].split('"')[0]
    Indicator.objects.update(source="Cambiata da una collega")
    answer = client.post("/it/scrivania/indicatori/RED/scheda/", {**CARD, "code": "RED", "seen": seen})
    assert answer.status_code == 409
    assert "ha modificato questa scheda" in answer.content.decode()
    assert Indicator.objects.get().source == "Cambiata da una collega"


def test_an_editor_keeps_cards_and_only_an_approver_publishes_and_freezes(client: Client, office: User) -> None:
    edition = a_small_plan()
    an_indicator(public=False).strategies.add(Strategy.objects.of(edition)[0])
    taken(["RED", "ITX", "2020", 10.0], ["RED", "ITX", "2021", 11.0], ["RED", "IT", "2021", 15.0])
    page = client.get("/it/scrivania/indicatori/RED/scheda/").content.decode()
    assert 'name="public"' not in page
    client.post("/it/scrivania/indicatori/RED/scheda/", {**CARD, "code": "RED", "public": "on"})
    assert not Indicator.objects.get().public
    answer = client.post("/it/scrivania/indicatori/estremi/", {"edition": edition.label, "sure": "1"})
    assert answer.status_code == 403
    client.force_login(somebody("approver"))
    asked = client.post("/it/scrivania/indicatori/estremi/", {"edition": edition.label})
    assert "Non si può annullare" in asked.content.decode() or "sure" in asked.content.decode()
    assert not Goalposts.objects.exists()
    client.post(
        "/it/scrivania/indicatori/RED/scheda/",
        {
            **CARD,
            "code": "RED",
            "public": "on",
            "strategies": list(Indicator.objects.get().strategies.values_list("pk", flat=True))
            or [Strategy.objects.of(edition)[0].pk],
        },
    )
    assert Indicator.objects.get().public
    client.post("/it/scrivania/indicatori/estremi/", {"edition": edition.label, "sure": "1"})
    assert Goalposts.objects.get().reference == 10.0


def test_money_at_current_prices_is_not_said_to_get_better() -> None:
    a_territory()
    an_indicator(nominal=True)
    taken(["RED", "ITX", "2020", 20_000.0], ["RED", "ITX", "2023", 26_000.0])
    from aumenta.monitoring.refresh_statuses import refresh_statuses

    refresh_statuses({Indicator.objects.get().pk})
    assert {(one.status, one.reason) for one in Status.objects.all()} == {("not_available", "current_prices")}
    assert "inflazione" in Status.objects.first().sentence_it


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_the_table_that_goes_out_comes_back_unchanged(client: Client, office: User, kind: str) -> None:
    an_indicator()
    taken(["RED", "ITX", "2020", 10.25, "bp", 82.0, 8.0, "nota"], ["RED", "ITX", "2021", None, "c"])
    Reading.objects.filter(period="2020").update(value=10.125, numerator=81.0)
    file = client.get(f"/it/scrivania/rilevazioni/modello/RED.{kind}").content
    page = words(upload(client, file, f"dati.{kind}").content.decode())
    assert "Già presenti 2" in page
    assert "Rifiutate 0" in page
    everybodys = client.get("/it/indicatori/RED.csv").content
    assert "Già presenti 2" in words(upload(client, everybodys, "indicatore-RED.csv").content.decode())


def test_a_referent_and_a_stranger_find_no_way_in(client: Client) -> None:
    a_territory()
    an_indicator()
    addresses = ("indicatori/", "indicatori/RED/", "rilevazioni/", "indicatori/estremi/", "rilevazioni/modello/RED.csv")
    for address in addresses:
        assert client.get(f"/it/scrivania/{address}").status_code == 302
    client.force_login(somebody("referent"))
    for address in addresses:
        assert client.get(f"/it/scrivania/{address}").status_code == 403
