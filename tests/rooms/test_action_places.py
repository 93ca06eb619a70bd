"""Where actions reach: what is proposed from the words, what the office decides, what is counted."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from aumenta.people.models import Grant, Role, User
from aumenta.people.permission import NotAllowedError
from aumenta.plan.models import Action, ActionPlace, AxisEditor, Edition, Example
from aumenta.plan.places import SMALL_LIMIT, Reached, codes_in, coverage, reaching, ties_of
from aumenta.plan.propose_places import Gazetteer, propose_places
from aumenta.plan.set_places import Chosen, set_places
from aumenta.territory.facts import final_residents
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, table_of
from tests.cast import a_person, a_plan
from tests.turin import turin  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("turin")]


@pytest.fixture
def territory() -> Territory:
    return Territory.objects.get(code="001")


@pytest.fixture
def edition() -> Edition:
    return a_plan(axes=2, strategies=2, actions=4)


def action_saying(edition: Edition, text: str) -> Action:
    """The edition's first action with this description and nothing else that names a place."""
    Action.objects.filter(strategy__axis__edition=edition).update(title_it="x", summary_it="", description_it="")
    Example.objects.all().delete()
    action = Action.objects.filter(strategy__axis__edition=edition).order_by("pk")[0]
    Action.objects.filter(pk=action.pk).update(description_it=f"<p>{text}</p>")
    return Action.objects.get(pk=action.pk)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nelle aree montane si rafforzano i servizi", {("belt", "montagna")}),
        ("le borgate ALPINE", {("belt", "montagna")}),
        ("zone collinari e di pianura", {("belt", "collina"), ("belt", "pianura")}),
        ("Un aiuto ai piccoli comuni", {("small", "")}),
        ("su tutto il territorio metropolitano", {("whole", "")}),
        ("l'aeroporto di Caselle", {("municipality", "001063")}),
        ("lo stabilimento di Settimo Torinese", {("municipality", "001265")}),
        ("da Chieri a Ivrea", {("municipality", "001078"), ("municipality", "001125")}),
        ("le imprese del Canavese", {("zone", "8"), ("zone", "9")}),
        ("nel Pinerolese", {("zone", "5")}),
        ("la stazione di Porta Susa", set()),
        ("la Città metropolitana di Torino", set()),
        ("None of this is a place; un comune va bene", set()),
        ("un front office, anzi Front office", set()),
        ("pianurale montagnoso ivreano", set()),
        ("", set()),
    ],
)
def test_places_are_found_by_their_names_and_by_turns_of_phrase(
    territory: Territory, text: str, found: set[tuple[str, str]]
) -> None:
    assert {(place.reach, place.key) for place in Gazetteer(territory).find(text)} == found


def test_what_is_found_is_marked_as_a_proposal_with_the_words_it_was_found_by(
    edition: Edition, territory: Territory
) -> None:
    action = action_saying(edition, "Nelle aree montane")
    report = propose_places(edition=edition, territory=territory)
    tie = action.places.get()
    assert (tie.state, tie.found_words, tie.belt.slug) == ("proposed", "montane", "montagna")
    assert (report.added, report.kept, report.withdrawn) == (1, 0, 0)
    assert Edition.objects.get(pk=edition.pk).revision == edition.revision + 1


def test_proposing_again_adds_nothing_and_a_text_that_changed_withdraws_its_proposals(
    edition: Edition, territory: Territory
) -> None:
    action_saying(edition, "Nelle aree montane")
    propose_places(edition=edition, territory=territory)
    assert propose_places(edition=edition, territory=territory).kept == 1
    action_saying(edition, "In pianura")
    report = propose_places(edition=edition, territory=territory)
    assert (report.added, report.kept, report.withdrawn) == (1, 0, 1)


def test_what_the_office_declined_is_not_proposed_again_and_what_it_confirmed_stays(
    edition: Edition, territory: Territory
) -> None:
    action = action_saying(edition, "Nelle aree montane e in pianura")
    propose_places(edition=edition, territory=territory)
    action.places.filter(belt__slug="montagna").update(state="declined")
    action.places.filter(belt__slug="pianura").update(state="confirmed")
    action_saying(edition, "Nelle aree montane")
    propose_places(edition=edition, territory=territory)
    assert dict(action.places.values_list("belt__slug", "state")) == {"montagna": "declined", "pianura": "confirmed"}
    assert [tie.target for tie in ties_of(edition, territory)] == ["pianura"]


# The office


def approver() -> User:
    person = a_person("approva@esempio.it")
    Grant.objects.create(person=person, role=Role.APPROVER)
    return person


def test_the_office_confirms_declines_and_adds_in_one_go(edition: Edition, territory: Territory) -> None:
    action = action_saying(edition, "Nelle aree montane e in pianura")
    propose_places(edition=edition, territory=territory)
    zone = Zone.objects.get(number=5)
    set_places(
        person=approver(),
        action=action,
        places=[Chosen("belt", belt=Belt.objects.get(slug="montagna")), Chosen("zone", zone=zone)],
    )
    states = {(tie.reach, str(tie)): tie.state for tie in action.places.all()}
    assert sorted(states.values()) == ["confirmed", "confirmed", "declined"]
    assert {tie.target for tie in ties_of(edition, territory)} == {"montagna", "5. Pinerolese"}


def test_an_editor_of_the_axis_may_set_places_and_one_of_another_axis_may_not(edition: Edition) -> None:
    action = Action.objects.filter(strategy__axis__edition=edition).first()
    axes = list(edition.axes.all())
    mine, other = axes if action.strategy.axis_id == axes[0].pk else axes[::-1]
    editor = a_person("cura@esempio.it")
    Grant.objects.create(person=editor, role=Role.EDITOR)
    charge = AxisEditor.objects.create(person=editor, axis=other)
    with pytest.raises(NotAllowedError):
        set_places(person=editor, action=action, places=[Chosen("whole")])
    charge.delete()
    AxisEditor.objects.create(person=editor, axis=mine)
    set_places(person=User.objects.get(pk=editor.pk), action=action, places=[Chosen("whole")])
    assert action.places.get().reach == "whole"


def test_a_stranger_and_a_reader_may_not(edition: Edition) -> None:
    action = Action.objects.filter(strategy__axis__edition=edition).first()
    with pytest.raises(NotAllowedError):
        set_places(person=a_person("lettrice@esempio.it"), action=action, places=[Chosen("whole")])
    assert not action.places.exists()


# Counting


def test_a_tie_reaches_the_municipalities_of_its_place(edition: Edition, territory: Territory) -> None:
    first, second, third, fourth = Action.objects.filter(strategy__axis__edition=edition).order_by("pk")
    ActionPlace.objects.create(action=first, reach="belt", belt=Belt.objects.get(slug="montagna"))
    ActionPlace.objects.create(action=second, reach="zone", zone=Zone.objects.get(number=5))
    ActionPlace.objects.create(
        action=third, reach="municipality", municipality=Municipality.objects.get(istat_code="001063")
    )
    ActionPlace.objects.create(action=fourth, reach="small")
    ties = ties_of(edition, territory)
    sizes = {tie.action_pk: len(tie.codes) for tie in ties}
    assert [sizes[action.pk] for action in (first, second, third)] == [105, 45, 1]
    codes = list(Municipality.objects.filter(territory=territory, valid_to=None).values_list("istat_code", flat=True))
    _day, final = final_residents(territory.slug, codes)[0]
    small = {code for code, people in zip(codes, final, strict=True) if people <= SMALL_LIMIT}
    assert len(small) == 250
    assert next(tie.codes for tie in ties if tie.action_pk == fourth.pk) == small
    reached = coverage(ties)
    assert reached["001063"] == Reached(confirmed=0, proposed=1)
    assert "001272" not in reached
    ActionPlace.objects.filter(action=third).update(state=ActionPlace.State.CONFIRMED)
    assert coverage(ties_of(edition, territory))["001063"] == Reached(confirmed=1, proposed=0)
    table = table_of(territory)
    for kind, key, expected in ((ZONE, "5", 3), (BELT, "pianura", 3), (MUNICIPALITY, "001272", 0)):
        place = table.places[table.find(kind, key, "001")]
        assert len(reaching(ties, codes_in(table, place))) == expected, (kind, key)


def test_reading_all_ties_takes_one_query_however_many_they_are(
    edition: Edition, territory: Territory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    table_of(territory)
    for action in Action.objects.filter(strategy__axis__edition=edition):
        ActionPlace.objects.create(action=action, reach="whole")
    with django_assert_num_queries(1):
        assert len(ties_of(edition, territory)) == 4


# Constraints and the command


def test_the_database_refuses_a_reach_without_its_place_and_the_same_tie_twice(edition: Edition) -> None:
    action = Action.objects.filter(strategy__axis__edition=edition).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlace.objects.create(action=action, reach="zone")
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlace.objects.create(action=action, reach="whole", zone=Zone.objects.first())
    ActionPlace.objects.create(action=action, reach="whole")
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionPlace.objects.create(action=action, reach="whole")


def test_the_command_tells_which_editions_there_are(edition: Edition) -> None:
    with pytest.raises(CommandError, match="2021-2023"):
        call_command("propose_places", edition="1999-2001")
