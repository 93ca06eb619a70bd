"""Goes on from the newest version after somebody else's change was approved."""

from django.db import transaction

from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.rules import may_propose_on
from aumenta.review.lock import lock_proposal
from aumenta.review.models import Proposal
from aumenta.review.record import version_now
from aumenta.review.refusals import StaleRevisionError


@transaction.atomic
def rebase(*, person: User, proposal_id: int, revision: int) -> Proposal:
    """Make the newest version the base of a draft whose writer has seen what changed; her text stays as it is.

    Raises NotAllowedError, StaleRevisionError, RefusedError «not_writable».
    """
    proposal = lock_proposal(proposal_id)
    action = proposal.action
    check_permission(action is not None and may_propose_on(person, action), "rebase")
    assert action is not None
    if not proposal.is_writable:
        raise RefusedError("not_writable", state=proposal.get_state_display())
    if proposal.revision != revision:
        raise StaleRevisionError(proposal)
    proposal.base = version_now(action)
    proposal.revision += 1
    proposal.save(update_fields=["base", "revision"])
    return proposal
