"""Every way in which steps of an act, opinions, sessions and votes are refused: each met once."""

from datetime import date, timedelta
from typing import Any

import pytest

from aumenta.governance.models import Act, Condition
from aumenta.governance.road import before_vote, from_vote, opinions
from aumenta.governance.road.from_vote import refuse_number
from tests.governance_cast import a_body, a_seat, a_vote, an_act, chief
from tests.governance_walks import DAY, a_closed_vote, adopted, asked, deposited, give, whole
from tests.refusals_met import Refusals

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]
REFUSALS = Refusals()


@REFUSALS.get("step_not_open")
def an_act_is_published_before_it_is_voted() -> object:
    return from_vote.publish(person=chief(), act=deposited(), day=DAY)


@REFUSALS.get("step_before_another")
def a_committee_examines_before_the_deposit() -> object:
    return before_vote.examine(person=chief(), act=deposited(), day=DAY - timedelta(1))


@REFUSALS.get("step_in_the_future")
def a_text_is_deposited_next_year() -> object:
    return before_vote.deposit(person=chief(), act=an_act(), day=date(2030, 1, 1), words="Testo")


@REFUSALS.get("object_required")
def an_act_is_about_nothing() -> object:
    return before_vote.open_act(person=chief(), body=a_body(), kind="plan", object_it=" ")


@REFUSALS.get("text_required")
def nothing_is_deposited() -> object:
    return before_vote.deposit(person=chief(), act=an_act(), day=DAY, words=" ")


@REFUSALS.get("text_of_another_act")
def two_acts_have_the_same_hash() -> object:
    deposited()
    other = before_vote.open_act(person=chief(), body=a_body(), kind="plan", object_it="Un altro")
    return before_vote.deposit(person=chief(), act=other, day=DAY, words="Il testo.\r\n")


@REFUSALS.get("text_unchanged")
def nothing_is_amended() -> object:
    return before_vote.amend(person=chief(), act=deposited(), day=DAY, words="Il testo.")


@REFUSALS.get("condition_of_another_act")
def a_text_answers_a_condition_of_another_act() -> object:
    act = asked()
    condition = give(act, outcome="conditions", conditions=["Uno"]).conditions.get()
    other = before_vote.open_act(person=chief(), body=a_body(), kind="plan", object_it="Un altro")
    before_vote.deposit(person=chief(), act=other, day=DAY, words="Altro testo")
    return before_vote.amend(person=chief(), act=other, day=DAY, words="Ancora", condition=condition)


@REFUSALS.get("step_reason_required")
def a_text_is_sent_back_without_a_word() -> object:
    return before_vote.send_back(person=chief(), act=deposited(), day=DAY, note=" ")


@REFUSALS.get("heard_required")
def nobody_is_heard() -> object:
    return before_vote.hear(person=chief(), act=an_act(), day=DAY, who=" ")


@REFUSALS.get("due_too_soon")
def mayors_have_fewer_than_fifteen_days() -> object:
    act = deposited()
    before_vote.examine(person=chief(), act=act, day=DAY)
    return opinions.ask_opinions(person=chief(), act=act, day=DAY, due=DAY + timedelta(14))


@REFUSALS.get("opinion_given_already")
def an_opinion_is_given_twice() -> object:
    act = asked()
    give(act)
    return give(act)


@REFUSALS.get("opinion_before_request")
def an_opinion_comes_before_its_request() -> object:
    return give(asked(), day=DAY - timedelta(1))


@REFUSALS.get("conditions_required")
def conditions_have_no_text() -> object:
    return give(asked(), outcome="conditions", conditions=["  "])


def observed(**facts: Any) -> object:
    opinion = asked().opinions.filter(binding=False)[0]
    given = {"day": DAY, "municipality": a_seat(), "words": "Manca il treno", **facts}
    return opinions.observe(person=chief(), opinion=opinion, **given)


@REFUSALS.get("observation_words_required")
def a_municipality_observes_nothing() -> object:
    return observed(words=" ")


@REFUSALS.get("sheet_unknown")
def a_municipality_observes_about_a_sheet_there_is_not() -> object:
    return observed(sheet="9.9.9")


@REFUSALS.get("because_required")
def a_condition_is_refused_without_a_reason() -> object:
    condition = give(asked(), outcome="conditions", conditions=["Uno"]).conditions.get()
    return opinions.answer_condition(person=chief(), condition=condition, answer="refused", because=" ")


@REFUSALS.get("binding_is_binding")
def the_act_departs_from_the_conference() -> object:
    return opinions.depart(person=chief(), opinion=give(asked(), outcome="contrary"), why="Perché no")


@REFUSALS.get("vote_of_another_act")
def the_vote_was_on_something_else() -> object:
    act = asked()
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(None), number="1", year=2026)


@REFUSALS.get("vote_not_closed")
def the_vote_goes_on() -> object:
    act = asked()
    return from_vote.decide(person=chief(), act=act, vote=a_vote(act=act), number="1", year=2026)


@REFUSALS.get("not_ready")
def the_council_votes_before_the_opinions() -> object:
    act = asked()
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(act), number="1", year=2026)


@REFUSALS.get("vote_undecided")
def the_vote_can_not_be_counted() -> object:
    act = whole(asked())
    a_body().rules.all().delete()
    return from_vote.decide(person=chief(), act=act, vote=a_closed_vote(act), number="1", year=2026)


@REFUSALS.get("text_voted_differs")
def the_text_changed_after_the_vote() -> object:
    act = whole(asked())
    vote = a_closed_vote(act)
    before_vote.amend(person=chief(), act=act, day=DAY, words="Altro", committee=True)
    return from_vote.decide(person=chief(), act=act, vote=vote, number="1", year=2026)


@REFUSALS.get("number_required")
def an_act_has_no_number() -> None:
    refuse_number(an_act(), " ", 2026, DAY)


@REFUSALS.get("year_differs")
def an_act_of_2021_has_a_date_of_2022() -> None:
    refuse_number(an_act(), "4", 2021, date(2022, 2, 10))


@REFUSALS.get("number_taken")
def two_acts_of_a_year_have_one_number() -> None:
    Act.objects.create(slug="primo", body=a_body(), kind="plan", object_it="Primo", number="4", year=2026)
    refuse_number(an_act(), "4", 2026, DAY)


@REFUSALS.get("published_before_act")
def an_act_is_on_the_board_before_its_day() -> object:
    return from_vote.publish(person=chief(), act=adopted(), day=date(2026, 5, 31))


@REFUSALS.get("board_too_short")
def an_act_is_on_the_board_for_fourteen_days() -> object:
    return from_vote.publish(person=chief(), act=adopted(), day=date(2026, 6, 1), until=date(2026, 6, 14))


@REFUSALS.get("not_enforceable_yet")
def an_act_is_enforceable_too_soon() -> object:
    act = from_vote.publish(person=chief(), act=adopted(), day=date(2026, 6, 1))
    return from_vote.enforce(person=chief(), act=act, day=date(2026, 6, 10))


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_it_is_refused_with_a_sentence_that_is_whole(code: str) -> None:
    REFUSALS.check(code)
    assert not Condition.objects.filter(answer="refused").exists()
