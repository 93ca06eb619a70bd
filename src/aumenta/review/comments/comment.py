"""Comments on a proposal."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.sheet_content import FIELDS
from aumenta.review.activity import COMMENTED
from aumenta.review.models import Comment, Proposal
from aumenta.review.notify import notify_commented
from aumenta.review.rules import may_read_proposal


@transaction.atomic
def comment(*, person: User, proposal: Proposal, text: str, field: str = "") -> Comment:
    """Say something about a proposal, or about one of its fields. Raises NotAllowedError, RefusedError
    «comment_required» or «unknown_field»."""
    check_permission(may_read_proposal(person, proposal), "comment")
    if not text.strip():
        raise RefusedError("comment_required")
    if field and field not in FIELDS:
        raise RefusedError("unknown_field", field=field)
    made = Comment.objects.create(proposal=proposal, author=person, text=text.strip(), field=field)
    log(
        code=COMMENTED,
        person=person,
        about=proposal,
        subject=proposal.code,
        within=proposal.edition.label,
    )
    notify_commented(made)
    return made
