"""A frozen state as a sequence of slides: one message each. The screen, the stick and the PDF show the same ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.results.models import Freeze
from aumenta.results.zone_map import ZoneMap, zone_map
from aumenta.themes.rules import ThemeKind

BARS_ON_A_SLIDE = 9
THEMES_ON_A_SLIDE = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One strategy's stickers; `share` is its length, from 0 to 100."""

    code: str
    axis: int
    title: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class ThemeLine:
    name: str
    keywords: str
    voices: str


@dataclass(frozen=True, slots=True)
class ZoneCell:
    """A zone on the map of chosen strategies: where it lies on a grid, and what it put first."""

    number: int
    name: str
    first: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide. `kind`: title, figures, bars, map, zones, themes or end; only what that kind shows is filled."""

    kind: str
    title: str
    lead: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    bars: tuple[Bar, ...] = ()
    zones: tuple[ZoneCell, ...] = ()
    themes: tuple[ThemeLine, ...] = field(default=())
    map: ZoneMap | None = None


def cut_line(freeze: Freeze) -> str:
    """What stands on every slide: which state this is, of when."""
    when = date_format(timezone.localtime(freeze.taken_at), "j F Y, H:i:s")
    return _("State no. %(number)s, cut at %(time)s") % {"number": freeze.number, "time": when}


def bars_of(content: Mapping[str, Any], counts: Mapping[str, int], language: str) -> list[Bar]:
    """Strategies with stickers, the most voted first."""
    most = max(counts.values(), default=0) or 1
    strategies = {strategy["code"]: strategy for strategy in content["strategies"]}
    ranked = sorted(
        ((n, code) for code, n in counts.items() if n > 0 and code in strategies), key=lambda v: (-v[0], v[1])
    )
    return [
        Bar(code, strategies[code]["axis"], in_words(strategies[code], "title", language), n, round(100 * n / most, 1))
        for n, code in ranked
    ]


def in_words(row: Mapping[str, Any], name: str, language: str) -> str:
    """A text of a frozen row in the reader's language, Italian where there is no other."""
    return str(row.get(f"{name}_{language}") or row[f"{name}_it"])


def event_title(content: Mapping[str, Any], language: str) -> str:
    """The event's title in the reader's language; states frozen before there were two have the Italian one."""
    return str((content.get("event_en") if language == "en" else "") or content["event"])


def axis_bars(content: Mapping[str, Any], counts: Mapping[str, int], language: str) -> list[Bar]:
    """Stickers of each axis under its title, in the order of the axes; none for states that hold no axes."""
    axis_of = {strategy["code"]: strategy["axis"] for strategy in content["strategies"]}
    totals = {axis["number"]: 0 for axis in content.get("axes", ())}
    for code, n in counts.items():
        if axis_of.get(code) in totals:
            totals[axis_of[code]] += n
    most = max(totals.values(), default=0) or 1
    return [
        Bar(str(axis["number"]), axis["number"], in_words(axis, "title", language), n, round(100 * n / most, 1))
        for axis in content.get("axes", ())
        for n in (totals[axis["number"]],)
    ]


def slides_of(freeze: Freeze, language: str) -> list[Slide]:
    """All slides, in order, in Italian or English."""
    with translation.override(language):
        return list(_slides(freeze, language))


def _slides(freeze: Freeze, language: str) -> Iterator[Slide]:
    content = freeze.content
    yield Slide("title", event_title(content, language), _("What the tables said"))
    yield Slide("figures", _("The morning in figures"), figures=tuple(figures_of(content)))
    for votes in content["votes"].values():
        bars = bars_of(content, votes["whole"], language)
        for start in range(0, len(bars), BARS_ON_A_SLIDE):
            part = tuple(bars[start : start + BARS_ON_A_SLIDE])
            title = _("The most urgent strategies") if start == 0 else _("The most urgent strategies, continued")
            lead = _("Stickers of all zones; places %(first)s to %(last)s")
            yield Slide("bars", title, lead % {"first": start + 1, "last": start + len(part)}, bars=part)
        by_axis = tuple(axis_bars(content, votes["whole"], language))
        if by_axis and bars:
            yield Slide("bars", _("Axis by axis"), _("Stickers of all zones, added up for each axis"), bars=by_axis)
        picture = zone_map(freeze, votes["zones"], _("Map of the zones, coloured by their stickers"))
        if picture is not None and bars:
            lead = _("The darker, the more stickers; zones have more and less people at their tables")
            yield Slide("map", _("Stickers zone by zone"), lead, map=picture)
        cells = [
            ZoneCell(
                zone["number"],
                zone["name"],
                tuple(bars_of(content, votes["zones"].get(str(zone["number"]), {}), language)[:3]),
            )
            for zone in content["zones"]
        ]
        for start in range(0, len(cells), 6):
            yield Slide("zones", _("What each zone put first"), zones=tuple(cells[start : start + 6]))
    for kind in ThemeKind:
        lines = [
            ThemeLine(theme["name"], theme["keywords"], _voices(theme))
            for theme in content["themes"]
            if kind.value in theme["kinds"]
        ]
        for start in range(0, len(lines), THEMES_ON_A_SLIDE):
            yield Slide(
                "themes",
                _kind_title(kind),
                _kind_rule(kind, content),
                themes=tuple(lines[start : start + THEMES_ON_A_SLIDE]),
            )
    yield from _words_slides(content)
    yield Slide("end", _("Thank you"), _("The report of each zone will reach those who took part in the next days."))


def _words_slides(content: Mapping[str, Any]) -> Iterator[Slide]:
    """What each zone says that the others do not; states frozen before words were kept have no such slide."""
    names = {str(zone["number"]): zone["name"] for zone in content["zones"]}
    lines = [
        ThemeLine(f"{zone}. {names[zone]}", ", ".join(f"{word} ({voices})" for word, voices in words[:6]), "")
        for zone, words in content.get("words", {}).items()
        if words and zone in names
    ]
    for start in range(0, len(lines), THEMES_ON_A_SLIDE):
        yield Slide(
            "themes",
            _("What each zone says that the others do not"),
            _("Words and the voices that said them"),
            themes=tuple(lines[start : start + THEMES_ON_A_SLIDE]),
        )


def figures_of(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The event in numbers, each as it is read with what it counts."""
    stickers = sum(sum(votes["whole"].values()) for votes in content["votes"].values())
    observations = sum(table["observations"] for table in content["tables"])
    for number, words in (
        (content["people"], _("people")),
        (len(content["tables"]), _("tables")),
        (len(content["venues"]), _("venues")),
        (len(content["zones"]), _("zones")),
        (stickers, _("stickers")),
        (observations, _("observations")),
        (len(content["themes"]), _("themes")),
    ):
        yield f"{number:,}".replace(",", "." if translation.get_language() == "it" else ","), words


def _voices(theme: Mapping[str, Any]) -> str:
    voices = ngettext("%(n)s voice", "%(n)s voices", len(theme["sources"])) % {"n": len(theme["sources"])}
    zones = ngettext("%(n)s zone", "%(n)s zones", len(theme["zones"])) % {"n": len(theme["zones"])}
    return f"{voices}, {zones}"


def _kind_title(kind: ThemeKind) -> str:
    return {
        ThemeKind.RECURRING: _("Recurring themes"),
        ThemeKind.CROSSING: _("Cross-cutting themes"),
        ThemeKind.ONE_OFF: _("One-off themes"),
    }[kind]


def _kind_rule(kind: ThemeKind, content: Mapping[str, Any]) -> str:
    rule = content["rule"]
    sentence: str = {
        ThemeKind.RECURRING: _("Said in at least %(zones)s zones"),
        ThemeKind.CROSSING: _("Said under at least %(strategies)s strategies or %(axes)s axes"),
        ThemeKind.ONE_OFF: _("Said in few places, and not less important"),
    }[kind]
    return str(sentence % rule)
