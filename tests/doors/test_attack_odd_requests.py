"""What no browser sends: forms in other encodings, signs that no database takes, lists without end, odd hosts."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.template import Context, Template
from django.test import Client, override_settings
from django.utils import timezone

from aumenta.desk.people.sign_in_limits import one_spelling
from aumenta.events.models import Event
from aumenta.governance.models import Body
from aumenta.live.json_body import MOST_NUMBERS
from aumenta.pages.models import Page
from aumenta.people.change_address import ASKED
from aumenta.themes.models import Theme
from aumenta.ui import caching
from tests.cast import a_plan, a_small_plan, somebody
from tests.events_cast import a_facilitator, a_small_event
from tests.governance_cast import a_body, chief

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
SOURCE = Path(__file__).resolve().parents[2] / "src" / "aumenta"
DOORS = ("site", "desk", "console", "live", "opendata", "printing")
ADDRESS = "/it/2021-2023/azioni/1.1.1/"
KEPT_NOWHERE = ("\ud800", "a\x00b")
"""Half a letter, which JSON can name and UTF-8 cannot; and the sign that ends a text in PostgreSQL."""


@pytest.mark.parametrize("address", ["/it/contatti/", "/it/accesso/login/", "/en/accesso/login/", "/it/non-c-e/"])
@pytest.mark.parametrize("encoding", ["utf-7", "latin-1", "utf-16"])
def test_a_form_in_another_encoding_is_refused_in_words(address: str, encoding: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    answer = client.post(address, b"login=a", content_type=f"{FORM}; charset={encoding}")
    assert answer.status_code == 415
    assert "UTF-8" in answer.content.decode()


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", '"utf-8"'])
def test_a_form_in_utf_8_is_read_however_it_is_called(client: Client, encoding: str) -> None:
    answer = client.post("/it/accesso/login/", b"login=a%40b.it&password=x", content_type=f"{FORM}; charset={encoding}")
    assert answer.status_code == 200
    assert "a@b.it" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/it/territorio/comuni/%00/", "/it/2021-2023/al/2026-01-01/azioni/1%00/", "/it/%00/", "/media/%00"]
)
def test_an_address_with_a_sign_no_database_takes_is_none(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert address.startswith("/media/") or "<h1" in answer.content.decode()


@pytest.mark.parametrize("address", ["/it/scrivania/parole/?q=", "/it/scrivania/denominazioni/?q="])
def test_a_question_at_the_desk_with_a_sign_no_database_takes_is_refused(client: Client, address: str) -> None:
    client.force_login(somebody("administrator"))
    assert client.get(f"{address}a%00b").status_code == 400
    assert client.get(f"{address}acqua").status_code == 200


def test_a_field_with_a_sign_no_database_takes_is_refused_whoever_sends_it(client: Client) -> None:
    event = a_small_event("incontro")
    Event.objects.update(published_at=timezone.now(), votes_by_phone=True)
    assert client.post(f"/it/eventi/{event.slug}/bollini/", {"codice": "a\x00b"}).status_code == 400
    client.force_login(somebody("administrator"))
    assert client.post("/it/scrivania/pagine/nuova/news/", {"title_it": "a\x00b"}).status_code == 400
    assert not Page.objects.exists()


@pytest.mark.parametrize("sign", KEPT_NOWHERE)
@pytest.mark.parametrize("field", ["code", "pin"])
def test_a_table_is_not_opened_with_signs_that_cannot_be_kept(client: Client, field: str, sign: str) -> None:
    body = json.dumps({"code": "x", "pin": "1", "device": str(uuid4()), field: sign})
    answer = client.post("/api/tavolo/apri", body, content_type="application/json")
    assert answer.status_code == 400


@pytest.fixture
def regia(client: Client) -> str:
    """The address of an event whose regia she runs, in her browser."""
    event = a_small_event("suo")
    Theme.objects.create(event=event, name="Spostarsi")
    client.force_login(a_facilitator())
    return f"/it/regia/{event.slug}/temi"


def sent(client: Client, address: str, body: dict[str, Any]) -> int:
    return client.post(address, json.dumps(body), content_type="application/json").status_code


@pytest.mark.parametrize("sign", KEPT_NOWHERE)
def test_the_regia_takes_no_signs_that_cannot_be_kept(client: Client, regia: str, sign: str) -> None:
    theme = Theme.objects.get().pk
    assert sent(client, f"{regia}/passo", {"verb": "place", "observations": [1], "name": sign}) == 400
    assert sent(client, f"{regia}/passo", {"verb": "rename", "theme": theme, "name": sign, "keywords": ""}) == 400
    assert sent(client, f"{regia}/passo", {"verb": "rename", "theme": theme, "name": "Ok", "keywords": sign}) == 400
    assert sent(client, f"{regia}/voci/1/strategia", {"code": sign}) in {400, 404}
    assert sent(client, f"{regia}/proposte", {"verb": "accept", "group": 1, "version": 1, "name": sign}) == 400
    assert Theme.objects.get().name == "Spostarsi"


@pytest.mark.parametrize("how_many", [MOST_NUMBERS, MOST_NUMBERS + 1])
def test_nobody_holds_the_tables_up_with_a_list_longer_than_an_event(client: Client, regia: str, how_many: int) -> None:
    numbers = list(range(1, how_many + 1))
    expected = 409 if how_many == MOST_NUMBERS else 400
    assert sent(client, f"{regia}/passo", {"verb": "place", "observations": numbers, "name": "Tutti"}) == expected
    seen = {str(number): None for number in numbers}
    told = {"verb": "place", "observations": [1], "name": "Tutti", "seen": seen}
    assert sent(client, f"{regia}/passo", told) == expected


@override_settings(ALLOWED_HOSTS=["testserver"])
def test_what_an_asker_makes_up_pushes_no_page_from_the_shelf(client: Client) -> None:
    a_plan(actions=6)
    caching.forget_pages()
    client.get(ADDRESS)
    kept = len(caching.PAGES)
    assert kept == 1
    for n in range(10):
        for host in (f"testserver:{4000 + n}", "TESTSERVER", "testserver."):
            assert client.get(ADDRESS, headers={"host": host}).status_code == 200
        client.get(f"/it/2021-2023/al/{1900 + n}-01-01/")
        client.get(f"{ADDRESS}?x={n}")
    assert len(caching.PAGES) == kept


def test_a_browser_that_names_the_port_of_the_server_finds_the_kept_page(client: Client) -> None:
    a_plan(actions=6)
    caching.forget_pages()
    client.get(ADDRESS, headers={"host": "testserver:8123"}, SERVER_PORT="8123")
    assert len(caching.PAGES) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_has_the_site_write_to_a_stranger_again_and_again(client: Client, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    client.force_login(somebody("reader"))
    asked = {"email": "vittima@altrove.it", "password": "una parola lunga"}
    answers = [client.post("/it/scrivania/io/indirizzo/", asked) for _ in range(ASKED.most + 5)]
    assert [answer.status_code for answer in answers].count(302) == ASKED.most
    assert "domani" in answers[-1].content.decode()
    assert [m.to for m in mail.outbox].count(["vittima@altrove.it"]) == ASKED.most
    other = Client()
    other.force_login(somebody("editor"))
    assert other.post("/it/scrivania/io/indirizzo/", asked).status_code == 302


def test_one_address_has_one_count_however_it_is_written() -> None:
    spellings = [
        "klas@esempio.it",
        " KLAS@Esempio.it",
        "\u212alas@esempio.it",
        "kla\u017f@esempio.it",
        "klas@esempıo.it",
    ]
    assert {one_spelling(spelling) for spelling in spellings} == {"klas@esempio.it"}


@pytest.mark.parametrize(("strong", "status"), [(True, 200), (False, 302)])
def test_a_gateway_that_asks_for_two_factors_is_enough(settings: Any, strong: bool, status: int) -> None:
    settings.SECOND_FACTOR, settings.OIDC_IS_STRONG = True, strong
    person, client = somebody("approver"), Client()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0, "provider": "gateway"}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    assert client.get("/it/scrivania/").status_code == status


def test_no_door_asks_a_text_by_itself_whether_it_is_a_number() -> None:
    """«²» is a digit and no number: whoever asked so answered 500 to it. `core.text.whole_number` knows them apart."""
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()}"
        for door in DOORS
        for path in (SOURCE / door).rglob("*.py")
        for line in path.read_text().splitlines()
        if re.search(r"\.is(digit|decimal|numeric)\(\)", line) and "isascii()" not in line
    ]
    assert found == []


NO_NUMBERS = ("²", "٣", "9" * 30, "-1", "1e3", "")


@pytest.mark.parametrize("sent", NO_NUMBERS)
@pytest.mark.parametrize(
    "address",
    [
        "schede/?asse=",
        "foglio/scarica/?asse=",
        "obiettivi/?anno=",
        "atti/?pagina=",
        "voci/?pagina=",
        "progetti/?pagina=",
    ],
)
def test_what_looks_like_a_number_and_is_none_is_no_fault(client: Client, address: str, sent: str) -> None:
    a_plan()
    client.force_login(somebody("administrator"))
    assert client.get(f"/it/scrivania/{address}{sent}").status_code == 200


@pytest.mark.parametrize("sent", NO_NUMBERS)
def test_a_key_that_is_no_number_is_refused_in_words(client: Client, sent: str) -> None:
    edition = a_small_plan()
    client.force_login(somebody("administrator"))
    implementation = f"/it/scrivania/attuazione/{edition.label}/1.1.1/"
    for address, fields in (
        ("/it/scrivania/attuazione/richieste/", {"verb": "cancel", "round": sent}),
        (implementation, {"verb": f"drop-{sent}"}),
        ("/it/scrivania/verbali/", {"vote": sent}),
    ):
        assert client.post(address, fields).status_code in {200, 404, 409}, address


def test_a_seat_that_nobody_holds_leaves_the_page_of_its_body_standing(client: Client) -> None:
    """A mayor whose office has ended left a text without a day, and the page of the whole conference answered 500."""
    conference = a_body(Body.Kind.CONFERENCE)
    client.force_login(chief())
    page = client.get(f"/it/scrivania/organi/{conference.slug}/").content.decode()
    assert "non inserito" in page


@pytest.mark.parametrize("shown", ["number", "percent", "euro", "signed", "day", "moment"])
def test_what_shows_a_figure_or_a_day_shows_a_dash_for_nothing(shown: str) -> None:
    template = Template(f"{{% load words %}}[{{{{ none.at.all|{shown} }}}}][{{{{ nothing|{shown} }}}}]")
    assert template.render(Context({"nothing": None})) == "[–][–]"
