"""The yearly report from the desk to its readers: pages and files, the same bytes each time."""

import hashlib
import json
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aumenta.monitoring.models import YearlyReport
from aumenta.monitoring.reports.record import (
    ActionRow,
    AxisRow,
    IndicatorRow,
    MoneyRow,
    ObjectiveRow,
    Point,
    StrategyRow,
    Words,
    YearlyRecord,
    ZoneRow,
)
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.printing.yearly import Bound, file_of
from aumenta.printing.yearly_words import WORDS
from aumenta.ui.caching import forget_pages
from tests.cast import a_small_plan, somebody
from tests.markup import words
from tests.monitoring_cast import a_territory, an_indicator, an_update, taken

pytestmark = pytest.mark.django_db
DESK = "/it/scrivania/relazioni/"


@pytest.fixture
def edition() -> Edition:
    a_territory()
    edition = a_small_plan()
    card = an_indicator(direction=1)
    card.strategies.set(Strategy.objects.filter(axis__edition=edition))
    taken(*(["RED", "ITX", str(year), 100.0 + year] for year in (2020, 2021, 2022)))
    an_update(Action.objects.of(edition).with_code("1.1.1").get(), review="approved", as_of=date(2021, 5, 1))
    return edition


def begun(client: Client, edition: Edition, year: int) -> str:
    sent = {"edition": edition.pk, "year": year, "as_of": ""}
    page = client.post(DESK, sent, follow=True)
    return str(page.request["PATH_INFO"])


def published(client: Client, edition: Edition, year: int) -> None:
    address = begun(client, edition, year)
    client.post(address, {"verb": "freeze"})
    client.post(address, {"verb": "publish", "approved_with": "Delibera 12/2023", "sure": "1"})


def test_from_the_first_text_to_what_everybody_reads(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    address = begun(client, edition, 2021)
    page = client.get(f"{address}1.1/").content.decode()
    assert "Reddito medio" in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    client.post(f"{address}1.1/", {"text_it": "Primo capoverso.\n\nSecondo.", "text_en": "", "seen": seen[1]})
    assert "scritto" in words(client.get(address).content.decode())
    assert "Bozza" in WORDS["it"]["draft"]
    client.post(address, {"verb": "freeze"})
    assert client.get("/it/2021-2023/relazioni/2021/").status_code == 404, "frozen is not published"
    assert "resta com’è" in words(client.post(address, {"verb": "publish"}).content.decode()), "it asks first"
    client.post(address, {"verb": "publish", "approved_with": "Delibera 12/2022", "sure": "1"})
    forget_pages()
    for reader in (client, Client()):
        page = reader.get("/it/2021-2023/relazioni/2021/").content.decode()
        assert '<p class="reading">Primo capoverso.</p>' in page
        assert "Delibera 12/2022" in page
        assert "in corso" in page
    assert "Delibera 12/2022" in Client().get("/it/2021-2023/relazioni/").content.decode()


def test_the_page_of_differences_compares_two_frozen_reports(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    published(client, edition, 2021)
    published(client, edition, 2022)
    forget_pages()
    page = words(client.get("/it/2021-2023/relazioni/2022/differenze/").content.decode())
    assert "2.121,0 (2021) 2.122,0 (2022)" in page
    first = words(client.get("/it/2021-2023/relazioni/2021/differenze/").content.decode())
    assert "Non c’è una relazione pubblicata di un anno precedente" in first
    assert "2,122.0 (2022)" in words(client.get("/en/2021-2023/relazioni/2022/differenze/").content.decode())


def test_files_are_the_same_bytes_twice_and_hold_the_data(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    published(client, edition, 2021)
    report, reader = YearlyReport.objects.get(), Client()
    for kind in ("pdf", "odt", "json"):
        address = f"/it/2021-2023/relazioni/2021.{kind}"
        first = reader.get(address)
        assert first.status_code == 200
        assert first.content == client.get(f"/it/stampe/relazioni/{report.pk}.{kind}").content, kind
    pdf = reader.get("/it/2021-2023/relazioni/2021.pdf").content
    for name in (b"relazione-2021-2023-2021.json", b"azioni.csv", b"indicatori.csv"):
        assert name in pdf, "attached"
    assert b"pdfuaid:part" in pdf
    assert b"pdfaid:part" in pdf
    content = reader.get("/it/2021-2023/relazioni/2021.json").content
    assert hashlib.sha256(content).hexdigest() == report.sha256
    assert json.loads(content)["year"] == 2021
    assert reader.get("/it/2021-2023/relazioni/1999.pdf").status_code == 404
    assert reader.get(f"/it/stampe/relazioni/{report.pk}.pdf").status_code in {302, 403}


def a_record(**facts: Any) -> YearlyRecord:
    """A record with something of every kind in it."""
    nothing = Words("")
    given = {
        "edition": "2021-2023",
        "plan": Words("Piano", "Plan"),
        "authority": Words("Ente", "Authority"),
        "year": 2022,
        "as_of": "2022-12-31",
        "introduction": Words("Un anno.\n\nDue capoversi.", "A year."),
        "axes": (AxisRow("1", Words("Asse", "Axis")),),
        "strategies": (StrategyRow("1.1", Words("Strategia", "Strategy"), Words("Testo", "Text")),),
        "actions": (
            ActionRow(
                "1.1.1",
                Words("Azione"),
                Words("in corso"),
                "under_way",
                Words("gara"),
                "2022-06-30",
                42.5,
                Words("Fatto"),
                "Ufficio",
                True,
                "x",
            ),
            ActionRow("1.1.2", Words("Altra"), nothing, "", nothing, "", None, nothing, "", False, "y"),
        ),
        "indicators": (
            IndicatorRow(
                "RED",
                Words("Reddito", "Income"),
                Words("euro"),
                1,
                ("1.1",),
                "Istat",
                "CC BY",
                120.0,
                2030,
                "statcan-2025",
                "moderate_progress",
                Words("progresso moderato", "moderate"),
                Words("Cresce.", "Grows."),
                "m",
                (
                    Point("2020", 2020, 100.0, "", ""),
                    Point("2021", 2021, None, "c", ""),
                    Point("2022", 2022, 110.0, "", "p"),
                ),
            ),
        ),
        "objectives": (ObjectiveRow(Words("DUP"), "OP-1", Words("Obiettivo"), Words("raggiunto"), ("1.1.1",)),),
        "components": (MoneyRow(Words("M1C1"), 2, "1000.00", None, "10.50", 1),),
        "projects": MoneyRow(Words("tutti", "all"), 2, "1000.00", None, "10.50", 1),
        "zones": (ZoneRow(1, "Torino", 1, "600.00", 1000.0, 0.6, 0.5, 1),),
        "unplaced": (MoneyRow(Words("in più zone", "in several zones"), 1, "400.00", None, None, 1),),
        **facts,
    }
    return YearlyRecord(**given)


@pytest.mark.parametrize(
    ("language", "checksum"),
    [
        ("it", "3c3bdc355739fb5b18f7377c17f0ac99f2f69c472f0ec0d2769e0dddefd2d79a"),
        ("en", "fee036d792313a54fc3d05ab408c08c8de1f03a77e663cba1adb4b8d2bb95079"),
    ],
)
def test_a_report_of_long_ago_is_built_byte_for_byte(language: str, checksum: str) -> None:
    bound = Bound(a_record(), a_record(year=2021), "Delibera 1/2023", draft=False)
    found = hashlib.sha256(file_of(bound, "pdf", language)).hexdigest()
    assert found == checksum, "reports that are out must not change: another look is another layout, beside this one"


def test_both_languages_have_every_word_of_the_layout() -> None:
    assert WORDS["it"].keys() == WORDS["en"].keys()
    assert all(text for words_of in WORDS.values() for text in words_of.values())


def test_the_public_page_asks_as_much_of_the_database_for_any_report(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    published(client, edition, 2021)
    published(client, edition, 2022)
    for address in ("relazioni/", "relazioni/2022/", "relazioni/2022/differenze/"):
        forget_pages()
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(f"/it/2021-2023/{address}").status_code == 200
        assert len(queries) <= 12, [one["sql"][:80] for one in queries]


def test_what_is_typed_wrong_is_told_and_nothing_is_lost(client: Client, edition: Edition) -> None:
    client.force_login(somebody("approver"))
    address = begun(client, edition, 2021)
    page = client.post(DESK, {"edition": edition.pk, "year": 2021, "as_of": ""})
    assert page.status_code == 409
    assert "esiste già" in words(page.content.decode())
    assert client.post(DESK, {"edition": edition.pk, "year": "mmxxi"}).status_code == 409
    assert client.post(address, {"verb": "nonsense"}).status_code == 409
    for code in ("9.9", "x", "1", "1.²"):
        assert client.get(f"{address}{code}/").status_code == 404
    stale = client.post(f"{address}1.1/", {"text_it": "Il mio testo", "text_en": "", "seen": "0" * 16})
    assert "Il mio testo" in stale.content.decode()
    assert "non è stato salvato nulla" in words(stale.content.decode())
