"""What waits in the bodies somebody keeps, as rows of her first page."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.governance.deadlines import Deadline, deadlines_of
from aumenta.governance.models import Act, Opinion, Session, Vote
from aumenta.people.models import User
from aumenta.ui.parts import InboxRow, StatusKind
from aumenta.ui.templatetags.words import day as written_day

MOST = 30
SOON = 7


def deadline_rows(person: User) -> list[InboxRow]:
    """The nearest deadlines, what is late marked."""
    return [_row(one) for one in deadlines_of(person, timezone.localdate())[:MOST]]


def _row(one: Deadline) -> InboxRow:
    title, address = _what(one)
    status, kind = left_in_words(one.left)
    return InboxRow(
        title=title,
        address=address,
        status=status,
        status_kind=kind,
        who=str(written_day(one.day)),
    )


def left_in_words(left: int) -> tuple[str, StatusKind]:
    """How many days are left, and the kind of its sign."""
    if left < 0:
        return _("late"), "bad"
    if left == 0:
        return _("today"), "warning"
    return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left}, "warning" if left <= SOON else "neutral"


def _what(one: Deadline) -> tuple[str, str]:
    """The row's words and where they lead."""
    match one.about:
        case Opinion() as due if one.kind == "observe":
            words = _("Your municipality can observe: %(act)s") % {"act": due.act}
            return words, f"{reverse('desk:observations')}#parere-{due.pk}"
        case Opinion() as due:
            words = _("Opinion due: %(body)s (%(act)s)") % {"body": due.body, "act": due.act}
            return words, reverse("desk:act", args=[due.act.slug])
        case Session() as session:
            return _("Session: %(session)s") % {"session": session}, reverse("desk:body_session", args=[session.pk])
        case Vote() as vote:
            return _("Vote still open: %(vote)s") % {"vote": vote}, reverse("desk:body_vote", args=[vote.pk])
        case Act() as act:
            return _("On the notice board until: %(act)s") % {"act": act}, reverse("desk:act", args=[act.slug])
        case tie:
            words = _("Conflict to settle: %(sheet)s, %(item)s") % {"sheet": tie.action.code, "item": tie.item}
            return words, reverse("desk:instrument", args=[tie.item.version_id])
