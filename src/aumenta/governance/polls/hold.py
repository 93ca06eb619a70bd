"""The verbs of sessions and votes: convene, attend, put to the vote, enter by name or as counts, close."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any, NoReturn

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.text import whole_number
from aumenta.governance.activity import SESSION_CHANGED, SESSION_CONVENED, VOTE_CLOSED, VOTE_ENTERED, VOTE_OPENED
from aumenta.governance.composition import Composition, Seat
from aumenta.governance.models import (
    Act,
    Attendance,
    Ballot,
    Body,
    Mandate,
    Opinion,
    Session,
    Vote,
)
from aumenta.governance.notify import tell_convened
from aumenta.governance.polls.result import carried, differences, frozen, result_of, rule_for, seats_of
from aumenta.governance.road.texts import current_text
from aumenta.governance.rules import may_keep_body
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

AWAY = ("absent", "excused")
COUNTS = ("present", "for", "against", "abstained", "not_voting")


@transaction.atomic
def convene(
    *,
    person: User,
    body: Body,
    held_on: date,
    number: str = "",
    convened_on: date | None = None,
    begins: time | None = None,
    place: str = "",
    mode: str = Session.Mode.PRESENT,
    chair: str = "",
    secretary: str = "",
    agenda: str = "",
    urgent: bool = False,
    invented: bool = False,
) -> Session:
    """A body meets on a day: whoever stands for it, and its secretaries, are written to.

    Raises NotAllowedError; RefusedError «convened_after_session», «notice_too_short» (unless it is urgent).
    """
    check_permission(may_keep_body(person, body), "convene")
    _refuse_notice(body, convened_on, held_on, urgent=urgent)
    made = Session.objects.create(
        body=body,
        held_on=held_on,
        number=number.strip(),
        convened_on=convened_on,
        begins=begins,
        place=place.strip(),
        mode=mode,
        chair=chair.strip(),
        secretary=secretary.strip(),
        agenda=agenda.strip(),
        invented=invented,
    )
    log(code=SESSION_CONVENED, person=person, about=made, within=body.name_it)
    touch()
    tell_convened(made)
    return made


def _refuse_convening(convened: date, held: date) -> NoReturn:
    raise RefusedError("convened_after_session", convened=short_day(convened, "il"), held=short_day(held, "del"))


def _refuse_notice(body: Body, convened_on: date | None, held_on: date, *, urgent: bool) -> None:
    if convened_on is None:
        return
    if convened_on > held_on:
        _refuse_convening(convened_on, held_on)
    days = (held_on - convened_on).days
    if body.notice_days and days < body.notice_days and not urgent:
        raise RefusedError("notice_too_short", days=days, least=body.notice_days)


CHANGED = ("number", "begins", "convened_on", "place", "mode", "chair", "secretary", "agenda")


@transaction.atomic
def change_session(*, person: User, session: Session, given: Mapping[str, Any]) -> Session:
    """Put right what is known of a session; its body and its day stay. Raises NotAllowedError;
    RefusedError «convened_after_session»."""
    check_permission(may_keep_body(person, session.body), "change_session")
    kept: Session = Session.objects.select_for_update(of=("self",)).select_related("body").get(pk=session.pk)
    convened = given.get("convened_on")
    if convened is not None and convened > kept.held_on:
        _refuse_convening(convened, kept.held_on)
    for name in CHANGED:
        if name in given:
            value = given[name]
            setattr(kept, name, value.strip() if isinstance(value, str) else value)
    kept.save()
    log(code=SESSION_CHANGED, person=person, about=kept, within=kept.body.name_it)
    touch()
    return kept


def seat_or_refuse(found: Composition, key: str) -> str:
    """The seat with this id on the day of the session; raises RefusedError with what is wrong about it."""
    if found.seat(key) is not None:
        return key
    if found.body.is_of_municipalities:
        raise RefusedError("municipality_gone", seat=key, day=short_day(found.day, "Il"))
    number = whole_number(key[1:])
    mandate = Mandate.objects.filter(pk=number, body=found.body).first() if number is not None else None
    if mandate is not None and not mandate.votes:
        raise RefusedError("guest_votes", name=mandate.holder)
    if mandate is not None:
        raise RefusedError("mandate_over", name=mandate.holder, day=short_day(found.day, "il"))
    raise RefusedError("not_in_roll", name=key)


@transaction.atomic
def put_to_vote(
    *,
    person: User,
    session: Session,
    act: Act | None = None,
    opinion: Opinion | None = None,
    subject: str = Vote.Subject.WHOLE,
    question: str = "",
    method: str = Vote.Method.HANDS,
    with_enforceability: bool = False,
    taken_at: time | None = None,
) -> Vote:
    """Put a question to the vote, by the rule that is in force on the day; the act's text of now is what is voted.

    An act of another body only where that body asked this one's opinion, and then its opinion alone: the page of an act
    shows every vote about it. Raises NotAllowedError; RefusedError «vote_twice_on_the_same», «act_of_another_body».
    """
    check_permission(may_keep_body(person, session.body), "put_to_vote")
    if act is not None and not may_vote_on(session.body, act, subject):
        raise RefusedError("act_of_another_body", body=act.body)
    same = Vote.objects.filter(session=session, act=act, subject=subject, question=question.strip())
    if same.exists():
        raise RefusedError("vote_twice_on_the_same")
    text = current_text(act) if act is not None else None
    if opinion is None and act is not None and subject == Vote.Subject.OPINION:
        opinion = act.opinions.filter(body=session.body).first()
    vote = Vote(
        session=session,
        act=act,
        opinion=opinion,
        subject=subject,
        question=question.strip(),
        method=method,
        with_enforceability=with_enforceability,
        taken_at=taken_at,
        text=text,
    )
    rule = rule_for(vote)
    vote.rule, vote.rule_record = rule, rule.record if rule else None
    vote.save()
    log(code=VOTE_OPENED, person=person, about=vote, within=str(session))
    return vote


def acts_before(body: Body) -> QuerySet[Act]:
    """The acts that a body votes on: its own, and those it was asked about."""
    asked = Opinion.objects.filter(body=body).values("act")
    return Act.objects.filter(Q(body=body) | Q(pk__in=asked)).select_related("body")


def may_vote_on(body: Body, act: Act, subject: str) -> bool:
    """Whether this body votes so about this act."""
    return act.body_id == body.pk or (
        subject == Vote.Subject.OPINION and Opinion.objects.filter(act=act, body=body).exists()
    )


def _open(vote: Vote) -> Vote:
    kept: Vote = Vote.objects.select_for_update(of=("self",)).select_related("session__body__territory").get(pk=vote.pk)
    if kept.closed_at is not None:
        raise RefusedError("vote_closed")
    return kept


@transaction.atomic
def enter_votes(
    *, person: User, vote: Vote, votes: Mapping[str, str], seen: Mapping[str, str] | None = None
) -> list[str]:
    """Enter what seats did. `seen` is what the clerk's page showed: a seat that a colleague entered otherwise meanwhile
    is left as it stands, and its name is returned.

    Raises NotAllowedError; RefusedError «vote_closed», «secret_by_name», «bad_option», «voter_absent», and
    those of the seats.
    """
    check_permission(may_keep_body(person, vote.session.body), "enter_votes")
    kept = _open(vote)
    if not kept.is_named:
        raise RefusedError("secret_by_name")
    found, room = seats_of(kept), in_the_room(kept)
    there = {one.seat: one for one in Ballot.objects.filter(vote=kept)}
    conflicts: list[str] = []
    new: list[Ballot] = []
    for key, option in votes.items():
        seat = _seat_that_votes(found, room, key, option)
        ballot = there.get(key)
        now = ballot.option if ballot else ""
        if seen is not None and now not in (seen.get(key, ""), option):
            conflicts.append(seat.name)
        elif ballot is None:
            new.append(_ballot(kept, seat, option, person))
        elif now != option:
            Ballot.objects.filter(pk=ballot.pk).update(option=option, entered_by=person)
    Ballot.objects.bulk_create(new)
    log(code=VOTE_ENTERED, person=person, about=kept, within=str(kept.session), detail=str(len(votes)))
    return conflicts


def _seat_that_votes(found: Composition, room: set[str] | None, key: str, option: str) -> Seat:
    """The seat, where it may vote so; raises RefusedError with what is wrong."""
    seat = found.seat(seat_or_refuse(found, key))
    assert seat is not None
    if option not in {name for name, _words in Ballot.OPTIONS}:
        raise RefusedError("bad_option", option=option)
    if room is not None and key not in room and option not in AWAY:
        raise RefusedError("voter_absent", name=seat.name)
    return seat


def _ballot(vote: Vote, seat: Seat, option: str, person: User) -> Ballot:
    return Ballot(
        vote=vote,
        seat=seat.id,
        name=seat.name,
        mandate=seat.mandate,
        municipality=seat.municipality,
        option=option,
        entered_by=person,
    )


@transaction.atomic
def enter_counts(*, person: User, vote: Vote, counts: Mapping[str, int | None]) -> Vote:
    """Enter how many, where nobody's name is known.

    Raises NotAllowedError; RefusedError «vote_closed», «names_not_counts», «counts_differ», «too_many_present»,
    «room_differs».
    """
    check_permission(may_keep_body(person, vote.session.body), "enter_counts")
    kept = _open(vote)
    if kept.is_named:
        raise RefusedError("names_not_counts")
    given = {key: counts.get(key) or 0 for key in COUNTS}
    cast = sum(given[key] for key in COUNTS[1:])
    if cast != given["present"]:
        raise RefusedError("counts_differ", sum=cast, present=given["present"])
    if (seats := len(seats_of(kept).seats)) and given["present"] > seats:
        raise RefusedError("too_many_present", present=given["present"], members=seats)
    if (room := in_the_room(kept)) is not None and len(room) != given["present"]:
        raise RefusedError("room_differs", present=given["present"], room=len(room))
    kept.counts = given
    kept.save(update_fields=["counts"])
    log(code=VOTE_ENTERED, person=person, about=kept, within=str(kept.session))
    return kept


@transaction.atomic
def close_vote(
    *,
    person: User,
    vote: Vote,
    declared: Mapping[str, int | None] | None = None,
    declared_outcome: str = "",
    although: bool = False,
) -> Vote:
    """Nothing more is entered; `declared` is what the minutes print. Where it differs from what was entered the verb
    asks first: `although` keeps both, side by side.

    Raises NotAllowedError; RefusedError «vote_closed», «nothing_voted», «room_without_vote», «declared_differs».
    """
    check_permission(may_keep_body(person, vote.session.body), "close_vote")
    kept = _open(vote)
    if not (kept.counts or kept.ballots.exists()):
        raise RefusedError("nothing_voted")
    _refuse_missing(kept)
    kept.declared = {key: value for key, value in (declared or {}).items() if value is not None} or None
    kept.declared_outcome = declared_outcome
    refuse_differences(kept, although)
    kept.closed_at = timezone.now()
    seats = seats_of(kept)
    kept.result = frozen(result_of(kept, seats=seats), carried(kept, seats))
    kept.save()
    log(code=VOTE_CLOSED, person=person, about=kept, within=str(kept.session))
    touch()
    return kept


def in_the_room(vote: Vote) -> set[str] | None:
    """The seats in the room at the hour of the vote; None where no attendance was entered."""
    stays = list(Attendance.objects.filter(session=vote.session_id, votes=True))
    return {one.seat for one in stays if one.covers(vote.taken_at)} if stays else None


def _refuse_missing(vote: Vote) -> None:
    """Raises RefusedError «room_without_vote» where somebody is surely in the room and nothing was entered: without the
    hour of the vote it is not known of whoever came later or left."""
    stays = Attendance.objects.filter(session=vote.session_id, votes=True)
    some_time = stays.exclude(arrived_at=None, left_at=None).exists()
    room = in_the_room(vote)
    if not vote.is_named or room is None or (vote.taken_at is None and some_time):
        return
    rest = room - set(Ballot.objects.filter(vote=vote).values_list("seat", flat=True))
    if rest:
        names = [seat.name for seat in seats_of(vote).seats if seat.id in rest]
        raise RefusedError("room_without_vote", n=len(rest), names=", ".join(names[:8]) + (" …" if names[8:] else ""))


def refuse_differences(vote: Vote, although: bool) -> None:
    """Raises RefusedError «declared_differs» unless somebody has said that both are to be kept."""
    found = differences(vote, result_of(vote))
    if found and not although:
        said = ", ".join(f"{key}: {one} ≠ {other}" for key, (one, other) in found.items())
        raise RefusedError("declared_differs", list=said)
