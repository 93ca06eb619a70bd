"""The order in which rows are locked, one for all verbs: edition, action, proposal.

On SQLite a transaction that may write holds the whole database from its start, so these reads need no lock of their
own; on PostgreSQL rows are locked against other writers but not against rows that only refer to them.
"""

from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from aumenta.review.models import Proposal


def lock_edition(edition_id: int, *, must_be_open: bool = True) -> Edition:
    """The edition, held until the transaction ends. Raises RefusedError «frozen» unless told not to."""
    edition = Edition.objects.select_for_update(no_key=True).get(pk=edition_id)
    if must_be_open and edition.frozen_at:
        raise RefusedError("frozen", edition=edition.label)
    return edition


def lock_action(action_id: int) -> Action:
    """The action, held until the transaction ends, with its strategy and axis."""
    Action.objects.select_for_update(no_key=True).filter(pk=action_id).get()
    return Action.objects.select_related("strategy__axis__edition").get(pk=action_id)


def lock_proposal(proposal_id: int) -> Proposal:
    """The proposal and, before it, its action, held until the transaction ends."""
    action_id = Proposal.objects.values_list("action_id", flat=True).get(pk=proposal_id)
    if action_id is not None:
        Action.objects.select_for_update(no_key=True).filter(pk=action_id).get()
    Proposal.objects.select_for_update(no_key=True).filter(pk=proposal_id).get()
    return Proposal.objects.select_related("edition", "action__strategy__axis__edition", "author", "base").get(
        pk=proposal_id
    )
