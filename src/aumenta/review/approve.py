"""Approves proposals: the text becomes the sheet's, and a version that never changes."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError, check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_approver
from aumenta.plan.sheet_content import content_problems
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.activity import APPROVED, SENT_BACK
from aumenta.review.lock import lock_edition, lock_proposal
from aumenta.review.models import Proposal, Version
from aumenta.review.notify import notify_decided
from aumenta.review.record import record_version
from aumenta.review.refusals import ProblemsError
from aumenta.review.rules import wrote_in
from aumenta.review.staleness import refuse_stale_base


class ApprovalOutcome(NamedTuple):
    """What became of one proposal of a bulk approval: its version, or why there is none."""

    proposal_id: int
    version: Version | None
    refusal: RefusedError | NotAllowedError | None


@transaction.atomic
def approve(*, person: User, proposal_id: int, revision: int) -> Version:
    """Make the sheet say what the proposal says; `revision` is what the approver read.

    All or nothing. Raises NotAllowedError; RefusedError «own_proposal», «taken_back», «not_submitted»,
    «changed_since_seen» or «frozen»; StaleBaseError; ProblemsError where an actor or item has disappeared since it was
    sent.
    """
    check_permission(is_approver(person), "approve")
    edition_id = Proposal.objects.values_list("edition_id", flat=True).get(pk=proposal_id)
    lock_edition(edition_id)
    proposal = lock_proposal(proposal_id)
    _refuse_what_can_not_be_decided(person, proposal, revision)
    action = proposal.action
    assert action is not None
    refuse_stale_base(action, proposal.base.number)
    if problems := content_problems(proposal.content):
        raise ProblemsError(problems)
    content = write_sheet(action=action, content=proposal.content)
    version = record_version(
        action=action,
        content=content,
        origin=Version.Origin.APPROVED,
        author=proposal.author,
        approved_by=person,
        reason=proposal.reason,
    )
    proposal.state = Proposal.State.APPROVED
    proposal.version = version
    proposal.decided_by = person
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "version", "decided_by", "decided_at"])
    log(
        code=APPROVED,
        person=person,
        about=proposal,
        subject=proposal.code,
        within=proposal.edition.label,
        detail=proposal.reason,
    )
    notify_decided(proposal)
    return version


def approve_many(*, person: User, chosen: Sequence[tuple[int, int]]) -> list[ApprovalOutcome]:
    """Approve several (proposal, revision) pairs, each wholly or not at all; one refusal does not stop the others."""
    outcomes = []
    for proposal_id, revision in chosen:
        try:
            version = approve(person=person, proposal_id=proposal_id, revision=revision)
        except (RefusedError, NotAllowedError) as refusal:
            outcomes.append(ApprovalOutcome(proposal_id, None, refusal))
        else:
            outcomes.append(ApprovalOutcome(proposal_id, version, None))
    return outcomes


@transaction.atomic
def send_back(*, person: User, proposal_id: int, revision: int, answer: str) -> Proposal:
    """Give a proposal back to its author, saying why.

    Raises NotAllowedError; RefusedError «own_proposal», «not_submitted», «changed_since_seen» or «reason_required».
    """
    check_permission(is_approver(person), "send_back")
    proposal = lock_proposal(proposal_id)
    _refuse_what_can_not_be_decided(person, proposal, revision)
    if not answer.strip():
        raise RefusedError("reason_required")
    proposal.state = Proposal.State.SENT_BACK
    proposal.answer = answer.strip()
    proposal.decided_by = person
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    log(
        code=SENT_BACK,
        person=person,
        about=proposal,
        subject=proposal.code,
        within=proposal.edition.label,
        detail=proposal.answer,
    )
    notify_decided(proposal)
    return proposal


def _refuse_what_can_not_be_decided(person: User, proposal: Proposal, revision: int) -> None:
    if wrote_in(person, proposal):
        raise RefusedError("own_proposal")
    if proposal.state == Proposal.State.DRAFT and proposal.submitted_at:
        raise RefusedError("taken_back", code_of_sheet=proposal.code)
    if proposal.state != Proposal.State.SUBMITTED:
        raise RefusedError("not_submitted", state=proposal.get_state_display())
    if proposal.revision != revision:
        raise RefusedError("changed_since_seen")
