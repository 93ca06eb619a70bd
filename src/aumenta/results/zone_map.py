"""The zones of an event as a map of stickers: one picture for the plenary and for paper, the numbers beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from aumenta.results.event_snapshot import ZoneRow
from aumenta.results.models import Snapshot
from aumenta.territory.maps import counts_choropleth, picture_of
from aumenta.territory.models import Zone

# A zone without a table has neither votes nor a colour of the scale.
NOT_THERE = "#eceef0"


@dataclass(frozen=True, slots=True)
class CountedZone:
    """A zone with its stickers, the most first; `colour` is the one it has on the map."""

    number: int
    name: str
    count: int
    colour: str


@dataclass(frozen=True, slots=True)
class ZoneMap:
    """The picture as SVG, and the same in numbers."""

    svg: str
    zones: tuple[CountedZone, ...]


def zone_map(
    snapshot: Snapshot, zones: Sequence[ZoneRow], counts: Mapping[int, Mapping[str, int]], label: str
) -> ZoneMap | None:
    """The map of a session's stickers; None where the zones' borders are not known.

    `zones` and `counts` are those that the snapshot holds: zone's number → stickers by strategy. A table shared by two
    zones counts in both.
    """
    drawn = Zone.objects.filter(tables__event=snapshot.event_id, municipalities__boundary__isnull=False)
    first = drawn.select_related("territory").first()
    if first is None:
        return None
    picture = picture_of(first.territory)
    there = [zone for zone in zones if zone.number in picture.zone_outlines]
    if not there:
        return None
    totals = {str(zone.number): sum(counts.get(zone.number, {}).values()) for zone in there}
    colours = counts_choropleth(totals, list(totals)).colours
    counted = [
        CountedZone(zone.number, zone.name, totals[str(zone.number)], colours[str(zone.number)]) for zone in there
    ]
    svg = _svg(picture, {zone.number: zone.colour for zone in counted}, label)
    return ZoneMap(svg, tuple(sorted(counted, key=lambda zone: (-zone.count, zone.number))))


def _svg(picture: Any, colours: Mapping[int, str], label: str) -> str:
    parts = [
        f'<path d="{path}" fill="{colours.get(number, NOT_THERE)}" stroke="#fff" stroke-width="4" '
        'stroke-linejoin="round"/>'
        for number, path in picture.zone_outlines.items()
    ]
    for number, x, y in picture.zone_labels:
        if number in colours:
            parts.append(f'<circle cx="{x}" cy="{y}" r="25" fill="#fff" stroke="#17324d" stroke-width="2"/>')
            parts.append(
                f'<text x="{x}" y="{y + 11}" text-anchor="middle" font-size="30" font-weight="700" '
                f'font-family="Titillium Web, sans-serif" fill="#17324d">{number}</text>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{picture.frame.view_box}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )
