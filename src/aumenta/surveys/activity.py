"""What the activity log says of the verbs of `surveys`: their codes, and a sentence for each.

No reply is in it: who replies is nobody, and when somebody did would say who. That the office mends what it typed from
paper is, without what it says.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

QUESTIONNAIRE_PREPARED: Final = "questionnaire.prepared"
QUESTIONNAIRE_CHANGED: Final = "questionnaire.changed"
QUESTIONS_WRITTEN: Final = "questionnaire.questions"
QUESTIONNAIRE_OPENED: Final = "questionnaire.opened"
QUESTIONNAIRE_CLOSED: Final = "questionnaire.closed"
RESULTS_PUBLISHED: Final = "questionnaire.results_published"
RESULTS_HIDDEN: Final = "questionnaire.results_hidden"
INVITATIONS_MADE: Final = "questionnaire.invitations"
QUESTIONNAIRE_DROPPED: Final = "questionnaire.dropped"
PAPER_REPLY_CORRECTED: Final = "questionnaire.paper_corrected"
PAPER_REPLY_TAKEN_BACK: Final = "questionnaire.paper_taken_back"

WORDS: Final[Mapping[str, Words]] = {
    QUESTIONNAIRE_PREPARED: Words(_("prepared a questionnaire"), _("%(who)s prepared the questionnaire “%(subject)s”")),
    QUESTIONNAIRE_CHANGED: Words(_("changed a questionnaire"), _("%(who)s changed the questionnaire “%(subject)s”")),
    QUESTIONS_WRITTEN: Words(
        _("changed the questions of a questionnaire"), _("%(who)s changed the questions of “%(subject)s”")
    ),
    QUESTIONNAIRE_OPENED: Words(_("opened a questionnaire"), _("%(who)s opened the questionnaire “%(subject)s”")),
    QUESTIONNAIRE_CLOSED: Words(_("closed a questionnaire"), _("%(who)s closed the questionnaire “%(subject)s”")),
    RESULTS_PUBLISHED: Words(
        _("published the results of a questionnaire"), _("%(who)s published the results of “%(subject)s”")
    ),
    RESULTS_HIDDEN: Words(
        _("took the results of a questionnaire off the site"),
        _("%(who)s took the results of “%(subject)s” off the site"),
    ),
    INVITATIONS_MADE: Words(
        _("made invitations to a questionnaire"), _("%(who)s made invitations to the questionnaire “%(subject)s”")
    ),
    QUESTIONNAIRE_DROPPED: Words(
        _("deleted a questionnaire that nobody was asked"),
        _("%(who)s deleted the questionnaire “%(subject)s”, which nobody was asked"),
    ),
    PAPER_REPLY_CORRECTED: Words(
        _("corrected a reply from paper"), _("%(who)s corrected a reply from paper to “%(subject)s”")
    ),
    PAPER_REPLY_TAKEN_BACK: Words(
        _("took back a reply from paper"), _("%(who)s took back a reply from paper to “%(subject)s”")
    ),
}
