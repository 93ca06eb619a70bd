"""Every way in which the monitoring refuses, each met once."""

from datetime import date
from typing import Any

import pytest

from aumenta.monitoring.actions.objectives import load_objectives, write_objective
from aumenta.monitoring.actions.report_progress import decide_progress, send_progress
from aumenta.monitoring.actions.rounds import set_round
from aumenta.monitoring.actions.set_implementation import drop_milestone, set_implementation, write_milestone
from aumenta.monitoring.actions.states import load_states, write_state
from aumenta.monitoring.compare_readings import Said
from aumenta.monitoring.composites import freeze_goalposts
from aumenta.monitoring.correct_reading import correct_reading
from aumenta.monitoring.enter_reading import enter_reading
from aumenta.monitoring.models import Progress, Reading
from aumenta.monitoring.take_readings import put_readings_aside, send_readings, take_readings
from aumenta.monitoring.write_indicator import write_indicator
from aumenta.plan.models import Action, Strategy
from aumenta.territory.models import Territory
from tests.cast import a_small_plan
from tests.monitoring_cast import CARD, DAY, a_state, a_territory, an_indicator, an_objective, an_update, sent, taken
from tests.refusals_met import Refusals, office

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()


def a_reading() -> Reading:
    a_territory()
    an_indicator()
    taken(["RED", "ITX", "2020", 10.0], ["RED", "ITX", "2021", 12.0], ["RED", "IT", "2021", 14.0])
    return Reading.objects.get(period="2020")


@REFUSALS.get("unreadable_readings")
def a_picture_is_sent_as_readings() -> object:
    return send_readings(person=office(), name="foto.png", data=b"\x89PNG", retrieved_on=DAY)


@REFUSALS.get("indicator_invalid")
def a_card_has_no_code() -> object:
    return write_indicator(person=office(), facts=CARD)


@REFUSALS.get("indicator_changed_meanwhile")
def a_colleague_changed_the_card_meanwhile() -> object:
    a_territory()
    return write_indicator(person=office(), indicator=an_indicator(), facts={"source": "Altra"}, seen="0" * 64)


@REFUSALS.get("reading_invalid")
def a_reading_gets_flags_that_nobody_knows() -> object:
    said = Said(1.0, "", "xyz", None, None, "")
    return correct_reading(person=office(), reading=a_reading(), said=said, reason="Prova")


@REFUSALS.get("reading_there_already")
def a_reading_is_entered_that_is_there() -> object:
    there = a_reading()
    said = Said(1.0, "", "", None, None, "")
    return enter_reading(
        person=office(), indicator=there.indicator, place=there.place, period=there.period, said=said, latest_year=2030
    )


@REFUSALS.get("nothing_corrected")
def a_reading_is_corrected_to_what_it_says() -> object:
    said = Said(10.0, "", "", None, None, "")
    return correct_reading(person=office(), reading=a_reading(), said=said, reason="Prova")


@REFUSALS.get("reason_for_correction")
def a_reading_is_corrected_without_a_word() -> object:
    return correct_reading(person=office(), reading=a_reading(), said=Said(1.0, "", "", None, None, ""), reason="")


@REFUSALS.get("file_of_readings_gone")
def a_file_is_put_aside_twice() -> object:
    a_reading()
    file = sent(["RED", "ITX", "2022", 10.0])
    put_readings_aside(person=office(), file=file)
    return put_readings_aside(person=office(), file=file)


@REFUSALS.get("readings_changed_meanwhile")
def a_colleague_took_the_same_readings_meanwhile() -> object:
    a_reading()
    file = sent(["RED", "ITX", "2022", 10.0])
    taken(["RED", "ITX", "2022", 10.0])
    return take_readings(person=office(), file=file, looked_at=(1, 0))


@REFUSALS.get("reason_for_changes")
def a_file_changes_readings_without_a_word() -> object:
    a_reading()
    return take_readings(person=office(), file=sent(["RED", "ITX", "2020", 99.0]))


@REFUSALS.get("goalposts_frozen")
def goalposts_are_frozen_twice() -> object:
    a_reading()
    edition = a_small_plan()
    an_indicator("ALTRO").strategies.add(Strategy.objects.of(edition)[0])
    taken(["ALTRO", "ITX", "2020", 10.0], ["ALTRO", "ITX", "2021", 12.0])
    for _ in range(2):
        freeze_goalposts(person=office(), edition=edition, territory=Territory.objects.get())
    return None


@REFUSALS.get("nothing_to_freeze")
def goalposts_are_made_of_nothing() -> object:
    a_territory()
    return freeze_goalposts(person=office(), edition=a_small_plan(), territory=Territory.objects.get())


def an_action() -> Action:
    load_states()
    found = Action.objects.filter(number=1).first()
    return found or Action.objects.of(a_small_plan())[0]


def report(**facts: object) -> Progress:
    given: dict[str, Any] = {"state": a_state(), "phase": "idea", "as_of": DAY, "reason_it": "Prova", **facts}
    return send_progress(person=office(), action=an_action(), **given)


MILESTONE = {"title_it": "Prova", "base": 0.0, "target": 1.0, "begins_on": DAY, "due_on": date(2026, 12, 31)}


@REFUSALS.get("state_invalid")
def a_word_has_no_name() -> object:
    return write_state(person=office(), facts={"slug": "x"})


@REFUSALS.get("implementation_invalid")
def an_action_ends_before_it_begins() -> object:
    facts = {"begins_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}
    return set_implementation(person=office(), action=an_action(), facts=facts)


@REFUSALS.get("milestone_invalid")
def a_milestone_has_its_base_for_a_target() -> object:
    return write_milestone(person=office(), action=an_action(), facts={**MILESTONE, "target": 0.0})


@REFUSALS.get("milestone_reported")
def a_reported_milestone_is_taken_away() -> object:
    milestone = write_milestone(person=office(), action=an_action(), facts=MILESTONE)
    report(values={milestone.pk: 0.5})
    return drop_milestone(person=office(), milestone=milestone)


@REFUSALS.get("milestone_of_another_action")
def a_milestone_of_nobody_is_reported() -> object:
    return report(values={999_999: 1.0})


@REFUSALS.get("progress_of_the_future")
def an_update_says_what_will_be() -> object:
    return report(as_of=date(2099, 1, 1))


@REFUSALS.get("progress_before_the_last")
def an_update_is_older_than_what_is_public() -> object:
    an_update(an_action(), "approved", as_of=date(2026, 2, 1))
    return report(as_of=date(2026, 1, 1))


@REFUSALS.get("progress_invalid")
def an_update_says_nothing() -> object:
    return report(reason_it=" ")


@REFUSALS.get("progress_decided_meanwhile")
def an_update_is_decided_on_twice() -> object:
    approved = an_update(an_action(), "approved")
    return decide_progress(person=office(), progress=approved, approve=True)


@REFUSALS.get("answer_required")
def an_update_is_sent_back_without_a_word() -> object:
    return decide_progress(person=office(), progress=an_update(an_action()), approve=False)


@REFUSALS.get("round_invalid")
def a_round_asks_after_it_is_due() -> object:
    edition = an_action().strategy.axis.edition
    days: dict[str, Any] = {"as_of": DAY, "asks_on": date(2099, 2, 1), "due_on": date(2099, 1, 1)}
    return set_round(person=office(), edition=edition, **days)


@REFUSALS.get("objective_invalid")
def an_objective_has_no_title() -> object:
    return write_objective(person=office(), facts={"level": "piao", "code": "P", "year": 2026})


@REFUSALS.get("objective_in_a_circle")
def an_objective_stands_under_one_below_it() -> object:
    facts = {"level": "dup_operational", "code": "O2", "year": 2026, "title_it": "x", "parent": an_objective()}
    return write_objective(person=office(), facts=facts)


@REFUSALS.get("objective_row")
def a_table_of_objectives_has_a_level_nobody_knows() -> object:
    data = b"livello;codice;anno;titolo\nPAIO;P1;2026;Prova\n"
    return load_objectives(person=office(), edition=an_action().strategy.axis.edition, data=data)


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
