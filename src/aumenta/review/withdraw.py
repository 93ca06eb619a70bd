"""Withdraws a proposal; its text stays in the history of the sheet."""

from django.db import transaction
from django.utils import timezone

from aumenta.people.models import User
from aumenta.people.rules import require
from aumenta.review.lock import lock_proposal
from aumenta.review.log import log
from aumenta.review.models import ActivityEntry, Proposal
from aumenta.review.refusals import RefusedError
from aumenta.review.rules import may_withdraw


@transaction.atomic
def withdraw(*, person: User, proposal_id: int) -> Proposal:
    """Close an open proposal without a decision. Raises NotAllowedError, RefusedError «not_open»."""
    proposal = lock_proposal(proposal_id)
    require(may_withdraw(person, proposal), "withdraw")
    if not proposal.is_open:
        raise RefusedError("not_open", state=proposal.get_state_display())
    proposal.state = Proposal.State.WITHDRAWN
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_at"])
    log(code=ActivityEntry.Code.WITHDRAWN, person=person, proposal=proposal)
    return proposal
