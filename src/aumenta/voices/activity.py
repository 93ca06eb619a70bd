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
}
