"""Who is in the room: the roll call of attendance, arrivals and departures. A roll call of attendance is no vote."""

from collections.abc import Mapping
from datetime import time

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.text import whole_number
from aumenta.governance.activity import ATTENDANCE_ENTERED
from aumenta.governance.composition import Composition, composition
from aumenta.governance.models import Attendance, Ballot, MunicipalOffice, Session
from aumenta.governance.polls.hold import AWAY, seat_or_refuse
from aumenta.governance.rules import may_keep_body
from aumenta.people.dates import short_day
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

HERE, EXCUSED = "here", "excused"
"""What a seat can be marked with at the roll call, beside «d» and the number of a delegate's office."""


def mark_of(stay: Attendance | None) -> str:
    """How the roll call shows a stay."""
    if stay is None:
        return ""
    if stay.excused:
        return EXCUSED
    delegated = stay.office is not None and stay.office.kind not in MunicipalOffice.HEADS
    return f"d{stay.office_id}" if delegated else HERE


@transaction.atomic
def attend(
    *, person: User, session: Session, seat: str, office: MunicipalOffice | None = None, arrived_at: time | None = None
) -> Attendance:
    """Somebody is there for a seat: its holder, the mayor, or one delegate in the mayor's place.

    Raises NotAllowedError; RefusedError «delegate_beside_mayor», «office_over», «office_elsewhere»,
    «hours_overlap», and those of the seats.
    """
    check_permission(may_keep_body(person, session.body), "attend")
    _locked(session)
    found = composition(session.body, session.held_on)
    made = _stay(found, session, seat, office)
    made.arrived_at = arrived_at
    for other in Attendance.objects.filter(session=session, seat=seat, excused=False):
        if other.left_at is None:
            raise RefusedError("delegate_beside_mayor", municipality=_seat_name(found, seat), name=other.name)
        if arrived_at is None or arrived_at < other.left_at:
            raise RefusedError("hours_overlap", name=other.name, left=f"{other.left_at:%H:%M}")
    Attendance.objects.filter(session=session, seat=seat, excused=True).delete()
    made.save()
    log(code=ATTENDANCE_ENTERED, person=person, about=made, within=str(session))
    touch()
    return made


@transaction.atomic
def leave(*, person: User, session: Session, seat: str, left_at: time) -> Attendance:
    """Somebody leaves the room. Raises NotAllowedError; RefusedError «not_in_the_room», «leaves_before_arriving»."""
    check_permission(may_keep_body(person, session.body), "leave")
    _locked(session)
    stay = Attendance.objects.filter(session=session, seat=seat, excused=False, left_at=None).first()
    if stay is None:
        raise RefusedError("not_in_the_room", name=_seat_name(composition(session.body, session.held_on), seat))
    if stay.arrived_at is not None and left_at <= stay.arrived_at:
        raise RefusedError("leaves_before_arriving", name=stay.name, arrived=f"{stay.arrived_at:%H:%M}")
    stay.left_at = left_at
    stay.save(update_fields=["left_at"])
    log(code=ATTENDANCE_ENTERED, person=person, about=stay, within=str(session))
    touch()
    return stay


@transaction.atomic
def call_roll(
    *, person: User, session: Session, marks: Mapping[str, str], seen: Mapping[str, str] | None = None
) -> list[str]:
    """Mark many seats at once: here, excused, here by a delegate, or not called yet (empty). `seen` is what the clerk's
    page showed: a seat that a colleague marked otherwise meanwhile is left as it stands, and its name is returned.

    Raises NotAllowedError; RefusedError «bad_mark», «voted_already», «office_over», «office_elsewhere», and those of
    the seats.
    """
    check_permission(may_keep_body(person, session.body), "call_roll")
    _locked(session)
    found = composition(session.body, session.held_on)
    stays = {one.seat: one for one in session.attendances.select_related("office").filter(left_at=None)}
    offices = _delegates(marks)
    cast = Ballot.objects.filter(vote__session=session).exclude(option__in=AWAY)
    voted = set(cast.values_list("seat", flat=True))
    conflicts: list[str] = []
    new: list[Attendance] = []
    gone: list[int] = []
    for seat, mark in marks.items():
        there, now = stays.get(seat), mark_of(stays.get(seat))
        if seen is not None and now not in (seen.get(seat, ""), mark):
            conflicts.append(_seat_name(found, seat))
        elif now != mark:
            if seat in voted and mark in ("", EXCUSED):
                raise RefusedError("voted_already", name=_seat_name(found, seat))
            gone += [there.pk] if there else []
            new += [_marked(found, session, seat, mark, offices)] if mark else []
    Attendance.objects.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(new)
    log(code=ATTENDANCE_ENTERED, person=person, about=session, within=session.body.name_it, detail=str(len(new)))
    touch()
    return conflicts


def _locked(session: Session) -> None:
    Session.objects.select_for_update().get(pk=session.pk)


def _delegates(marks: Mapping[str, str]) -> dict[int, MunicipalOffice]:
    numbers = [whole_number(mark[1:]) for mark in marks.values() if mark.startswith("d")]
    known = [number for number in numbers if number is not None]
    return MunicipalOffice.objects.select_related("holder", "municipality").in_bulk(known)


def _marked(
    found: Composition, session: Session, seat: str, mark: str, offices: Mapping[int, MunicipalOffice]
) -> Attendance:
    if mark in (HERE, EXCUSED):
        made = _stay(found, session, seat, None)
        made.excused = mark == EXCUSED
        return made
    number = whole_number(mark[1:]) if mark.startswith("d") else None
    office = offices.get(number) if number is not None else None
    if office is None:
        raise RefusedError("bad_mark", mark=mark)
    return _stay(found, session, seat, office)


def _stay(found: Composition, session: Session, key: str, office: MunicipalOffice | None) -> Attendance:
    """The row of somebody who is there for a seat, with or without a vote."""
    guest = next((one for one in found.guests if f"m{one.pk}" == key), None)
    if guest is not None:
        return Attendance(session=session, seat=key, name=guest.holder.full_name, votes=False)
    there = found.seat(seat_or_refuse(found, key))
    assert there is not None
    if office is None:
        return Attendance(
            session=session, seat=key, office=there.head, name=there.head.holder.full_name if there.head else there.name
        )
    if there.municipality is None or office.municipality_id != there.municipality.pk:
        raise RefusedError("office_elsewhere", name=office.holder, seat=there.name)
    if not (office.from_day <= session.held_on and (office.to_day is None or office.to_day >= session.held_on)):
        raise RefusedError("office_over", name=office.holder, day=short_day(session.held_on, "Il"))
    return Attendance(session=session, seat=key, office=office, name=office.holder.full_name)


def _seat_name(found: Composition, key: str) -> str:
    seat = found.seat(key)
    return seat.name if seat else key
