"""How the plan is made: the processes with their phases and events, the acts, and the documents of each edition."""

import re
from datetime import date

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from aumenta.events.models import Event, Phase, Process
from aumenta.governance.models import Act
from aumenta.site.plan.editions import public_editions


def how_made(request: HttpRequest) -> HttpResponse:
    """How the plan is made: processes with phases and events, acts in the order of their days, editions with their
    documents. Not kept: which phase is the one of today depends on the day."""
    events = Event.objects.exclude(published_at=None).order_by("starts_at")
    processes = Process.objects.exclude(published_at=None).prefetch_related(
        "phases", Prefetch("events", queryset=events, to_attr="public_events")
    )
    acts = Act.objects.exclude(state=Act.State.DRAFTING).select_related("body", "edition")
    context = {
        "processes": [(process, [_step(phase) for phase in process.phases.all()]) for process in processes],
        "acts": sorted(acts.order_by("pk"), key=_when),
        "documents": public_editions(),
    }
    return render(request, "site/plan/how_made.html", context)


def _when(act: Act) -> date:
    """The day of an act for its place among the others: where only the year is known its first day, else last."""
    year = re.search(r"\b(?:19|20)\d\d\b", act.day_words)
    return act.day or (date(int(year[0]), 1, 1) if year else date.max)


def _step(phase: Phase) -> tuple[Phase, str]:
    """A phase, and whether it is over, of today or still to come."""
    today = timezone.localdate()
    return phase, "done" if phase.ends_on < today else "next" if phase.starts_on > today else "now"
