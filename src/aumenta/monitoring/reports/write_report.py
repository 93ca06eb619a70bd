"""The verbs of a report that is being written: begin it, write its introduction and texts by strategy, drop it."""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aumenta.activity.log import log
from aumenta.monitoring.activity import REPORT_BEGUN, REPORT_DROPPED, REPORT_WRITTEN
from aumenta.monitoring.models import ReportText, YearlyReport
from aumenta.monitoring.rules import may_freeze_report, may_write_report
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition, Strategy


@transaction.atomic
def begin_report(*, person: User, edition: Edition, year: int, as_of: date | None = None) -> YearlyReport:
    """Begin the report of a year on an edition; without a day it speaks of the last of its year.

    Raises NotAllowedError, RefusedError: report_invalid (there is one of this year; a year that cannot be).
    """
    check_permission(may_write_report(person))
    made = YearlyReport(edition=edition, year=year)
    try:
        made.as_of = as_of or date(year, 12, 31)
        if made.as_of.year != year:
            raise ValidationError(_("The day of a report lies in its year."))
        made.full_clean()
    except ValidationError as problem:
        raise RefusedError("report_invalid", problem=problem) from None
    made.save()
    log(code=REPORT_BEGUN, person=person, about=made, subject=title_of(made))
    return made


def title_of(report: YearlyReport) -> str:
    """What a report is called in the log."""
    return f"{report.year} ({report.edition.label})"


@transaction.atomic
def write_introduction(*, person: User, report: YearlyReport, text_it: str, text_en: str = "", seen: str = "") -> None:
    """Write what the report begins with; `seen` is the `text_digest` of what stood there before her.

    Raises NotAllowedError, RefusedError: report_not_a_draft, report_text_changed_meanwhile.
    """
    kept = _draft(person, report)
    _check_seen(seen, kept.introduction_it, kept.introduction_en)
    kept.introduction_it, kept.introduction_en = text_it.strip(), text_en.strip()
    kept.save(update_fields=["introduction_it", "introduction_en"])
    log(code=REPORT_WRITTEN, person=person, about=kept, subject=title_of(kept))


@transaction.atomic
def write_text(
    *, person: User, report: YearlyReport, strategy: Strategy, text_it: str, text_en: str = "", seen: str = ""
) -> None:
    """Write what the report says of a strategy; `seen` is the `text_digest` of what stood there before her.

    Raises NotAllowedError, RefusedError: report_not_a_draft, report_invalid (a strategy of another edition),
    report_text_changed_meanwhile.
    """
    kept = _draft(person, report)
    if strategy.axis.edition_id != kept.edition_id:
        raise RefusedError("report_invalid", problem=ValidationError(_("This strategy belongs to another edition.")))
    text = ReportText.objects.filter(report=kept, strategy=strategy).first()
    text = text or ReportText(report=kept, strategy=strategy)
    _check_seen(seen, text.text_it, text.text_en)
    text.text_it, text.text_en = text_it.strip(), text_en.strip()
    text.save()
    log(code=REPORT_WRITTEN, person=person, about=kept, subject=title_of(kept), detail=strategy.code)


@transaction.atomic
def drop_report(*, person: User, report: YearlyReport) -> None:
    """Delete a draft with its texts. Raises NotAllowedError, RefusedError: report_not_a_draft."""
    check_permission(may_freeze_report(person))
    kept = _draft(person, report)
    log(code=REPORT_DROPPED, person=person, about=kept, subject=title_of(kept))
    kept.delete()


def text_digest(italian: str, english: str) -> str:
    """What tells a text apart from what it was before somebody changed it."""
    return hashlib.sha256(f"{italian}\0{english}".encode()).hexdigest()[:16]


def _draft(person: User, report: YearlyReport) -> YearlyReport:
    check_permission(may_write_report(person))
    kept = YearlyReport.objects.select_for_update(no_key=True).select_related("edition").get(pk=report.pk)
    if kept.state != YearlyReport.State.DRAFT:
        raise RefusedError("report_not_a_draft")
    return kept


def _check_seen(seen: str, italian: str, english: str) -> None:
    if seen and text_digest(italian, english) != seen:
        raise RefusedError("report_text_changed_meanwhile", begins=(italian or english)[:60])
