"""The verb by which the office writes the card of an indicator."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.activity import INDICATOR_WRITTEN
from aumenta.monitoring.models import Indicator
from aumenta.monitoring.refresh_statuses import refresh_statuses
from aumenta.monitoring.rules import may_keep_indicators, may_publish_indicators
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.plan.models import Action, Strategy


@transaction.atomic
def write_indicator(
    *,
    person: User | None,
    indicator: Indicator | None = None,
    facts: Mapping[str, Any],
    strategies: Collection[Strategy] | None = None,
    actions: Collection[Action] | None = None,
    seen: str = "",
) -> Indicator:
    """Write a new card, or put these facts in place of those a card has; what is not named stays. `person` is None
    where the system loads its own; `seen` is the `card_digest` of the card she had before her.

    Raises NotAllowedError (who may not approve does not change whether everybody reads it), RefusedError:
    indicator_invalid with the problem, indicator_changed_meanwhile.
    """
    if person is not None:
        check_permission(may_keep_indicators(person))
    card = Indicator.objects.select_for_update(no_key=True).get(pk=indicator.pk) if indicator else Indicator()
    if seen and card_digest(card) != seen:
        raise RefusedError("indicator_changed_meanwhile")
    if person is not None and facts.get("public", card.public) != card.public:
        check_permission(may_publish_indicators(person))
    for name, value in facts.items():
        setattr(card, name, value)
    check_facts(card, "indicator_invalid")
    card.save()
    if strategies is not None:
        card.strategies.set(strategies)
    if actions is not None:
        card.actions.set(actions)
    refresh_statuses({card.pk})
    log(code=INDICATOR_WRITTEN, person=person, about=card)
    touch()
    return card


def card_digest(card: Indicator) -> str:
    """What tells a card apart from what it was before somebody changed it."""
    facts = {field.attname: str(getattr(card, field.attname)) for field in Indicator._meta.concrete_fields}
    ties = [sorted(some.values_list("pk", flat=True)) for some in (card.strategies, card.actions)]
    return hashlib.sha256(json.dumps([facts, ties]).encode()).hexdigest()
