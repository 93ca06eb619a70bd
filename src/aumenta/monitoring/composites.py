"""The composite (AMPI) of the indicators of a strategy, by place and year, between goalposts that an edition keeps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.indices.composite import Goalposts as Posts
from aumenta.core.indices.composite import ampi, normalised
from aumenta.monitoring.activity import GOALPOSTS_FROZEN
from aumenta.monitoring.models import Goalposts, Indicator, MeasuredPlace, Reading
from aumenta.monitoring.rules import may_publish_indicators
from aumenta.monitoring.zones import zone_figures_of
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Territory

Values = dict[str, dict[int, float]]
"""By the code of a place, by year."""


@transaction.atomic
def freeze_goalposts(*, person: User | None, edition: Edition, territory: Territory) -> list[Goalposts]:
    """Fix between which values the indicators of an edition move, from the readings there are: half the range of all
    places and years on either side of the territory's own value in the year before the edition begins, or the nearest
    one before or, failing that, after it. `person` is None where the system prepares itself.

    Raises NotAllowedError, RefusedError: goalposts_frozen, nothing_to_freeze.
    """
    if person is not None:
        check_permission(may_publish_indicators(person))
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    if Goalposts.objects.filter(edition=edition).exists():
        raise RefusedError("goalposts_frozen", edition=edition.label)
    cards = Indicator.objects.filter(strategies__axis__edition=edition).exclude(direction=0).distinct()
    made = [post for card in cards if (post := _goalposts(card, edition, territory)) is not None]
    if not made:
        raise RefusedError("nothing_to_freeze", edition=edition.label)
    Goalposts.objects.bulk_create(made)
    log(code=GOALPOSTS_FROZEN, person=person, about=edition, subject=edition.label)
    touch()
    return made


def _goalposts(card: Indicator, edition: Edition, territory: Territory) -> Goalposts | None:
    values = _values([card], territory)[card.pk]
    own = values.get(_home(territory), {})
    every = [value for of_place in values.values() for value in of_place.values()]
    if not own or max(every) == min(every):
        return None
    wanted = edition.first_year - 1
    year = max((year for year in own if year <= wanted), default=min(own))
    half = (max(every) - min(every)) / 2
    return Goalposts(
        edition=edition,
        indicator=card,
        low=own[year] - half,
        high=own[year] + half,
        reference=own[year],
        reference_year=year,
    )


def _home(territory: Territory) -> str:
    return MeasuredPlace.objects.filter(territory=territory).values_list("code", flat=True).first() or ""


def _values(cards: Sequence[Indicator], territory: Territory) -> dict[int, Values]:
    """The yearly values of places that are no municipalities: as read, and of zones as worked out from theirs."""
    found: dict[int, Values] = {card.pk: defaultdict(dict) for card in cards}
    rows = Reading.objects.filter(indicator__in=cards, absence="").exclude(place__kind="municipality").order_by()
    for key, place, period, year, value in rows.values_list("indicator_id", "place__code", "period", "year", "value"):
        if len(period) == 4 and value is not None:
            found[key][place][year] = value
    for key, zones in zone_figures_of(cards, territory).items():
        for zone in zones:
            if zone.whole and len(zone.period) == 4:
                found[key][f"Z{zone.zone}"].setdefault(zone.year, zone.value)
    return found


class Composite(NamedTuple):
    """The composite of a place in a year; 100 is the territory in the years the goalposts were made from."""

    place: str
    year: int
    value: float


@dataclass(frozen=True)
class StrategyComposite:
    """What a strategy's composite says, from which indicators; those left out have no goalposts."""

    used: tuple[Indicator, ...]
    left_out: tuple[Indicator, ...]
    rows: tuple[Composite, ...]


def strategy_composite(strategy: Strategy, edition: Edition, territory: Territory) -> StrategyComposite:
    """The composite of a strategy's public indicators for every place and year in which all of them are known."""
    cards = list(Indicator.objects.filter(strategies=strategy, public=True).exclude(direction=0))
    posts = {post.indicator_id: post for post in Goalposts.objects.filter(edition=edition, indicator__in=cards)}
    used = tuple(card for card in cards if card.pk in posts)
    left_out = tuple(card for card in cards if card.pk not in posts)
    values = _values(used, territory)
    return StrategyComposite(used, left_out, tuple(_rows(used, posts, values)) if used else ())


def _rows(used: Sequence[Indicator], posts: Mapping[int, Goalposts], values: dict[int, Values]) -> list[Composite]:
    places = set.intersection(*(set(values[card.pk]) for card in used))
    keys = [
        (place, year)
        for place in sorted(places)
        for year in sorted(set.intersection(*(set(values[card.pk][place]) for card in used)))
    ]
    if not keys:
        return []
    matrix = np.array([[values[card.pk][place][year] for card in used] for place, year in keys])
    between = Posts(tuple(posts[card.pk].low for card in used), tuple(posts[card.pk].high for card in used))
    index = ampi(normalised(matrix, between, [card.direction < 0 for card in used]))
    return [Composite(place, year, float(value)) for (place, year), value in zip(keys, index, strict=True)]
