"""The verbs by which the office says who carries an action out, and which milestones it is to reach."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.activity import IMPLEMENTATION_SET, MILESTONE_DROPPED, MILESTONE_WRITTEN
from aumenta.monitoring.models import Implementation, Milestone
from aumenta.monitoring.rules import may_set_implementation
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.plan.models import Action


@transaction.atomic
def set_implementation(*, person: User, action: Action, facts: Mapping[str, Any]) -> Implementation:
    """Say which office answers, who else takes part, with which powers, from when to when.

    Raises NotAllowedError, RefusedError: implementation_invalid.
    """
    check_permission(may_set_implementation(person, action))
    kept = Implementation.objects.select_for_update(no_key=True).filter(action=action).first()
    kept = kept or Implementation(action=action)
    for name, value in facts.items():
        setattr(kept, name, value)
    check_facts(kept, "implementation_invalid")
    kept.save()
    log(
        code=IMPLEMENTATION_SET,
        person=person,
        about=kept,
        subject=action.code,
        within=action.strategy.axis.edition.label,
    )
    touch()
    return kept


@transaction.atomic
def write_milestone(
    *, person: User, action: Action, milestone: Milestone | None = None, facts: Mapping[str, Any], seen: str = ""
) -> Milestone:
    """A new milestone of an action, or other facts for one; `seen` is the `milestone_digest` of what she had before
    her.

    Raises NotAllowedError, RefusedError: milestone_invalid, milestone_changed_meanwhile; milestone_reported for another
    base or target once an update says where it stands: what was published would change in silence.
    """
    check_permission(may_set_implementation(person, action))
    kept = Milestone.objects.select_for_update(no_key=True).get(pk=milestone.pk) if milestone else Milestone()
    if seen and milestone_digest(kept) != seen:
        raise RefusedError("milestone_changed_meanwhile")
    measured = ("base", "target", "weight")
    moved = any(facts[name] != getattr(kept, name) for name in measured if name in facts)
    if kept.pk and moved and kept.values.filter(progress__review="approved").exists():
        raise RefusedError("milestone_reported", title=kept.title)
    kept.action = action
    for name, value in facts.items():
        setattr(kept, name, value)
    check_facts(kept, "milestone_invalid")
    kept.save()
    log(code=MILESTONE_WRITTEN, person=person, about=kept, within=action.code)
    touch()
    return kept


def milestone_digest(milestone: Milestone) -> str:
    """What tells a milestone apart from what it was before somebody changed it."""
    facts = [str(getattr(milestone, field.attname)) for field in Milestone._meta.concrete_fields]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:16]


@transaction.atomic
def drop_milestone(*, person: User, milestone: Milestone) -> None:
    """Take away a milestone no update speaks of. Raises NotAllowedError, RefusedError: milestone_reported."""
    check_permission(may_set_implementation(person, milestone.action))
    log(code=MILESTONE_DROPPED, person=person, about=milestone, within=milestone.action.code)
    try:
        with transaction.atomic():
            milestone.delete()
    except ProtectedError:
        raise RefusedError("milestone_reported", title=milestone.title) from None
    touch()
