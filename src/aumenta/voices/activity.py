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
CONSULTATION_PREPARED: Final = "consultation.prepared"
CONSULTATION_CHANGED: Final = "consultation.changed"
CONSULTATION_PUBLISHED: Final = "consultation.published"
CONSULTATION_HIDDEN: Final = "consultation.hidden"

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
    CONSULTATION_PREPARED: Words(_("prepared a consultation"), _("%(who)s prepared the consultation «%(subject)s»")),
    CONSULTATION_CHANGED: Words(_("changed a consultation"), _("%(who)s changed the consultation «%(subject)s»")),
    CONSULTATION_PUBLISHED: Words(_("published a consultation"), _("%(who)s published the consultation «%(subject)s»")),
    CONSULTATION_HIDDEN: Words(
        _("took a consultation off the site"), _("%(who)s took the consultation «%(subject)s» off the site")
    ),
}
