"""Goes on from the newest version where the sheet moved on under a draft: the office gave it an alignment, say."""

from django.db import transaction

from aumenta.people.models import User
from aumenta.review.models import Proposal
from aumenta.review.record import version_now
from aumenta.review.staleness import refuse_stale_base
from aumenta.review.writable_draft import writable_draft


@transaction.atomic
def rebase(*, person: User, proposal_id: int, revision: int, base: int) -> Proposal:
    """Make the newest version the base of a draft; its text stays as it is. `base` is the version she has compared
    it with.

    Raises NotAllowedError, StaleRevisionError, RefusedError «not_writable», StaleBaseError where there is a newer one
    that she has not seen.
    """
    proposal, action = writable_draft(person=person, proposal_id=proposal_id, revision=revision)
    refuse_stale_base(action, base)
    proposal.base = version_now(action)
    proposal.revision += 1
    proposal.save(update_fields=["base", "revision"])
    return proposal
