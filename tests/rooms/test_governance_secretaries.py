"""A secretary keeps the bodies in her charge and no other; the office keeps all of them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aumenta.governance.keep_mandates import add_mandate
from aumenta.governance.keep_offices import add_office
from aumenta.governance.keep_rules import confirm_rule
from aumenta.governance.models import Body, Opinion
from aumenta.governance.polls.hold import convene
from aumenta.governance.road import opinions
from aumenta.governance.road.before_vote import deposit, examine, open_act
from aumenta.governance.set_secretaries import set_secretaries
from aumenta.people.permission import NotAllowedError
from tests.cast import somebody
from tests.governance_cast import a_body, a_seat, a_secretary, an_act, chief

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]
DAY = date(2026, 6, 1)


def test_a_secretary_keeps_her_bodies_and_no_other() -> None:
    mine, other = a_body(), a_body(Body.Kind.SPOKESPERSONS)
    secretary = a_secretary(mine)
    assert add_mandate(person=secretary, body=mine, name="Ada Prova", from_day=DAY).pk
    assert convene(person=secretary, body=mine, held_on=DAY).pk
    assert open_act(person=secretary, body=mine, kind="other", object_it="Mio").pk
    with pytest.raises(NotAllowedError):
        add_mandate(person=secretary, body=other, name="Ada Prova", from_day=DAY)
    with pytest.raises(NotAllowedError):
        convene(person=secretary, body=other, held_on=DAY)
    with pytest.raises(NotAllowedError):
        open_act(person=secretary, body=other, kind="other", object_it="Altrui")


def test_a_rule_is_confirmed_by_the_office_not_by_a_secretary() -> None:
    secretary = a_secretary()
    with pytest.raises(NotAllowedError):
        confirm_rule(person=secretary, rule=a_body().rules.get())
    confirm_rule(person=chief(), rule=a_body().rules.get())


def test_a_secretary_of_an_assembly_enters_who_stands_for_its_municipalities_alone() -> None:
    secretary = a_secretary(a_body(Body.Kind.ZONE_ASSEMBLY, zone=1))
    assert add_office(person=secretary, municipality=a_seat("997001"), name="Bruna Prova", from_day=DAY).pk
    with pytest.raises(NotAllowedError):
        add_office(person=secretary, municipality=a_seat("997003"), name="Carla Prova", from_day=DAY)


def test_a_secretary_of_an_assembly_enters_its_opinion_on_an_act_of_the_council_and_takes_no_other_step() -> None:
    zone_one, zone_two = (a_body(Body.Kind.ZONE_ASSEMBLY, zone=n) for n in (1, 2))
    a_body(Body.Kind.CONFERENCE)
    act = an_act()
    deposit(person=chief(), act=act, day=date(2026, 3, 1), words="Testo")
    examine(person=chief(), act=act, day=date(2026, 3, 2))
    opinions.ask_opinions(person=chief(), act=act, day=date(2026, 3, 3), due=date(2026, 3, 30))
    secretary = a_secretary(zone_one)
    mine, others = (Opinion.objects.get(act=act, body=body) for body in (zone_one, zone_two))
    with pytest.raises(NotAllowedError):
        opinions.give_opinion(person=secretary, opinion=others, day=date(2026, 3, 4), outcome="favourable")
    with pytest.raises(NotAllowedError):
        opinions.depart(person=secretary, opinion=mine, why="Perché")
    client = Client()
    client.force_login(secretary)
    page = client.get(reverse("desk:act", args=[act.slug])).content.decode()
    assert 'value="give_opinion"' in page
    assert 'value="depart"' not in page
    assert f'<option value="{others.pk}">' not in page
    opinions.give_opinion(person=secretary, opinion=mine, day=date(2026, 3, 4), outcome="favourable")
    assert 'value="give_opinion"' not in client.get(reverse("desk:act", args=[act.slug])).content.decode()


def test_only_who_keeps_accounts_says_which_bodies_a_secretary_keeps() -> None:
    secretary = a_secretary()
    with pytest.raises(NotAllowedError):
        set_secretaries(person=secretary, secretary=secretary, bodies=Body.objects.all())
    set_secretaries(person=chief(), secretary=secretary, bodies=[])
    with pytest.raises(NotAllowedError):
        convene(person=secretary, body=a_body(), held_on=DAY)


def test_without_the_role_a_body_in_charge_opens_nothing() -> None:
    reader = somebody("reader")
    set_secretaries(person=chief(), secretary=reader, bodies=[a_body()])
    with pytest.raises(NotAllowedError):
        convene(person=reader, body=a_body(), held_on=DAY)
