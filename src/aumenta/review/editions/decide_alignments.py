"""Alignments that were proposed from the words of the sheets, confirmed or declined by a person."""

from collections.abc import Collection

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.plan.models import AlignmentProposal, Edition
from aumenta.plan.sheet_content import AlignmentRow, content_with
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.activity import ALIGNMENTS_DECIDED
from aumenta.review.lock import lock_action, lock_edition
from aumenta.review.models import Version
from aumenta.review.record import current_content, record_version, version_now
from aumenta.review.rules import may_confirm_proposed


@transaction.atomic
def decide_alignments(
    *, person: User, edition: Edition, confirmed: Collection[int], declined: Collection[int]
) -> tuple[int, int]:
    """Decide on proposals by their keys; returns how many were confirmed and how many declined.

    A confirmed one becomes a primary alignment of its sheet, which gets a version of its own, «imported» as the rest of
    what was read from the document; the log says who confirmed. One decided on meanwhile is left as it is.
    Raises NotAllowedError; RefusedError «frozen».
    """
    check_permission(may_confirm_proposed(person), "decide_alignments")
    edition = lock_edition(edition.pk)
    waiting = AlignmentProposal.objects.filter(
        action__strategy__axis__edition=edition, state=AlignmentProposal.State.PROPOSED
    ).select_related("item__framework")
    no = list(waiting.filter(pk__in=set(declined) - set(confirmed)))
    by_action: dict[int, list[AlignmentProposal]] = {}
    for one in waiting.filter(pk__in=confirmed).order_by("action_id", "item__position"):
        by_action.setdefault(one.action_id, []).append(one)
    for action_id, proposals in by_action.items():
        _align(person, action_id, proposals)
    yes = [one.pk for proposals in by_action.values() for one in proposals]
    AlignmentProposal.objects.filter(pk__in=yes).update(state=AlignmentProposal.State.CONFIRMED)
    AlignmentProposal.objects.filter(pk__in=[one.pk for one in no]).update(state=AlignmentProposal.State.DECLINED)
    if yes or no:
        log(code=ALIGNMENTS_DECIDED, person=person, about=edition, within=edition.label, subject=edition.label)
    return len(yes), len(no)


def _align(person: User, action_id: int, proposals: list[AlignmentProposal]) -> None:
    action = lock_action(action_id)
    version_now(action)  # what the sheet said before stays readable
    content = current_content(action)
    there = {(row["framework"], row["item"]) for row in content["alignments"]}
    new = [
        AlignmentRow(framework=one.item.framework.code, item=one.item.slug, role="primary", printed="")
        for one in proposals
        if (one.item.framework.code, one.item.slug) not in there
    ]
    if not new:
        return
    written = write_sheet(action=action, content=content_with(content, {"alignments": [*content["alignments"], *new]}))
    record_version(action=action, content=written, origin=Version.Origin.IMPORTED)
