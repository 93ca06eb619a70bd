"""The verbs from the vote on: adopted or rejected, published, enforceable, in force, superseded."""

from datetime import date, timedelta

from django.db import transaction

from aumenta.core.tally.count import Outcome
from aumenta.governance.models import Act, Vote
from aumenta.governance.models.acts import BOARD_DAYS, UNTIL_ENFORCEABLE
from aumenta.governance.polls.result import enforceable_at_once, result_of
from aumenta.governance.road.before_vote import tell
from aumenta.governance.road.machine import locked, move, refuse_early
from aumenta.governance.road.missing import missing
from aumenta.governance.road.texts import current_text
from aumenta.governance.rules import may_keep_body
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


def refuse_number(act: Act, number: str, year: int, day: date) -> None:
    """Raises RefusedError «number_required», «year_differs», «number_taken»."""
    if not number.strip():
        raise RefusedError("number_required")
    if year != day.year:
        raise RefusedError("year_differs", number=f"{number}/{year}", day=short_day(day))
    if Act.objects.filter(body=act.body, year=year, number=number.strip()).exclude(pk=act.pk).exists():
        raise RefusedError("number_taken", number=number, year=year, body=act.body)


@transaction.atomic
def decide(*, person: User, act: Act, vote: Vote, number: str, year: int) -> Act:
    """The body has voted on the whole text: adopted or rejected, as the vote came out.

    Raises NotAllowedError; RefusedError «step_not_open», «step_before_another», «vote_of_another_act»,
    «vote_not_closed», «vote_undecided», «not_ready» (with the list of what is missing), «text_voted_differs»,
    and those of `refuse_number`.
    """
    check_permission(may_keep_body(person, act.body), "decide")
    kept = locked(act, "adopt")
    day = vote.session.held_on
    refuse_early(kept, day)
    if vote.act_id != kept.pk or vote.subject != Vote.Subject.WHOLE or vote.session.body_id != kept.body_id:
        raise RefusedError("vote_of_another_act")
    if vote.closed_at is None:
        raise RefusedError("vote_not_closed")
    refuse_number(kept, number, year, day)
    if lacks := missing(kept, day):
        raise RefusedError("not_ready", list=" ".join(lacks))
    text = current_text(kept)
    if text is None or vote.text_id != text.pk:
        raise RefusedError("text_voted_differs")
    result = result_of(vote)
    if result is None or result.outcome is Outcome.NOT_COMPUTABLE:
        raise RefusedError("vote_undecided")
    kept.number, kept.year, kept.day = number.strip(), year, day
    passed = result.outcome is Outcome.PASSES
    if passed and enforceable_at_once(kept):
        kept.enforceable_on = day
    verb = "adopt" if passed else "reject"
    return tell(move(kept, verb, day=day, clerk=person, digest=text.digest), verb, person)


@transaction.atomic
def publish(*, person: User, act: Act, day: date, until: date | None = None) -> Act:
    """On the notice board from a day on, for 15 days with the first.

    Raises NotAllowedError; RefusedError «step_not_open», «step_before_another», «published_before_act»,
    «board_too_short».
    """
    check_permission(may_keep_body(person, act.body), "publish")
    kept = locked(act, "publish")
    if kept.day is not None and day < kept.day:
        raise RefusedError("published_before_act", day=short_day(day, "il"), act_day=short_day(kept.day, "del"))
    refuse_early(kept, day)
    least = day + BOARD_DAYS - timedelta(days=1)
    if until is not None and until < least:
        raise RefusedError("board_too_short", days=BOARD_DAYS.days, least=short_day(least, "al"))
    kept.published_from, kept.published_to = day, until or least
    kept.enforceable_on = kept.enforceable_on or day + UNTIL_ENFORCEABLE
    return tell(move(kept, "publish", day=day, clerk=person), "publish", person)


@transaction.atomic
def enforce(*, person: User, act: Act, day: date) -> Act:
    """The act is enforceable. Raises NotAllowedError; RefusedError «step_not_open», «step_before_another»,
    «not_enforceable_yet»."""
    check_permission(may_keep_body(person, act.body), "enforce")
    kept = locked(act, "enforce")
    if kept.enforceable_on is not None and day < kept.enforceable_on:
        raise RefusedError("not_enforceable_yet", day=short_day(kept.enforceable_on, "dal"))
    refuse_early(kept, day)
    return tell(move(kept, "enforce", day=day, clerk=person), "enforce", person)


@transaction.atomic
def put_in_force(*, person: User, act: Act, day: date, until: date | None = None) -> Act:
    """In force from a day on. Raises NotAllowedError; «step_not_open», «step_before_another»,
    «ends_before_it_begins»."""
    check_permission(may_keep_body(person, act.body), "put_in_force")
    kept = locked(act, "put_in_force")
    refuse_early(kept, day)
    if until is not None and until < day:
        raise RefusedError("ends_before_it_begins", first=short_day(day), last=short_day(until))
    kept.force_from, kept.force_to = day, until
    return tell(move(kept, "put_in_force", day=day, clerk=person), "put_in_force", person)


@transaction.atomic
def supersede(*, person: User, act: Act, day: date, note: str = "") -> Act:
    """Another act takes its place. Raises NotAllowedError; RefusedError «step_not_open», «step_before_another»."""
    check_permission(may_keep_body(person, act.body), "supersede")
    kept = locked(act, "supersede")
    refuse_early(kept, day)
    kept.force_to = min(kept.force_to, day) if kept.force_to else day
    return tell(move(kept, "supersede", day=day, clerk=person, note=note), "supersede", person)
