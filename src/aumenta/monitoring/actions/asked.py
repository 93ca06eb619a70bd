"""Whose updates a round waits for: which actions nobody reported yet, and who answers for them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Q

from aumenta.monitoring.models import Progress, Round
from aumenta.people.models import Grant, Role, User
from aumenta.plan.models import Action, Responsibility


class Late(NamedTuple):
    """Somebody and the actions she has not reported."""

    person: User
    actions: list[Action]


def unreported(about: Round) -> list[Action]:
    """The actions of a round's edition without an update as of its day or later, sent or approved."""
    reported = Progress.objects.filter(
        Q(review="approved") | Q(review="sent"),
        as_of__gte=about.as_of,
        action__strategy__axis__edition=about.edition_id,
    )
    actions = Action.objects.filter(strategy__axis__edition=about.edition_id)
    actions = actions.exclude(pk__in=reported.values("action"))
    # What is done or given up for good needs no further word.
    over = _over(about)
    rows = actions.select_related("strategy__axis__edition")
    rows = rows.order_by("strategy__axis__number", "strategy__number", "number")
    return [action for action in rows if action.pk not in over]


def _over(about: Round) -> set[int]:
    """The actions whose latest approved update says that they are over."""
    latest: dict[int, str] = {}
    rows = Progress.objects.filter(review="approved", action__strategy__axis__edition=about.edition_id)
    for action, meaning in rows.order_by("as_of", "pk").values_list("action_id", "state__meaning"):
        latest[action] = meaning
    return {action for action, meaning in latest.items() if meaning in {"done", "given_up"}}


def late_people(about: Round) -> list[Late]:
    """Everybody who answers for an action nobody reported, with those actions; in three queries."""
    actions = {action.pk: action for action in unreported(about)}
    by_organisation: dict[int, list[int]] = defaultdict(list)
    held = Responsibility.objects.filter(action__in=actions).order_by("pk")
    for action, organisation in held.values_list("action_id", "organisation_id"):
        by_organisation[organisation].append(action)
    grants = Grant.objects.filter(
        role=Role.REFERENT, organisation__in=by_organisation, person__is_active=True
    ).select_related("person")
    found: dict[int, tuple[User, set[int]]] = {}
    for grant in grants.order_by("person__email"):
        _person, mine = found.setdefault(grant.person_id, (grant.person, set()))
        mine.update(by_organisation[grant.organisation_id or 0])
    return [Late(person, [actions[key] for key in actions if key in mine]) for person, mine in found.values()]


def due_of(about: Round, person: User) -> list[Action]:
    """What a round still waits for from somebody."""
    return next((late.actions for late in late_people(about) if late.person.pk == person.pk), [])


def without_referent(about: Round, late: Sequence[Late]) -> list[Action]:
    """Unreported actions that nobody is asked about, because nobody answers for them: told, never passed over."""
    asked = {action.pk for one in late for action in one.actions}
    return [action for action in unreported(about) if action.pk not in asked]
