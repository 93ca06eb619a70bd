"""What the activity log says of the verbs of `voices`: their codes, and a sentence for each.

A contribution is said by its number: its words may name somebody, and what is in the log is never taken out of it.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

CONTRIBUTION_RECORDED: Final = "contribution.recorded"
CONTRIBUTIONS_RECORDED: Final = "contribution.table_recorded"
CONTRIBUTION_DECIDED: Final = "contribution.strategy"
CONTRIBUTION_JOINED: Final = "contribution.joined"
CONTRIBUTION_WITHDRAWN: Final = "contribution.withdrawn"
CONTRIBUTION_BROUGHT_BACK: Final = "contribution.brought_back"
CONTRIBUTION_KEPT_PRIVATE: Final = "contribution.kept_private"
CONTRIBUTION_MADE_PUBLISHABLE: Final = "contribution.publishable"
CONTRIBUTION_RECEIVED: Final = "contribution.received"
CONTRIBUTION_ADMITTED: Final = "contribution.admitted"
CONTRIBUTION_REFUSED: Final = "contribution.not_admitted"
CONTRIBUTION_DIVIDED: Final = "contribution.divided"
CONTRIBUTION_TAKEN: Final = "contribution.taken"
CONTRIBUTION_LET_GO: Final = "contribution.let_go"
WITHDRAWN_BY_SENDER: Final = "contribution.withdrawn_by_sender"
HIDDEN_BY_SENDER: Final = "contribution.hidden_by_sender"
ERASURE_ASKED: Final = "contribution.erasure_asked"
ANSWER_WRITTEN: Final = "answer.written"
ANSWER_CHANGED: Final = "answer.changed"
ANSWER_REVIEWED: Final = "answer.reviewed"
ANSWER_SENT_BACK: Final = "answer.sent_back"
ANSWER_DROPPED: Final = "answer.dropped"
ANSWER_TAKEN_BACK: Final = "answer.taken_back"
ANSWERS_PUBLISHED: Final = "answer.published"
TALK_RECORDED: Final = "talk.recorded"
TALK_CHANGED: Final = "talk.changed"
SPEAKER_ADDED: Final = "talk.speaker_added"
SPEAKER_ERASED: Final = "talk.speaker_erased"
CONSENT_GIVEN: Final = "talk.consent_given"
CONSENT_WITHDRAWN: Final = "talk.consent_withdrawn"
STATEMENTS_ON_RECORD: Final = "talk.on_record"
TRANSCRIPT_TAKEN_IN: Final = "talk.transcript"
SECOND_READING_BEGUN: Final = "voices.second_reading_begun"
SECOND_READING_FINISHED: Final = "voices.second_reading_finished"
CONSULTATION_PREPARED: Final = "consultation.prepared"
CONSULTATION_CHANGED: Final = "consultation.changed"
CONSULTATION_PUBLISHED: Final = "consultation.published"
CONSULTATION_HIDDEN: Final = "consultation.hidden"
CONSULTATION_DROPPED: Final = "consultation.dropped"

WORDS: Final[Mapping[str, Words]] = {
    CONTRIBUTION_RECORDED: Words(_("recorded a contribution"), _("%(who)s recorded contribution no. %(subject)s")),
    CONTRIBUTIONS_RECORDED: Words(
        _("recorded contributions from a table"), _("%(who)s recorded contributions from a table: %(subject)s")
    ),
    CONTRIBUTION_DECIDED: Words(
        _("said which strategy a contribution concerns"),
        _("%(who)s said which strategy contribution no. %(subject)s concerns"),
    ),
    CONTRIBUTION_JOINED: Words(
        _("said whether a contribution repeats another"),
        _("%(who)s said whether contribution no. %(subject)s repeats another one"),
    ),
    CONTRIBUTION_WITHDRAWN: Words(_("withdrew a contribution"), _("%(who)s withdrew contribution no. %(subject)s")),
    CONTRIBUTION_BROUGHT_BACK: Words(
        _("brought a contribution back"), _("%(who)s brought back contribution no. %(subject)s")
    ),
    CONTRIBUTION_KEPT_PRIVATE: Words(
        _("said that a contribution is not to be published"),
        _("%(who)s said that contribution no. %(subject)s is not to be published"),
    ),
    CONTRIBUTION_MADE_PUBLISHABLE: Words(
        _("said that a contribution may be published"),
        _("%(who)s said that contribution no. %(subject)s may be published"),
    ),
    CONTRIBUTION_RECEIVED: Words(
        _("received a contribution by the online form"),
        _("%(who)s received contribution no. %(subject)s by the online form"),
    ),
    CONTRIBUTION_ADMITTED: Words(_("admitted a contribution"), _("%(who)s admitted contribution no. %(subject)s")),
    CONTRIBUTION_REFUSED: Words(
        _("did not admit a contribution"), _("%(who)s did not admit contribution no. %(subject)s")
    ),
    CONTRIBUTION_DIVIDED: Words(
        _("divided a contribution into points"), _("%(who)s divided contribution no. %(subject)s into points")
    ),
    CONTRIBUTION_TAKEN: Words(
        _("took charge of a contribution"), _("%(who)s took charge of contribution no. %(subject)s")
    ),
    CONTRIBUTION_LET_GO: Words(
        _("gave up the charge of a contribution"), _("%(who)s gave up the charge of contribution no. %(subject)s")
    ),
    WITHDRAWN_BY_SENDER: Words(
        _("contribution withdrawn by who sent it"), _("Contribution no. %(subject)s was withdrawn by who sent it")
    ),
    HIDDEN_BY_SENDER: Words(
        _("contribution no longer to be published, says who sent it"),
        _("Contribution no. %(subject)s is no longer to be published, says who sent it"),
    ),
    ERASURE_ASKED: Words(
        _("erasure of a contribution asked for"), _("Who sent contribution no. %(subject)s asks that it be erased")
    ),
    ANSWER_WRITTEN: Words(_("wrote an answer"), _("%(who)s wrote an answer to %(subject)s")),
    ANSWER_CHANGED: Words(_("changed an answer"), _("%(who)s changed the answer to %(subject)s")),
    ANSWER_REVIEWED: Words(_("reviewed an answer"), _("%(who)s reviewed the answer to %(subject)s")),
    ANSWER_SENT_BACK: Words(_("sent an answer back"), _("%(who)s sent back the answer to %(subject)s")),
    ANSWER_DROPPED: Words(_("took an answer away"), _("%(who)s took away the answer to %(subject)s")),
    ANSWER_TAKEN_BACK: Words(
        _("took a published answer off the site"), _("%(who)s took the answer to %(subject)s off the site")
    ),
    ANSWERS_PUBLISHED: Words(
        _("published the answers of a consultation"), _("%(who)s published answers of the consultation “%(subject)s”")
    ),
    TALK_RECORDED: Words(_("entered a talk"), _("%(who)s entered talk no. %(subject)s")),
    TALK_CHANGED: Words(_("changed a talk"), _("%(who)s changed talk no. %(subject)s")),
    SPEAKER_ADDED: Words(_("noted who was heard"), _("%(who)s noted who was heard in talk no. %(subject)s")),
    SPEAKER_ERASED: Words(
        _("erased who was heard"), _("%(who)s erased somebody who was heard in talk no. %(subject)s")
    ),
    CONSENT_GIVEN: Words(_("noted a consent"), _("%(who)s noted a consent in talk no. %(subject)s")),
    CONSENT_WITHDRAWN: Words(
        _("noted that a consent was withdrawn"), _("%(who)s noted that a consent was withdrawn in talk no. %(subject)s")
    ),
    STATEMENTS_ON_RECORD: Words(
        _("said which words of a talk may be quoted"),
        _("%(who)s said which words of talk no. %(subject)s may be quoted"),
    ),
    TRANSCRIPT_TAKEN_IN: Words(_("took in a transcript"), _("%(who)s took in a transcript of talk no. %(subject)s")),
    CONSULTATION_PREPARED: Words(_("prepared a consultation"), _("%(who)s prepared the consultation “%(subject)s”")),
    CONSULTATION_CHANGED: Words(_("changed a consultation"), _("%(who)s changed the consultation “%(subject)s”")),
    CONSULTATION_PUBLISHED: Words(_("published a consultation"), _("%(who)s published the consultation “%(subject)s”")),
    CONSULTATION_DROPPED: Words(
        _("deleted a consultation to which nobody wrote"),
        _("%(who)s deleted the consultation “%(subject)s”, to which nobody wrote"),
    ),
    CONSULTATION_HIDDEN: Words(
        _("took a consultation off the site"), _("%(who)s took the consultation “%(subject)s” off the site")
    ),
    SECOND_READING_BEGUN: Words(
        _("began a second reading"), _("%(who)s began a second reading of source no. %(subject)s")
    ),
    SECOND_READING_FINISHED: Words(
        _("finished a second reading"), _("%(who)s finished a second reading of source no. %(subject)s")
    ),
}
