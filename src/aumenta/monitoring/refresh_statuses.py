"""Works the statuses of indicators out anew, by every rule, for the places where one is shown: never municipalities."""

from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import override

from aumenta.core.progress.rules import RULES
from aumenta.monitoring.assess import Point, assess
from aumenta.monitoring.models import Indicator, Reading, Status
from aumenta.monitoring.rules_of_status import RULE_FACTS
from aumenta.monitoring.status_words import sentence
from aumenta.monitoring.zones import whole_figures


def refresh_statuses(indicators: Collection[int]) -> int:
    """Replace what the rules say of these indicators; returns how many statuses there are. Seven queries, however
    many indicators. Verbs call it in their transaction; nobody else writes statuses."""
    cards = list(Indicator.objects.filter(pk__in=indicators))
    rows = Reading.objects.filter(indicator__in=cards).exclude(place__kind="municipality").order_by()
    points: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for indicator, place, *point in rows.values_list("indicator_id", "place_id", *Point._fields).iterator():
        points[indicator, place].append(Point(*point))
    read = set(points)
    for worked_out in whole_figures(cards):
        # What was published for the territory itself goes before what we work out.
        if (worked_out.indicator, worked_out.place) in read:
            continue
        point = Point(worked_out.period, worked_out.year, worked_out.value, "", worked_out.marks)
        points[worked_out.indicator, worked_out.place].append(point)
    by_key = {card.pk: card for card in cards}
    made = [
        _status(by_key[indicator], place, of_place, rule)
        for (indicator, place), of_place in points.items()
        for rule in RULES
    ]
    Status.objects.filter(indicator__in=cards).delete()
    Status.objects.bulk_create(made, batch_size=2_000)
    return len(made)


def _status(indicator: Indicator, place: int, points: list[Point], rule: str) -> Status:
    said = assess(indicator, points, rule)
    words = {}
    for language in ("it", "en"):
        with override(language):
            told = sentence(indicator, rule, said.status, said.reason, said.inputs)
            words[f"sentence_{language}"] = (told[:1].upper() + told[1:])[:400]
    return Status(
        indicator=indicator,
        place_id=place,
        rule=rule,
        version=RULE_FACTS[rule].version,
        thresholds=dict(RULE_FACTS[rule].thresholds),
        inputs=said.inputs,
        value=said.value,
        score=said.score,
        status=said.status,
        reason=said.reason,
        **words,
    )
