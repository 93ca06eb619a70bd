"""What pages of indicators show: numbers with their decimals, statuses in words, zones on a map."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext as _

from aumenta.core.indices.classes import quantile_classes
from aumenta.monitoring.composites import StrategyComposite
from aumenta.monitoring.models import Indicator, MeasuredPlace, Status
from aumenta.monitoring.queries import Course, IndicatorRow
from aumenta.monitoring.status_words import STATUS_NAMES, input_words, kind_of, status_name, threshold_words
from aumenta.monitoring.zones import ZoneFigure
from aumenta.people.reader import in_language
from aumenta.territory.maps import SCALE, picture_of
from aumenta.territory.models import Territory
from aumenta.ui.templatetags.words import number

LEAST_USED: Final = 2
LATEST_YEARS: Final = 5


@dataclass(frozen=True)
class ShownStatus:
    """A status as a page shows it."""

    rule: str
    version: str
    words: str
    kind: str
    sentence: str
    own: bool
    thresholds: str = ""
    inputs: str = ""


def _shown(status: Status, rule: str) -> ShownStatus:
    sentence = in_language(status.sentence_it, status.sentence_en)
    words = status_name(status.status)
    return ShownStatus(status.rule, status.version, words, kind_of(status.status), sentence, status.rule == rule)


def shown_statuses(indicator: Indicator) -> list[ShownStatus]:
    """What each rule says of the territory, the indicator's own rule first."""
    found = [
        replace(
            _shown(one, indicator.rule),
            thresholds=threshold_words(one.thresholds),
            inputs=input_words(one.inputs, indicator),
        )
        for one in indicator.statuses.filter(place__kind="territory")
    ]
    return sorted(found, key=lambda one: (not one.own, one.rule))


def status_counts(rows: Sequence[IndicatorRow]) -> list[tuple[str, str, int]]:
    """How many indicators have each status, by their own rules: words, kind, count; the best first, what cannot be
    assessed last."""
    held = Counter(row.status.status if row.status else "not_available" for row in rows)
    return [(status_name(name), kind_of(name), held[name]) for name in STATUS_NAMES if held[name]]


def indicator_rows(rows: Sequence[IndicatorRow]) -> list[dict[str, Any]]:
    """The rows of a dashboard's table."""
    return [
        {
            "indicator": row.indicator,
            "strategies": row.strategies,
            **_last(row),
            "status": _shown(row.status, row.indicator.rule) if row.status else None,
        }
        for row in rows
    ]


def _last(row: IndicatorRow) -> dict[str, str]:
    said = row.status.inputs if row.status else {}
    value = said.get("current_value")
    if value is None:
        return {"value": "–", "period": "", "marks": ""}
    shown = number(value, row.indicator.decimals)
    return {"value": shown, "period": said["current_period"], "marks": said["current_marks"]}


@dataclass(frozen=True)
class ShownComposite:
    """The composite of a strategy: the latest years, and for each place its value in each of them."""

    years: tuple[int, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    used: tuple[str, ...]
    left_out: tuple[str, ...]


def composite_rows(found: StrategyComposite, home: str) -> ShownComposite | None:
    """The composite as a page shows it, the territory first, zones last; None where fewer than two indicators, or no
    place and year, could be put together. One query."""
    if len(found.used) < LEAST_USED or not found.rows:
        return None
    years = tuple(sorted({one.year for one in found.rows})[-LATEST_YEARS:])
    places = {one.code: one for one in MeasuredPlace.objects.filter(code__in={one.place for one in found.rows})}
    values = {(one.place, one.year): number(one.value, 1) for one in found.rows}
    order = {"territory": 0, "city": 1, "region": 2, "country": 3, "zone": 4}
    ranked = sorted(places.values(), key=lambda one: (order.get(one.kind, 9), len(one.code), one.code))
    return ShownComposite(
        years,
        tuple(
            (home if one.kind == "territory" else one.name, tuple(values.get((one.code, year), "–") for year in years))
            for one in ranked
        ),
        tuple(one.name for one in found.used),
        tuple(one.name for one in found.left_out),
    )


def words_of_chart(indicator: Indicator, named: Sequence[tuple[str, Sequence[Course]]]) -> str:
    """The line in one sentence, for those who do not see it."""
    said = []
    for name, course in named:
        known = [one for one in course if one.value is not None]
        if len(known) > 1:
            first, last = known[0], known[-1]
            said.append(
                _("%(name)s from %(first)s (%(first_period)s) to %(last)s (%(last_period)s)")
                % {
                    "name": name,
                    "first": number(first.value, indicator.decimals),
                    "first_period": first.period,
                    "last": number(last.value, indicator.decimals),
                    "last_period": last.period,
                }
            )
    return f"{indicator.name}, {indicator.unit}: {'; '.join(said)}."


@dataclass(frozen=True)
class ShownZones:
    """The zones in the last period that is whole, on the map and in a table; `partial` where none is whole."""

    period: str
    view_box: str
    rows: list[dict[str, Any]]
    partial: bool


def zone_rows(indicator: Indicator, figures: Sequence[ZoneFigure], territory: Territory) -> ShownZones | None:
    """The zones of an indicator; None where it can't be worked out for them."""
    periods: dict[str, list[ZoneFigure]] = {}
    for one in figures:
        periods.setdefault(one.period, []).append(one)
    if not periods:
        return None
    whole = [period for period, some in periods.items() if all(one.whole for one in some)]
    period = max(whole or periods)
    shown = periods[period]
    classes = quantile_classes([one.value for one in shown], len(SCALE), indicator.decimals)
    colours = {}
    for one in shown:
        place = classes.of(one.value)
        if place is not None:
            colours[one.zone] = SCALE[min(place, len(SCALE) - 1)]
    picture = picture_of(territory)
    rows = [
        {
            "number": one.zone,
            "name": one.name,
            "value": number(one.value, indicator.decimals),
            "known": one.known,
            "members": one.members,
            "whole": one.whole,
            "colour": colours.get(one.zone, "#ffffff"),
            "path": picture.zone_outlines.get(one.zone, ""),
        }
        for one in sorted(shown, key=lambda one: -one.value)
    ]
    return ShownZones(period, picture.frame.view_box, rows, not whole)
