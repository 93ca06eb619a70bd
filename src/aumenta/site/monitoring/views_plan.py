"""How far the whole plan has come, read in a minute: actions, indicators, projects, and where each goes on."""

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from aumenta.monitoring.actions.standing import counts, edition_standing
from aumenta.monitoring.models import Project
from aumenta.monitoring.queries import dashboard_rows
from aumenta.site.indicators.shown import status_counts
from aumenta.site.plan.editions import editions
from aumenta.ui.caching import public_page


@public_page
def monitoring(request: HttpRequest, label: str) -> HttpResponse:
    """Actions by status, indicators by status, projects with what was planned and paid."""
    shown = editions(label)
    rows = edition_standing(shown.shown)
    indicators = dashboard_rows(shown.shown)
    context = {
        **shown.context,
        "counts": counts(rows),
        "actions": len(rows),
        "reported": sum(one.latest is not None for one in rows),
        "invented": any(one.latest and one.latest.invented for one in rows),
        "indicator_counts": status_counts(indicators),
        "indicators": len(indicators),
        "projects": Project.objects.aggregate(
            count=Count("pk"),
            planned_sum=Sum("planned"),
            paid_sum=Sum("paid"),
            without_paid=Count("pk", filter=Q(paid=None)),
            several=Count("pk", filter=Q(provinces__gt=1)),
        ),
    }
    return render(request, "site/monitoring/plan.html", context)
