"""The dossier of a place on paper: tagged, in both languages, with the numbers of its page."""

import pytest
from django.test import Client

from aumenta.contacts.models import Office
from aumenta.events.models import Event, Venue
from aumenta.plan.models import Action, ActionPlace
from aumenta.territory.models import Municipality
from tests.cast import a_plan
from tests.events_cast import an_event
from tests.paper import text_of
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]
NONE = "/{}/territorio/comuni/001168/dossier.pdf"


@pytest.mark.parametrize("language", ["it", "en"])
def test_it_holds_figures_actions_events_and_contacts_and_passes_the_compilers_check(
    client: Client, language: str
) -> None:
    edition = a_plan(label="2021-2023")
    here = Municipality.objects.get(istat_code="001168")
    first, second = Action.objects.filter(strategy__axis__edition=edition).order_by("pk")[:2]
    ActionPlace.objects.create(action=first, reach="municipality", municipality=here, state="confirmed")
    Action.objects.filter(pk=first.pk).update(for_whom_it="<p>Le famiglie avranno il <strong>pediatra</strong>.</p>")
    Action.objects.filter(pk=second.pk).update(for_whom_it="<p>Una promessa che nessuno conferma.</p>")
    ActionPlace.objects.create(action=second, reach="municipality", municipality=here)
    event = an_event()
    Event.objects.update(invented=True)
    Venue.objects.filter(event=event).update(municipality=here)
    Office.objects.update_or_create(pk=1, defaults={"name_it": "Ufficio di piano", "email": "piano@esempio.it"})
    answer = client.get(NONE.format(language))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"pdfuaid" in answer.content, "it has passed the check of PDF/UA-1"
    words = text_of(answer.content)
    told = {"it": ("1 confermata, 1 proposta", "(inventato)"), "en": ("1 confirmed, 1 proposed", "(invented)")}
    assert "Le famiglie avranno il pediatra." in words
    assert "Una promessa" not in words, "a guess promises nothing"
    for wanted in ("None", first.title_it[:30], second.code, "piano@esempio.it", *told[language]):
        assert wanted in words, wanted


def test_a_place_without_plan_events_or_office_still_has_its_dossier(client: Client) -> None:
    words = text_of(client.get(NONE.format("it")).content)
    assert "Residenti al" in words
    assert "/contatti/" in words


def test_every_figure_says_of_when_it_is(client: Client) -> None:
    words = text_of(client.get("/it/territorio/zone/6/dossier.pdf").content)
    assert "Residenti al 1° gennaio 2025" in words
    assert "file provvisorio del 1° gennaio 2023" in words


@pytest.mark.parametrize("address", ["comuni/999999", "zone/99", "comuni/1272"])
def test_a_place_that_is_not_there_has_none(client: Client, address: str) -> None:
    assert client.get(f"/it/territorio/{address}/dossier.pdf").status_code == 404


def test_the_page_of_a_place_leads_to_it(client: Client) -> None:
    a_plan(label="2021-2023")
    for address in ("/it/territorio/comuni/001168/", "/it/territorio/zone/6/"):
        assert f'href="{address}dossier.pdf"' in client.get(address).content.decode()
