"""Who sits in a body on any day is computed: mandates with substitutions, and municipalities through their mergers."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from aumenta.core.tally.rule import read_rule
from aumenta.governance.composition import composition
from aumenta.governance.keep_mandates import add_mandate, end_mandate
from aumenta.governance.keep_offices import add_office, end_office
from aumenta.governance.keep_rules import change_rule, confirm_rule
from aumenta.governance.load_bodies import load_bodies
from aumenta.governance.models import Body, BodyRule, Mandate, MunicipalOffice
from aumenta.governance.rule_words import rule_words
from aumenta.people.permission import NotAllowedError
from aumenta.territory.models import Municipality, Territory
from tests.cast import somebody
from tests.governance_cast import RULE, a_body, a_mandate, a_seat, a_small_territory, an_office, chief

pytestmark = pytest.mark.django_db


def names(body: Body, day: date) -> list[str]:
    return [seat.name for seat in composition(body, day).seats]


def test_a_merger_changes_the_conference_on_its_day() -> None:
    conference = a_body(Body.Kind.CONFERENCE)
    assert names(conference, date(2018, 12, 31)) == ["Cinque", "Due", "Quattro", "Uno"]
    assert names(conference, date(2019, 1, 1)) == ["Due", "Tre", "Uno"]


def test_a_municipality_of_the_past_sits_in_the_zone_of_the_one_that_came_after_it() -> None:
    zone = a_body(Body.Kind.ZONE_ASSEMBLY, zone=2)
    assert names(zone, date(2018, 6, 1)) == ["Cinque", "Quattro"]
    assert names(zone, date(2020, 6, 1)) == ["Tre"], "an assembly of one municipality is one"


def test_who_is_replaced_leaves_and_who_comes_in_sits_from_the_day_after() -> None:
    body = a_body()
    gone = a_mandate(body, "Ada Prova")
    end_mandate(person=chief(), mandate=gone, to_day=date(2024, 5, 15))
    gone.refresh_from_db()
    add_mandate(person=chief(), body=body, name="Carla Nuova", from_day=date(2024, 5, 16), replaces=gone)
    assert names(body, date(2024, 5, 15)) == ["Ada Prova"]
    assert names(body, date(2024, 5, 16)) == ["Carla Nuova"]
    assert names(body, date(2019, 12, 31)) == []


def test_the_chair_comes_first_and_a_guest_has_no_seat() -> None:
    body = a_body()
    a_mandate(body, "Zoe Capo", role="chair")
    a_mandate(body, "Ada Prova")
    a_mandate(body, "Portavoce Ospite", role="guest")
    found = composition(body, date(2021, 1, 1))
    assert [(seat.name, seat.chair) for seat in found.seats] == [("Zoe Capo", True), ("Ada Prova", False)]
    assert [guest.holder.full_name for guest in found.guests] == ["Portavoce Ospite"]


def test_a_municipality_votes_by_its_mayor_or_by_a_commissioner_in_that_place() -> None:
    conference = a_body(Body.Kind.CONFERENCE)
    mayor = an_office("997001", "Bruna Prova")
    end_office(person=chief(), office=mayor, to_day=date(2022, 3, 31))
    add_office(
        person=chief(), municipality=a_seat(), name="Dario Prefettura", kind="commissioner", from_day=date(2022, 4, 1)
    )
    add_office(person=chief(), municipality=a_seat(), name="Eva Vice", kind="deputy_mayor", from_day=date(2020, 1, 1))
    before, after = (composition(conference, day).seat("997001") for day in (date(2022, 3, 31), date(2022, 4, 1)))
    assert (before.head.holder.full_name, before.head.kind) == ("Bruna Prova", "mayor")
    assert (after.head.holder.full_name, after.head.kind) == ("Dario Prefettura", "commissioner")
    assert [one.holder.full_name for one in after.delegates] == ["Eva Vice"]
    assert len(composition(conference, date(2022, 4, 1)).seats) == 3, "one vote for each municipality, whoever comes"


def test_the_bodies_of_turin_come_with_their_sources_and_wait_to_be_confirmed() -> None:
    territory = a_small_territory()
    Territory.objects.filter(pk=territory.pk).update(slug="torino")
    territory.refresh_from_db()
    assert load_bodies(territory=territory) == 7, "five, and one for each of the two zones"
    assert load_bodies(territory=territory) == 0, "what is there is never overwritten"
    council = Body.objects.get(slug="consiglio")
    found = composition(council, date(2023, 5, 10))
    assert len(found.seats) == council.seats == 19
    assert found.seats[0].name == "Stefano Lo Russo"
    assert found.seats[0].chair
    later = names(council, date(2024, 6, 1))
    assert "Papurello" in later
    assert "Gianfranco Guerrini" not in later
    assert len(later) == 19
    assert names(council, date(2015, 4, 14)) == [], "who sat there before is not known, and is not made up"
    assert composition(council, date(2015, 4, 14)).vacant == 19
    assert not BodyRule.objects.exclude(confirmed_on=None).exists()
    for rule in BodyRule.objects.all():
        assert rule.citation
        assert rule_words(rule.rule)


def test_residents_come_with_their_day_and_are_missing_before_the_first() -> None:
    territory = a_small_territory()
    Territory.objects.filter(pk=territory.pk).update(slug="torino")
    for code, real in (("997001", "001001"), ("997002", "001002"), ("997003", "001003")):
        Municipality.objects.filter(istat_code=code).update(istat_code=real)
    conference = a_body(Body.Kind.CONFERENCE)
    found = composition(conference, date(2023, 5, 10))
    assert found.residents_on == date(2023, 1, 1)
    assert found.residents == 2568 + 3669 + 464
    assert composition(conference, date(2010, 1, 1)).residents is None


def test_the_composition_of_many_municipalities_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    conference = a_body(Body.Kind.CONFERENCE)
    place = a_seat()
    Municipality.objects.bulk_create(
        Municipality(istat_code=f"998{n:03}", name=f"Comune {n}", territory=place.territory) for n in range(309)
    )
    with django_assert_max_num_queries(12):
        assert len(composition(conference, date(2023, 1, 1)).seats) == 312


def test_the_database_refuses_two_heads_and_a_mandate_that_ends_before_it_begins() -> None:
    office = an_office()
    with pytest.raises(IntegrityError), transaction.atomic():
        MunicipalOffice.objects.create(
            municipality=office.municipality, holder=office.holder, from_day=date(2021, 1, 1)
        )
    mandate = a_mandate()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(to_day=date(2001, 1, 1))
    with pytest.raises(ProtectedError):
        mandate.holder.delete()


def test_a_rule_that_is_changed_waits_to_be_confirmed_again() -> None:
    rule = a_body().rules.get()
    confirm_rule(person=chief(), rule=rule)
    rule.refresh_from_db()
    assert rule.confirmed_by == chief()
    two_thirds = {**RULE, "majority": {**RULE["majority"], "of": "members", "share": "2/3", "strictly_more": False}}
    change_rule(person=chief(), rule=rule, record=two_thirds, citation="Statuto, art. 9")
    rule.refresh_from_db()
    assert rule.confirmed_on is None
    assert rule.rule == read_rule(two_thirds)
    assert any("2/3" in sentence for sentence in rule_words(rule.rule))


@pytest.mark.parametrize("role", ["editor", "referent", "facilitator", "reader"])
def test_only_those_who_keep_bodies_write_them(role: str) -> None:
    person, body, rule = somebody(role), a_body(), a_body().rules.get()
    mandate, office = a_mandate(), an_office()
    for attempt in (
        lambda: add_mandate(person=person, body=body, name="Uno Qualunque", from_day=date(2022, 1, 1)),
        lambda: end_mandate(person=person, mandate=mandate, to_day=date(2022, 1, 1)),
        lambda: add_office(person=person, municipality=a_seat("997002"), name="Uno", from_day=date(2022, 1, 1)),
        lambda: end_office(person=person, office=office, to_day=date(2022, 1, 1)),
        lambda: change_rule(person=person, rule=rule, record=RULE, citation="x"),
        lambda: confirm_rule(person=person, rule=rule),
    ):
        with pytest.raises(NotAllowedError):
            attempt()
