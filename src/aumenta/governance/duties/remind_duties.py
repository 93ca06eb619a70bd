"""Every morning whoever has a duty is reminded of it; when nothing comes the word climbs, first to those who approve,
then to those who run the office. One mail a day for each person, with all that she is to hear."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.governance.duties.find_duties import AHEAD, Duty, find_duties
from aumenta.governance.models import DutyMail
from aumenta.mailing.queued import queue_once, tomorrow_at
from aumenta.people.models import Role, User
from aumenta.people.office_words import office_mail

AT: Final = time(7, 20)
BEFORE: Final = (14, 3, 0)
"""Days before its day on which whose duty it is hears of it; once it is late, every seventh day."""
STEPS: Final = {Role.APPROVER: 7, Role.ADMINISTRATOR: 21}
"""Days late after which the word climbs to these; again every seventh day."""
WEEK: Final = 7


def last_moment(duty: Duty, today: date, first: int | None) -> date | None:
    """The last day up to today on which somebody is to hear of a duty; None before the first. `first`: how many days
    late it is when the word reaches her, None for whose duty it is."""
    late = (today - duty.day).days
    if first is not None:
        return duty.day + timedelta(days=late - (late - first) % WEEK) if late >= first else None
    if late > 0:
        return duty.day + timedelta(days=late - late % WEEK)
    return max((duty.day - timedelta(days=n) for n in BEFORE if -late <= n), default=None)


def who_hears(duties: Iterable[Duty], today: date) -> dict[User, list[tuple[Duty, date]]]:
    """Whom to tell of what, with the day from which the word counts; those already told since then are left out
    elsewhere. A duty of nobody in particular is the approvers' from its first day. Two queries."""
    heads = {role: list(User.objects.written_to().filter(grants__role=role).distinct()) for role in STEPS}
    found: dict[User, list[tuple[Duty, date]]] = defaultdict(list)
    for duty in duties:
        if not duty.reminds:
            continue
        owners = list(duty.people) or heads[Role.APPROVER] or heads[Role.ADMINISTRATOR]
        since: dict[User, date] = {}
        steps: list[tuple[list[User], int | None]] = [(owners, None), *((heads[role], n) for role, n in STEPS.items())]
        for people, first in steps:
            moment = last_moment(duty, today, first)
            for person in people if moment else ():
                since.setdefault(person, moment or today)
        for person, moment in since.items():
            found[person].append((duty, moment))
    return dict(found)


def remind_of_duties(today: date) -> int:
    """Write today's mails; returns how many went out. Safe to be called twice: nobody hears of a duty again before its
    next moment. A mail that cannot be sent is not noted, so the next morning tries again."""
    told: dict[tuple[int, str], date] = {}
    past = DutyMail.objects.filter(on__gte=today - AHEAD).order_by("on")
    for number, on, keys in past.values_list("person_id", "on", "told"):
        told |= {(number, key): on for key in keys}
    with override("it"):
        every = who_hears(find_duties(today), today)
    sent = 0
    for person, rows in every.items():
        new = [duty for duty, moment in rows if told.get((person.pk, duty.key), date.min) < moment]
        if new and _send(person, {duty.key for duty in new}, today):
            with transaction.atomic():
                mail, made = DutyMail.objects.get_or_create(
                    person=person, on=today, defaults={"told": [duty.key for duty in new]}
                )
                if not made:
                    mail.told = sorted({*mail.told, *(duty.key for duty in new)})
                    mail.save(update_fields=["told"])
            sent += 1
    return sent


def _send(person: User, keys: set[str], today: date) -> bool:
    with override(person.language):
        duties = [duty for duty in find_duties(today) if duty.key in keys]
        context = {
            "person": person,
            "late": list(_lines(person, [one for one in duties if one.left(today) < 0])),
            "soon": list(_lines(person, [one for one in duties if one.left(today) >= 0])),
            "address": f"{settings.PUBLIC_ADDRESS}/{person.language}/scrivania/scadenze/",
        }
        subject = render_to_string("governance/mail/duties_subject.txt", context)
        mail = office_mail(subject, render_to_string("governance/mail/duties.txt", context), person.email)
    try:
        return bool(mail.send())
    except OSError:
        return False


def _lines(person: User, duties: Iterable[Duty]) -> Iterator[dict[str, object]]:
    for one in duties:
        others = ", ".join(str(owner) for owner in one.people if owner != person)
        address = f"{settings.PUBLIC_ADDRESS}/{person.language}/scrivania/{one.where}"
        yield {"duty": one, "others": others, "address": address}


@task()
def remind_duties_daily() -> None:
    """What the worker does every morning; whatever happens, the next morning is in the queue."""
    try:
        remind_of_duties(timezone.localdate())
    finally:
        queue_duties()


def queue_duties() -> bool:
    """See to it that one morning's reminders are in the queue; whether they had to be added."""
    return queue_once(remind_duties_daily, run_after=tomorrow_at(AT))
