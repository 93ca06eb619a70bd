"""The REST interface from the chair of whoever writes a program against it, and of whoever wants what is not public."""

import json
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from aumenta.activity.public_revision import touch
from aumenta.core.process_cache import forget_everything
from aumenta.events.models import Event
from aumenta.governance.models import Act
from aumenta.monitoring.models import Indicator, Project
from aumenta.opendata.api.limits import MINUTES
from aumenta.opendata.api.openapi import description
from aumenta.opendata.api.subjects import operations
from aumenta.people.models import Role
from aumenta.plan.models import Action, Edition
from tests.cast import a_plan, somebody, standing
from tests.events_cast import a_small_event
from tests.governance_cast import a_public_act
from tests.monitoring_cast import a_project, an_indicator_read
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
V1 = "/api/v1"
LABEL, LARGE, HIDDEN = "2021-2023", "2031-2033", "2041-2043"
MOST_QUERIES = 10
ALL = "embed=actors,alignments,examples,links,rows,responsible,places,connections"


@pytest.fixture(scope="module", autouse=True)
def _cast(turin, django_db_blocker: DjangoDbBlocker):  # noqa: F811
    def build() -> None:
        a_plan()
        a_plan(label=LARGE, actions=1110)
        a_plan(label=HIDDEN, actions=12, state="preparation")
        a_small_event("prova-1")
        Event.objects.filter(slug="prova-1").update(published_at="2026-01-01T00:00:00Z")
        a_public_act()
        an_indicator_read()
        a_project()

    with standing(django_db_blocker, build):
        yield


@pytest.fixture(autouse=True)
def _nobody_has_asked_yet():
    MINUTES.clear()


def read(client: Client, address: str, **more) -> dict:
    response = client.get(V1 + address, **more)
    assert response.status_code == HTTPStatus.OK, response.content
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def refused(client: Client, address: str, status: int, **more) -> dict:
    response = client.get(V1 + address, **more)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = json.loads(response.content)
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


def address_of(operation) -> str:
    """An address at which an operation has something to say."""
    path = operation.path.replace("{label}", LABEL).replace("{istat_code}", "001272").replace("{number}", "1")
    if "{slug}" in path:
        path = path.replace("{slug}", Act.objects.public().first().slug if "/acts/" in path else "prova-1")
    if "{key}" in path:
        path = path.replace("{key}", Project.objects.first().key)
    code = {"/frameworks/": "pnrr", "/strategies/": "1.1", "/actions/": "1.1.1"}
    for part, told in code.items():
        if part in path:
            path = path.replace("{code}", told)
    return path.replace("{code}", Indicator.objects.filter(public=True).first().code)


def answered() -> list:
    """All operations but those that need published results, which have a test of their own."""
    return [one for one in operations() if one.name not in {"event_results", "event_themes"}]


def test_every_page_of_a_list_together_gives_each_thing_once(client):
    seen, address = [], f"/editions/{LABEL}/actions?limit=40&fields=code"
    while address:
        page = read(client, address)
        assert page["count"] == 111
        seen += [one["code"] for one in page["items"]]
        following = page["links"]["next"]
        assert (following is None) == (page["next_cursor"] is None)
        address = following and following.partition(V1)[2]
    there = [action.code for action in Action.objects.of(Edition.objects.get(label=LABEL))]
    assert seen == there


def test_a_program_gets_the_fields_it_asks_for_and_the_key_and_no_more(client):
    items = read(client, f"/editions/{LABEL}/actions?fields=title_it&embed=actors&limit=3")["items"]
    assert [set(one) for one in items] == [{"code", "title_it", "actors"}] * 3
    assert set(read(client, f"/editions/{LABEL}/actions/1.1.1?fields=axis")) == {"code", "axis", "origin"}


def test_words_and_order_are_those_asked_for(client):
    word = Action.objects.of(Edition.objects.get(label=LABEL)).first().title_it.split()[0]
    found = read(client, f"/editions/{LABEL}/actions?q={word.upper()}&sort=-title_it&limit=100")
    titles = [one["title_it"] for one in found["items"]]
    assert 0 < found["count"] < 111
    assert titles == sorted(titles, reverse=True)
    assert "001125" in [one["istat_code"] for one in read(client, "/municipalities?q=ivrea")["items"]]


def test_a_municipality_has_its_figures_where_they_are_asked_for(client):
    assert "figures" not in read(client, "/municipalities/001272")
    assert read(client, "/municipalities/001272?embed=figures")["figures"]["population"] > 800_000
    assert [one["zone"] for one in read(client, "/zones")["items"]] == list(range(1, 12))


@pytest.mark.parametrize(
    "asked",
    [
        "limit=0",
        "limit=-1",
        "limit=1000000000",
        "limit=dieci",
        "offset=-1",
        "offset=99999999999999999999",
        "fields=password",
        "fields=title_it;drop",
        "embed=author",
        "sort=pk",
        "sort=--code",
        "q=%00",
        f"q={'a' * 101}",
        "cursor=1",
        "cursor=abc:def",
        f"cursor={'x' * 300}",
        "pagina=2",
        "limit=1&limit=x",
    ],
)
def test_a_question_that_is_not_understood_is_told_which_parameter_it_is(client, asked):
    told = refused(client, f"/editions/{LABEL}/actions?{asked}", 400)
    assert told["parameter"] == asked.partition("=")[0]


def test_a_cursor_is_good_for_its_question_and_for_the_data_it_was_given_of(client):
    address = f"/editions/{LABEL}/actions"
    cursor = read(client, f"{address}?limit=10")["next_cursor"]
    assert len(read(client, f"{address}?limit=20&cursor={cursor}")["items"]) == 20
    refused(client, f"{address}?cursor={cursor}&q=rete", 400)
    refused(client, f"/editions/{LARGE}/actions?cursor={cursor}", 400)
    refused(client, f"{address}?cursor={cursor}&offset=5", 400)
    refused(client, f"{address}?cursor={cursor[:-1]}{'A' if cursor[-1] != 'A' else 'B'}", 400)
    touch()
    refused(client, f"{address}?cursor={cursor}", 410)


@pytest.mark.parametrize(
    "address",
    [
        f"/editions/{HIDDEN}",
        f"/editions/{HIDDEN}/actions",
        "/editions/1999-2001",
        "/editions/domani",
        "/boh",
        f"/editions/{LABEL}/actions/9.9.9",
        f"/editions/{LABEL}/actions/uno",
        f"/editions/{LABEL}/strategies/1.1.1",
        "/municipalities/000000",
        "/zones/0",
        "/zones/99999999999",
        "/acts/bozza",
        "/events/niente",
        "/indicators/NO",
        "/frameworks/niente/items",
        "/projects/niente",
        "/events/prova-1/results",
        "/contributions",
        "/users",
    ],
)
def test_what_is_not_public_and_what_is_not_there_look_alike(client, address):
    owner = Client()
    owner.force_login(somebody("administrator"))
    assert refused(client, address, 404) == refused(owner, address, 404)


def test_what_is_hidden_after_it_was_read_is_gone(client):
    assert read(client, f"/editions/{LABEL}/actions/1.1.1")["code"] == "1.1.1"
    Edition.objects.filter(label=LABEL).update(state="preparation")
    touch()
    refused(client, f"/editions/{LABEL}/actions/1.1.1", 404)
    Indicator.objects.update(public=False)
    touch()
    assert read(client, "/indicators")["count"] == 0


def test_every_role_reads_the_same_fields_as_a_stranger_of_every_operation(client):
    chairs = [(role, somebody(role)) for role in Role.values]
    for one in answered():
        embeds = ",".join(one.shape.EMBEDS)
        address = f"{address_of(one)}?embed={embeds}"
        stranger = read(client, address)
        thing = stranger["items"][0] if one.listed and stranger["items"] else None if one.listed else stranger
        if thing is not None:
            beside = {"origin"} if one.listed else set()
            assert set(thing) == set(one.shape.model_fields) - beside, one.name
        for role, person in chairs:
            chair = Client()
            chair.force_login(person)
            assert read(chair, address) == stranger, (role, address)
        MINUTES.clear()


def test_no_field_is_named_as_what_is_personal_or_of_the_office():
    inside = {"author", "approved_by", "person", "keeper", "sent_by", "decided_by", "entered_by", "password", "email"}
    inside |= {"reason", "answer", "wall_code", "contact", "remote_link", "why", "score", "pk", "id"}
    for one in operations():
        assert not inside & set(one.shape.model_fields), one.name


@pytest.mark.parametrize("label", [LABEL, LARGE])
@pytest.mark.parametrize("asked", ["limit=100", f"limit=100&{ALL}"])
def test_a_page_of_actions_asks_the_database_ten_times_at_most_however_large_the_plan_is(client, label, asked):
    address = f"{V1}/editions/{label}/actions?{asked}"
    # The connections of an edition are worked out once, as for the pages.
    client.get(f"{V1}/editions/{label}/actions?embed=connections&limit=1")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= MOST_QUERIES, [one["sql"][:90] for one in queries]


def test_everything_asks_the_database_ten_times_at_most_in_a_process_that_knows_the_plan(client):
    for one in answered():
        address = address_of(one)
        read(client, f"{address}?fields={one.shape.KEYS[0]}")
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        assert len(queries) <= MOST_QUERIES, (one.name, len(queries))


def test_what_is_known_already_is_not_sent_again(client):
    first = client.get(f"{V1}/editions")
    again = client.get(f"{V1}/editions", HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    assert not again.content
    touch()
    assert client.get(f"{V1}/editions", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == HTTPStatus.OK


@pytest.mark.parametrize(("accept", "status"), [("*/*", 200), ("application/json", 200), ("text/csv", 406)])
def test_who_accepts_no_json_is_told_so(client, accept, status):
    assert client.get(f"{V1}/editions", HTTP_ACCEPT=accept).status_code == status


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_only_reads(client, method):
    response = getattr(client, method)(f"{V1}/editions", content_type="application/json")
    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert response["Content-Type"] == "application/problem+json"
    assert client.options(f"{V1}/editions")["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert client.head(f"{V1}/editions").status_code == HTTPStatus.OK


@override_settings(API_PER_MINUTE=3)
def test_who_asks_too_often_is_told_when_to_come_back_and_nobody_else_is(client):
    names = ("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
    for left in ("2", "1", "0"):
        response = client.get(f"{V1}/status")
        assert response["X-RateLimit-Remaining"] == left
    stopped = client.get(f"{V1}/status")
    assert stopped.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert stopped["Content-Type"] == "application/problem+json"
    assert 1 <= int(stopped["Retry-After"]) <= 60
    assert all(name in stopped for name in names)
    assert not [name for name in stopped.headers if name.lower().startswith("ratelimit")]
    assert client.get(f"{V1}/status", REMOTE_ADDR="198.51.100.7").status_code == HTTPStatus.OK


def test_errors_are_said_in_the_language_of_whoever_asks(client):
    italian = refused(client, "/editions/1999-2001", 404, HTTP_ACCEPT_LANGUAGE="it")
    english = refused(client, "/editions/1999-2001", 404, HTTP_ACCEPT_LANGUAGE="en")
    assert "1999-2001" in italian["detail"] != english["detail"]
    # What is answered is the same, whoever asks first.
    one = client.get(f"{V1}/editions", HTTP_ACCEPT_LANGUAGE="en").content
    forget_everything()
    assert client.get(f"{V1}/editions", HTTP_ACCEPT_LANGUAGE="it").content == one


def test_the_interface_says_that_it_is_well(client):
    response = client.get(f"{V1}/status")
    assert (response.status_code, response["Content-Type"]) == (200, "application/problem+json")
    assert set(read(client, "/")["lists"]) >= {"editions", "municipalities", "acts", "indicators", "projects"}


def test_the_description_has_what_the_national_checker_asks_for():
    told = description()
    assert told["openapi"] == "3.0.3"
    assert told["info"]["contact"]["url"]
    assert told["info"]["x-summary"]
    assert told["info"]["termsOfService"]
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert method == "get", path
            assert operation["summary"]
            assert operation["description"]
            for status, answer in operation["responses"].items():
                assert "X-RateLimit-Limit" in answer["headers"]
                assert ("application/problem+json" in answer["content"]) == (status != "200")
            for parameter in operation["parameters"]:
                schema = parameter["schema"]
                assert "maxLength" in schema or "maximum" in schema, (path, parameter["name"])
    text = json.dumps(told)
    assert "anyOf" not in text
    assert '"null"' not in text


def test_readers_find_examples_that_run(client):
    shown = client.get("/it/dati-aperti/api/")
    for text in (shown.content.decode(), client.get("/en/dati-aperti/api/").content.decode()):
        for one in operations():
            assert f'id="{one.name}"' in text
    for name in ("example", "harvest", "one_example"):
        address = "/" + shown.context[name].partition("//")[2].partition("/")[2]
        assert client.get(address).status_code == HTTPStatus.OK, address
