"""The page of open data from the chair of a researcher: every file there is has its link there, and opens."""

import csv
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from django.utils import timezone, translation

from aumenta.events.models import Event
from aumenta.plan.changed import changed
from aumenta.plan.connections import LONGEST_NAME
from aumenta.plan.models import Alignment, Edition, Framework, FrameworkItem
from aumenta.plan.queries import sheets
from aumenta.results.models import Snapshot
from tests.cast import standing
from tests.events_cast import a_small_event
from tests.monitoring_cast import an_indicator_read
from tests.public_addresses import FILES, acts_of_turin, two_plans

pytestmark = pytest.mark.django_db


def _everything() -> None:
    two_plans()
    call_command("load_territory", city="torino", stdout=StringIO())
    acts_of_turin()
    an_indicator_read()
    a_small_event("prova-1")
    Event.objects.update(published_at=timezone.now(), results_published_at=timezone.now())
    Snapshot.objects.update(published_at=timezone.now())


@pytest.fixture(scope="module", autouse=True)
def _site(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, _everything):
        yield


def links(client: Client) -> list[str]:
    page = client.get("/it/dati-aperti/").content.decode()
    return [one.replace("&amp;", "&") for one in re.findall(r'href="(/it/[^"]+\.(?:csv|xlsx|ods|json)[^"]*)"', page)]


def test_every_kind_of_file_of_the_site_is_listed(client: Client) -> None:
    with translation.override("it"):
        listed = {resolve(one.partition("?")[0]).url_name for one in links(client)}
    assert listed >= set(FILES)


def test_every_file_that_is_listed_opens_and_the_one_for_italian_spreadsheets_has_semicolons(client: Client) -> None:
    for address in links(client):
        if "2031-2033" in address or "2034-2036" in address:
            continue  # the large plan is there for other tests
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "punto-e-virgola" in address:
            assert ";" in answer.content.decode("utf-8-sig").splitlines()[0], address


PAGES = (
    "dati-aperti/",
    "2021-2023/azioni/?asse=1",
    "territorio/",
    "territorio/equilibrio/",
    "territorio/zone/",
    "territorio/zone/5/",
    "territorio/fasce/pianura/",
    "territorio/comuni/001272/",
    "territorio/confronto/?luogo=comune-001272&luogo=zona-5",
    "atti/",
    "confronto/2021-2023/2024-2026/",
    "2021-2023/connessioni/",
    "2021-2023/quadri/pnrr/",
)


@pytest.mark.parametrize("address", PAGES)
def test_wherever_a_table_is_had_with_commas_it_is_had_for_italian_spreadsheets_too(client: Client, address) -> None:
    page = client.get(f"/it/{address}").content.decode().replace("&amp;", "&")
    tables = {one for one in re.findall(r'href="([^"]+\.csv[^"]*)"', page) if "separatore" not in one}
    assert tables
    for one in tables:
        other = f"{one}{'&' if '?' in one else '?'}separatore=punto-e-virgola"
        assert f'"{other}"' in page, one
        if "2031-2033" in one or "2034-2036" in one:
            continue  # the large plan is there for other tests
        with_commas, with_semicolons = client.get(one), client.get(other)
        assert with_commas.status_code == with_semicolons.status_code == 200, one
        rows = [
            list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=sign))
            for answer, sign in ((with_commas, ","), (with_semicolons, ";"))
        ]
        assert rows[0][0] == rows[1][0], "the same columns"
        assert len(rows[0]) == len(rows[1])


def test_the_sign_itself_asks_for_semicolons_too(client: Client) -> None:
    by_word = client.get("/it/2021-2023/azioni.csv?separatore=punto-e-virgola").content
    assert client.get("/it/2021-2023/azioni.csv?separatore=;").content == by_word


def test_no_name_is_cut_in_a_file(client: Client) -> None:
    edition = Edition.objects.get(label="2021-2023")
    long = "Promuovere lo sviluppo sociale, economico e ambientale integrato e inclusivo in tutte le aree urbane"
    item = FrameworkItem.objects.create(
        framework=Framework.objects.get(code="eu_cohesion"), slug="lungo", code="RSO9.9", name_it=long
    )
    for position, action in enumerate(sheets(edition)[:3]):
        Alignment.objects.create(action=action, item=item, role="primary", position=90 + position)
    changed(Edition.objects.filter(pk=edition.pk))
    assert len(long) > LONGEST_NAME
    text = client.get("/it/2021-2023/connessioni.csv").content.decode("utf-8-sig")
    cells = " ".join(cell for row in csv.reader(StringIO(text)) for cell in row)
    assert f"RSO9.9 {long}" in cells
    assert "…" not in cells
