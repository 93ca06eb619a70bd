"""The verb that ties indicators to what goes on, in a later edition, of the strategies and actions they are tied to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.activity import INDICATORS_CARRIED_OVER
from aumenta.monitoring.models import Indicator
from aumenta.monitoring.rules import may_publish_indicators
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import ActionContinuation, Edition, StrategyContinuation

Pair = tuple[int, int]
"""An indicator and what it is to be tied to, by their keys."""


@dataclass(frozen=True)
class CarryOver:
    """The ties that would be made: of indicators to strategies, and to actions."""

    strategies: frozenset[Pair]
    actions: frozenset[Pair]

    @property
    def count(self) -> int:
        """How many ties."""
        return len(self.strategies) + len(self.actions)

    @property
    def indicators(self) -> int:
        """Of how many indicators."""
        return len({indicator for indicator, _to in self.strategies | self.actions})


def look_at_carry_over(edition: Edition) -> CarryOver:
    """What would be tied to an edition: only along continuations that an editor confirmed, and nothing that is tied
    already. Six queries, however many indicators."""
    strategies = StrategyContinuation.objects.filter(newer__axis__edition=edition, confirmed=True)
    actions = ActionContinuation.objects.filter(newer__strategy__axis__edition=edition, confirmed=True)
    of_strategies = Indicator.strategies.through.objects
    of_actions = Indicator.actions.through.objects
    return CarryOver(
        _missing(
            strategies.values_list("older_id", "newer_id"), of_strategies.values_list("indicator_id", "strategy_id")
        ),
        _missing(actions.values_list("older_id", "newer_id"), of_actions.values_list("indicator_id", "action_id")),
    )


def _missing(continuations: Iterable[Pair], ties: Iterable[Pair]) -> frozenset[Pair]:
    known = set(ties)
    newer: dict[int, list[int]] = {}
    for before, after in continuations:
        newer.setdefault(before, []).append(after)
    return frozenset(
        (indicator, after)
        for indicator, tied in known
        for after in newer.get(tied, ())
        if (indicator, after) not in known
    )


@transaction.atomic
def carry_over(*, person: User, edition: Edition) -> CarryOver:
    """Tie indicators to what goes on in an edition; the ties of earlier editions stay.

    Raises NotAllowedError, RefusedError: nothing_to_carry_over.
    """
    check_permission(may_publish_indicators(person))
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    found = look_at_carry_over(edition)
    if not found.count:
        raise RefusedError("nothing_to_carry_over", edition=edition.label)
    strategies, actions = Indicator.strategies.through, Indicator.actions.through
    strategies.objects.bulk_create(strategies(indicator_id=i, strategy_id=s) for i, s in sorted(found.strategies))
    actions.objects.bulk_create(actions(indicator_id=i, action_id=a) for i, a in sorted(found.actions))
    log(code=INDICATORS_CARRIED_OVER, person=person, about=edition, subject=edition.label, detail=str(found.count))
    touch()
    return found
