"""The reports everybody may read, and the one before another."""

from django.db.models import QuerySet

from aumenta.monitoring.models import YearlyReport


def published_reports() -> QuerySet[YearlyReport]:
    """Reports everybody may read, the latest year first."""
    return YearlyReport.objects.filter(state="published", edition__state="public").select_related("edition__plan")


def report_before(report: YearlyReport) -> YearlyReport | None:
    """The published report of the nearest year before, of the same edition or of another of its plan."""
    earlier = published_reports().filter(edition__plan=report.edition.plan_id, year__lt=report.year)
    return earlier.order_by("-year", "-edition__label").first()
