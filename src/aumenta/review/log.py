"""Writes the activity log. Verbs call it inside their transaction: what did not happen is not logged."""

from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.review.models import ActivityEntry, Proposal


def log(
    *,
    code: ActivityEntry.Code,
    person: User | None,
    edition: Edition | None = None,
    action: Action | None = None,
    proposal: Proposal | None = None,
    subject: str = "",
    detail: str = "",
) -> ActivityEntry:
    """Add one entry; `edition` and `subject` come from the proposal where there is one."""
    if proposal is not None:
        edition_id = proposal.edition_id
        return ActivityEntry.objects.create(
            code=code,
            person=person,
            edition_id=edition_id,
            action_id=proposal.action_id,
            proposal=proposal,
            subject=subject or proposal.code,
            detail=detail,
        )
    return ActivityEntry.objects.create(
        code=code, person=person, edition=edition, action=action, subject=subject[:300], detail=detail
    )
