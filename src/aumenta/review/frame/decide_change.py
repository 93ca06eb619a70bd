"""Sends a change to the frame for review, takes it back, withdraws it, approves it or sends it back."""

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import is_approver
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.review.activity import (
    FRAME_APPROVED,
    FRAME_SENT_BACK,
    FRAME_SUBMITTED,
    FRAME_TAKEN_BACK,
    FRAME_WITHDRAWN,
)
from aumenta.review.frame.carry_out import carry_out, refuse_impossible
from aumenta.review.frame.notify_change import notify_change
from aumenta.review.frame.texts import refuse_bad_texts
from aumenta.review.lock import lock_edition
from aumenta.review.models import FrameProposal
from aumenta.review.record import record_import
from aumenta.review.rules import may_withdraw_change, may_write_change

State = FrameProposal.State


@transaction.atomic
def submit_change(*, person: User, change: FrameProposal, revision: int) -> FrameProposal:
    """Send her draft to the approvers.

    Raises NotAllowedError; RefusedError «frozen», «change_not_writable», «change_written_meanwhile», «title_required»,
    «drop_reason_required», «move_reason_required», «nothing_changed», and what carrying it out would refuse today.
    """
    check_permission(may_write_change(person, change), "submit_change")
    lock_edition(change.edition_id)
    held = _held(change)
    if not held.is_writable:
        raise RefusedError("change_not_writable", state=held.get_state_display())
    if held.revision != revision:
        raise RefusedError("change_written_meanwhile")
    refuse_bad_texts(held.kind, held.content)
    if held.takes_out and not held.reason:
        raise RefusedError("drop_reason_required")
    if held.moves and not held.reason:
        raise RefusedError("move_reason_required")
    if held.is_text and held.content == held.before:
        raise RefusedError("nothing_changed")
    refuse_impossible(held)
    held.state, held.submitted_at = State.SUBMITTED, timezone.now()
    held.save(update_fields=["state", "submitted_at"])
    _log(FRAME_SUBMITTED, person, held, held.reason)
    notify_change("change_submitted", held)
    return held


@transaction.atomic
def take_change_back(*, person: User, change: FrameProposal) -> FrameProposal:
    """Make her change that waits for review a draft again. Raises NotAllowedError, RefusedError «not_submitted»."""
    check_permission(may_write_change(person, change), "take_change_back")
    held = _held(change)
    if held.state != State.SUBMITTED:
        raise RefusedError("not_submitted", state=held.get_state_display())
    held.state = State.DRAFT
    # An approver who has the page open must not approve a text that is being rewritten.
    held.revision += 1
    held.save(update_fields=["state", "revision"])
    _log(FRAME_TAKEN_BACK, person, held)
    return held


@transaction.atomic
def withdraw_change(*, person: User, change: FrameProposal) -> FrameProposal:
    """Close it without a decision; its text stays. Raises NotAllowedError, RefusedError «not_open»."""
    check_permission(may_withdraw_change(person, change), "withdraw_change")
    held = _held(change)
    if not held.is_open:
        raise RefusedError("not_open", state=held.get_state_display())
    held.state, held.decided_at = State.WITHDRAWN, timezone.now()
    held.save(update_fields=["state", "decided_at"])
    _log(FRAME_WITHDRAWN, person, held)
    return held


@transaction.atomic
def approve_change(*, person: User, change: FrameProposal, revision: int) -> FrameProposal:
    """Carry it out; `revision` is what the approver read. All or nothing.

    Raises NotAllowedError; RefusedError «frozen», «own_proposal», «not_submitted», «changed_since_seen»,
    «frame_changed», «frame_thing_gone», «frame_not_empty», «open_proposal», or what `placings` and `removed_of` refuse.
    """
    check_permission(is_approver(person), "approve_change")
    edition = lock_edition(change.edition_id)
    held = _held(change)
    _refuse_what_can_not_be_decided(person, held, revision)
    held.state, held.decided_by, held.decided_at = State.APPROVED, person, timezone.now()
    carry_out(held)
    held.save(update_fields=["state", "decided_by", "decided_at", "content", "code", "action", "strategy", "axis"])
    # Keeps what axes and strategies are called from now on.
    record_import(edition=edition)
    changed(Edition.objects.filter(pk=edition.pk))
    _log(FRAME_APPROVED, person, held, held.reason)
    notify_change("change_approved", held)
    return held


@transaction.atomic
def send_change_back(*, person: User, change: FrameProposal, revision: int, answer: str) -> FrameProposal:
    """Give it back to its author, saying why.

    Raises NotAllowedError; RefusedError «own_proposal», «not_submitted», «changed_since_seen» or «reason_required».
    """
    check_permission(is_approver(person), "send_change_back")
    held = _held(change)
    _refuse_what_can_not_be_decided(person, held, revision)
    if not answer.strip():
        raise RefusedError("reason_required")
    held.state, held.answer = State.SENT_BACK, answer.strip()
    held.decided_by, held.decided_at = person, timezone.now()
    held.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    _log(FRAME_SENT_BACK, person, held, held.answer)
    notify_change("change_sent_back", held)
    return held


def _held(change: FrameProposal) -> FrameProposal:
    FrameProposal.objects.select_for_update(no_key=True).filter(pk=change.pk).get()
    return FrameProposal.objects.select_related(
        "edition", "author", "axis", "strategy__axis", "action__strategy__axis"
    ).get(pk=change.pk)


def _refuse_what_can_not_be_decided(person: User, held: FrameProposal, revision: int) -> None:
    if held.author_id == person.pk:
        raise RefusedError("own_proposal")
    if held.state != State.SUBMITTED:
        raise RefusedError("not_submitted", state=held.get_state_display())
    if held.revision != revision:
        raise RefusedError("changed_since_seen")


def _log(code: str, person: User, held: FrameProposal, detail: str = "") -> None:
    log(code=code, person=person, about=held, within=held.edition.label, subject=str(held), detail=detail)
