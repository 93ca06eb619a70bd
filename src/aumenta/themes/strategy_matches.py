"""Which strategies a text concerns and which voices are like it: what a person is shown before she decides.

What people confirmed counts for the next suggestion at once: the choices are read anew for each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.process_cache import ProcessCache
from aumenta.core.synthesis.neighbours import Voices
from aumenta.core.synthesis.process_encoder import encoder_here
from aumenta.core.synthesis.statements import read
from aumenta.core.synthesis.suggest import Confirmed, PlanIndex
from aumenta.events.models import Event, Observation
from aumenta.events.rules import may_run_regia
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.reader import in_language
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.themes.activity import STRATEGY_CONFIRMED
from aumenta.themes.models import ConfirmedStrategy, ThemeSource
from aumenta.themes.plan_texts import edition_plan_soon, event_plan_soon
from aumenta.themes.vectors import DatabaseCache
from aumenta.voices.models import Contribution

SHOWN: Final = 3
_LEAST_NEAR: Final = 0.35
"""Cosine below which a voice is not called similar."""
_MOST_KEPT: Final = 4
_EVENTS_READ: Final = 2


@dataclass(frozen=True)
class MatchedStrategy:
    """A strategy as it is proposed: the action that matched (its code), the words in common, whether also concerned."""

    code: str
    title: str
    score: float
    matched: str
    matched_title: str
    words: tuple[str, ...]
    also: bool


@dataclass(frozen=True)
class StrategyMatches:
    """What is proposed for a text. `confident` is earned; `outside` says that nothing in the plan is about it;
    `preparing` that the plan is being read for the first time and the answer comes in a minute."""

    strategies: tuple[MatchedStrategy, ...]
    confident: bool
    outside: bool
    readable: bool
    preparing: bool = False


def matches_for_observation(event: Event, text: str) -> StrategyMatches:
    """The likeliest strategies of the event for a text said at a table."""
    plan = event_plan_soon(event)
    titles = {strategy.code: strategy.title for strategy in event.strategies.all()}
    if event.edition:
        titles |= _titles(event.edition) | titles
    choices = ConfirmedStrategy.objects.filter(observation__table__event=event, observation__withdrawn=False)
    confirmed = [Confirmed(said, code) for said, code in choices.values_list("observation__text", "code") if code]
    said = Observation.objects.filter(table__event=event, withdrawn=False).order_by("arrival")
    return _matches(plan, titles, text, confirmed, list(said.values_list("text", flat=True)[:100]))


def matches_for_contribution(edition: Edition, text: str) -> StrategyMatches:
    """The likeliest strategies of the edition for a written text."""
    plan = edition_plan_soon(edition)
    titles = _titles(edition)
    choices = Contribution.objects.filter(edition=edition, withdrawn=False).exclude(strategy_code="")
    confirmed = [Confirmed(said, code) for said, code in choices.values_list("text", "strategy_code")]
    return _matches(plan, titles, text, confirmed, [said.text for said in confirmed[:100]])


def _titles(edition: Edition) -> dict[str, str]:
    strategies = Strategy.objects.of(edition)
    actions = Action.objects.of(edition).defer("for_whom_it", "for_whom_en", "description_it", "description_en")
    return {row.code: in_language(row.title_it, row.title_en) for rows in (strategies, actions) for row in rows}


def _matches(
    plan: PlanIndex | Literal["preparing"] | None,
    titles: dict[str, str],
    text: str,
    confirmed: Sequence[Confirmed],
    context: Sequence[str],
) -> StrategyMatches:
    readable = read(text).readable
    if plan == "preparing":
        return StrategyMatches((), False, False, readable, preparing=True)
    if plan is None or not readable:
        return StrategyMatches((), False, False, readable)
    one = plan.suggest([text], confirmed=confirmed, context=context or None)[0]
    shown = tuple(
        MatchedStrategy(
            match.group,
            titles.get(match.group, ""),
            match.score,
            match.code if match.code != match.group else "",
            titles.get(match.code, "") if match.code != match.group else "",
            match.words[:6],
            match.group in one.also,
        )
        for match in one.ranked[:SHOWN]
    )
    return StrategyMatches(shown, one.confident, one.outside, True)


@transaction.atomic
def confirm_strategy(*, person: User, event: Event, observation: int, code: str | None) -> None:
    """Say which strategy an observation concerns: its code, "" for outside the plan, None to take the choice back."""
    check_permission(may_run_regia(person, event))
    said = Observation.objects.filter(table__event=event, pk=observation, withdrawn=False).first()
    if said is None:
        raise RefusedError("observation_gone")
    if code and not event.strategies.filter(code=code).exists():
        raise RefusedError("unknown_strategy_of_event", strategy=code)
    if code is None:
        ConfirmedStrategy.objects.filter(observation=said).delete()
    else:
        ConfirmedStrategy.objects.update_or_create(observation=said, defaults={"code": code, "by": person})
    log(
        code=STRATEGY_CONFIRMED,
        person=person,
        about=said,
        subject=str(said.pk),
        within=event.title_it,
        detail=code or "",
    )


@dataclass(frozen=True)
class Near:
    """A recorded voice near to a text, and whether it may be the same thought."""

    key: int
    nearness: float
    same: bool


_ready: Final[ProcessCache[tuple[object, ...], tuple[list[int], Voices]]] = ProcessCache.of_the_process(_MOST_KEPT)


def similar_observations(event: Event, text: str, *, but: int | None = None, most: int = 5) -> list[Near]:
    """The voices of the event nearest to a text; `but` is the observation itself."""
    said = Observation.objects.filter(table__event=event, withdrawn=False).order_by("arrival", "pk")
    rows = list(said.values_list("pk", "text"))
    return _similar(("event", event.pk), rows, event_plan_soon(event), text, but, most)


def likely_theme(event: Event, text: str) -> int | None:
    """The theme in which most of the voices nearest to a text are; None where none of them is in one."""
    near = {one.key: one.nearness for one in similar_observations(event, text, most=8)}
    votes: dict[int, float] = {}
    placed = ThemeSource.objects.filter(observation__in=near, theme__active=True)
    for observation, theme in placed.values_list("observation_id", "theme_id"):
        votes[theme] = votes.get(theme, 0.0) + near[observation]
    return max(votes, key=lambda theme: (votes[theme], -theme)) if votes else None


def similar_contributions(edition: Edition, text: str, *, but: int | None = None, most: int = 5) -> list[Near]:
    """The contributions about the edition nearest to a text."""
    written = Contribution.objects.filter(edition=edition, withdrawn=False).order_by("pk")
    rows = list(written.values_list("pk", "text"))
    return _similar(("edition", edition.pk), rows, edition_plan_soon(edition), text, but, most)


def said_at_tables(edition: Edition, text: str, *, most: int = 3) -> list[tuple[Observation, bool]]:
    """What tables said that is nearest to a text, and whether it may be the same thought; with event, table and zones.

    Only of the latest events about the edition whose voices have been read already: nobody waits here for a thousand.
    What is not to be published is left to the regia; rehearsals count as long as there is no real event.
    """
    read_ones = Event.objects.filter(edition=edition, suggested_themes__refreshed_at__isnull=False).order_by(
        "-starts_at"
    )
    events = read_ones.filter(invented=False)[:_EVENTS_READ] or read_ones[:_EVENTS_READ]
    near = {one.key: one for event in events for one in similar_observations(event, text, most=2 * most)}
    rows = Observation.objects.filter(pk__in=near, private=False).select_related("table__event")
    found = sorted(rows.prefetch_related("table__zones"), key=lambda said: -near[said.pk].nearness)
    return [(said, near[said.pk].same) for said in found[:most]]


def _similar(
    name: tuple[str, int],
    rows: list[tuple[int, str]],
    plan: PlanIndex | Literal["preparing"] | None,
    text: str,
    but: int | None,
    most: int,
) -> list[Near]:
    opened = encoder_here()
    around = plan.mean if isinstance(plan, PlanIndex) else None
    key = (*name, opened.encoder.name, around is None, hash(tuple(rows)))

    def read_voices() -> tuple[list[int], Voices]:
        voices = Voices([said for _pk, said in rows], opened.encoder, DatabaseCache(), around=around)
        return [pk for pk, _said in rows], voices

    keys, voices = _ready.get(key, read_voices)
    own = keys.index(but) if but in keys else None
    found = voices.similar(text, most, but=own)
    return [Near(keys[one.place], one.nearness, one.same) for one in found if one.same or one.nearness >= _LEAST_NEAR]
