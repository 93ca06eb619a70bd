"""Where an action reaches, at the desk: proposals decided, places chosen by name, three chairs, nothing lost."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from aumenta.activity.models import ActivityEntry
from aumenta.activity.sentences import activity_sentence
from aumenta.people.models import User
from aumenta.plan.models import Action, ActionPlace, Edition
from aumenta.plan.set_places import state_of_places
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from tests.cast import a_small_plan, somebody
from tests.markup import squeezed
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]


@pytest.fixture
def edition() -> Edition:
    return a_small_plan()


@pytest.fixture
def action(edition: Edition) -> Action:
    """The sheet 1.1.1, with a proposal for the mountain and one for Caselle, and zone 5 confirmed."""
    action = Action.objects.of(edition).with_code("1.1.1").get()
    ActionPlace.objects.create(
        action=action, reach="belt", belt=Belt.objects.get(slug="montagna"), found_words="aree montane"
    )
    ActionPlace.objects.create(
        action=action,
        reach="municipality",
        municipality=Municipality.objects.get(istat_code="001063"),
        found_words="Caselle",
    )
    ActionPlace.objects.create(action=action, reach="zone", zone=Zone.objects.get(number=5), state="confirmed")
    return action


@pytest.fixture
def approver(client: Client) -> User:
    person = somebody("approver")
    client.force_login(person)
    return person


ADDRESS = "/it/scrivania/schede/2021-2023/1.1.1/luoghi/"


def states(action: Action) -> dict[str, str]:
    return {str(tie): tie.state for tie in action.places.select_related("belt", "zone", "municipality")}


def posted(action: Action, **fields: object) -> dict[str, object]:
    return {"visto": state_of_places(action.places.all()), "luogo": ["zona-5"], **fields}


@pytest.mark.usefixtures("approver")
def test_proposals_stand_apart_with_the_words_that_led_to_them_and_their_source(client: Client, action: Action) -> None:
    page = squeezed(client.get(ADDRESS).content.decode())
    assert "La scheda dice «aree montane»" in page
    assert "Forma breve del nome del comune Caselle Torinese (ISTAT)" in page
    assert 'name="proposta-fascia-montagna"' in page
    assert 'value="fascia-montagna"' not in page, "a proposal is decided, not ticked"
    assert 'value="zona-5" id="l-zona-5" checked' in page
    assert page.count("<option value=") == 312
    assert "Per ora arriva a" in page


@pytest.mark.usefixtures("approver")
def test_a_form_sent_back_untouched_decides_nothing(client: Client, action: Action) -> None:
    before = states(action)
    client.post(ADDRESS, posted(action))
    assert states(action) == before


@pytest.mark.usefixtures("approver")
def test_confirming_declining_adding_and_taking_away_are_written_at_once(client: Client, action: Action) -> None:
    answer = client.post(
        ADDRESS,
        posted(
            action,
            luogo=["zona-9", "comune-001125"],
            **{"proposta-fascia-montagna": "conferma", "proposta-comune-001063": "scarta"},
        ),
    )
    assert answer.status_code == 302
    assert states(action) == {
        "montagna": "confirmed",
        "Caselle Torinese": "declined",
        "9. Eporediese": "confirmed",
        "Ivrea": "confirmed",
    }
    entry = ActivityEntry.objects.get(code="sheet.places")
    assert activity_sentence(entry).endswith("ha detto dove arriva l’azione 1.1.1")
    assert "Ivrea" in entry.detail
    assert "Caselle" not in entry.detail


@pytest.mark.usefixtures("approver")
def test_a_declined_place_can_be_taken_back_later(client: Client, action: Action) -> None:
    client.post(ADDRESS, posted(action, **{"proposta-comune-001063": "scarta"}))
    assert "(scartato: la scheda dice «Caselle»)" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, posted(action, luogo=["zona-5", "comune-001063"]))
    assert states(action)["Caselle Torinese"] == "confirmed"


@pytest.mark.usefixtures("approver")
def test_a_confirmed_proposal_that_is_taken_away_does_not_come_again(client: Client, action: Action) -> None:
    client.post(ADDRESS, posted(action, **{"proposta-fascia-montagna": "conferma"}))
    client.post(ADDRESS, posted(action, luogo=[]))
    assert states(action)["montagna"] == "declined"
    assert "5. Pinerolese" not in states(action), "what somebody chose and took away simply goes"


@pytest.mark.usefixtures("approver")
@pytest.mark.parametrize(
    ("typed", "word"),
    [("cuorgne", "comune-001098"), ("001272", "comune-001272"), ("Ulzio", "comune-001175"), ("pecco", "comune-001317")],
)
def test_a_municipality_is_added_by_any_name_and_written_only_on_saving(
    client: Client, action: Action, typed: str, word: str
) -> None:
    before = states(action)
    answer = client.post(ADDRESS, posted(action, **{"aggiungi": typed, "aggiungi-luogo": "1"}))
    page = squeezed(answer.content.decode())
    assert f'value="{word}" id="l-{word}" checked' in page
    assert 'value="zona-5" id="l-zona-5" checked' in page
    assert states(action) == before
    client.post(ADDRESS, posted(action, aggiungi=typed))
    assert len(states(action)) == len(before) + 1


@pytest.mark.usefixtures("approver")
def test_a_name_of_several_is_asked_back_and_a_name_of_none_is_said(client: Client, action: Action) -> None:
    answer = client.post(ADDRESS, posted(action, aggiungi="torre"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "«torre» può essere: " in page
    assert 'id="l-comune-001274"' in page, "Torre Canavese is offered"
    page = client.post(ADDRESS, posted(action, aggiungi="Atlantide <b>")).content.decode()
    assert "si chiama «Atlantide &lt;b&gt;»" in page


@pytest.mark.usefixtures("approver")
def test_what_somebody_else_changed_meanwhile_is_not_written_over(client: Client, action: Action) -> None:
    mine = posted(action, luogo=["tutto"])
    ActionPlace.objects.create(action=action, reach="small", state="proposed", found_words="piccoli comuni")
    before = states(action)
    page = client.post(ADDRESS, mine, follow=True).content.decode()
    assert "Mentre sceglievi qualcuno ha cambiato i luoghi" in page
    assert states(action) == before


@pytest.mark.usefixtures("approver")
def test_places_that_are_not_there_are_not_written(client: Client, action: Action) -> None:
    client.post(ADDRESS, posted(action, luogo=["zona-5", "zona-99", "comune-1272", "pianeta-marte", "x" * 5000]))
    assert len(states(action)) == 3


def test_an_editor_sets_the_places_of_her_axis_and_of_no_other(client: Client, action: Action) -> None:
    client.force_login(somebody("editor", axes=(action.strategy.axis,)))
    assert client.get(ADDRESS).status_code == 200
    assert "/1.1.1/luoghi/" in client.get(reverse("desk:sheet", args=["2021-2023", "1.1.1"])).content.decode()
    assert client.get(ADDRESS.replace("1.1.1", "2.1.1")).status_code == 403
    assert client.post(ADDRESS.replace("1.1.1", "2.1.1"), {"luogo": ["tutto"]}).status_code == 403


def test_a_referent_is_refused_and_shown_no_link(client: Client, action: Action) -> None:
    client.force_login(somebody("referent", answers_for=(action,)))
    assert client.get(ADDRESS).status_code == 403
    assert "/luoghi/" not in client.get(reverse("desk:sheet", args=["2021-2023", "1.1.1"])).content.decode()


def test_a_stranger_is_sent_to_sign_in(client: Client, action: Action) -> None:
    assert client.get(ADDRESS).headers["Location"].startswith("/it/accesso/login/")
    before = states(action)
    assert client.post(ADDRESS, posted(action, luogo=["tutto"])).status_code == 302
    assert states(action) == before


@pytest.mark.usefixtures("approver")
def test_the_page_asks_the_database_no_more_for_more_places(
    client: Client, action: Action, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for zone in Zone.objects.exclude(number=5):
        ActionPlace.objects.create(action=action, reach="zone", zone=zone)
    client.get(ADDRESS)
    with django_assert_max_num_queries(25):
        client.get(ADDRESS)


@pytest.mark.usefixtures("approver")
def test_without_a_territory_the_page_says_what_to_do(client: Client, edition: Edition) -> None:
    Municipality.objects.all().delete()
    Territory.objects.all().delete()
    assert "load-territory" in client.get(ADDRESS).content.decode()
