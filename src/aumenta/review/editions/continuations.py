"""Works on an edition in preparation: sheets added, sheets taken out, and how each goes on from the edition before."""

from django.db import transaction
from django.db.models import Max

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import (
    Action,
    ActionContinuation,
    Axis,
    ContinuationKind,
    Edition,
    Strategy,
    StrategyContinuation,
)
from aumenta.plan.sheet_content import content_hash, read_content
from aumenta.review.activity import ADDED, CONTINUATION, DROPPED, PUT_BACK
from aumenta.review.frame.removed import keep_removed, put_back, refuse_put_back
from aumenta.review.lock import lock_action, lock_edition
from aumenta.review.models import Proposal, RemovedSheet, Version
from aumenta.review.record import record_import, record_version, version_now
from aumenta.review.rules import may_continue, may_manage_editions


@transaction.atomic
def add_sheet(*, person: User, strategy: Strategy, title_it: str) -> Action:
    """Add an action at the end of a strategy of an edition in preparation; its sheet is then written by proposals.

    Raises NotAllowedError; RefusedError «frozen», «not_in_preparation» or «title_required».
    """
    check_permission(may_manage_editions(person), "add_sheet")
    edition = lock_edition(strategy.axis.edition_id)
    _only_in_preparation(edition)
    if not title_it.strip():
        raise RefusedError("title_required")
    last = strategy.actions.aggregate(last=Max("number"))["last"] or 0
    action = Action.objects.create(strategy=strategy, number=last + 1, title_it=" ".join(title_it.split())[:500])
    record_version(action=action, content=read_content(action), origin=Version.Origin.OPENED)
    changed(Edition.objects.filter(pk=edition.pk))
    log(code=ADDED, person=person, about=action, subject=action.code, within=edition.label)
    return action


@transaction.atomic
def drop_sheet(*, person: User, action: Action, reason: str) -> None:
    """Take an action out of an edition in preparation. Its versions stay, the last one saying that it ended.

    Raises NotAllowedError; RefusedError «frozen», «not_in_preparation», «reason_required» or «open_proposal».
    """
    check_permission(may_manage_editions(person), "drop_sheet")
    edition = lock_edition(action.strategy.axis.edition_id)
    _only_in_preparation(edition)
    if not reason.strip():
        raise RefusedError("drop_reason_required")
    action = lock_action(action.pk)
    if Proposal.objects.open().filter(action=action).exists():
        raise RefusedError("open_proposal")
    latest = version_now(action)
    Version.objects.create(
        edition=edition,
        action=action,
        code=action.code,
        number=latest.number + 1,
        origin=Version.Origin.ENDED,
        content=latest.content,
        content_hash=content_hash(latest.content),
        reason=reason.strip()[:500],
    )
    keep_removed(action, reason)
    log(
        code=DROPPED,
        person=person,
        about=edition,
        within=edition.label,
        subject=f"{action.code} {action.title_it}",
        detail=reason.strip(),
    )
    action.delete()
    changed(Edition.objects.filter(pk=edition.pk))


@transaction.atomic
def put_sheet_back(*, person: User, removed: RemovedSheet) -> Axis | Strategy | Action:
    """Undo the removal of a sheet, a strategy or an axis from an edition in preparation, with all that went with it.

    Raises NotAllowedError; RefusedError «frozen», «not_in_preparation», and what `refuse_put_back` refuses.
    """
    check_permission(may_manage_editions(person), "put_sheet_back")
    edition = lock_edition(removed.edition_id)
    _only_in_preparation(edition)
    held = RemovedSheet.objects.select_related("strategy__axis", "axis", "edition").filter(pk=removed.pk).first()
    refuse_put_back(held, removed.code)
    assert held is not None
    thing = put_back(held)
    # Keeps what axes and strategies are called from now on.
    record_import(edition=edition)
    changed(Edition.objects.filter(pk=edition.pk))
    log(code=PUT_BACK, person=person, about=thing, within=edition.label, subject=f"{thing.code} {thing.title_it}")
    return thing


@transaction.atomic
def continue_action(*, person: User, older: Action, newer: Action, kind: str, reason: str = "") -> ActionContinuation:
    """Say, or say again, how an action goes on in a later edition. Raises NotAllowedError (it takes
    the charge of the later one's axis); RefusedError «unknown_kind» or «same_edition»."""
    check_permission(may_continue(person, newer.strategy.axis), "continue")
    _later(older.strategy.axis.edition, newer.strategy.axis.edition, kind)
    tie, _made = ActionContinuation.objects.update_or_create(
        older=older,
        newer=newer,
        defaults={"kind": kind, "confirmed": True, "reason_it": reason.strip()[:500]},
    )
    _log_tie(person, newer.strategy.axis.edition, f"{older.code} → {newer.code}", kind)
    return tie


@transaction.atomic
def continue_strategy(
    *, person: User, older: Strategy, newer: Strategy, kind: str, reason: str = ""
) -> StrategyContinuation:
    """Say, or say again, how a strategy goes on in a later edition. Raises as `continue_action` does."""
    check_permission(may_continue(person, newer.axis), "continue")
    _later(older.axis.edition, newer.axis.edition, kind)
    tie, _made = StrategyContinuation.objects.update_or_create(
        older=older,
        newer=newer,
        defaults={"kind": kind, "confirmed": True, "reason_it": reason.strip()[:500]},
    )
    _log_tie(person, newer.axis.edition, f"{older.code} → {newer.code}", kind)
    return tie


@transaction.atomic
def end_continuation(*, person: User, tie: ActionContinuation | StrategyContinuation) -> None:
    """Say that something does not go on in what it was tied to. Raises NotAllowedError."""
    thing = tie.newer
    axis = thing.strategy.axis if isinstance(thing, Action) else thing.axis
    check_permission(may_continue(person, axis), "continue")
    _log_tie(person, axis.edition, f"{tie.older.code} ↛ {thing.code}", "")
    tie.delete()


def _log_tie(person: User, edition: Edition, subject: str, kind: str) -> None:
    log(code=CONTINUATION, person=person, about=edition, within=edition.label, subject=subject, detail=kind)
    changed(Edition.objects.filter(pk=edition.pk))


def _later(older: Edition, newer: Edition, kind: str) -> None:
    if kind not in ContinuationKind.values:
        raise RefusedError("unknown_kind", kind=kind)
    if older.first_year >= newer.first_year:
        raise RefusedError("same_edition")


def _only_in_preparation(edition: Edition) -> None:
    if edition.is_public:
        raise RefusedError("not_in_preparation", edition=edition.label)
