"""Reminds the office by mail of answers that are due soon or late, and of what waits for a second pair of eyes."""

from datetime import date, time, timedelta
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.mailing.queued import queue_once, tomorrow_at
from aumenta.people.models import Role, User
from aumenta.people.office_words import office_mail
from aumenta.voices.models import Contribution
from aumenta.voices.queries import overdue

AT: Final = time(7, 0)
"""When reminders go out, in the territory's time."""
BEFORE: Final = (14, 7, 3, 1, 0)
"""Days before an answer is due on which somebody is reminded; once it is late, every seventh day."""


def worth_a_word(due: date, today: date) -> bool:
    """Whether today is a day on which to remind of an answer due on `due`."""
    left = (due - today).days
    return left in BEFORE or (left < 0 and -left % 7 == 0)


def reminders(today: date) -> dict[User, list[Contribution]]:
    """Whom to remind of what: who has taken charge; of what nobody has, everybody who may publish answers."""
    near = overdue(today, timedelta(days=max(BEFORE) + 1)).select_related("taken_by", "consultation")
    due = [one for one in near.order_by("answer_due", "pk") if one.answer_due and worth_a_word(one.answer_due, today)]
    found: dict[User, list[Contribution]] = {}
    if not due:
        return found
    held = User.objects.written_to().filter(grants__role__in=[Role.ADMINISTRATOR, Role.APPROVER])
    office = list(held.distinct())
    for one in due:
        taken = one.taken_by
        for person in [taken] if taken and taken.is_active else office:
            found.setdefault(person, []).append(one)
    return found


def remind(today: date) -> int:
    """Write each of them one mail; how many went out. One that can't be sent keeps no other from its reader."""
    sent = 0
    for person, due in reminders(today).items():
        with override(person.language):
            context = {
                "person": person,
                "soon": [one for one in due if one.answer_due and one.answer_due >= today],
                "late": [one for one in due if one.answer_due and one.answer_due < today],
                "address": f"{settings.PUBLIC_ADDRESS}/{person.language}/scrivania/consultazioni/",
            }
            subject = render_to_string("voices/mail/reminder_subject.txt", context)
            mail = office_mail(subject, render_to_string("voices/mail/reminder.txt", context), person.email)
        try:
            sent += mail.send()
        except OSError:
            # What it says waits on her desk anyway, and the next day reminds again.
            continue
    return sent


@task()
def remind_daily() -> None:
    """What the worker does every morning; whatever happens, the next morning is in the queue."""
    try:
        remind(timezone.localdate())
    finally:
        queue_reminders()


def queue_reminders() -> bool:
    """See to it that one morning's reminders are in the queue; whether they had to be added."""
    return queue_once(remind_daily, run_after=tomorrow_at(AT))
