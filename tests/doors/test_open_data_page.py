"""The page of open data from the chair of a researcher: every file there is has its link there, and opens."""

import csv
import json
import re
from io import BytesIO, StringIO

import pyarrow.parquet as pq
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import resolve
from django.utils import timezone, translation

from aumenta.core.tables import read_table
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
    return [
        one.replace("&amp;", "&")
        for one in re.findall(r'href="(/it/[^"]+\.(?:csv|xlsx|ods|jsonl?|parquet)[^"]*)"', page)
    ]


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


def test_every_kind_of_a_file_says_the_same(client: Client) -> None:
    """ODS, JSON Lines and Parquet beside the JSON: as many rows, the same columns, the licence in each."""
    read, linked = 0, links(client)
    for address in linked:
        beginning, _dot, ending = address.rpartition(".")
        if ending != "json" or f"{beginning}.csv" not in linked or "2031-2033" in address or "2034-2036" in address:
            continue
        told = client.get(address).json()
        (rows,) = [value for value in told.values() if isinstance(value, list)]
        lines = [json.loads(one) for one in client.get(f"{beginning}.jsonl").content.decode().splitlines()]
        assert [{**row, "source": told["source"], "licence": told["licence"]} for row in rows] == lines, address
        table = pq.read_table(BytesIO(client.get(f"{beginning}.parquet").content))
        about = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
        assert about["licence"] == told["licence"], address
        assert table.num_rows == len(rows), address
        if rows:
            headings = next(csv.reader(StringIO(client.get(f"{beginning}.csv").content.decode("utf-8-sig"))))
            assert [*table.column_names, "source", "licence"] == headings, address
        sheet = read_table(client.get(f"{beginning}.ods").content, table.column_names)
        assert len(sheet.rows) == len(rows), address
        read += len(rows)
    assert read > 300


def test_numbers_stay_numbers_and_lists_lists_in_columns(client: Client) -> None:
    table = pq.read_table(BytesIO(client.get("/it/2021-2023/azioni.parquet").content))
    assert str(table.schema.field("axis").type) == "int64"
    assert str(table.schema.field("code").type) == "string"
    assert str(table.schema.field("actors").type).startswith("list<")


@pytest.mark.parametrize("ending", ["docx", "parquet2", "JSON", "j" * 300])
def test_of_another_kind_of_file_there_is_none(client: Client, ending: str) -> None:
    assert client.get(f"/it/2021-2023/azioni.{ending}").status_code == 404


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
