"""What the activity log says of the verbs of `review`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words
from aumenta.plan.models import ContinuationKind

PROPOSED: Final = "proposal.opened"
SUBMITTED: Final = "proposal.submitted"
TAKEN_BACK: Final = "proposal.taken_back"
WITHDRAWN: Final = "proposal.withdrawn"
SENT_BACK: Final = "proposal.sent_back"
APPROVED: Final = "proposal.approved"
APPROVAL_UNDONE: Final = "proposal.approval_undone"
COMMENTED: Final = "proposal.commented"
COMMENT_ERASED: Final = "proposal.comment_erased"
ADDED: Final = "sheet.added"
DROPPED: Final = "sheet.dropped"
PUT_BACK: Final = "sheet.put_back"
IMPORTED: Final = "edition.imported"
OPENED: Final = "edition.opened"
CHAPTER_WRITTEN: Final = "edition.chapter_written"
CHAPTER_DROPPED: Final = "edition.chapter_dropped"
TITLES_CONFIRMED: Final = "edition.titles_confirmed"
ALIGNMENTS_DECIDED: Final = "edition.alignments_decided"
FROZEN: Final = "edition.frozen"
UPDATING: Final = "edition.reopened"
PUBLISHED: Final = "edition.published"
HIDDEN_AGAIN: Final = "edition.hidden_again"
RENAMED: Final = "edition.renamed"
REMOVED: Final = "edition.removed"
CORRECTED: Final = "edition.release_corrected"
UNSEALED: Final = "edition.release_removed"
CONTINUATION: Final = "edition.continuation"
NAMES_MERGED: Final = "names.merged"
FRAME_PROPOSED: Final = "frame.opened"
FRAME_SUBMITTED: Final = "frame.submitted"
FRAME_TAKEN_BACK: Final = "frame.taken_back"
FRAME_WITHDRAWN: Final = "frame.withdrawn"
FRAME_SENT_BACK: Final = "frame.sent_back"
FRAME_APPROVED: Final = "frame.approved"


def _continuation(detail: str) -> str:
    return str(ContinuationKind(detail).label) if detail in ContinuationKind.values else detail


WORDS: Final[Mapping[str, Words]] = {
    PROPOSED: Words(_("opened a proposal"), _("%(who)s began a proposal on sheet %(subject)s")),
    SUBMITTED: Words(_("sent a proposal for review"), _("%(who)s sent the proposal on sheet %(subject)s for review")),
    TAKEN_BACK: Words(
        _("took a proposal back to work on it"), _("%(who)s took the proposal on sheet %(subject)s back to work on it")
    ),
    WITHDRAWN: Words(_("withdrew a proposal"), _("%(who)s withdrew the proposal on sheet %(subject)s")),
    SENT_BACK: Words(_("sent a proposal back"), _("%(who)s sent back the proposal on sheet %(subject)s")),
    APPROVED: Words(_("approved a proposal"), _("%(who)s approved the proposal on sheet %(subject)s")),
    APPROVAL_UNDONE: Words(
        _("took an approval back"), _("%(who)s took the approval of the proposal on sheet %(subject)s back")
    ),
    COMMENT_ERASED: Words(_("erased a comment"), _("%(who)s erased a comment on the proposal on sheet %(subject)s")),
    COMMENTED: Words(_("commented on a proposal"), _("%(who)s commented on the proposal on sheet %(subject)s")),
    ADDED: Words(_("added a sheet"), _("%(who)s added sheet %(subject)s")),
    DROPPED: Words(_("took a sheet out of an edition"), _("%(who)s took sheet %(subject)s out of the edition")),
    PUT_BACK: Words(_("put a sheet back"), _("%(who)s put sheet %(subject)s back into the edition")),
    IMPORTED: Words(_("imported an edition"), _("%(who)s imported the edition %(subject)s from a document")),
    OPENED: Words(_("opened an edition"), _("%(who)s opened the edition %(subject)s")),
    CHAPTER_WRITTEN: Words(_("wrote a text of an edition"), _("%(who)s wrote a text of the edition: %(subject)s")),
    CHAPTER_DROPPED: Words(
        _("took a text out of an edition"), _("%(who)s took a text out of the edition: %(subject)s")
    ),
    NAMES_MERGED: Words(_("merged two names"), _("%(who)s merged two names: %(subject)s")),
    TITLES_CONFIRMED: Words(_("confirmed proposed titles"), _("%(who)s confirmed the titles of: %(subject)s")),
    ALIGNMENTS_DECIDED: Words(
        _("decided on proposed alignments"), _("%(who)s decided on alignments proposed for the edition %(subject)s")
    ),
    FROZEN: Words(_("froze an edition"), _("%(who)s froze the edition: %(subject)s")),
    UPDATING: Words(
        _("reopened an edition for its update"), _("%(who)s reopened the edition %(subject)s for its update")
    ),
    PUBLISHED: Words(_("published an edition"), _("%(who)s published the edition %(subject)s")),
    HIDDEN_AGAIN: Words(
        _("took an edition off the public site"),
        _("%(who)s took the edition %(subject)s, published by mistake, off the public site"),
    ),
    RENAMED: Words(_("renamed an edition"), _("%(who)s renamed an edition: %(subject)s")),
    REMOVED: Words(_("removed an edition in preparation"), _("%(who)s removed the edition %(subject)s")),
    CORRECTED: Words(
        _("corrected a dated version"), _("%(who)s corrected title, date or act of a dated version: %(subject)s")
    ),
    UNSEALED: Words(
        _("took away a dated version"), _("%(who)s took away a dated version sealed by mistake: %(subject)s")
    ),
    CONTINUATION: Words(_("said how something goes on"), _("%(who)s said how it goes on: %(subject)s"), _continuation),
    FRAME_PROPOSED: Words(
        _("began a change to the structure of an edition"),
        _("%(who)s began a change to the structure of the edition: %(subject)s"),
    ),
    FRAME_SUBMITTED: Words(
        _("sent a change to the structure for review"),
        _("%(who)s sent a change to the structure of the edition for review: %(subject)s"),
    ),
    FRAME_TAKEN_BACK: Words(
        _("took a change to the structure back"),
        _("%(who)s took a change to the structure of the edition back: %(subject)s"),
    ),
    FRAME_WITHDRAWN: Words(
        _("withdrew a change to the structure"),
        _("%(who)s withdrew a change to the structure of the edition: %(subject)s"),
    ),
    FRAME_SENT_BACK: Words(
        _("sent back a change to the structure"),
        _("%(who)s sent back a change to the structure of the edition: %(subject)s"),
    ),
    FRAME_APPROVED: Words(
        _("approved a change to the structure"),
        _("%(who)s approved a change to the structure of the edition: %(subject)s"),
    ),
}
