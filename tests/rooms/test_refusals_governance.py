"""Every way in which bodies, mandates and rules are refused: each met once."""

from datetime import date

import pytest

from aumenta.governance.keep_mandates import add_mandate, end_mandate
from aumenta.governance.keep_offices import add_office
from aumenta.governance.keep_rules import change_rule
from aumenta.governance.models import Body
from tests.governance_cast import RULE, a_body, a_mandate, a_seat, an_office, chief
from tests.refusals_met import Refusals

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()
DAY = date(2022, 1, 1)


@REFUSALS.get("holder_required")
def nobody_takes_a_seat() -> object:
    return add_mandate(person=chief(), body=a_body(), name="  ", from_day=DAY)


@REFUSALS.get("ends_before_it_begins")
def a_mandate_ends_before_it_begins() -> object:
    return add_mandate(person=chief(), body=a_body(), name="Ada", from_day=DAY, to_day=date(2021, 12, 31))


@REFUSALS.get("mandate_twice")
def somebody_takes_two_seats() -> object:
    a_mandate(name="Ada Prova")
    return add_mandate(person=chief(), body=a_body(), name="Ada  Prova", from_day=DAY)


@REFUSALS.get("chair_twice")
def two_people_chair() -> object:
    a_mandate(name="Zoe Capo", role="chair")
    return add_mandate(person=chief(), body=a_body(), name="Ada Prova", from_day=DAY, role="chair")


@REFUSALS.get("body_of_municipalities")
def a_person_takes_a_seat_of_the_conference() -> object:
    return add_mandate(person=chief(), body=a_body(Body.Kind.CONFERENCE), name="Ada", from_day=DAY)


@REFUSALS.get("seats_full")
def one_more_comes_than_there_are_seats() -> object:
    body = a_body(seats=1)
    a_mandate(body, "Ada Prova")
    return add_mandate(person=chief(), body=body, name="Bice Prova", from_day=DAY)


@REFUSALS.get("replaced_elsewhere")
def somebody_replaces_who_still_sits_there() -> object:
    return add_mandate(person=chief(), body=a_body(), name="Bice", from_day=DAY, replaces=a_mandate())


@REFUSALS.get("mandate_ended_already")
def a_mandate_ends_twice() -> object:
    mandate = a_mandate()
    end_mandate(person=chief(), mandate=mandate, to_day=DAY)
    return end_mandate(person=chief(), mandate=mandate, to_day=date(2023, 1, 1))


@REFUSALS.get("head_twice")
def a_municipality_has_two_mayors() -> object:
    an_office()
    return add_office(person=chief(), municipality=a_seat(), name="Altra", from_day=DAY)


@REFUSALS.get("outside_municipality")
def a_dissolved_municipality_has_a_mayor() -> object:
    return add_office(person=chief(), municipality=a_seat("997004"), name="Ada", from_day=date(2018, 1, 1))


@REFUSALS.get("delegate_too_early")
def a_councillor_is_delegated_in_2022() -> object:
    return add_office(person=chief(), municipality=a_seat(), name="Ada", kind="councillor", from_day=DAY)


@REFUSALS.get("bad_rule")
def a_rule_asks_for_more_than_all() -> object:
    record = {**RULE, "majority": {**RULE["majority"], "share": "5/4"}}
    return change_rule(person=chief(), rule=a_body().rules.get(), record=record, citation="x")


@REFUSALS.get("citation_required")
def a_rule_is_written_nowhere() -> object:
    return change_rule(person=chief(), rule=a_body().rules.get(), record=RULE, citation=" ")


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_it_is_refused_with_a_sentence_that_is_whole(code: str) -> None:
    REFUSALS.check(code)
