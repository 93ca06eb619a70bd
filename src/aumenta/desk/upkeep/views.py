"""The health of the installation, in words for people who do not run servers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

import aumenta
from aumenta.desk.access import DeskRequest, desk_page
from aumenta.mailing.upkeep import upkeep
from aumenta.people.rules import is_administrator


@desk_page(is_administrator)
def health(request: DeskRequest) -> HttpResponse:
    """Each part of the installation: how it is, and what to do or to ask for where it is not well."""
    parts = upkeep(timezone.now())
    state = "down" if any(p.state == "down" for p in parts) else "degraded" if any(p.todo for p in parts) else "ok"
    context = {"parts": parts, "state": state, "version": aumenta.__version__}
    return render(request, "desk/upkeep/health.html", context)
