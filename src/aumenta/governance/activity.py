"""What the activity log says of the verbs of `governance`."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

MANDATE_ADDED: Final = "mandate.added"
MANDATE_ENDED: Final = "mandate.ended"
OFFICE_ADDED: Final = "municipal_office.added"
OFFICE_ENDED: Final = "municipal_office.ended"
RULE_CHANGED: Final = "body_rule.changed"
RULE_CONFIRMED: Final = "body_rule.confirmed"
ACT_OPENED: Final = "act.opened"
ACT_MOVED: Final = "act.moved"
CONDITION_ANSWERED: Final = "condition.answered"
SESSION_CONVENED: Final = "session.convened"
VOTE_OPENED: Final = "vote.opened"
VOTE_ENTERED: Final = "vote.entered"
VOTE_CLOSED: Final = "vote.closed"
ATTENDANCE_ENTERED: Final = "attendance.entered"
VOTE_REOPENED: Final = "vote.reopened"
ANNEX_ADDED: Final = "annex.added"
ANNEX_DROPPED: Final = "annex.dropped"
SESSION_CHANGED: Final = "session.changed"
INSTRUMENT_CHANGED: Final = "instrument.changed"
TIE_JUDGED: Final = "tie.judged"
TIES_PROPOSED: Final = "ties.proposed"
CONFLICT_SETTLED: Final = "conflict.settled"
NOTICE_SET: Final = "body.notice_set"
SECRETARY_SET: Final = "body_secretary.set"
DUTY_WRITTEN: Final = "duty.written"
DUTY_SETTLED: Final = "duty.settled"
DUTY_DROPPED: Final = "duty.dropped"

WORDS: Final[Mapping[str, Words]] = {
    MANDATE_ADDED: Words(_("entered a mandate"), _("%(who)s entered the mandate of %(subject)s")),
    MANDATE_ENDED: Words(_("ended a mandate"), _("%(who)s ended the mandate of %(subject)s")),
    OFFICE_ADDED: Words(
        _("entered who stands for a municipality"), _("%(who)s entered who stands for a municipality: %(subject)s")
    ),
    OFFICE_ENDED: Words(
        _("ended who stands for a municipality"), _("%(who)s ended who stands for a municipality: %(subject)s")
    ),
    RULE_CHANGED: Words(_("changed the rule of a body"), _("%(who)s changed the rule %(subject)s")),
    RULE_CONFIRMED: Words(_("confirmed the rule of a body"), _("%(who)s confirmed the rule %(subject)s")),
    ACT_OPENED: Words(_("began an act"), _("%(who)s began the act “%(subject)s”")),
    ACT_MOVED: Words(_("took a step of an act"), _("%(who)s took a step of the act “%(subject)s”")),
    CONDITION_ANSWERED: Words(_("answered a condition"), _("%(who)s answered the condition “%(subject)s”")),
    SESSION_CONVENED: Words(_("entered a session"), _("%(who)s entered the session %(subject)s")),
    VOTE_OPENED: Words(_("put a question to the vote"), _("%(who)s put to the vote: %(subject)s")),
    VOTE_ENTERED: Words(_("entered votes"), _("%(who)s entered votes: %(subject)s")),
    SECRETARY_SET: Words(
        _("chose the bodies of a secretary"), _("%(who)s chose the bodies of a secretary: %(subject)s")
    ),
    ATTENDANCE_ENTERED: Words(_("entered who is there"), _("%(who)s entered who is there: %(subject)s")),
    VOTE_REOPENED: Words(_("opened a closed vote again"), _("%(who)s opened the vote again: %(subject)s")),
    ANNEX_ADDED: Words(_("added an annex"), _("%(who)s added the annex “%(subject)s”")),
    ANNEX_DROPPED: Words(_("took an annex away"), _("%(who)s took the annex “%(subject)s” away")),
    SESSION_CHANGED: Words(_("put a session right"), _("%(who)s put the session %(subject)s right")),
    INSTRUMENT_CHANGED: Words(_("changed an instrument"), _("%(who)s changed the instrument %(subject)s")),
    TIE_JUDGED: Words(_("judged a sheet and an instrument"), _("%(who)s judged %(subject)s")),
    TIES_PROPOSED: Words(
        _("had ties to an instrument proposed"), _("%(who)s had ties to %(subject)s proposed from the words")
    ),
    CONFLICT_SETTLED: Words(_("settled a conflict"), _("%(who)s settled the conflict %(subject)s")),
    NOTICE_SET: Words(_("set the days of notice of a body"), _("%(who)s set the days of notice of %(subject)s")),
    DUTY_WRITTEN: Words(_("put a duty on the calendar"), _("%(who)s put “%(subject)s” on the calendar of duties")),
    DUTY_SETTLED: Words(_("settled a duty"), _("%(who)s settled the duty “%(subject)s”")),
    DUTY_DROPPED: Words(_("took a duty off the calendar"), _("%(who)s took “%(subject)s” off the calendar of duties")),
    VOTE_CLOSED: Words(_("closed a vote"), _("%(who)s closed the vote: %(subject)s")),
}
