"""The road of an act: only the drawn steps pass, nothing is skipped, and what is missing is said."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from aumenta.governance.load_bodies import load_bodies
from aumenta.governance.load_register import load_register
from aumenta.governance.make_demo_acts import STATES, make_demo_acts
from aumenta.governance.models import Act, ActText, Ballot, Body, Opinion, Step, Vote
from aumenta.governance.polls.hold import close_vote, enter_votes, put_to_vote
from aumenta.governance.polls.result import seats_of
from aumenta.governance.road import before_vote, from_vote, opinions
from aumenta.governance.road.machine import MAIN_ROAD, ROAD, open_verbs
from aumenta.governance.road.missing import missing
from aumenta.people.refusals import RefusedError
from aumenta.territory.models import Territory
from tests.governance_cast import a_body, a_mandate, a_session, a_small_territory, a_vote, an_act, chief

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2029")]
DAY = date(2026, 3, 2)


def with_opinions() -> Act:
    """An act whose opinions are asked: two zones and the Conference, due after fifteen days."""
    a_body(Body.Kind.CONFERENCE)
    a_body(Body.Kind.ZONE_ASSEMBLY, zone=1)
    a_body(Body.Kind.ZONE_ASSEMBLY, zone=2)
    act = an_act()
    before_vote.deposit(person=chief(), act=act, day=DAY, words="Il piano ha tre obiettivi.")
    before_vote.examine(person=chief(), act=act, day=DAY)
    opinions.ask_opinions(person=chief(), act=act, day=DAY, due=DAY + timedelta(15))
    act.refresh_from_db()
    return act


def give(act: Act, outcome: str, *, binding: bool, conditions: tuple[str, ...] = ()) -> Opinion:
    """The first opinion that waits is given."""
    waiting = act.opinions.filter(binding=binding, given_on=None)[0]
    return opinions.give_opinion(
        person=chief(), opinion=waiting, day=DAY + timedelta(3), outcome=outcome, conditions=conditions
    )


def ready() -> Act:
    """An act on which the council may vote."""
    act = with_opinions()
    give(act, "favourable", binding=False)
    give(act, "favourable", binding=False)
    give(act, "favourable", binding=True)
    before_vote.hear(person=chief(), act=act, day=DAY + timedelta(4), who="Associazioni")
    return act


def voted(act: Act, option: str = "for", **facts: Any) -> Vote:
    """The council votes on the whole text, closed."""
    a_mandate()
    vote = put_to_vote(person=chief(), session=a_session(), act=act, question="Intero testo", **facts)
    seat = f"m{a_mandate().pk}"
    enter_votes(person=chief(), vote=vote, votes={seat: option})
    return close_vote(person=chief(), vote=vote)


ATTEMPTS: dict[str, Any] = {
    "deposit": lambda act: before_vote.deposit(person=chief(), act=act, day=DAY, words="Testo"),
    "send_back": lambda act: before_vote.send_back(person=chief(), act=act, day=DAY, note="Da rivedere"),
    "examine": lambda act: before_vote.examine(person=chief(), act=act, day=DAY),
    "ask_opinions": lambda act: opinions.ask_opinions(person=chief(), act=act, day=DAY, due=DAY + timedelta(20)),
    "amend": lambda act: before_vote.amend(person=chief(), act=act, day=DAY, words="Altro", committee=True),
    "hear": lambda act: before_vote.hear(person=chief(), act=act, day=DAY, who="Associazioni"),
    "publish": lambda act: from_vote.publish(person=chief(), act=act, day=DAY),
    "enforce": lambda act: from_vote.enforce(person=chief(), act=act, day=DAY),
    "put_in_force": lambda act: from_vote.put_in_force(person=chief(), act=act, day=DAY),
    "supersede": lambda act: from_vote.supersede(person=chief(), act=act, day=DAY),
    "withdraw": lambda act: before_vote.withdraw(person=chief(), act=act, day=DAY, note="Ritirato"),
}
"""The verbs that need nothing but the act; those about an opinion or a vote have tests of their own."""


def test_every_verb_is_tried_in_every_state_and_only_the_drawn_pairs_pass() -> None:
    act, tried = an_act(), 0
    for state in Act.State.values:
        for verb, attempt in ATTEMPTS.items():
            with transaction.atomic():
                Act.objects.filter(pk=act.pk).update(state=state)
                act.refresh_from_db()
                if verb in open_verbs(state):
                    attempt(act)
                    act.refresh_from_db()
                    assert act.state == (ROAD[verb][1] or state)
                else:
                    with pytest.raises(RefusedError) as refused:
                        attempt(act)
                    assert refused.value.code == "step_not_open"
                tried += 1
                transaction.set_rollback(True)
    assert tried == len(Act.State.values) * len(ATTEMPTS)
    others = {"give_opinion", "observe", "answer_condition", "depart", "adopt", "reject"}
    assert set(ATTEMPTS) | others == set(ROAD)


@given(verbs=st.lists(st.sampled_from(sorted(ATTEMPTS)), max_size=12))
@settings(max_examples=40, deadline=None)
def test_no_order_of_steps_leaves_the_road(verbs: list[str]) -> None:
    with transaction.atomic():
        act = an_act()
        for verb in verbs:
            before = Act.objects.get(pk=act.pk).state
            try:
                with transaction.atomic():
                    ATTEMPTS[verb](act)
            except RefusedError:
                assert Act.objects.get(pk=act.pk).state == before, "what is refused leaves nothing half written"
            else:
                assert before in ROAD[verb][0]
                assert Act.objects.get(pk=act.pk).state == (ROAD[verb][1] or before)
        # The road leads past the opinions only by a vote.
        assert Act.objects.get(pk=act.pk).state not in {"adopted", "published", "enforceable", "in_force"}
        transaction.set_rollback(True)


def test_the_council_waits_for_every_zone_or_for_its_deadline() -> None:
    act = with_opinions()
    day = DAY + timedelta(10)
    lacks = " ".join(missing(act, day))
    assert lacks.count("per il parere fino al") == 3
    after = " ".join(missing(act, DAY + timedelta(16)))
    assert "per il parere fino al" not in after, "who is silent at the deadline holds nobody up"
    assert "non ha espresso il parere vincolante" in after, "but the binding opinion must be there"
    assert "realtà sociali" in after


def test_a_contrary_zone_asks_for_reasons_and_a_contrary_conference_blocks() -> None:
    act = ready()
    assert missing(act, DAY + timedelta(20)) == []
    zone = act.opinions.filter(binding=False)[0]
    Opinion.objects.filter(pk=zone.pk).update(outcome="contrary")
    assert "scrivi perché l’atto se ne discosta" in " ".join(missing(act, DAY + timedelta(20)))
    opinions.depart(person=chief(), opinion=zone, why="Il tema è già nel piano territoriale.")
    assert missing(act, DAY + timedelta(20)) == [], "mandatory is not binding"
    act.opinions.filter(binding=True).update(outcome="contrary")
    assert "vincolante" in " ".join(missing(act, DAY + timedelta(20)))


def test_a_condition_blocks_until_it_is_met_and_a_difference_that_nothing_explains_is_refused() -> None:
    act = with_opinions()
    give(act, "favourable", binding=False)
    give(act, "favourable", binding=False)
    condition = give(act, "conditions", binding=True, conditions=("Nominare la montagna",)).conditions.get()
    before_vote.hear(person=chief(), act=act, day=DAY + timedelta(4), who="Associazioni")
    later = DAY + timedelta(20)
    assert "non ha risposta" in " ".join(missing(act, later))
    opinions.answer_condition(person=chief(), condition=condition, answer="partly", because="Solo in parte")
    assert "non è soddisfatta" in " ".join(missing(act, later))
    opinions.answer_condition(person=chief(), condition=condition, answer="accepted", because="Aggiunta")
    before_vote.amend(
        person=chief(),
        act=act,
        day=DAY + timedelta(5),
        words="Il piano ha tre obiettivi, anche in montagna.",
        condition=condition,
    )
    assert missing(act, later) == []
    before_vote.amend(person=chief(), act=act, day=DAY + timedelta(6), words="Il piano ha due obiettivi.")
    assert "nessun parere, emendamento o condizione" in " ".join(missing(act, later))
    with pytest.raises(RefusedError) as refused:
        from_vote.decide(person=chief(), act=act, vote=voted(act), number="7", year=2026)
    assert refused.value.code == "not_ready"


def test_an_act_is_adopted_published_enforceable_and_in_force_day_by_day() -> None:
    act = ready()
    text = act.texts.get()
    assert {one.text_id for one in act.opinions.all()} == {text.pk}, "opinions are bound to the text by its hash"
    act = from_vote.decide(person=chief(), act=act, vote=voted(act), number="7", year=2026)
    assert (act.state, act.number, act.year, act.day) == ("adopted", "7", 2026, date(2026, 6, 1))
    assert act.enforceable_on is None
    board = date(2026, 6, 3)
    act = from_vote.publish(person=chief(), act=act, day=board)
    assert act.published_to == date(2026, 6, 17), "fifteen days, the first included"
    assert act.enforceable_on == date(2026, 6, 13), "after the tenth day"
    act = from_vote.enforce(person=chief(), act=act, day=date(2026, 6, 13))
    act = from_vote.put_in_force(person=chief(), act=act, day=date(2026, 6, 14), until=date(2029, 6, 13))
    act = from_vote.supersede(person=chief(), act=act, day=date(2028, 1, 1))
    assert act.state == "superseded"
    assert act.force_to == date(2028, 1, 1)
    verbs = list(act.steps.values_list("verb", flat=True))
    assert verbs[:3] == ["deposit", "examine", "ask_opinions"]
    assert verbs[-5:] == ["adopt", "publish", "enforce", "put_in_force", "supersede"]
    assert set(act.steps.filter(verb__in=("deposit", "give_opinion", "adopt")).values_list("digest", flat=True)) == {
        text.digest
    }


def test_a_vote_that_fails_rejects_the_act() -> None:
    act = ready()
    assert (
        from_vote.decide(person=chief(), act=act, vote=voted(act, "against"), number="7", year=2026).state == "rejected"
    )


def test_what_is_voted_is_the_text_of_now() -> None:
    act = ready()
    vote = voted(act)
    before_vote.amend(person=chief(), act=act, day=DAY + timedelta(6), words="Dopo il voto", committee=True)
    with pytest.raises(RefusedError) as refused:
        from_vote.decide(person=chief(), act=act, vote=vote, number="7", year=2026)
    assert refused.value.code == "text_voted_differs"
    assert Act.objects.get(pk=act.pk).state == "opinions"


def test_the_acts_of_turin_and_the_vote_of_10_may_2023_come_out_as_printed() -> None:
    territory = a_small_territory()
    Territory.objects.filter(pk=territory.pk).update(slug="torino")
    territory.refresh_from_db()
    for number in range(3, 12):
        territory.zones.create(number=number, name=f"Zona {number}")
    load_bodies(territory=territory)
    assert load_register(territory=territory) == 33
    assert load_register(territory=territory) == 0
    act = Act.objects.get(number="23", year=2023)
    vote = act.polls.get()
    found = vote.result
    assert (found["outcome"], found["present"], found["voters"]) == ("passes", 14, 14)
    assert (found["for"], found["abstained"], found["members"]) == (13, 1, 19)
    assert {one.name for one in vote.ballots.filter(option="abstained")} == {"Davide D’Agostino"}
    assert Act.objects.get(kind="plan", number="4").day == date(2021, 2, 10)
    assert make_demo_acts(person=chief(), territory=territory) == len(STATES)
    assert make_demo_acts(person=chief(), territory=territory) == 0
    rejected = Act.objects.get(invented=True, state=Act.State.REJECTED)
    assert "respinto" in rejected.object_it, "whatever language the shell speaks"
    assert "rejected" in rejected.object_en
    invented = Act.objects.filter(invented=True)
    assert set(invented.values_list("state", flat=True)) == set(Act.State.values) - {"recorded"}
    assert set(MAIN_ROAD) <= set(invented.values_list("state", flat=True))
    assert Step.objects.filter(act__invented=True).exists()
    assert ActText.objects.filter(because="condition").exists()
    assert Vote.objects.filter(session__invented=True, closed_at__isnull=False).exists()
    in_invented = Ballot.objects.filter(vote__session__invented=True)
    assert not in_invented.exclude(mandate=None).exists(), "no real person voted on what is invented"
    called = Vote.objects.filter(session__body__kind="conference", session__invented=True, method="roll")
    whole = called.exclude(closed_at=None).get()
    assert called.filter(closed_at=None).count() == 1, "one roll is being entered"
    assert whole.ballots.count() == len(seats_of(whole).seats)
    assert whole.result["outcome"] == "passes"
    assert whole.result["carried"] is None, "there is no dated population of invented municipalities"


def test_a_person_who_voted_can_not_be_deleted() -> None:
    from django.db.models import ProtectedError

    vote = a_vote()
    mandate = a_mandate()
    enter_votes(person=chief(), vote=vote, votes={f"m{mandate.pk}": "for"})
    for thing in (mandate, mandate.holder):
        with pytest.raises(ProtectedError):
            thing.delete()
