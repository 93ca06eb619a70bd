"""Which step is open in which state: the whole road as one table, and the one place that moves an act along it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.governance.models import Act, Step
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError

S = Act.State

ROAD: Final[Mapping[str, tuple[frozenset[str], str | None]]] = {
    "deposit": (frozenset({S.DRAFTING}), S.DEPOSITED),
    "send_back": (frozenset({S.DEPOSITED}), S.DRAFTING),
    "examine": (frozenset({S.DEPOSITED}), S.EXAMINED),
    "ask_opinions": (frozenset({S.EXAMINED}), S.OPINIONS),
    "give_opinion": (frozenset({S.OPINIONS}), None),
    "answer_condition": (frozenset({S.OPINIONS}), None),
    "depart": (frozenset({S.OPINIONS}), None),
    "amend": (frozenset({S.DEPOSITED, S.EXAMINED, S.OPINIONS}), None),
    "hear": (frozenset({S.DRAFTING, S.DEPOSITED, S.EXAMINED, S.OPINIONS}), None),
    "adopt": (frozenset({S.OPINIONS}), S.ADOPTED),
    "reject": (frozenset({S.OPINIONS}), S.REJECTED),
    "publish": (frozenset({S.ADOPTED}), S.PUBLISHED),
    "enforce": (frozenset({S.PUBLISHED}), S.ENFORCEABLE),
    "put_in_force": (frozenset({S.ENFORCEABLE}), S.IN_FORCE),
    "supersede": (frozenset({S.IN_FORCE}), S.SUPERSEDED),
    "withdraw": (frozenset({S.DRAFTING, S.DEPOSITED, S.EXAMINED, S.OPINIONS}), S.WITHDRAWN),
}
"""Verb → the states in which it is open, and the state it leads to (None: the act stays where it is)."""

VERB_WORDS: Final = {
    "deposit": _("text deposited"),
    "send_back": _("sent back by the committee"),
    "examine": _("examined in committee"),
    "ask_opinions": _("opinions asked for"),
    "give_opinion": _("opinion given"),
    "answer_condition": _("condition answered"),
    "depart": _("reasons given for departing from an opinion"),
    "amend": _("text amended"),
    "hear": _("social bodies heard"),
    "adopt": _("adopted"),
    "reject": _("rejected"),
    "publish": _("published on the notice board"),
    "enforce": _("enforceable"),
    "put_in_force": _("in force"),
    "supersede": _("superseded"),
    "withdraw": _("withdrawn before the vote"),
}

MAIN_ROAD: Final = (
    S.DRAFTING,
    S.DEPOSITED,
    S.EXAMINED,
    S.OPINIONS,
    S.ADOPTED,
    S.PUBLISHED,
    S.ENFORCEABLE,
    S.IN_FORCE,
)
"""The states of an act for which all goes well, in their order."""


def open_verbs(state: str) -> list[str]:
    """The verbs that are open in a state, in the order of the road."""
    return [verb for verb, (states, _to) in ROAD.items() if state in states]


def locked(act: Act, verb: str) -> Act:
    """The act, locked until the end of the transaction; raises RefusedError «step_not_open» where it is elsewhere."""
    kept = Act.objects.select_for_update(of=("self",)).select_related("body__territory").get(pk=act.pk)
    if kept.state not in ROAD[verb][0]:
        raise RefusedError("step_not_open", step=VERB_WORDS[verb], state=kept.get_state_display())
    return kept


def refuse_early(act: Act, day: date) -> None:
    """Raises RefusedError «step_before_another» where the day comes before a step that was already taken."""
    last = act.steps.order_by("-day", "-pk").first()
    if last is not None and day < last.day:
        raise RefusedError(
            "step_before_another", day=f"{day:%d/%m/%Y}", step=VERB_WORDS[last.verb], last=f"{last.day:%d/%m/%Y}"
        )


def move(act: Act, verb: str, *, day: date, clerk: User, note: str = "", digest: str = "") -> Act:
    """Take a step that was checked: the state it leads to, and its line in the history."""
    to = ROAD[verb][1]
    if to is not None:
        act.state = to
    act.save()
    Step.objects.create(act=act, verb=verb, day=day, person=clerk, note=note[:500], digest=digest)
    return act
