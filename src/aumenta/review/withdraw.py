"""Withdraws a proposal; its text stays in the history of the sheet."""

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.review.activity import WITHDRAWN
from aumenta.review.lock import lock_proposal
from aumenta.review.models import Proposal
from aumenta.review.rules import may_withdraw


@transaction.atomic
def withdraw(*, person: User, proposal_id: int) -> Proposal:
    """Close an open proposal without a decision. Raises NotAllowedError, RefusedError «not_open»."""
    proposal = lock_proposal(proposal_id)
    check_permission(may_withdraw(person, proposal), "withdraw")
    if not proposal.is_open:
        raise RefusedError("not_open", state=proposal.get_state_display())
    proposal.state = Proposal.State.WITHDRAWN
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_at"])
    log(code=WITHDRAWN, person=person, about=proposal, subject=proposal.code, within=proposal.edition.label)
    return proposal
