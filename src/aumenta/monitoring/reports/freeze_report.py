"""The verbs by which a report comes out: freeze it, open it again while nobody has read it, publish it."""

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.activity import REPORT_FROZEN, REPORT_OPENED, REPORT_PUBLISHED
from aumenta.monitoring.models import YearlyReport
from aumenta.monitoring.reports.gather import record_of
from aumenta.monitoring.reports.published import report_before
from aumenta.monitoring.reports.record import digest_of
from aumenta.monitoring.reports.write_report import title_of
from aumenta.monitoring.rules import may_freeze_report
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.territory.models import Territory


@transaction.atomic
def freeze_report(*, person: User, report: YearlyReport) -> YearlyReport:
    """Keep all that the report says, with its checksum: from now on nothing that happens changes it.

    Raises NotAllowedError, RefusedError: report_not_a_draft, report_day_to_come.
    """
    kept = _locked(person, report)
    if kept.state != YearlyReport.State.DRAFT:
        raise RefusedError("report_not_a_draft")
    if kept.as_of > timezone.localdate():
        raise RefusedError("report_day_to_come", day=kept.as_of)
    kept.content = record_of(kept, Territory.objects.home()).as_json()
    kept.sha256 = digest_of(kept.content)
    # Which one it is compared with is fixed too: another that comes out later would change its page of differences.
    kept.before = report_before(kept)
    kept.state, kept.frozen_at, kept.frozen_by = YearlyReport.State.FROZEN, timezone.now(), person
    kept.save()
    log(code=REPORT_FROZEN, person=person, about=kept, subject=title_of(kept), detail=kept.sha256)
    return kept


@transaction.atomic
def open_again(*, person: User, report: YearlyReport) -> YearlyReport:
    """Make a draft of a frozen report that nobody outside has read: a text was wrong, an update came late.

    Raises NotAllowedError, RefusedError: report_not_frozen, report_public.
    """
    kept = _locked(person, report)
    if kept.state == YearlyReport.State.PUBLISHED:
        raise RefusedError("report_public")
    if kept.state != YearlyReport.State.FROZEN:
        raise RefusedError("report_not_frozen")
    log(code=REPORT_OPENED, person=person, about=kept, subject=title_of(kept), detail=kept.sha256)
    kept.state, kept.content, kept.sha256 = YearlyReport.State.DRAFT, None, ""
    kept.frozen_at = kept.frozen_by = kept.before = None
    kept.save()
    return kept


@transaction.atomic
def publish_report(*, person: User, report: YearlyReport, approved_with: str = "") -> YearlyReport:
    """Let everybody read a frozen report; `approved_with` names the act that approved it, where there is one.

    Raises NotAllowedError, RefusedError: report_not_frozen, report_public.
    """
    kept = _locked(person, report)
    if kept.state == YearlyReport.State.PUBLISHED:
        raise RefusedError("report_public")
    if kept.state != YearlyReport.State.FROZEN:
        raise RefusedError("report_not_frozen")
    kept.state, kept.published_at = YearlyReport.State.PUBLISHED, timezone.now()
    kept.approved_with = approved_with.strip()[:200]
    kept.save(update_fields=["state", "published_at", "approved_with"])
    log(code=REPORT_PUBLISHED, person=person, about=kept, subject=title_of(kept))
    touch()
    return kept


def _locked(person: User, report: YearlyReport) -> YearlyReport:
    check_permission(may_freeze_report(person))
    return (
        YearlyReport.objects.select_for_update(no_key=True, of=("self",))
        .select_related("edition__plan")
        .get(pk=report.pk)
    )
