"""Comments on a proposal."""

from django.db import transaction

from aumenta.people.models import User
from aumenta.people.rules import require
from aumenta.plan.sheet_content import FIELDS
from aumenta.review.log import log
from aumenta.review.models import ActivityEntry, Comment, Proposal
from aumenta.review.notify import notify_commented
from aumenta.review.refusals import RefusedError
from aumenta.review.rules import may_read_proposal


@transaction.atomic
def remark(*, person: User, proposal: Proposal, text: str, field: str = "") -> Comment:
    """Say something about a proposal, or about one of its fields. Raises NotAllowedError, RefusedError
    «comment_required» or «unknown_field»."""
    require(may_read_proposal(person, proposal), "remark")
    if not text.strip():
        raise RefusedError("comment_required")
    if field and field not in FIELDS:
        raise RefusedError("unknown_field", field=field)
    comment = Comment.objects.create(proposal=proposal, author=person, text=text.strip(), field=field)
    log(code=ActivityEntry.Code.COMMENTED, person=person, proposal=proposal, detail=comment.text)
    notify_commented(comment)
    return comment
