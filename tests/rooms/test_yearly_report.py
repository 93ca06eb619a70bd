"""The yearly report: written, frozen, published; what is frozen stays, and the same record gives the same bytes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from aumenta.monitoring.actions.states import load_states
from aumenta.monitoring.models import Indicator, Progress, ReportText, YearlyReport
from aumenta.monitoring.reports.differences import differences
from aumenta.monitoring.reports.freeze_report import freeze_report, open_again, publish_report
from aumenta.monitoring.reports.gather import record_of
from aumenta.monitoring.reports.published import published_reports
from aumenta.monitoring.reports.record import NewerReportError, Words, YearlyRecord, digest_of
from aumenta.monitoring.reports.write_report import (
    begin_report,
    drop_report,
    text_digest,
    write_introduction,
    write_text,
)
from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition, Strategy
from tests.cast import a_plan, a_small_plan, somebody
from tests.monitoring_cast import a_project, a_state, a_territory, an_indicator, an_objective, an_update, taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    load_states()
    territory = a_territory()
    edition = a_small_plan()
    card = an_indicator(direction=1, decimals=0)
    card.strategies.set(Strategy.objects.filter(axis__edition=edition))
    assert territory.slug == "altrove"
    taken(*(["RED", "ITX", str(year), 100.0 + year] for year in (2021, 2022, 2023)))
    an_objective(year=2022).actions.set(Action.objects.of(edition)[:1])
    a_project(planned=1000, component="M1C1")
    return edition


@pytest.fixture
def chief() -> User:
    return somebody("approver")


def reported(edition: Edition, **facts: Any) -> Progress:
    action = Action.objects.of(edition).with_code("1.1.1").get()
    return an_update(action, review="approved", **{"as_of": date(2022, 6, 30), **facts})


def frozen(chief: User, edition: Edition, year: int = 2022, *, public: bool = True) -> YearlyReport:
    made = begin_report(person=chief, edition=edition, year=year)
    freeze_report(person=chief, report=made)
    if public:
        publish_report(person=chief, report=made)
    return YearlyReport.objects.get(pk=made.pk)


def test_a_report_says_what_was_so_on_its_day_and_nothing_later(edition: Edition, chief: User) -> None:
    reported(edition)
    reported(edition, as_of=date(2023, 3, 1), state=a_state("conclusa"))
    an_indicator("SEGRETO", public=False).strategies.set(Strategy.objects.filter(axis__edition=edition))
    record = frozen(chief, edition).read()
    (told,) = (one for one in record.actions if one.code == "1.1.1")
    assert (told.state.it, told.as_of) == ("in corso", "2022-06-30")
    (indicator,) = record.indicators
    assert [point.period for point in indicator.course] == ["2021", "2022"], "neither 2023 nor a card nobody reads"
    assert "2.123" not in indicator.sentence.it
    assert [one.code for one in record.objectives] == ["OP-1"]
    assert record.projects.planned == "1000.00"
    assert record.projects.paid is None, "what nobody stated is not zero"


def test_what_is_frozen_stays_whatever_happens_after(edition: Edition, chief: User) -> None:
    report = frozen(chief, edition)
    before, content = report.sha256, report.content
    reported(edition)
    Indicator.objects.update(name_it="Altro nome")
    Action.objects.update(title_it="Altro titolo")
    report.refresh_from_db()
    assert (report.sha256, report.content) == (before, content)
    assert digest_of(report.content or {}) == before
    assert digest_of(report.read().as_json()) == before, "read and written again it is the same"
    for verb in (freeze_report, open_again, publish_report, drop_report):
        with pytest.raises(RefusedError):
            verb(person=chief, report=report)  # type: ignore[operator]
    with pytest.raises(RefusedError, match="report_not_a_draft"):
        write_introduction(person=chief, report=report, text_it="Altro")


def test_the_database_keeps_no_published_report_without_content(edition: Edition, chief: User) -> None:
    made = begin_report(person=chief, edition=edition, year=2022)
    with pytest.raises(IntegrityError), transaction.atomic():
        YearlyReport.objects.filter(pk=made.pk).update(state="published")
    with pytest.raises(RefusedError, match="report_not_frozen"):
        publish_report(person=chief, report=made)
    assert not published_reports().exists()


def test_a_frozen_report_is_opened_again_while_nobody_outside_has_read_it(edition: Edition, chief: User) -> None:
    report = frozen(chief, edition, public=False)
    open_again(person=chief, report=report)
    write_introduction(person=chief, report=report, text_it="Un anno.", text_en="A year.")
    freeze_report(person=chief, report=report)
    report.refresh_from_db()
    assert report.read().introduction == Words("Un anno.", "A year.")


def test_two_who_write_one_text_do_not_overwrite_each_other(edition: Edition, chief: User) -> None:
    report = begin_report(person=chief, edition=edition, year=2022)
    strategy = Strategy.objects.filter(axis__edition=edition).earliest("pk")
    seen = text_digest("", "")
    write_text(person=somebody("editor"), report=report, strategy=strategy, text_it="Primo", seen=seen)
    with pytest.raises(RefusedError, match="report_text_changed_meanwhile"):
        write_text(person=chief, report=report, strategy=strategy, text_it="Secondo", seen=seen)
    assert ReportText.objects.get().text_it == "Primo"
    other = a_plan(label="2030-2032", axes=1, strategies=1, actions=1)
    with pytest.raises(RefusedError, match="report_invalid"):
        write_text(
            person=chief, report=report, strategy=Strategy.objects.get(axis__edition=other), text_it="Di un’altra"
        )


def test_a_year_has_one_report_that_is_frozen_once_it_is_over(edition: Edition, chief: User) -> None:
    begin_report(person=chief, edition=edition, year=2022)
    for year, as_of in ((2022, None), (2023, date(2022, 12, 31)), (1800, None)):
        with pytest.raises(RefusedError, match="report_invalid"):
            begin_report(person=chief, edition=edition, year=year, as_of=as_of)
    ahead = begin_report(person=chief, edition=edition, year=2090)
    with pytest.raises(RefusedError, match="report_day_to_come"):
        freeze_report(person=chief, report=ahead)
    drop_report(person=chief, report=ahead)
    assert YearlyReport.objects.count() == 1


def test_an_editor_writes_and_an_approver_freezes(edition: Edition) -> None:
    editor = somebody("editor")
    report = begin_report(person=editor, edition=edition, year=2022)
    write_introduction(person=editor, report=report, text_it="Un anno.")
    for person in (editor, somebody("referent", email="r@esempio.it"), somebody("reader", email="l@esempio.it")):
        for verb in (freeze_report, drop_report):
            with pytest.raises(NotAllowedError):
                verb(person=person, report=report)  # type: ignore[operator]
    with pytest.raises(NotAllowedError):
        begin_report(person=somebody("facilitator", email="f@esempio.it"), edition=edition, year=2023)


def test_differences_say_values_statuses_methods_sheets_and_what_came_or_went(edition: Edition, chief: User) -> None:
    reported(edition)
    first = frozen(chief, edition, 2022).read()
    reported(edition, as_of=date(2023, 5, 1), state=a_state("conclusa"))
    Action.objects.of(edition).with_code("1.1.1").update(summary_it="Riscritta")
    Indicator.objects.update(method_it="Un altro metodo")
    report = frozen(chief, edition, 2023)
    assert report.before is not None
    found = {(one.kind, one.code): (one.before.it, one.now.it) for one in differences(first, report.read())}
    assert found["state", "1.1.1"] == ("in corso", "conclusa")
    assert ("sheet", "1.1.1") in found
    assert found["value", "RED"] == ("2.122 (2022)", "2.123 (2023)")
    assert ("method", "RED") in found
    gone = replace(first, indicators=())
    assert [(one.kind, one.code) for one in differences(first, gone)] == [("gone", "RED")]
    assert [(one.kind, one.code) for one in differences(gone, first)] == [("new", "RED")]
    assert differences(first, first) == []


def test_a_corrected_value_is_told_apart_from_a_new_one(edition: Edition, chief: User) -> None:
    first = frozen(chief, edition, 2022).read()
    (card,) = first.indicators
    course = (replace(card.course[0], value=1.0), *card.course[1:])
    (told,) = differences(first, replace(first, indicators=(replace(card, course=course),)))
    assert (told.kind, told.now.it) == ("corrected", "1 (2021)")


def test_a_record_of_a_later_release_is_refused(edition: Edition, chief: User) -> None:
    content = frozen(chief, edition).content or {}
    with pytest.raises(NewerReportError):
        YearlyRecord.from_json({**content, "version": 99})


def test_a_report_is_gathered_in_as_many_queries_however_many_actions_and_indicators() -> None:
    load_states()
    a_territory()
    asked = []
    for size in (1, 10):
        edition = a_plan(label="2021-2023" if size == 1 else "2031-2033", strategies=2 * size, actions=6 * size)
        for number in range(3 * size):
            card = an_indicator(f"I{size}-{number}", direction=1)
            card.strategies.set(Strategy.objects.filter(axis__edition=edition))
            taken(*([card.code, "ITX", str(year), 1.0 * year] for year in (2020, 2021)))
        for action in Action.objects.of(edition):
            an_update(action, review="approved", as_of=date(2021, 1, 1))
        report = begin_report(person=somebody("approver", email=f"{size}@esempio.it"), edition=edition, year=2022)
        report.refresh_from_db()
        with CaptureQueriesContext(connection) as queries:
            record = record_of(report, None)
        assert len(record.indicators) == 3 * size
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 25, asked
