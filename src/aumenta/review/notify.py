"""E-mails to those a proposal concerns, sent after the transaction by a background job."""

from collections.abc import Iterable
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
from aumenta.review.models import Comment, Proposal

PAUSES: Final = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=12))
"""How long a mail that could not be sent waits before each further attempt."""


class NoticeNotSentError(Exception):
    """No server took the mail, however often it was tried; with the name of the last fault."""


def notify_submitted(proposal: Proposal) -> None:
    """Tell the approvers that something waits for them; not those who wrote it."""
    _enqueue("submitted", proposal, _approvers() - set(_writers(proposal)))


def notify_decided(proposal: Proposal) -> None:
    """Tell the author, and whoever else wrote in it, what was decided."""
    kind = "approved" if proposal.state == Proposal.State.APPROVED else "sent_back"
    _enqueue(kind, proposal, _writers(proposal))


def notify_undone(proposal: Proposal, by: User) -> None:
    """Tell its writers and the other approvers that an approval was taken back: it waits for a decision again."""
    _enqueue("undone", proposal, {*_writers(proposal), *_approvers()} - {by.pk})


def notify_commented(comment: Comment) -> None:
    """Tell the writers and those who commented before, except who comments now."""
    proposal = comment.proposal
    people = {*_writers(proposal), *proposal.comments.values_list("author_id", flat=True)} - {comment.author_id}
    _enqueue("commented", proposal, people)


def _approvers() -> set[int]:
    return set(User.objects.written_to().filter(grants__role=Role.APPROVER).values_list("pk", flat=True))


def _writers(proposal: Proposal) -> list[int]:
    return [proposal.author_id, *proposal.editors.values_list("person_id", flat=True)]


def _enqueue(kind: str, proposal: Proposal, people: Iterable[int]) -> None:
    for person_id in sorted(set(people)):
        transaction.on_commit(partial(send_notice.enqueue, kind, proposal.pk, person_id))


@task()
def send_notice(kind: str, proposal_id: int, person_id: int, tried: int = 0) -> None:
    """Write one person, in her language, that a proposal was submitted, sent back, approved or commented, or its
    approval taken back.

    A mail that can't be sent is tried again after each of `PAUSES`; what it says waits on her desk anyway. Raises
    NoticeNotSentError after the last: without the fault's own words, which hold the address.
    """
    proposal = Proposal.objects.select_related("author", "decided_by", "edition", "action").get(pk=proposal_id)
    person = User.objects.written_to().filter(pk=person_id).first()
    if person is None:
        return
    with override(person.language):
        context = {
            "proposal": proposal,
            "person": person,
            "comment": proposal.comments.select_related("author").last() if kind == "commented" else None,
            "address": f"{settings.PUBLIC_ADDRESS}/{person.language}/scrivania/proposte/{proposal.pk}/",
        }
        subject = render_to_string(f"review/mail/{kind}_subject.txt", context).strip()
        mail = office_mail(subject, render_to_string(f"review/mail/{kind}.txt", context), person.email)
    try:
        mail.send()
    except OSError as fault:
        if tried == len(PAUSES):
            raise NoticeNotSentError(type(fault).__name__) from None
        send_notice.using(run_after=timezone.now() + PAUSES[tried]).enqueue(kind, proposal_id, person_id, tried + 1)
