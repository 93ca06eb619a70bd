"""Takes an approval back by one press: the sheet says again what it said, and the proposal waits for a decision."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_approver
from aumenta.plan.sheet_content import content_problems
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.activity import APPROVAL_UNDONE
from aumenta.review.lock import lock_edition, lock_proposal
from aumenta.review.models import Proposal, Version
from aumenta.review.notify import notify_undone
from aumenta.review.record import record_version
from aumenta.review.refusals import ProblemsError
from aumenta.review.rules import wrote_in

UNDO_FOR: Final = timedelta(days=7)
"""For how long one press is enough; after that an earlier version is brought back as a proposal."""


def refuse_undo(person: User, proposal: Proposal) -> None:
    """Raise RefusedError «not_approved», «own_proposal», «approved_too_long_ago», «sheet_gone», «written_since» (a
    newer version, or somebody writes again) or «frozen»."""
    if proposal.state != Proposal.State.APPROVED or proposal.version is None or proposal.decided_at is None:
        raise RefusedError("not_approved", state=proposal.get_state_display())
    if wrote_in(person, proposal):
        raise RefusedError("own_proposal")
    if timezone.now() - proposal.decided_at > UNDO_FOR:
        raise RefusedError("approved_too_long_ago", days=UNDO_FOR.days)
    if proposal.action is None:
        raise RefusedError("sheet_gone", code_of_sheet=proposal.code)
    latest = Version.objects.latest_of(proposal.action)
    if latest is None or latest.pk != proposal.version.pk or Proposal.objects.open().filter(action=proposal.action):
        raise RefusedError("written_since", code_of_sheet=proposal.code)
    if proposal.edition.frozen_at:
        raise RefusedError("frozen", edition=proposal.edition.label)


@transaction.atomic
def undo_approval(*, person: User, proposal_id: int) -> Proposal:
    """Give the sheet the content it had before, as a version of its own, and the proposal back to the approvers.

    All or nothing; nothing of the history is lost. Raises NotAllowedError; RefusedError as `refuse_undo` does;
    ProblemsError where an actor or item of the earlier content has disappeared since.
    """
    check_permission(is_approver(person), "undo_approval")
    lock_edition(Proposal.objects.values_list("edition_id", flat=True).get(pk=proposal_id))
    proposal = lock_proposal(proposal_id)
    refuse_undo(person, proposal)
    action, undone = proposal.action, proposal.version
    assert action is not None
    assert undone is not None
    before = Version.objects.filter(action=action, number__lt=undone.number).order_by("-number").first()
    content = (before or proposal.base).content
    if problems := content_problems(content):
        raise ProblemsError(problems)
    version = record_version(
        action=action,
        content=write_sheet(action=action, content=content),
        origin=Version.Origin.UNDONE,
        approved_by=person,
    )
    proposal.state, proposal.base, proposal.version = Proposal.State.SUBMITTED, version, None
    proposal.decided_by = proposal.decided_at = None
    proposal.save(update_fields=["state", "base", "version", "decided_by", "decided_at"])
    log(code=APPROVAL_UNDONE, person=person, about=proposal, subject=proposal.code, within=proposal.edition.label)
    notify_undone(proposal, person)
    return proposal
