"""Gathers what a yearly report says from what is public on its day: two dozen queries, however large the plan is."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Final

from django.utils.translation import override

from aumenta.monitoring.actions.standing import ActionStanding, edition_standing
from aumenta.monitoring.assess import Assessment, assess
from aumenta.monitoring.assess import Point as Seen
from aumenta.monitoring.models import Indicator, Objective, Reading, YearlyReport
from aumenta.monitoring.projects.balance import ZoneShare, balance
from aumenta.monitoring.projects.money import Sum, amounts, by_component, total
from aumenta.monitoring.queries import dashboard_rows
from aumenta.monitoring.reports.record import (
    ActionRow,
    AxisRow,
    IndicatorRow,
    MoneyRow,
    ObjectiveRow,
    Point,
    StrategyRow,
    Words,
    YearlyRecord,
    ZoneRow,
)
from aumenta.monitoring.status_words import sentence, status_name
from aumenta.monitoring.zones import whole_figures
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.territory.models import Territory

UNPLACED_WORDS: Final = {
    "everywhere": Words("per l’intero territorio", "for the whole territory"),
    "several": Words("in più zone", "in several zones"),
    "outside": Words("anche in altre province", "also in other provinces"),
    "nowhere": Words("non localizzati", "not located"),
}


def record_of(report: YearlyReport, territory: Territory | None) -> YearlyRecord:
    """What the report would say if it were frozen now: updates approved that speak of its day or one before, readings
    of its year or one before, statuses worked out from those alone. What nobody outside may read stays out."""
    edition = report.edition
    written = {one.strategy_id: Words(one.text_it, one.text_en) for one in report.texts.all()}
    strategies = list(
        Strategy.objects.filter(axis__edition=edition).select_related("axis").order_by("axis__number", "number")
    )
    axes = {one.axis.code: one.axis for one in strategies}
    standing = edition_standing(edition, until=report.as_of)
    rows = amounts(territory) if territory else []
    found = balance(edition, territory) if territory else None
    return YearlyRecord(
        edition=edition.label,
        plan=Words(edition.title_it, edition.title_en),
        authority=Words(edition.plan.authority_it, edition.plan.authority_en),
        year=report.year,
        as_of=report.as_of.isoformat(),
        introduction=Words(report.introduction_it, report.introduction_en),
        axes=tuple(AxisRow(code, Words(axis.title_it, axis.title_en)) for code, axis in axes.items()),
        strategies=tuple(
            StrategyRow(one.code, Words(one.title_it, one.title_en), written.get(one.pk, Words("")))
            for one in strategies
        ),
        actions=tuple(_actions(edition, standing)),
        indicators=tuple(_indicators(edition, report.year)),
        objectives=tuple(_objectives(edition, report.year)),
        components=tuple(_money(Words(name or "–"), one) for name, one in by_component(rows)),
        projects=_money(Words("tutti i progetti", "all projects"), total(rows)),
        zones=tuple(_zone(one) for one in (found.zones if found else ())),
        unplaced=tuple(_money(UNPLACED_WORDS[name], one) for name, one in (found.unplaced if found else {}).items()),
    )


def _zone(one: ZoneShare) -> ZoneRow:
    planned = _text(one.money.planned)
    shares = one.residents, one.of_money, one.of_residents
    return ZoneRow(one.number, one.name, one.money.projects, planned, *shares, one.actions)


def in_both(say: Callable[[], Any]) -> Words:
    """What `say` says in Italian and in English."""
    said = {}
    for language in ("it", "en"):
        with override(language):
            said[language] = str(say())
    return Words(**said)


def _actions(edition: Edition, standing: Sequence[ActionStanding]) -> Iterable[ActionRow]:
    texts = Action.objects.filter(strategy__axis__edition=edition)
    names = ("title_it", "title_en", "summary_it", "summary_en", "description_it", "description_en")
    sheets = {key: _digest(said) for key, *said in texts.values_list("pk", *names)}
    for one in standing:
        last, action = one.latest, one.action
        yield ActionRow(
            code=action.code,
            title=Words(action.title_it, action.title_en),
            state=Words(last.state.name_it, last.state.name_en) if last else Words(""),
            meaning=last.state.meaning if last else "",
            phase=in_both(last.get_phase_display) if last else Words(""),
            as_of=last.as_of.isoformat() if last else "",
            percent=None if one.percent is None else round(one.percent, 1),
            reason=Words(last.reason_it, last.reason_en) if last else Words(""),
            office=one.implementation.office.name_it if one.implementation and one.implementation.office else "",
            invented=bool(last and last.invented),
            sheet=sheets[action.pk],
        )


def _digest(said: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps([*map(str, said)], ensure_ascii=False).encode()).hexdigest()[:16]


def _indicators(edition: Edition, year: int) -> Iterable[IndicatorRow]:
    cards = dashboard_rows(edition)
    courses = _courses([row.indicator for row in cards], year)
    for row in cards:
        card = row.indicator
        points = courses[card.pk]
        said = assess(card, points, card.rule)
        yield IndicatorRow(
            code=card.code,
            name=Words(card.name_it, card.name_en),
            unit=Words(card.unit_it, card.unit_en),
            decimals=card.decimals,
            strategies=row.strategies,
            source=card.source,
            licence=card.licence,
            target=card.target,
            target_year=card.target_year,
            rule=card.rule,
            status=said.status,
            status_words=in_both(partial(status_name, said.status)),
            sentence=in_both(partial(_sentence, card, said)),
            method=_digest(
                [
                    card.definition_it,
                    card.method_it,
                    card.unit_it,
                    card.direction,
                    card.base_year,
                    card.target,
                    card.rule,
                ]
            ),
            course=tuple(Point(*point[:2], point.value, point.absence, point.marks) for point in points),
        )


def _sentence(card: Indicator, said: Assessment) -> str:
    text = sentence(card, card.rule, said.status, said.reason, said.inputs)
    return text[:1].upper() + text[1:]


def _courses(cards: Sequence[Indicator], year: int) -> dict[int, list[Seen]]:
    """The course of each indicator on the territory up to a year, as published or worked out: four queries."""
    found: dict[int, list[Seen]] = defaultdict(list)
    read = Reading.objects.filter(indicator__in=cards, place__kind="territory", year__lte=year)
    for key, *point in read.order_by("indicator", "period").values_list("indicator_id", *Seen._fields):
        found[key].append(Seen(*point))
    published = set(found)
    for one in whole_figures(cards):
        if one.indicator not in published and one.year <= year:
            found[one.indicator].append(Seen(one.period, one.year, one.value, "", one.marks))
    return found


def _objectives(edition: Edition, year: int) -> Iterable[ObjectiveRow]:
    rows = Objective.objects.filter(year=year).order_by("level", "code").prefetch_related("actions__strategy__axis")
    for one in rows:
        behind = [action for action in one.actions.all() if action.strategy.axis.edition_id == edition.pk]
        yield ObjectiveRow(
            level=in_both(one.get_level_display),
            code=one.code,
            title=Words(one.title_it, one.title_en),
            standing=in_both(one.get_standing_display),
            actions=tuple(sorted(action.code for action in behind)),
        )


def _money(name: Words, one: Sum) -> MoneyRow:
    return MoneyRow(
        name,
        one.projects,
        _text(one.planned) if one.without_planned < one.projects else None,
        _text(one.awarded) if one.awards_known else None,
        _text(one.paid) if one.without_paid < one.projects else None,
        one.without_paid,
    )


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
