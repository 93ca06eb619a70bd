"""The calendar of updates: a round is set once, asks by itself, reminds those who are late, tells the office."""

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.monitoring.actions.asked import late_people
from aumenta.monitoring.actions.mails import send_asked_mail
from aumenta.monitoring.activity import ROUND_CANCELLED, ROUND_SET
from aumenta.monitoring.models import Asked, Round
from aumenta.monitoring.rules import may_set_vocabulary
from aumenta.people.models import Role, User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import check_facts
from aumenta.plan.models import Edition


@transaction.atomic
def set_round(
    *,
    person: User,
    edition: Edition,
    as_of: date,
    asks_on: date,
    due_on: date,
    remind_every: int = 7,
    climbs_after: int = 14,
) -> Round:
    """Put a date on the calendar of updates of an edition.

    Raises NotAllowedError, RefusedError: round_invalid (twice for a day, asked after it is due).
    """
    check_permission(may_set_vocabulary(person))
    made = Round(
        edition=edition,
        as_of=as_of,
        asks_on=asks_on,
        due_on=due_on,
        remind_every=remind_every,
        climbs_after=climbs_after,
    )
    check_facts(made, "round_invalid")
    made.save()
    log(code=ROUND_SET, person=person, about=made, within=edition.label)
    if asks_on <= timezone.localdate():
        ask_who_is_due(now=timezone.now())
    return made


@transaction.atomic
def cancel_round(*, person: User, round: Round) -> None:
    """Ask nobody any more. What was reported stays. Raises NotAllowedError."""
    check_permission(may_set_vocabulary(person))
    log(code=ROUND_CANCELLED, person=person, about=round, within=round.edition.label)
    Round.objects.filter(pk=round.pk).delete()


@transaction.atomic
def ask_who_is_due(*, now: datetime) -> int:
    """Write the mails of the day: ask once, remind those who are late at the round's pace, then tell the office.
    Called every morning, and safe to be called twice. Returns how many were queued."""
    today = timezone.localtime(now).date()
    queued = 0
    for about in Round.objects.filter(asks_on__lte=today, due_on__gte=today - timedelta(days=120)):
        for late in late_people(about):
            kind = _kind_for(about, late.person, today)
            queued += _ask(about, late.person, kind, today) if kind else 0
        if today >= about.due_on + timedelta(days=about.climbs_after) and not _climbed(about) and late_people(about):
            for person in User.objects.written_to().filter(grants__role=Role.APPROVER).distinct():
                queued += _ask(about, person, Asked.Kind.CLIMBED, today)
    return queued


def _kind_for(about: Round, person: User, today: date) -> str:
    """Which mail she gets today, if any: the first one at once, a reminder when the last word is old enough."""
    last = about.asked.filter(person=person).exclude(kind=Asked.Kind.CLIMBED).order_by("-on").first()
    if last is None:
        return Asked.Kind.ASKED
    late = today > about.due_on and (today - last.on).days >= about.remind_every
    return Asked.Kind.REMINDED if late else ""


def _climbed(about: Round) -> bool:
    return about.asked.filter(kind=Asked.Kind.CLIMBED).exists()


def _ask(about: Round, person: User, kind: str, today: date) -> int:
    asked, made = Asked.objects.get_or_create(round=about, person=person, kind=kind, on=today)
    if made:
        transaction.on_commit(partial(send_asked_mail.enqueue, asked.pk))
    return int(made)
