"""What waits of the monitoring, as rows of somebody's first page: updates to review, duties that are hers."""

from typing import Final

from django.urls import reverse
from django.utils import timezone

from aumenta.desk.inbox.deadlines import left_in_words
from aumenta.governance.duties.find_duties import find_duties
from aumenta.governance.rules import may_see_duties
from aumenta.monitoring.models import Progress
from aumenta.monitoring.rules import may_approve_progress
from aumenta.people.models import User
from aumenta.people.reader import in_language
from aumenta.ui.parts import InboxRow, StatusKind
from aumenta.ui.templatetags.words import day as written_day

MOST: Final = 30
KINDS: Final[dict[str, StatusKind]] = {
    "done": "good",
    "in_difficulty": "warning",
    "given_up": "bad",
    "under_way": "accent",
}
SOON: Final = 30
"""Days before its day on which a duty is shown."""
TOLD_ELSEWHERE: Final = {"opinion", "answer"}
"""Kinds that have a list of their own on the page."""


def update_rows(person: User) -> list[InboxRow]:
    """The updates of actions that wait for an approver who did not send them; one query."""
    if not may_approve_progress(person):
        return []
    waiting = Progress.objects.filter(review="sent").exclude(sent_by=person)
    rows = waiting.select_related("action__strategy__axis__edition", "state", "sent_by").order_by("sent_at")
    return [
        InboxRow(
            title=in_language(one.action.title_it, one.action.title_en),
            address=reverse("desk:progress_update", args=[one.pk]),
            who=str(one.sent_by or ""),
            when=one.sent_at,
            code=one.action.code,
            status=one.state.name,
            status_kind=KINDS.get(one.state.meaning, "neutral"),
            notes=[one.action.strategy.axis.edition.label],
        )
        for one in rows[:MOST]
    ]


def duty_rows(person: User) -> list[InboxRow]:
    """The duties that are hers, or nobody's where she approves, within a month of their day; late ones first."""
    if not may_see_duties(person):
        return []
    today, approves = timezone.localdate(), may_approve_progress(person)
    found = [
        one
        for one in find_duties(today, without=TOLD_ELSEWHERE)
        if one.left(today) <= SOON and (person in one.people or (approves and not one.people))
    ]
    rows = []
    for one in found[:MOST]:
        status, kind = left_in_words(one.left(today))
        rows.append(
            InboxRow(
                title=one.words,
                address=f"{reverse('desk:inbox')}{one.where}",
                status=status,
                status_kind=kind,
                who=str(written_day(one.day)),
            )
        )
    return rows
