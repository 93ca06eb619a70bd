"""The yearly reports as everybody reads them: which there are, one of them, what changed since the one before."""

from collections import Counter
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from aumenta.monitoring.models import YearlyReport
from aumenta.monitoring.reports.differences import Difference, differences
from aumenta.monitoring.reports.published import published_reports
from aumenta.monitoring.reports.record import ActionRow, IndicatorRow, StrategyRow, YearlyRecord
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page

WAYS: Final = {
    "state": _("status"),
    "percent": _("milestones"),
    "sheet": _("text of the sheet"),
    "status": _("status"),
    "value": _("last value"),
    "corrected": _("corrected value"),
    "method": _("method or rule"),
    "money": _("amount"),
    "new": _("new"),
    "gone": _("no longer there"),
}


@public_page
def reports(request: HttpRequest, label: str) -> HttpResponse:
    """The published reports on an edition, with their files."""
    shown = editions(label)
    context = {**shown.context, "reports": published_reports().filter(edition=shown.shown)}
    return render(request, "site/monitoring/reports.html", context)


def _published(label: str, year: int) -> YearlyReport:
    found = published_reports().select_related("before__edition")
    return get_object_or_404(found, edition__label=label, year=year)


@public_page
def report(request: HttpRequest, label: str, year: int) -> HttpResponse:
    """A report as it was frozen: by axis and strategy, then objectives, projects, balance."""
    shown, published = editions(label), _published(label, year)
    record = published.read()
    states = Counter(one.state for one in record.actions)
    statuses = Counter(one.status_words for one in record.indicators)
    context = {
        **shown.context,
        "report": published,
        "record": record,
        "states": states.most_common(),
        "statuses": statuses.most_common(),
        "axes": [(axis, _strategies(record, axis.code)) for axis in record.axes],
    }
    return render(request, "site/monitoring/report.html", context)


_Part = tuple[StrategyRow, list[IndicatorRow], list[ActionRow]]


def _strategies(record: YearlyRecord, axis: str) -> list[_Part]:
    """The strategies of an axis, each with its indicators and actions."""
    return [
        (
            strategy,
            [one for one in record.indicators if strategy.code in one.strategies],
            [one for one in record.actions if one.code.startswith(f"{strategy.code}.")],
        )
        for strategy in record.strategies
        if strategy.code.partition(".")[0] == axis
    ]


@public_page
def changes(request: HttpRequest, label: str, year: int) -> HttpResponse:
    """What changed since the report it is compared with: values, statuses, methods, sheets, money."""
    shown, published = editions(label), _published(label, year)
    found = differences(published.before.read(), published.read()) if published.before else []
    groups: list[tuple[Any, list[tuple[Difference, Any]]]] = [
        (words, [(one, WAYS[one.kind]) for one in found if one.about == about])
        for about, words in (
            ("action", _("Actions")),
            ("indicator", _("Indicators")),
            ("money", _("Projects and money")),
        )
    ]
    context = {**shown.context, "report": published, "groups": [group for group in groups if group[1]]}
    return render(request, "site/monitoring/report_differences.html", context)
