"""E-mails about changes to the frame of an edition: to the approvers, and to who proposed it."""

from datetime import timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.people.models import Role, User
from aumenta.people.office_words import office_mail
from aumenta.review.models import FrameProposal
from aumenta.review.notify import NoticeNotSentError

PAUSES: Final = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
"""How long a mail that could not be sent waits before each further attempt."""


def notify_change(kind: str, change: FrameProposal) -> None:
    """Tell the approvers what waits for them, or its author what was decided."""
    if kind == "change_submitted":
        approvers = User.objects.written_to().filter(grants__role=Role.APPROVER).distinct()
        people = [person.pk for person in approvers if person.pk != change.author_id]
    else:
        people = [change.author_id]
    for person_id in sorted(set(people)):
        transaction.on_commit(partial(send_change_notice.enqueue, kind, change.pk, person_id))


@task()
def send_change_notice(kind: str, change_id: int, person_id: int, tried: int = 0) -> None:
    """Write one person, in her language. Tried again after each of PAUSES; raises NoticeNotSentError after the last."""
    change = FrameProposal.objects.select_related("author", "decided_by", "edition").get(pk=change_id)
    person = User.objects.written_to().filter(pk=person_id).first()
    if person is None:
        return
    with override(person.language):
        context = {
            "change": change,
            "what": str(change),
            "address": f"{settings.PUBLIC_ADDRESS}/{person.language}/scrivania/struttura/{change.pk}/",
        }
        subject = render_to_string(f"review/mail/{kind}_subject.txt", context).strip()
        mail = office_mail(subject, render_to_string(f"review/mail/{kind}.txt", context), person.email)
    try:
        mail.send()
    except OSError as fault:
        if tried == len(PAUSES):
            raise NoticeNotSentError(type(fault).__name__) from None
        later = send_change_notice.using(run_after=timezone.now() + PAUSES[tried])
        later.enqueue(kind, change_id, person_id, tried + 1)
