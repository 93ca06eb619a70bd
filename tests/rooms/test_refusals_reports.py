"""Every way in which yearly reports, duties, and what the office writes beside them are refused, each met once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from aumenta.governance.duties.keep_duties import settle_duty, write_duty
from aumenta.governance.models import OwnDuty
from aumenta.monitoring.actions.set_implementation import write_milestone
from aumenta.monitoring.carry_over import carry_over
from aumenta.monitoring.models import YearlyReport
from aumenta.monitoring.projects.write_project import write_project
from aumenta.monitoring.reports.freeze_report import freeze_report, open_again, publish_report
from aumenta.monitoring.reports.write_report import begin_report, write_introduction
from aumenta.plan.models import Action
from tests.cast import a_small_plan
from tests.monitoring_cast import a_milestone, a_project, a_published_report, a_territory, sent
from tests.refusals_met import Refusals, office

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()
PROJECT = {"key": "P", "title": "Tram", "head": "Comune", "programme": "Fondo", "as_of": date(2026, 1, 1)}


def a_draft(year: int = 2022) -> YearlyReport:
    return begin_report(person=office(), edition=a_small_plan(), year=year)


@REFUSALS.get("report_invalid")
def a_year_gets_two_reports() -> object:
    return begin_report(person=office(), edition=a_draft().edition, year=2022)


@REFUSALS.get("report_not_a_draft")
def a_frozen_report_is_frozen_again() -> object:
    report = a_draft()
    freeze_report(person=office(), report=report)
    return freeze_report(person=office(), report=report)


@REFUSALS.get("report_not_frozen")
def a_draft_is_published() -> object:
    return publish_report(person=office(), report=a_draft())


@REFUSALS.get("report_public")
def a_public_report_is_opened_again() -> object:
    return open_again(person=office(), report=a_published_report(a_small_plan()))


@REFUSALS.get("report_day_to_come")
def a_year_that_is_not_over_is_frozen() -> object:
    return freeze_report(person=office(), report=a_draft(2090))


@REFUSALS.get("report_text_changed_meanwhile")
def a_colleague_wrote_the_introduction_meanwhile() -> object:
    report = a_draft()
    write_introduction(person=office(), report=report, text_it="La sua")
    return write_introduction(person=office(), report=report, text_it="La mia", seen="0" * 16)


@REFUSALS.get("milestone_changed_meanwhile")
def a_colleague_changed_the_milestone_meanwhile() -> object:
    milestone = a_milestone(Action.objects.of(a_small_plan())[0])
    facts = {"target": 50.0}
    return write_milestone(person=office(), action=milestone.action, milestone=milestone, facts=facts, seen="0" * 16)


@REFUSALS.get("nothing_to_carry_over")
def nothing_goes_on_in_the_edition() -> object:
    return carry_over(person=office(), edition=a_small_plan())


@REFUSALS.get("project_invalid")
def a_project_has_no_title() -> object:
    return write_project(person=office(), facts={**PROJECT, "title": ""}, municipalities=[])


@REFUSALS.get("project_of_a_file")
def a_project_of_a_file_is_written_by_hand() -> object:
    a_territory()
    project = a_project(file=sent(["X", "Y", "2020", 1]))
    return write_project(person=office(), project=project, facts=PROJECT, municipalities=[])


@REFUSALS.get("project_changed_meanwhile")
def a_colleague_changed_the_project_meanwhile() -> object:
    return write_project(person=office(), project=a_project(), facts=PROJECT, municipalities=[], seen="0" * 16)


@REFUSALS.get("project_of_the_future")
def a_project_is_stated_tomorrow() -> object:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return write_project(person=office(), facts={**PROJECT, "as_of": tomorrow}, municipalities=[])


@REFUSALS.get("project_paid_over_planned")
def more_is_paid_than_a_project_costs() -> object:
    facts = {**PROJECT, "planned": Decimal(100), "paid": Decimal(101), "paid_on": date(2026, 1, 31)}
    return write_project(person=office(), facts=facts, municipalities=[])


@REFUSALS.get("duty_invalid")
def a_duty_is_put_on_the_calendar_twice() -> object:
    facts = {"title": "PIAO", "due_on": date(2026, 1, 31)}
    write_duty(person=office(), facts=facts)
    return write_duty(person=office(), facts=facts)


@REFUSALS.get("duty_settled_meanwhile")
def a_duty_is_settled_twice() -> object:
    duty = OwnDuty.objects.create(title="PIAO", due_on=date(2026, 1, 31))
    settle_duty(person=office(), duty=duty)
    return settle_duty(person=office(), duty=duty)


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
