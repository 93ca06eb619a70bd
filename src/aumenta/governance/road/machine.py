"""Which step is open in which state: the whole road as one table, and the one place that moves an act along it."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.governance.models import Act, Opinion, Step
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError

S = Act.State

ROAD: Final[Mapping[str, tuple[frozenset[str], str | None]]] = {
    "deposit": (frozenset({S.DRAFTING}), S.DEPOSITED),
    "send_back": (frozenset({S.DEPOSITED}), S.DRAFTING),
    "examine": (frozenset({S.DEPOSITED}), S.EXAMINED),
    "ask_opinions": (frozenset({S.EXAMINED}), S.OPINIONS),
    "give_opinion": (frozenset({S.OPINIONS}), None),
    "observe": (frozenset({S.OPINIONS}), None),
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
    "observe": _("observation of a municipality entered"),
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

DO_WORDS: Final = {
    "deposit": _("Deposit the text"),
    "send_back": _("Send it back to the office"),
    "examine": _("Note that the committee has examined it"),
    "ask_opinions": _("Ask for the opinions"),
    "give_opinion": _("Enter an opinion that arrived"),
    "observe": _("Enter an observation of a municipality"),
    "answer_condition": _("Answer a condition or an observation"),
    "depart": _("Write why the act departs from an opinion"),
    "amend": _("Change the text"),
    "hear": _("Note a hearing of the social bodies"),
    "adopt": _("Enter the decision of the body"),
    "publish": _("Publish it on the notice board"),
    "enforce": _("Note that it is enforceable"),
    "put_in_force": _("Note that it is in force"),
    "supersede": _("Note that another act took its place"),
    "withdraw": _("Withdraw it before the vote"),
}
"""What the button of each verb says."""

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
    """Raises RefusedError «step_before_another» where the day comes before a step that was already taken,
    «step_in_the_future» where it has not come yet: a step is noted once it was taken."""
    refuse_future(day)
    last = act.steps.order_by("-day", "-pk").first()
    if last is not None and day < last.day:
        raise RefusedError(
            "step_before_another", day=short_day(day, "Il"), step=VERB_WORDS[last.verb], last=short_day(last.day)
        )


def today() -> date:
    """The day of the authority: here, so that tests can say which it is."""
    return timezone.localdate()


def refuse_future(day: date) -> None:
    """Raises RefusedError «step_in_the_future»."""
    if day > (now := today()):
        raise RefusedError("step_in_the_future", day=short_day(day), today=short_day(now, "il"))


def move(
    act: Act, verb: str, *, day: date, clerk: User, note: str = "", digest: str = "", opinion: Opinion | None = None
) -> Act:
    """Take a step that was checked: the state it leads to, and its line in the history."""
    to = ROAD[verb][1]
    if to is not None:
        act.state = to
    act.save()
    Step.objects.create(act=act, verb=verb, day=day, person=clerk, note=note[:500], digest=digest, opinion=opinion)
    return act
