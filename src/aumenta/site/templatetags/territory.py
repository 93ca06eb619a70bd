"""`{% load territory %}`: maps drawn on the server. Written here and not in templates: a map has hundreds of shapes."""

from collections.abc import Collection, Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aumenta.territory.maps import BELT_GREYS, MapPicture, Shape
from aumenta.ui.templatetags.words import number

register = template.Library()

UNKNOWN = "url(#ignoto)"
HATCH = SafeString(
    '<defs><pattern id="ignoto" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0h6v6H0z" fill="#fff"/><path d="M0 0v6" stroke="#8694a2" stroke-width="2"/></pattern></defs>'
)


@register.simple_tag
def territory_map(
    picture: MapPicture, label: str, colours: Mapping[str, str] | None = None, values: Mapping[str, str] | None = None
) -> SafeString:
    """All municipalities, each a link to its page that says its name and value; zones outlined and numbered.

    Without `colours` it is the quiet map of the belts.
    """
    shapes = _links(picture.shapes, _fill(picture.shapes, colours), values)
    return _svg(picture.frame.view_box, label, [HATCH, _group("map-places", shapes), _zones(picture)])


@register.simple_tag
def group_map(picture: MapPicture, codes: Collection[str], label: str) -> SafeString:
    """The municipalities of a zone or belt as links, the others as ground, cut to the part they take up."""
    inside = [shape for shape in picture.shapes if shape.code in codes]
    ground = format_html('<path class="map-ground" d="{}"/>', SafeString(picture.outline))
    shapes = _links(inside, _fill(inside, None), None)
    zones = _zones(picture, numbered=False)
    return _svg(picture.view_box(codes), label, [ground, _group("map-places", shapes), zones])


@register.simple_tag
def locator_map(picture: MapPicture, codes: Collection[str], label: str) -> SafeString:
    """Where a municipality lies: the zones in outline and the place filled."""
    inside = SafeString("".join(shape.path for shape in picture.shapes if shape.code in codes))
    ground = format_html('<path class="map-ground" d="{}"/>', SafeString(picture.outline))
    here = format_html('<path class="map-here" d="{}"/>', inside)
    left, top, right, bottom = next((s.box for s in picture.shapes if s.code in codes), (0, 0, 0, 0))
    ring = format_html(
        '<circle class="map-ring" cx="{}" cy="{}" r="{}"/>',
        (left + right) // 2,
        (top + bottom) // 2,
        _ring(right - left),
    )
    return _svg(picture.frame.view_box, label, [ground, _zones(picture), here, ring], picture_only=True)


def _ring(width: int) -> int:
    """A ring around a place, so that the smallest is found too."""
    return max(28, width)


@register.simple_tag
def age_chart(bars: list[dict[str, Any]], label: str) -> SafeString:
    """The four age bands of some places as bars of a hundred, one under the other; the numbers are in the table."""
    rows = []
    for row, bar in enumerate(bars):
        top = row * 46
        rows.append(format_html('<text class="bar-name" x="0" y="{}">{}</text>', top + 14, bar["name"]))
        for band, part in enumerate(bar["parts"]):
            rows.append(
                format_html(
                    '<rect class="band-{}" x="{}" y="{}" width="{}" height="20"/>'
                    '<text class="band-value band-value-{}" x="{}" y="{}">{}</text>',
                    band,
                    f"{part['x'] * 4:.1f}",
                    top + 20,
                    f"{part['width'] * 4:.1f}",
                    band,
                    f"{part['x'] * 4 + 5:.1f}",
                    top + 35,
                    part["value"],
                )
            )
    view = f"0 0 400 {len(bars) * 46}"
    return format_html(
        '<svg class="age-chart" viewBox="{}" role="img" aria-label="{}">{}</svg>',
        view,
        label,
        SafeString("".join(rows)),
    )


@register.simple_tag
def rank_bar(width: float) -> SafeString:
    """A bar as long as its share of the longest; decoration beside its number."""
    return format_html(
        '<svg class="rank-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<path d="M0 0h{}v10H0z"/></svg>',
        width,
    )


@register.filter
def get(values: Mapping[str, Any], key: str) -> Any:
    """The value under a key that stands in a variable."""
    return values.get(key, "")


@register.filter
def limits(entry: Any, decimals: int) -> str:
    """A class of the legend as it is read: «198,6 – 222,8»."""
    if entry.lowest == entry.highest:
        return number(entry.lowest, decimals)
    return f"{number(entry.lowest, decimals)} – {number(entry.highest, decimals)}"


def _fill(shapes: Collection[Shape], colours: Mapping[str, str] | None) -> dict[str, str]:
    if colours is None:
        return {shape.code: BELT_GREYS.get(shape.belt or "", "#eceff1") for shape in shapes}
    return {shape.code: colours.get(shape.code, UNKNOWN) for shape in shapes}


def _links(shapes: Collection[Shape], fill: Mapping[str, str], values: Mapping[str, str] | None) -> SafeString:
    start, end = reverse("site:municipality", args=["000000"]).split("000000")
    return format_html_join(
        "",
        '<a href="{}{}{}"><title>{}</title><path fill="{}" d="{}"/></a>',
        (
            (
                start,
                shape.code,
                end,
                f"{shape.name}: {values.get(shape.code, '–')}" if values else _said(shape),
                fill[shape.code],
                SafeString(shape.path),
            )
            for shape in shapes
        ),
    )


def _said(shape: Shape) -> str:
    return f"{shape.name}, {_('zone')} {shape.zone}" if shape.zone else shape.name


def _zones(picture: MapPicture, *, numbered: bool = True) -> SafeString:
    if not picture.zone_outlines:
        return SafeString("")
    # Drawn twice, first wide and white, so that the border shows on dark colours too.
    outlines = format_html(
        '<g class="map-zones" aria-hidden="true"><path id="confini" d="{}"/><use href="#confini"/></g>',
        SafeString("".join(picture.zone_outlines.values())),
    )
    if not numbered:
        return outlines
    numbers = format_html_join("", '<text x="{1}" y="{2}">{0}</text>', picture.zone_labels)
    return format_html('{}<g class="map-numbers" aria-hidden="true">{}</g>', outlines, numbers)


def _group(name: str, content: SafeString) -> SafeString:
    return format_html('<g class="{}">{}</g>', name, content)


def _svg(view_box: str, label: str, parts: list[SafeString], *, picture_only: bool = False) -> SafeString:
    drawn = format_html(
        '<svg class="territory-map" viewBox="{}" role="{}" aria-label="{}">{}</svg>',
        view_box,
        "img" if picture_only else "group",
        label,
        SafeString("".join(parts)),
    )
    return drawn if picture_only else _enlargeable(drawn)


def _enlargeable(drawn: SafeString) -> SafeString:
    """A map in a box where it can be made large enough for a finger: by the address alone, so without a script too."""
    return format_html(
        '<div class="map-zoom" id="mappa-grande"><p class="map-zoom-ways">'
        '<a href="#mappa-grande" id="mappa-intera">{}</a><a href="#mappa-intera">{}</a></p>'
        '<div class="map-scroll">{}</div></div>',
        _("Enlarge the map"),
        _("Show the whole map"),
        drawn,
    )
