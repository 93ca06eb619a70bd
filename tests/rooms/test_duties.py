"""The calendar of duties: every room's are in it, and the word climbs when nothing comes."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from aumenta.governance.duties.calendar_file import duties_calendar
from aumenta.governance.duties.find_duties import Duty, find_duties
from aumenta.governance.duties.keep_duties import a_year_later, drop_duty, settle_duty, write_duty
from aumenta.governance.duties.remind_duties import last_moment, remind_of_duties
from aumenta.governance.models import DutyMail, OwnDuty
from aumenta.monitoring.actions.rounds import set_round
from aumenta.monitoring.models import YearlyReport
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from tests.cast import a_small_plan, somebody
from tests.monitoring_cast import an_indicator
from tests.voices_cast import a_consultation, admitted

TODAY = date(2026, 6, 1)
ROWS = pytest.mark.django_db


def own(**facts: Any) -> OwnDuty:
    return OwnDuty.objects.create(**{"title": "Obiettivi del DUP", "due_on": TODAY, **facts})


def mornings(first: date, days: int) -> list[tuple[date, str]]:
    """Who is written to on each of the mornings."""
    told = []
    for n in range(days):
        mail.outbox.clear()
        remind_of_duties(first + timedelta(days=n))
        told += [(first + timedelta(days=n), letter.to[0]) for letter in mail.outbox]
    return told


@ROWS
def test_every_kind_of_duty_is_on_the_calendar_the_nearest_first() -> None:
    edition = a_small_plan()
    edition.first_year, edition.last_year = 2025, 2027
    edition.save()
    keeper = somebody("editor")
    an_indicator(next_due=TODAY + timedelta(days=40), keeper=keeper)
    an_indicator("LONTANO", next_due=TODAY + timedelta(days=4000))
    own(due_on=TODAY - timedelta(days=5), person=keeper)
    set_round(
        person=somebody("approver"), edition=edition, as_of=TODAY, asks_on=TODAY, due_on=TODAY + timedelta(days=30)
    )
    admitted(a_consultation())
    found = find_duties(TODAY)
    kinds = [one.kind for one in found]
    assert {"reading", "own", "round", "report", "answer"} <= set(kinds)
    assert [one.day for one in found] == sorted(one.day for one in found)
    reading = next(one for one in found if one.kind == "reading")
    assert (reading.people, reading.where) == ((keeper,), "indicatori/RED/")
    assert not any("LONTANO" in one.where for one in found)
    reports = {one.key: one.day for one in found if one.kind == "report"}
    assert sorted(reports.values()) == [date(2026, 3, 31), date(2027, 3, 31)]


@ROWS
def test_a_report_that_is_out_is_no_duty_any_more() -> None:
    edition = a_small_plan()
    edition.first_year, edition.last_year = 2025, 2025
    edition.save()
    assert [one.kind for one in find_duties(TODAY)] == ["report"]
    report = YearlyReport.objects.create(edition=edition, year=2025, as_of=date(2025, 12, 31))
    assert find_duties(TODAY)[0].where == f"relazioni/{report.pk}/"
    now = "2026-03-01T00:00Z"
    YearlyReport.objects.update(state="published", content={}, sha256="x", frozen_at=now, published_at=now)
    assert find_duties(TODAY) == []


@ROWS
def test_the_word_goes_to_whose_duty_it_is_then_climbs_and_each_hears_once_for_each_moment() -> None:
    keeper, approver = somebody("editor"), somebody("approver", email="approva@esempio.it")
    head = somebody("administrator", email="capo@esempio.it")
    own(person=keeper)
    told = mornings(TODAY - timedelta(days=20), 43)
    by_person = {
        person.email: [(day - TODAY).days for day, to in told if to == person.email]
        for person in (keeper, approver, head)
    }
    assert by_person[keeper.email] == [-14, -3, 0, 7, 14, 21]
    assert by_person[approver.email] == [7, 14, 21]
    assert by_person[head.email] == [21]


@ROWS
def test_a_morning_that_was_missed_is_made_up_for_and_a_second_run_writes_to_nobody() -> None:
    keeper = somebody("editor")
    own(person=keeper, due_on=TODAY + timedelta(days=12))
    assert remind_of_duties(TODAY) == 1, "the day two weeks before was missed"
    assert remind_of_duties(TODAY) == 0
    assert remind_of_duties(TODAY + timedelta(days=1)) == 0
    assert DutyMail.objects.get().told == [f"own:{OwnDuty.objects.get().pk}"]


@ROWS
def test_a_mail_that_cannot_be_sent_is_tried_again_the_next_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    own(person=somebody("editor"))

    def refuse(*_args: object) -> bool:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        assert remind_of_duties(TODAY) == 0
    assert remind_of_duties(TODAY + timedelta(days=1)) == 1


@ROWS
def test_a_duty_of_nobody_is_the_approvers_and_a_closed_account_hears_nothing() -> None:
    gone = somebody("editor")
    gone.is_active = False
    gone.save()
    own(person=gone)
    assert remind_of_duties(TODAY) == 0
    approver = somebody("approver", email="approva@esempio.it")
    remind_of_duties(TODAY)
    (letter,) = mail.outbox
    assert letter.to == [approver.email]
    assert "Obiettivi del DUP" in letter.body
    assert "/it/scrivania/scadenze/" in letter.body


@ROWS
def test_one_person_gets_one_mail_however_many_duties() -> None:
    keeper = somebody("editor")
    for n in range(5):
        own(title=f"Cosa {n}", person=keeper)
    assert remind_of_duties(TODAY) == 1
    assert mail.outbox[0].subject == "5 scadenze del piano sono vicine"


@ROWS
def test_a_yearly_duty_comes_again_when_it_is_done() -> None:
    chief, keeper = somebody("approver"), somebody("editor")
    duty = write_duty(
        person=chief, facts={"title": "PIAO", "due_on": date(2024, 2, 29), "person": keeper, "every_year": True}
    )
    again = settle_duty(person=keeper, duty=duty)
    assert again is not None
    assert (again.due_on, again.person, again.every_year) == (date(2025, 2, 28), keeper, True)
    with pytest.raises(RefusedError, match="duty_settled_meanwhile"):
        settle_duty(person=chief, duty=duty)
    with pytest.raises(RefusedError, match="duty_invalid"):
        write_duty(person=chief, facts={"title": "PIAO", "due_on": date(2025, 2, 28)})
    with pytest.raises(NotAllowedError):
        drop_duty(person=keeper, duty=again)
    with pytest.raises(NotAllowedError):
        settle_duty(person=somebody("reader", email="l@esempio.it"), duty=again)
    drop_duty(person=chief, duty=again)
    assert OwnDuty.objects.filter(done_on=None).count() == 0


@ROWS
def test_the_calendar_asks_as_much_of_the_database_however_many_duties() -> None:
    asked = []
    for size in (1, 30):
        for n in range(size):
            own(title=f"Cosa {size} {n}")
            an_indicator(f"I{size}-{n}", next_due=TODAY)
        with CaptureQueriesContext(connection) as queries:
            find_duties(TODAY)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12, asked


def test_the_calendar_file_names_nobody_and_is_the_same_each_time() -> None:
    duty = Duty("own:7", "own", "Obiettivi, del DUP; però", TODAY, "scadenze/", ())
    content = duties_calendar([duty])
    assert content == duties_calendar([duty])
    assert b"DTSTART;VALUE=DATE:20260601" in content
    assert "SUMMARY:Obiettivi\\, del DUP\\; però".encode() in content
    assert b"ATTENDEE" not in content


@given(st.integers(-60, 200), st.sampled_from([None, 7, 21]))
def test_the_last_moment_is_never_to_come_and_never_a_week_old_once_it_is_late(ahead: int, first: int | None) -> None:
    duty = Duty("own:1", "own", "x", TODAY + timedelta(days=ahead), "")
    moment = last_moment(duty, TODAY, first)
    late = -ahead
    if moment is None:
        assert late < (first if first is not None else -14)
    else:
        assert moment <= TODAY
        assert late <= 0 or (TODAY - moment).days < 7


def test_a_leap_day_comes_again_on_the_last_of_february() -> None:
    assert a_year_later(date(2028, 2, 29)) == date(2029, 2, 28)
