"""Goes on from the newest version where the sheet moved on under a draft: the office gave it an alignment, say."""

from django.db import transaction

from aumenta.people.models import User
from aumenta.review.drafts.merge_fields import Texts, content_of, marks_of, merge
from aumenta.review.models import Proposal
from aumenta.review.record import version_now
from aumenta.review.staleness import refuse_stale_base
from aumenta.review.writable_draft import writable_draft


@transaction.atomic
def rebase(*, person: User, proposal_id: int, revision: int, base: int) -> Proposal:
    """Make the newest version the base of a draft; `base` is the version its writer has compared it with.

    What she changed stays as she wrote it; the fields in which the draft said what its old base said follow the newest
    version: else her draft would take back what was approved meanwhile. Raises NotAllowedError, StaleRevisionError,
    RefusedError «not_writable», StaleBaseError where there is a newer one that she has not seen.
    """
    proposal, action = writable_draft(person=person, proposal_id=proposal_id, revision=revision)
    refuse_stale_base(action, base)
    newest = version_now(action)
    reason = proposal.reason
    before = marks_of(Texts(proposal.base.content, reason))
    both = merge(Texts(proposal.content, reason), Texts(newest.content, reason), before)
    assert both is not None
    proposal.base, proposal.content = newest, content_of(both.texts)
    proposal.revision += 1
    proposal.save(update_fields=["base", "content", "revision"])
    return proposal
