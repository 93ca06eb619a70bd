"""Goes on from the newest version after somebody else's change was approved."""

from django.db import transaction

from aumenta.people.models import User
from aumenta.review.models import Proposal
from aumenta.review.record import version_now
from aumenta.review.writable_draft import writable_draft


@transaction.atomic
def rebase(*, person: User, proposal_id: int, revision: int) -> Proposal:
    """Make the newest version the base of a draft whose writer has seen what changed; her text stays as it is.

    Raises NotAllowedError, StaleRevisionError, RefusedError «not_writable».
    """
    proposal, action = writable_draft(person=person, proposal_id=proposal_id, revision=revision)
    proposal.base = version_now(action)
    proposal.revision += 1
    proposal.save(update_fields=["base", "revision"])
    return proposal
