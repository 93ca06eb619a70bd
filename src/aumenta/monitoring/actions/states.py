"""The office's own words for how far an action has come."""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.activity import ACTION_STATE_WRITTEN
from aumenta.monitoring.models import ActionState
from aumenta.monitoring.rules import may_set_vocabulary
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import check_facts

FIRST: Final = (
    ("non-avviata", "non avviata", "not begun", "not_begun"),
    ("in-corso", "in corso", "under way", "under_way"),
    ("in-ritardo", "in ritardo", "late", "in_difficulty"),
    ("sospesa", "sospesa", "stopped", "in_difficulty"),
    ("conclusa", "conclusa", "concluded", "done"),
    ("non-piu-prevista", "non più prevista", "no longer foreseen", "given_up"),
)
"""What an installation begins with; the office changes it."""


def load_states() -> int:
    """The first words, where there are none yet; returns how many were made."""
    if ActionState.objects.exists():
        return 0
    rows = [
        ActionState(slug=slug, name_it=italian, name_en=english, meaning=meaning, position=place)
        for place, (slug, italian, english, meaning) in enumerate(FIRST, 1)
    ]
    return len(ActionState.objects.bulk_create(rows))


@transaction.atomic
def write_state(*, person: User, state: ActionState | None = None, facts: Mapping[str, Any]) -> ActionState:
    """A new word of the vocabulary, or another name, order or meaning for one; a word that was used is retired, never
    removed, so that history stays readable.

    Raises NotAllowedError, RefusedError: state_invalid.
    """
    check_permission(may_set_vocabulary(person))
    kept = state or ActionState()
    for name, value in facts.items():
        setattr(kept, name, value)
    check_facts(kept, "state_invalid")
    kept.save()
    log(code=ACTION_STATE_WRITTEN, person=person, about=kept, subject=kept.name_it)
    touch()
    return kept
