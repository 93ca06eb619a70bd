"""A snapshot as a sequence of slides: one message each. The screen, the stick and the PDF show the same ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from typing import TypeVar

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from aumenta.events.shared_tables import shared_rule, sums_rule
from aumenta.people.dates import moment_in_words
from aumenta.people.reader import reader_language
from aumenta.results.event_snapshot import EventSnapshot, KindRule, ThemeRow
from aumenta.results.models import Snapshot
from aumenta.results.zone_map import ZoneMap, zone_map
from aumenta.themes.rules import ThemeKind

# What fits on a slide whose screen is 4:3, the narrowest: all heights are in hundredths of the screen's shorter side,
# and widths in letters. slides.css gives the sizes; its script shrinks the type where these reckonings are not enough.
ROOM = 76.0
BARS_ON_A_SLIDE = 9
THEMES_ON_A_SLIDE = 6
ZONES_ON_A_SLIDE = 4
FIRST_OF_A_ZONE = 3


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
    note: str = ""
    figures: tuple[tuple[str, str], ...] = ()
    bars: tuple[Bar, ...] = ()
    zones: tuple[ZoneCell, ...] = ()
    themes: tuple[ThemeLine, ...] = field(default=())
    map: ZoneMap | None = None


def cut_line(snapshot: Snapshot) -> str:
    """What stands on every slide: which state this is, of when."""
    when = moment_in_words(snapshot.taken_at, "del", seconds=True)
    return _("Data as of %(time)s (version %(number)s)") % {"number": snapshot.number, "time": when}


def bars_of(state: EventSnapshot, counts: Mapping[str, int], language: str) -> list[Bar]:
    """Strategies with stickers, the most voted first."""
    most = max(counts.values(), default=0) or 1
    strategies = {strategy.code: strategy for strategy in state.strategies}
    ranked = sorted(
        ((n, code) for code, n in counts.items() if n > 0 and code in strategies), key=lambda v: (-v[0], v[1])
    )
    return [
        Bar(code, strategies[code].axis, strategies[code].title(language), n, round(100 * n / most, 1))
        for n, code in ranked
    ]


def axis_bars(state: EventSnapshot, counts: Mapping[str, int], language: str) -> list[Bar]:
    """Stickers of each axis under its title, in the order of the axes; none for states that hold no axes."""
    axis_of = {strategy.code: strategy.axis for strategy in state.strategies}
    totals = {axis.number: 0 for axis in state.axes}
    for code, n in counts.items():
        if axis_of.get(code) in totals:
            totals[axis_of[code]] += n
    most = max(totals.values(), default=0) or 1
    return [
        Bar(
            str(axis.number),
            axis.number,
            axis.title(language),
            totals[axis.number],
            round(100 * totals[axis.number] / most, 1),
        )
        for axis in state.axes
    ]


def slides_of(snapshot: Snapshot, language: str) -> list[Slide]:
    """All slides, in order, in Italian or English."""
    with translation.override(language):
        return list(_slides(snapshot, language))


def _slides(snapshot: Snapshot, language: str) -> Iterator[Slide]:
    state = snapshot.read()
    shared = shared_rule({table.number: table.zones for table in state.tables})
    yield Slide("title", state.title(language), _("What the tables said"))
    yield Slide("figures", _("The morning in figures"), figures=tuple(figures_of(state)))
    for votes in state.votes.values():
        bars = bars_of(state, votes.whole, language)
        first = 1
        for part in _pages(bars, _height_of_bar, most=BARS_ON_A_SLIDE):
            title = _part(_("The most urgent strategies"), first - 1)
            lead = _("Stickers of all zones; places %(first)s to %(last)s")
            yield Slide("bars", title, lead % {"first": first, "last": first + len(part) - 1}, bars=part)
            first += len(part)
        by_axis = axis_bars(state, votes.whole, language)
        for part in _pages(by_axis if bars else [], _height_of_bar, most=BARS_ON_A_SLIDE):
            yield Slide("bars", _("Axis by axis"), _("Stickers of all zones, added up for each axis"), bars=part)
        picture = zone_map(snapshot, state.zones, votes.zones, _("Map of the zones, coloured by their stickers"))
        if picture is not None and bars:
            lead = _("The darker, the more stickers; zones have more and less people at their tables")
            in_zones = sum(sum(counts.values()) for counts in votes.zones.values())
            note = " ".join(filter(None, (shared, sums_rule(sum(votes.whole.values()), in_zones))))
            yield Slide("map", _("Stickers zone by zone"), lead, note, map=picture)
        cells = [
            ZoneCell(
                zone.number,
                zone.name,
                tuple(bars_of(state, votes.zones.get(zone.number, {}), language)[:FIRST_OF_A_ZONE]),
            )
            for zone in state.zones
        ]
        for n, cells_here in enumerate(_pages(cells, _height_of_zone, most=ZONES_ON_A_SLIDE, abreast=2)):
            yield Slide("zones", _part(_("What each zone put first"), n), note=shared, zones=cells_here)
    for kind in ThemeKind:
        lines = [
            ThemeLine(theme.name, theme.keywords, _voices(theme)) for theme in state.themes if kind.value in theme.kinds
        ]
        for n, lines_here in enumerate(_pages(lines, _height_of_theme, most=THEMES_ON_A_SLIDE, abreast=2)):
            note = shared if kind == ThemeKind.RECURRING else ""
            yield Slide("themes", _part(_kind_title(kind), n), _kind_rule(kind, state.rule), note, themes=lines_here)
    yield from _words_slides(state)
    yield Slide("end", _("Thank you"), _("The report of each zone will reach those who asked for it in the next days."))


def _words_slides(state: EventSnapshot) -> Iterator[Slide]:
    """What each zone says that the others do not; snapshots taken before words were kept have no such slide."""
    names = {zone.number: zone.name for zone in state.zones}
    lines = [
        ThemeLine(f"{zone}. {names[zone]}", ", ".join(f"{word} ({voices})" for word, voices in words[:6]), "")
        for zone, words in state.words.items()
        if words and zone in names
    ]
    for n, lines_here in enumerate(_pages(lines, _height_of_theme, most=THEMES_ON_A_SLIDE, abreast=2)):
        yield Slide(
            "themes",
            _part(_("What each zone says that the others do not"), n),
            _("Words and the voices that said them"),
            themes=lines_here,
        )


def _part(title: str, number: int) -> str:
    """The title of a slide, with a word that says so where it goes on with what the slide before had no room for."""
    return _("%(title)s, continued") % {"title": title} if number else title


Row = TypeVar("Row")


def _pages(
    rows: Sequence[Row], height: Callable[[Row], float], *, most: int, abreast: int = 1
) -> list[tuple[Row, ...]]:
    """`rows` cut into slides: at most so many on one, no more than its room, and no last slide with a single row where
    the others could give it some; `abreast` stand side by side."""
    pages = _filled(rows, height, most, abreast)
    for fewer in range(abreast * ceil(len(rows) / (abreast * max(1, len(pages)))), most, abreast):
        even = _filled(rows, height, fewer, abreast)
        if len(even) == len(pages):
            return even
    return pages


def _filled(rows: Sequence[Row], height: Callable[[Row], float], most: int, abreast: int) -> list[tuple[Row, ...]]:
    pages: list[tuple[Row, ...]] = []
    page: list[Row] = []
    used = 0.0
    for start in range(0, len(rows), abreast):
        beside = rows[start : start + abreast]
        taken = max(map(height, beside))
        if page and (used + taken > ROOM or len(page) + len(beside) > most):
            pages.append(tuple(page))
            page, used = [], 0.0
        page.extend(beside)
        used += taken
    return [*pages, tuple(page)] if page else pages


def _lines(text: str, letters: int) -> int:
    return max(1, ceil(len(text) / letters))


def _height_of_bar(bar: Bar) -> float:
    return max(5.6, 3.3 * _lines(bar.title, 60)) + 1.6


def _height_of_zone(zone: ZoneCell) -> float:
    rows = sum(2.9 * _lines(bar.title, 46) + 1 for bar in zone.first)
    return 3.9 * _lines(zone.name, 32) + 0.8 + (rows or 3.9) + 3


def _height_of_theme(theme: ThemeLine) -> float:
    keywords = 3.5 * _lines(theme.keywords, 40) + 0.5 if theme.keywords else 0
    return 4.6 * _lines(theme.name, 25) + keywords + 4 + 3


def figures_of(state: EventSnapshot) -> Iterator[tuple[str, str]]:
    """The event in numbers, each as it is read with what it counts."""
    stickers = sum(sum(votes.whole.values()) for votes in state.votes.values())
    observations = sum(table.observations for table in state.tables)
    themes, people = len(state.themes), state.people
    tables, venues, zones = len(state.tables), len(state.venues), len(state.zones)
    for number, words in (
        (people, npgettext("how many", "person", "people", people)),
        (tables, npgettext("how many", "table", "tables", tables)),
        (venues, npgettext("how many", "venue", "venues", venues)),
        (zones, npgettext("how many", "zone", "zones", zones)),
        (stickers, npgettext("how many", "sticker", "stickers", stickers)),
        (observations, npgettext("how many", "observation", "observations", observations)),
        (themes, npgettext("how many", "theme", "themes", themes)),
    ):
        yield f"{number:,}".replace(",", "." if reader_language() == "it" else ","), words


def _voices(theme: ThemeRow) -> str:
    # All that the regia counted, so that nobody asks why the slide has less.
    said = len(theme.sources) + theme.private
    voices = ngettext("%(n)s voice", "%(n)s voices", said) % {"n": said}
    if theme.private:
        private = ngettext("of which %(n)s is not published", "of which %(n)s are not published", theme.private)
        voices += ", " + private % {"n": theme.private}
    zones = ngettext("%(n)s zone", "%(n)s zones", len(theme.zones)) % {"n": len(theme.zones)}
    return f"{voices}, {zones}"


def _kind_title(kind: ThemeKind) -> str:
    return {
        ThemeKind.RECURRING: _("Recurring themes"),
        ThemeKind.CROSSING: _("Cross-cutting themes"),
        ThemeKind.ONE_OFF: _("One-off themes"),
    }[kind]


def _kind_rule(kind: ThemeKind, rule: KindRule) -> str:
    sentence: str = {
        ThemeKind.RECURRING: _("Said in at least %(zones)s zones"),
        ThemeKind.CROSSING: _("Said under at least %(strategies)s strategies or %(axes)s axes"),
        ThemeKind.ONE_OFF: _("Said in few places, and not less important"),
    }[kind]
    return sentence % asdict(rule)
