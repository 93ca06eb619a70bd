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
from aumenta.review.lock import lock_action
from aumenta.review.models import Proposal, Version
from aumenta.review.reasons import refuse_long_reason
from aumenta.review.record import version_now
from aumenta.review.staleness import refuse_stale_base


@transaction.atomic
def propose(
    *, person: User, action: Action, content: Mapping[str, Any], base: int | None = None, reason: str = ""
) -> Proposal:
    """Open a draft that would make the sheet say `content`; `base` is the number of the version she started from.

    Proposing again what her own draft says already gives that draft, so a browser may repeat a saving whose answer it
    never got. Raises NotAllowedError; RefusedError «reason_too_long», «frozen», «already_open» or
    «already_open_yours» (in another window); StaleBaseError
    where newer versions than `base` exist.
    """
    check_permission(may_propose_on(person, action), "propose")
    refuse_long_reason(reason)
    action = lock_action(action.pk)
    edition = action.strategy.axis.edition
    if edition.frozen_at:
        raise RefusedError("frozen", edition=edition.label)
    held = Proposal.objects.open().filter(action=action).select_related("author").first()
    if held and _is_this(held, person, content, reason):
        return held
    if held and held.author_id == person.pk:
        raise RefusedError("already_open_yours", proposal=held)
    if held:
        raise RefusedError("already_open", who=held.author, proposal=held)
    newest: Version = version_now(action)
    if base is not None:
        refuse_stale_base(action, base)
    proposal = Proposal.objects.create(
        edition=edition,
        action=action,
        code=action.code,
        author=person,
        base=newest,
        content=normal_content(content),
        reason=reason,
    )
    log(code=PROPOSED, person=person, about=proposal, subject=proposal.code, within=proposal.edition.label)
    return proposal


def _is_this(held: Proposal, person: User, content: Mapping[str, Any], reason: str) -> bool:
    """Whether an open proposal is her own draft and says just this.

    Another text is not enough to take the draft up: it may be a second window of hers, that has not seen the first.
    """
    return (
        held.author_id == person.pk
        and held.state == Proposal.State.DRAFT
        and held.content == normal_content(content)
        and held.reason == reason
    )
