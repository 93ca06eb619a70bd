"""Drafts out of the rows of a file that was looked through."""

from collections.abc import Sequence

from django.db import transaction

from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.sheet_content import empty_content
from aumenta.review.editions.continuations import add_sheet
from aumenta.review.frame.propose_change import propose_change
from aumenta.review.models import FrameProposal, Proposal
from aumenta.review.propose import propose
from aumenta.review.rules import adds_at_once
from aumenta.review.spreadsheet.rows import RowResult


def propose_rows(
    *, person: User, rows: Sequence[RowResult], reason: str
) -> list[tuple[RowResult, Proposal | FrameProposal | None, str]]:
    """Open a draft for each row that proposes something: (row, its proposal, or why there is none).

    A new action is added first, or proposed where the edition is public. Each row is whole or not at all; what a verb
    refuses meanwhile is told.
    """
    outcomes: list[tuple[RowResult, Proposal | FrameProposal | None, str]] = []
    for row in rows:
        if not row.proposes or row.content is None:
            continue
        try:
            outcomes.append((row, _propose_row(person, row, reason), ""))
        except (RefusedError, NotAllowedError) as refusal:
            outcomes.append((row, None, refusal_sentence(refusal)))
    return outcomes


@transaction.atomic
def _propose_row(person: User, row: RowResult, reason: str) -> Proposal | FrameProposal | None:
    action, content = row.action, row.content or empty_content()
    if action is None and row.strategy is not None:
        if not adds_at_once(person, row.strategy.axis.edition):
            kind = FrameProposal.Kind.NEW_ACTION
            return propose_change(person=person, kind=kind, about=row.strategy, content=content, reason=reason)
        action = add_sheet(person=person, strategy=row.strategy, title_it=content["title_it"])
    if action is None:
        return None
    return propose(person=person, action=action, content=content, base=row.base, reason=reason)
