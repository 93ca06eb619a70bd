"""What waits for the person who has just signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.frame.rows import STATE_KINDS, change_rows
from aumenta.desk.inbox.deadlines import deadline_rows
from aumenta.desk.inbox.monitoring import duty_rows, update_rows
from aumenta.events.rules import may_prepare
from aumenta.mailing.pulse import silent_since
from aumenta.people.rules import enters_desk, writes_plan
from aumenta.review.models import Proposal
from aumenta.review.queries import forgotten, inbox
from aumenta.ui.parts import InboxRow
from aumenta.voices.queries import due_for
from aumenta.voices.rules import may_keep_contributions


def row_of(proposal: Proposal, *, new: bool = False) -> InboxRow:
    """A proposal as one row of a list; its title is the one it proposes."""
    comments = getattr(proposal, "comment_count", 0)
    counted = ngettext("%(count)d comment", "%(count)d comments", comments) % {"count": comments}
    return InboxRow(
        title=proposal.content["title_it"] or proposal.code,
        address=reverse("desk:proposal", args=[proposal.pk]),
        who=str(proposal.author),
        when=proposal.decided_at if not proposal.is_open else proposal.submitted_at or proposal.saved_at,
        code=proposal.code,
        status=proposal.get_state_display(),
        status_kind=STATE_KINDS[proposal.state],
        new=new,
        notes=[proposal.edition.label, *([counted] if comments else [])],
    )


@desk_page(enters_desk)
def show(request: DeskRequest) -> HttpResponse:
    """The desk's first page."""
    found, changes = inbox(request.user), change_rows(request.user)
    groups = [
        (_("To review"), [*(row_of(p, new=True) for p in found.to_review), *changes.to_review]),
        (_("Updates of actions to review"), update_rows(request.user)),
        (_("Your duties"), duty_rows(request.user)),
        (_("Deadlines of bodies and acts"), deadline_rows(request.user)),
        (_("Sent back to you: to correct"), [*(row_of(p, new=True) for p in found.sent_back), *changes.sent_back]),
        (_("Your drafts: not sent yet"), [*(row_of(p) for p in found.drafts), *changes.drafts]),
        (_("Waiting for a decision"), [*(row_of(p) for p in found.waiting), *changes.waiting]),
        (_("Latest decisions on your proposals"), [row_of(p) for p in found.decided]),
    ]
    context = {
        "groups": [(title, rows) for title, rows in groups if rows],
        "forgotten": forgotten(found.drafts),
        "writes": writes_plan(request.user),
        "answers": due_for(request.user, timezone.localdate()) if may_keep_contributions(request.user) else None,
        "worker_silent": silent_since() if may_prepare(request.user) else None,
    }
    return render(request, "desk/inbox/inbox.html", context)
