"""A theme of the tables: every single thing that was said under it, where, and the strategies it came up with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aumenta.results.event_snapshot import EventSnapshot, ThemeRow
from aumenta.results.slides import cut_line
from aumenta.site.events.views import public_event
from aumenta.ui.not_found import NotHereError


@dataclass(frozen=True)
class Statement:
    """One thing that was said: its words, the strategy it was said of, the zones of its table."""

    text: str
    strategy: str
    zones: Sequence[tuple[int, str]]


@require_safe
def theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A theme with its single statements, from the state that the office has published."""
    event = public_event(slug)
    snapshot = get_object_or_404(event.snapshots.exclude(published_at=None))
    state = snapshot.read()
    chosen = next((one for one in state.themes if one.id == number), None)
    if chosen is None:
        raise NotHereError(_("In the results of this event there is no such theme."))
    zones = {zone.number: zone.name for zone in state.zones}
    context = {
        "event": event,
        "cut": cut_line(snapshot),
        "theme": chosen,
        "zones": [(zone, zones.get(zone, "")) for zone in chosen.zones],
        "strategies": [one for one in state.strategies if one.code in chosen.strategies],
        "statements": _statements(chosen, state, zones),
    }
    return render(request, "site/events/theme.html", context)


def _statements(chosen: ThemeRow, state: EventSnapshot, zones: Mapping[int, str]) -> list[Statement]:
    sources = set(chosen.sources)
    return [
        Statement(one.text, one.strategy, [(zone, zones.get(zone, "")) for zone in one.zones])
        for one in state.observations
        if one.id in sources
    ]
