"""Where else one can go from an action or a strategy: its places, what it was in other editions, what tables said."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from aumenta.core.text import plain_text
from aumenta.people.reader import in_language
from aumenta.plan.models import Action, ActionPlace, Edition, Strategy, StrategyContinuation
from aumenta.results.models import Snapshot
from aumenta.site.compare.comparison_labels import OUTCOME_WORDS
from aumenta.site.territory.shown import BELT_GENERA

MOST_WORDS = 5
"""Statements of the tables on the page of a strategy; all of them are in the reports."""


@dataclass(frozen=True)
class PlaceLink:
    """A place that an action is about; `proposed` where a program found it in the words and nobody has confirmed it."""

    name: str
    address: str
    proposed: bool
    words: str


def places_of(action: Action) -> list[PlaceLink]:
    """The places of an action, those that the office confirmed first; one query."""
    rows = action.places.exclude(state=ActionPlace.State.DECLINED).select_related("belt", "zone", "municipality")
    found = [
        PlaceLink(*_place(row), row.state == ActionPlace.State.PROPOSED, row.found_words) for row in rows.order_by("pk")
    ]
    return sorted(found, key=lambda one: one.proposed)


def _place(tie: ActionPlace) -> tuple[str, str]:
    if tie.municipality:
        return tie.municipality.name, reverse("site:municipality", args=[tie.municipality.istat_code])
    if tie.zone:
        name = _("zone %(name)s") % {"name": f"{tie.zone.number} {tie.zone.name}"}
        return name, reverse("site:zone", args=[tie.zone.number])
    if tie.belt:
        return str(BELT_GENERA.get(tie.belt.slug, tie.belt.slug)), reverse("site:belt", args=[tie.belt.slug])
    small = tie.reach == ActionPlace.Reach.SMALL
    return _("small municipalities") if small else _("the whole territory"), reverse("site:territory_reach")


@dataclass(frozen=True)
class Counterpart:
    """A strategy of another public edition that this one goes on from, or goes on in."""

    strategy: Strategy
    label: str
    later: bool
    how: Promise | str
    confirmed: bool


def counterparts_of(strategy: Strategy) -> list[Counterpart]:
    """What a strategy was and became; one query. What is not public is not told."""
    either = Q(older=strategy, newer__axis__edition__in=Edition.objects.public()) | Q(
        newer=strategy, older__axis__edition__in=Edition.objects.public()
    )
    rows = StrategyContinuation.objects.filter(either).select_related("older__axis__edition", "newer__axis__edition")
    found = []
    for row in rows.order_by("pk"):
        later = row.older_id == strategy.pk
        other = row.newer if later else row.older
        found.append(Counterpart(other, other.axis.edition.label, later, OUTCOME_WORDS[row.kind], row.confirmed))
    return found


@dataclass(frozen=True)
class SaidOfStrategy:
    """What the tables of one event said of a strategy, from the state the office has published."""

    event: str
    slug: str
    stickers: int
    rank: int
    themes: list[tuple[int, str]] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    more: int = 0


def said_of(edition: Edition, code: str, language: str) -> Iterator[SaidOfStrategy]:
    """The published results of each event about this edition, where they say something of the strategy; one query."""
    public = Snapshot.objects.filter(event__edition=edition, event__results_published_at__isnull=False)
    shown = public.exclude(published_at=None).exclude(event__published_at=None).select_related("event")
    for snapshot in shown.order_by("-event__starts_at"):
        state = snapshot.read()
        counts: dict[str, int] = {}
        for votes in state.votes.values():
            for strategy, n in votes.whole.items():
                counts[strategy] = counts.get(strategy, 0) + n
        mine = counts.get(code, 0)
        themes = [(theme.id, theme.name) for theme in state.themes if code in theme.strategies]
        said = [one.text for one in state.observations if one.strategy == code]
        if mine or themes or said:
            rank = 1 + sum(n > mine for n in counts.values())
            yield SaidOfStrategy(
                state.title(language),
                snapshot.event.slug,
                mine,
                rank,
                themes,
                said[:MOST_WORDS],
                max(0, len(said) - MOST_WORDS),
            )


def citation(action: Action, edition: Edition, address: str, version: str) -> str:
    """How the sheet is cited: who, which plan, which sheet, as it was on which day, where."""
    plan = edition.plan
    parts = [
        in_language(plan.authority_it, plan.authority_en),
        in_language(edition.title_it, edition.title_en),
        _("action %(code)s “%(title)s”")
        % {"code": action.code, "title": plain_text(in_language(action.title_it, action.title_en))},
        _("as of %(day)s") % {"day": version} if version else "",
        f"{settings.PUBLIC_ADDRESS}{address}",
    ]
    return ", ".join(part for part in parts if part)
