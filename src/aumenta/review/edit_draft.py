"""Saves a draft: called every few seconds while somebody types, so it does as little as possible."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.rules import may_propose_on
from aumenta.plan.sheet_content import normal_content
from aumenta.review.drafts.merge_fields import Texts, content_of, merge
from aumenta.review.lock import lock_proposal
from aumenta.review.models import DraftEditor, Proposal
from aumenta.review.reasons import refuse_long_reason
from aumenta.review.refusals import StaleRevisionError


@transaction.atomic
def edit_draft(
    *,
    person: User,
    proposal_id: int,
    revision: int,
    content: Mapping[str, Any],
    reason: str | None = None,
    seen: str = "",
) -> Proposal:
    """Write `content` over the draft that had `revision`, which grows by one.

    One conditional update decides: of two people saving the same revision one wins and the other gets
    StaleRevisionError with the text as it is now. With `seen`, the marks of the fields she had before her
    (merge_fields), she writes only what she changed, over whatever revision there is: the fields others changed stay
    theirs, and StaleRevisionError comes where both changed one. Saving again what is saved already does nothing, so a
    browser may repeat a saving whose answer it never got. Raises NotAllowedError, RefusedError «not_writable»,
    «reason_too_long».
    """
    proposal = (
        lock_proposal(proposal_id)
        if seen
        else Proposal.objects.select_related("action", "author", "base").get(pk=proposal_id)
    )
    check_permission(proposal.action is not None and may_propose_on(person, proposal.action), "edit_draft")
    if not proposal.is_writable:
        raise RefusedError("not_writable", state=proposal.get_state_display(), proposal=proposal)
    mine = Texts(normal_content(content), proposal.reason if reason is None else reason)
    refuse_long_reason(mine.reason)
    merged = merge(mine, Texts(proposal.content, proposal.reason), seen)
    if merged is not None:
        if merged.clashes:
            raise StaleRevisionError(proposal, person)
        mine, revision = merged.texts, proposal.revision
    return _write(proposal, person, mine, revision)


def _write(proposal: Proposal, person: User, texts: Texts, revision: int) -> Proposal:
    normal, reason = content_of(texts), texts.reason
    if proposal.content == normal and proposal.reason == reason:
        return proposal
    now = timezone.now()
    saved = Proposal.objects.filter(pk=proposal.pk, revision=revision, state__in=Proposal.WRITABLE).update(
        content=normal, reason=reason, revision=revision + 1, saved_at=now
    )
    if not saved:
        _refuse(proposal.pk, person)
    if person.pk != proposal.author_id:
        DraftEditor.objects.update_or_create(proposal=proposal, person=person, defaults={"last_at": now})
    proposal.content, proposal.reason, proposal.revision, proposal.saved_at = normal, reason, revision + 1, now
    return proposal


def _refuse(proposal_id: int, person: User) -> None:
    proposal = Proposal.objects.select_related("author").get(pk=proposal_id)
    if not proposal.is_writable:
        raise RefusedError("not_writable", state=proposal.get_state_display(), proposal=proposal)
    raise StaleRevisionError(proposal, person)
