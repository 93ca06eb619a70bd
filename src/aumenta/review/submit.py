"""Sends a draft for review, or takes it back to go on writing."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError, check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.rules import may_propose_on
from aumenta.plan.sheet_content import content_problems, normal_content
from aumenta.review.activity import SUBMITTED, TAKEN_BACK
from aumenta.review.lock import lock_proposal
from aumenta.review.models import Proposal
from aumenta.review.notify import notify_submitted
from aumenta.review.refusals import ProblemsError
from aumenta.review.staleness import refuse_stale_base
from aumenta.review.writable_draft import writable_draft


@transaction.atomic
def submit(*, person: User, proposal_id: int, revision: int) -> Proposal:
    """Send the draft that has `revision` to the approvers.

    Raises NotAllowedError, StaleRevisionError, StaleBaseError, ProblemsError, RefusedError «not_writable», «frozen» or
    «nothing_changed».
    """
    proposal, action = writable_draft(person=person, proposal_id=proposal_id, revision=revision)
    if action.strategy.axis.edition.frozen_at:
        raise RefusedError("frozen", edition=action.strategy.axis.edition.label)
    refuse_stale_base(action, proposal.base.number)
    if proposal.content == normal_content(proposal.base.content):
        raise RefusedError("nothing_changed")
    if problems := content_problems(proposal.content):
        raise ProblemsError(problems)
    proposal.state = Proposal.State.SUBMITTED
    proposal.submitted_at = timezone.now()
    proposal.save(update_fields=["state", "submitted_at"])
    log(
        code=SUBMITTED,
        person=person,
        about=proposal,
        subject=proposal.code,
        within=proposal.edition.label,
        detail=proposal.reason,
    )
    notify_submitted(proposal)
    return proposal


def submit_many(
    *, person: User, chosen: Sequence[tuple[int, int]]
) -> list[tuple[int, RefusedError | NotAllowedError | None]]:
    """Send several (proposal, revision) pairs, each wholly or not at all; one refusal does not stop the others."""
    outcomes: list[tuple[int, RefusedError | NotAllowedError | None]] = []
    for proposal_id, revision in chosen:
        try:
            submit(person=person, proposal_id=proposal_id, revision=revision)
        except (RefusedError, NotAllowedError) as refusal:
            outcomes.append((proposal_id, refusal))
        else:
            outcomes.append((proposal_id, None))
    return outcomes


@transaction.atomic
def take_back(*, person: User, proposal_id: int) -> Proposal:
    """Make a proposal that waits for review a draft again. Raises NotAllowedError, RefusedError «not_submitted»."""
    proposal = lock_proposal(proposal_id)
    check_permission(proposal.action is not None and may_propose_on(person, proposal.action), "take_back")
    if proposal.state != Proposal.State.SUBMITTED:
        raise RefusedError("not_submitted", state=proposal.get_state_display())
    proposal.state = Proposal.State.DRAFT
    # An approver who has the page open must not approve a text that is being rewritten.
    proposal.revision += 1
    proposal.save(update_fields=["state", "revision"])
    log(code=TAKEN_BACK, person=person, about=proposal, subject=proposal.code, within=proposal.edition.label)
    return proposal
