"""Erase a comment on a proposal."""

from typing import Final

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.rules import is_approver
from aumenta.review.activity import COMMENT_ERASED
from aumenta.review.models import Comment

ERASED: Final = "[cancellato su richiesta · erased on request]"


@transaction.atomic
def erase_comment(*, person: User, comment: Comment) -> None:
    """Put a notice in the place of a comment: her own, or any for who decides on proposals. Raises NotAllowedError."""
    check_permission(is_approver(person) or comment.author_id == person.pk, "erase_comment")
    Comment.objects.filter(pk=comment.pk).update(text=ERASED)
    proposal = comment.proposal
    log(code=COMMENT_ERASED, person=person, about=proposal, subject=proposal.code, within=proposal.edition.label)
    note_erasure(COMMENT_ERASED, comment.pk)


def erase_comment_again(key: str) -> None:
    """After a backup from before was restored."""
    Comment.objects.filter(pk=key).update(text=ERASED)
