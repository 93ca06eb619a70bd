"""What the pages of an event share: who sees which event, the line of tabs, and how a refusal is told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.desk.access import DeskRequest, tell_refusal
from aumenta.events.models import Event
from aumenta.events.queries import events_seen_by
from aumenta.events.rules import may_prepare
from aumenta.people.refusals import RefusedError
from aumenta.ui.parts import Tab


def event_or_404(request: DeskRequest, slug: str) -> Event:
    """The event, if her desk shows it: all of them to those who prepare, a facilitator those of her tables."""
    return get_object_or_404(events_seen_by(request.user).select_related("process", "edition"), slug=slug)


def tabs_of(request: DeskRequest, event: Event) -> list[Tab]:
    """The pages of an event; a facilitator has one."""
    if not may_prepare(request.user):
        return []
    pages = [
        (_("Overview"), "event"),
        (_("What and when"), "event_data"),
        (_("Programme"), "event_programme"),
        (_("Questions and stickers"), "event_questions"),
        (_("Venues and tables"), "event_tables"),
        (_("Registered"), "event_people"),
        (_("Entrance"), "event_entrance"),
        (_("To print"), "event_prints"),
        (_("Results and reports"), "event_reports"),
    ]
    found = [(label, reverse(f"desk:{name}", args=[event.slug])) for label, name in pages]
    return [Tab(label, address, request.path == address) for label, address in found]


def carried_out(request: HttpRequest, verb: Callable[[], Any], form: Any = None, *, say_saved: bool = True) -> bool:
    """Run a verb, or several as one; what it refuses is shown in the form, or at the top of the next page.

    True when it was done; otherwise nothing of it is written. `say_saved` False: the next page says itself what was
    done.
    """
    try:
        with transaction.atomic():
            verb()
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    except ValidationError as fault:
        if form is None:
            messages.error(request, " ".join(fault.messages))
        else:
            form.add_error(None, fault.messages)
    else:
        if say_saved:
            messages.success(request, _("Saved."))
        return True
    return False
