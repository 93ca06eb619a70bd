"""Indicators go over to a later edition along what somebody confirmed, and nothing else changes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aumenta.monitoring.carry_over import carry_over, look_at_carry_over
from aumenta.monitoring.models import Indicator
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition, Strategy, StrategyContinuation
from aumenta.review.editions.open_edition import open_edition
from tests.cast import a_small_plan, somebody
from tests.monitoring_cast import an_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def later() -> Edition:
    edition = a_small_plan()
    card = an_indicator()
    card.strategies.set(Strategy.objects.filter(axis__edition=edition))
    card.actions.set(Action.objects.of(edition)[:1])
    return open_edition(person=somebody("administrator"), source=edition, label="2024-2026", title_it="Nuova")


def test_ties_follow_what_goes_on_and_those_of_before_stay(later: Edition) -> None:
    found = look_at_carry_over(later)
    assert (len(found.strategies), len(found.actions), found.indicators) == (2, 1, 1)
    carry_over(person=somebody("approver"), edition=later)
    card = Indicator.objects.get()
    assert card.strategies.count() == 4
    assert card.strategies.filter(axis__edition=later).count() == 2
    assert card.actions.filter(strategy__axis__edition=later).count() == 1
    with pytest.raises(RefusedError, match="nothing_to_carry_over"):
        carry_over(person=somebody("approver", email="altra@esempio.it"), edition=later)


def test_what_nobody_confirmed_is_left_and_an_editor_may_not(later: Edition) -> None:
    StrategyContinuation.objects.update(confirmed=False)
    assert not look_at_carry_over(later).strategies
    with pytest.raises(NotAllowedError):
        carry_over(person=somebody("editor"), edition=later)


def test_the_desk_says_how_many_before(client: Client, later: Edition) -> None:
    client.force_login(somebody("approver"))
    address = "/it/scrivania/indicatori/nuova-edizione/"
    assert "3" in client.get(address).content.decode()
    client.post(address, {"edition": later.label})
    assert look_at_carry_over(later).count == 3, "it asks first"
    client.post(address, {"edition": later.label, "sure": "1"})
    assert look_at_carry_over(later).count == 0
    assert client.post(address, {"edition": "2090"}).status_code == 404


def test_it_asks_as_much_of_the_database_however_many_indicators(later: Edition) -> None:
    asked = []
    for n in range(2):
        for place in range(n * 20):
            an_indicator(f"I{n}-{place}").strategies.set(Strategy.objects.filter(axis__edition__label="2021-2023"))
        with CaptureQueriesContext(connection) as queries:
            look_at_carry_over(later)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 6
