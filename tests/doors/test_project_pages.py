"""The pages of projects: the office's and everybody's."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aumenta.monitoring.models import Project, ProjectTie
from aumenta.plan.models import Action, ActionPlace
from aumenta.territory.models import Municipality
from aumenta.ui.caching import forget_pages
from tests.cast import a_small_plan, somebody
from tests.markup import words
from tests.monitoring_cast import a_project, a_territory, an_update, projects_table
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ROW = "P/1 bis,D11B21007090001,Scuola,Comune 1,M4C1,1000.50,200,2025-03-31,2023-02-21,999001,1"


def test_from_the_file_through_the_tie_to_the_readers_page(client: Client) -> None:
    a_territory()
    a_small_plan()
    client.force_login(somebody("editor"))
    file = SimpleUploadedFile("p.csv", projects_table(ROW, ROW.replace("1000.50", "1.234").replace("P/1 bis", "P2")))
    page = client.post("/it/scrivania/progetti/", {"file": file, "retrieved_on": "2026-01-31"}, follow=True)
    said = words(page.content.decode())
    assert "Progetti nuovi 1" in said
    assert "Riga 3, colonna «finanziamento totale», «1.234»" in said
    assert not Project.objects.exists()
    client.post(page.request["PATH_INFO"], {"verb": "take", "looked_at": "1,0"})
    made = Project.objects.get()
    address = f"/it/scrivania/progetti/{made.pk}/"
    assert client.post(address, {"verb": "tie", "actions": "2021-2023 9.9.9"}).status_code == 409
    assert client.post(address, {"verb": "tie", "actions": "2021-2023 1.1.1"}).status_code == 302
    client.logout()
    forget_pages()
    page = words(client.get(f"/it/progetti/{made.pk}/").content.decode())
    for told in ("Scuola", "1.1.1", "1.000,50", "fino al 31 marzo 2025", "Aggiudicato non dichiarato"):
        assert told in page, told
    assert "Scuola" in words(client.get("/it/2021-2023/azioni/1.1.1/").content.decode())
    assert "Scuola" in words(client.get("/it/progetti/?q=D11B21007090001").content.decode())
    rows = client.get("/it/progetti.json").json()["projects"]
    assert (rows[0]["planned"], rows[0]["awarded"]) == ("1000.50", None)


def test_a_long_file_says_how_many_rows_it_does_not_list(client: Client) -> None:
    a_territory()
    client.force_login(somebody("editor"))
    good = (ROW.replace("P/1 bis", f"P{n}") for n in range(201))
    bad = (ROW.replace("P/1 bis", f"Q{n}").replace("1000.50", "1.234") for n in range(202))
    file = SimpleUploadedFile("p.csv", projects_table(*good, *bad))
    page = client.post("/it/scrivania/progetti/", {"file": file, "retrieved_on": "2026-01-31"}, follow=True)
    said = words(page.content.decode())
    assert "Progetti nuovi 201" in said
    assert "E ancora 1." in said
    assert "E ancora 2." in said


def test_a_proposal_is_marked_and_is_not_on_the_actions_page(client: Client) -> None:
    action = Action.objects.of(a_small_plan())[0]
    project = a_project()
    ProjectTie.objects.create(project=project, action=action, why={"component": "M1C1", "words": ["scuola"]})
    page = words(client.get(f"/it/progetti/{project.pk}/").content.decode())
    assert "nessuno l’ha confermato" in page
    assert project.title not in client.get(f"/it/2021-2023/azioni/{action.code}/").content.decode()
    client.force_login(somebody("editor"))
    client.post(f"/it/scrivania/progetti/{project.pk}/", {"verb": f"decline-{action.pk}"})
    assert ProjectTie.objects.get().state == "declined"
    assert client.post(f"/it/scrivania/progetti/{project.pk}/", {"verb": "confirm-999999"}).status_code == 404


def test_money_and_balance_say_what_is_not_stated(client: Client) -> None:
    a_territory()
    a_small_plan()
    for address in ("/it/2021-2023/risorse/", "/it/2021-2023/risorse/equilibrio/"):
        assert "Nessun progetto acquisito" in words(client.get(address).content.decode())
    a_project(planned=1000)
    forget_pages()
    money = words(client.get("/it/2021-2023/risorse/").content.decode())
    assert "Progetti senza nessun pagamento dichiarato: 1, non contati" in money
    balance = words(client.get("/it/2021-2023/risorse/equilibrio/").content.decode())
    assert "non localizzati 1" in balance
    assert "non stanno in una sola zona e non rientrano in queste quote: 100%." in balance


def test_dispersion_is_read_as_the_share_it_is_and_a_column_nobody_knows_of_is_a_sentence(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_territory()
    a_small_plan()
    people = {"1": 100.0, "2": 100.0}
    monkeypatch.setattr("aumenta.monitoring.projects.balance.residents", lambda territory, kind: people)
    for code, planned in (("999001", 300), ("999003", 100)):
        made = a_project(key=code, planned=planned, component="M1C1", component_name="Digitale")
        made.municipalities.add(Municipality.objects.get(istat_code=code))
    balance = words(client.get("/it/2021-2023/risorse/equilibrio/").content.decode())
    assert "dispersione 50%" in balance, "each zone lies one euro from a mean of two"
    money = words(client.get("/it/2021-2023/risorse/").content.decode())
    for page in (balance, money):
        assert "Di nessun progetto è dichiarato l’importo aggiudicato" in page
        assert "Aggiudicato" not in page
    assert "M1C1 Digitale" in money
    Project.objects.update(awarded=50)
    forget_pages()
    assert "Aggiudicato" in words(client.get("/it/2021-2023/risorse/").content.decode())


@pytest.mark.parametrize("invented", [True, False])
def test_beside_the_actions_of_a_zone_it_is_said_where_their_states_are_invented(
    client: Client, invented: bool
) -> None:
    territory = a_territory()
    a_project(planned=1000)
    action = Action.objects.of(a_small_plan()).first()
    assert action is not None
    ActionPlace.objects.create(action=action, reach="zone", zone=territory.zones.first(), state="confirmed")
    an_update(action, "approved", invented=invented)
    page = words(client.get("/it/2021-2023/risorse/equilibrio/").content.decode())
    assert "(in corso 1)" in page
    assert ("in parte inventato" in page) == invented


def test_where_more_was_paid_than_the_whole_amount_every_page_says_so(client: Client) -> None:
    a_territory()
    a_small_plan()
    more = a_project(key="A", planned=100, paid=101, paid_on="2026-01-01")
    for key, planned, paid in (("B", 100, 100), ("C", None, 5), ("D", 100, None)):
        a_project(key=key, planned=planned, paid=paid, paid_on="2026-01-01" if paid else None)
    assert [one.key for one in Project.objects.all() if one.paid_more] == ["A"]
    assert words(client.get("/it/progetti/").content.decode()).count("più dell’importo totale, come dichiarato") == 1
    assert "non dice perché" in words(client.get(f"/it/progetti/{more.pk}/").content.decode())
    assert "Di 1 progetto risulta pagato più" in words(client.get("/it/2021-2023/risorse/").content.decode())
    Project.objects.filter(key="A").update(paid=100)
    forget_pages()
    assert "risulta pagato più" not in words(client.get("/it/2021-2023/risorse/").content.decode())


@pytest.mark.parametrize(
    "query", ["?zona=x", "?zona=99999999", "?comune=%00", "?q=%00", "?componente=zzz", "?pagina=999"]
)
def test_odd_questions_get_an_answer(client: Client, query: str) -> None:
    a_territory()
    a_small_plan()
    assert client.get(f"/it/progetti/{query}").status_code == 200


@pytest.mark.usefixtures("turin")
def test_a_municipality_names_its_projects_and_how_much_of_them_is_declared(client: Client) -> None:
    place = Municipality.objects.get(istat_code="001168")
    for key, planned in (("A", 1000), ("B", None)):
        a_project(key=key, title=f"Progetto {key}", planned=planned).municipalities.add(place)
    page = words(client.get("/it/territorio/comuni/001168/").content.decode())
    assert "Progetti 2" in page
    assert "Senza importo dichiarato: 1" in page
    assert "Progetto A" in page


@pytest.mark.usefixtures("turin")
def test_a_zone_counts_a_project_of_two_of_its_municipalities_once_and_says_cup_source_and_date(client: Client) -> None:
    places = Municipality.objects.filter(zone__number=5)[:2]
    project = a_project(title="Ponte nuovo", planned=1000, cup="D11B21007090001")
    project.municipalities.add(*places)
    page = words(client.get("/it/territorio/zone/5/").content.decode())
    assert "Progetti 1" in page
    for told in ("Ponte nuovo", "CUP D11B21007090001", "€ 1.000 in tutto", "come dichiarato fino al 31 gennaio 2026"):
        assert told in page, told
    assert 'href="/it/progetti/?zona=5"' in client.get("/it/territorio/zone/5/").content.decode()
    assert "Ponte nuovo" not in client.get("/it/territorio/zone/6/").content.decode()


@pytest.mark.usefixtures("turin")
def test_a_place_without_projects_and_indicators_has_no_empty_headings(client: Client) -> None:
    for address in ("/it/territorio/zone/5/", "/it/territorio/comuni/001168/", "/it/territorio/fasce/montagna/"):
        page = client.get(address).content.decode()
        assert 'id="progetti"' not in page
        assert 'id="indicatori"' not in page


def test_every_project_is_on_a_page_that_the_first_page_links(client: Client) -> None:
    a_territory()
    a_small_plan()
    Project.objects.bulk_create(
        Project(key=f"N-{n}", title=f"Numero {n}", head="Comune 1", programme="PNRR", as_of="2026-01-31", planned=n)
        for n in range(290)
    )
    first = client.get("/it/progetti/?q=Numero").content.decode()
    pages = {one.replace("&amp;", "&") for one in re.findall(r'href="(\?[^"]*pagina=\d+)"', first)}
    assert all("q=Numero" in one for one in pages), "what was asked for is kept"
    shown = "".join(client.get(f"/it/progetti/{one}").content.decode() for one in pages)
    assert len(set(re.findall(r'href="(/it/progetti/\d+/)"', shown))) == 290
