"""The draft somebody goes on with: what every verb asks before it touches one that is there."""

from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action
from aumenta.plan.rules import may_propose_on
from aumenta.review.lock import lock_proposal
from aumenta.review.models import Proposal
from aumenta.review.refusals import StaleRevisionError


def writable_draft(*, person: User, proposal_id: int, revision: int) -> tuple[Proposal, Action]:
    """The draft and its sheet, held until the transaction ends, where she may write it and saw it as it is.

    Raises NotAllowedError, RefusedError «not_writable», StaleRevisionError.
    """
    proposal = lock_proposal(proposal_id)
    action = proposal.action
    check_permission(action is not None and may_propose_on(person, action), "propose")
    assert action is not None
    if not proposal.is_writable:
        raise RefusedError("not_writable", state=proposal.get_state_display())
    if proposal.revision != revision:
        raise StaleRevisionError(proposal, person)
    return proposal, action
