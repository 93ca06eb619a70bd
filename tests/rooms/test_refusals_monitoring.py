"""Every way in which the monitoring refuses, each met once."""

import pytest

from aumenta.monitoring.compare_readings import Said
from aumenta.monitoring.composites import freeze_goalposts
from aumenta.monitoring.correct_reading import correct_reading
from aumenta.monitoring.models import Reading
from aumenta.monitoring.take_readings import put_readings_aside, send_readings, take_readings
from aumenta.monitoring.write_indicator import write_indicator
from aumenta.plan.models import Strategy
from aumenta.territory.models import Territory
from tests.cast import a_small_plan
from tests.monitoring_cast import CARD, DAY, a_territory, an_indicator, sent, taken
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


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
