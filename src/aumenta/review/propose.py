"""Opens a proposal on a sheet: a draft that only those who may write it see, until it is sent."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action
from aumenta.plan.rules import may_propose_on
from aumenta.plan.sheet_content import normal_content
from aumenta.review.activity import PROPOSED
from aumenta.review.drafts.merge_fields import Texts, content_of, merge
from aumenta.review.edit_draft import edit_draft
from aumenta.review.lock import lock_action
from aumenta.review.models import Proposal, Version
from aumenta.review.reasons import refuse_long_reason
from aumenta.review.record import version_now
from aumenta.review.staleness import refuse_stale_base


@transaction.atomic
def propose(
    *,
    person: User,
    action: Action,
    content: Mapping[str, Any],
    base: int | None = None,
    reason: str = "",
    seen: str = "",
) -> Proposal:
    """Open a draft that would make the sheet say `content`; `base` is the number of the version she started from.

    With `seen`, the marks of the fields she had before her (merge_fields), what others changed meanwhile stays theirs:
    the draft somebody opened before her is written on, and a newer version is taken as the base, unless both changed
    one field.

    Proposing again what her own draft says already gives that draft, so a browser may repeat a saving whose answer it
    never got. Raises NotAllowedError; RefusedError «reason_too_long», «frozen», «already_open» or
    «already_open_yours» (in another window); StaleBaseError where newer versions than `base` exist.
    """
    check_permission(may_propose_on(person, action), "propose")
    refuse_long_reason(reason)
    action = lock_action(action.pk)
    edition = action.strategy.axis.edition
    if edition.frozen_at:
        raise RefusedError("frozen", edition=edition.label)
    mine = Texts(normal_content(content), reason)
    held = Proposal.objects.open().filter(action=action).select_related("author").first()
    if held:
        return _go_on_in(held, person, mine, seen)
    newest: Version = version_now(action)
    if base is not None and base != newest.number:
        both = _together(mine, Texts(newest.content), seen)
        if both is None:
            refuse_stale_base(action, base)
        mine = both or mine
    proposal = Proposal.objects.create(
        edition=edition,
        action=action,
        code=action.code,
        author=person,
        base=newest,
        content=content_of(mine),
        reason=mine.reason,
    )
    log(code=PROPOSED, person=person, about=proposal, subject=proposal.code, within=proposal.edition.label)
    return proposal


def _go_on_in(held: Proposal, person: User, mine: Texts, seen: str) -> Proposal:
    """The draft that is open already, where it says just this or both texts go together."""
    if _is_this(held, person, mine):
        return held
    if held.is_writable and _together(mine, Texts(held.content, held.reason), seen):
        return edit_draft(
            person=person,
            proposal_id=held.pk,
            revision=held.revision,
            content=mine.content,
            reason=mine.reason,
            seen=seen,
        )
    if held.author_id == person.pk:
        raise RefusedError("already_open_yours", proposal=held)
    raise RefusedError("already_open", who=held.author, proposal=held)


def _together(mine: Texts, theirs: Texts, seen: str) -> Texts | None:
    """Her text over theirs; None where both changed one field, or where it is not known what she had before her."""
    merged = merge(mine, theirs, seen)
    return merged.texts if merged and not merged.clashes else None


def _is_this(held: Proposal, person: User, mine: Texts) -> bool:
    """Whether an open proposal is her own draft and says just this.

    Another text is not enough to take the draft up: it may be a second window of hers, that has not seen the first.
    """
    return (
        held.author_id == person.pk
        and held.state == Proposal.State.DRAFT
        and held.content == mine.content
        and held.reason == mine.reason
    )
