"""Changes to the frame as rows of the lists of the desk."""

from typing import Final, NamedTuple

from django.urls import reverse

from aumenta.people.models import User
from aumenta.people.rules import is_approver
from aumenta.review.models import FrameProposal
from aumenta.ui.parts import InboxRow, StatusKind

STATE_KINDS: Final[dict[str, StatusKind]] = {
    "draft": "neutral",
    "submitted": "accent",
    "sent_back": "warning",
    "approved": "good",
    "withdrawn": "neutral",
}
"""How the state of a proposal or of a change is coloured."""


class ChangeRows(NamedTuple):
    """The changes to the frame that wait for somebody."""

    to_review: list[InboxRow]
    sent_back: list[InboxRow]
    drafts: list[InboxRow]
    waiting: list[InboxRow]


def row_of_change(change: FrameProposal, *, new: bool = False) -> InboxRow:
    """One change as a row of a list; it is named by its kind and by the title it proposes."""
    title = change.title.get("title_it", "")
    return InboxRow(
        title=f"{change.get_kind_display()}: {title}" if title else change.get_kind_display(),
        address=reverse("desk:change", args=[change.pk]),
        who=str(change.author),
        when=change.decided_at if not change.is_open else change.submitted_at or change.saved_at,
        code=change.code,
        status=change.get_state_display(),
        status_kind=STATE_KINDS[change.state],
        new=new,
        notes=[change.edition.label],
    )


def change_rows(person: User) -> ChangeRows:
    """Those she has to decide on, and hers that are open. Two queries."""
    changes = FrameProposal.objects.select_related("author", "edition")
    mine = list(changes.open().filter(author=person))
    to_review = changes.approvable_by(person) if is_approver(person) else FrameProposal.objects.none()

    def hers(state: FrameProposal.State, *, new: bool = False) -> list[InboxRow]:
        return [row_of_change(one, new=new) for one in mine if one.state == state]

    return ChangeRows(
        to_review=[row_of_change(one, new=True) for one in to_review],
        sent_back=hers(FrameProposal.State.SENT_BACK, new=True),
        drafts=hers(FrameProposal.State.DRAFT),
        waiting=hers(FrameProposal.State.SUBMITTED),
    )
