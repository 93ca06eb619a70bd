"""What the activity log says of the verbs of `plan`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

AXES: Final = "people.axes"
NAME_ADDED: Final = "names.added"
NAME_DROPPED: Final = "names.dropped"
NAME_CHANGED: Final = "names.changed"
RESPONSIBILITY: Final = "sheet.responsibility"
PLACES: Final = "sheet.places"
WORDS_TAUGHT: Final = "search.taught"
WORDS_FORGOTTEN: Final = "search.forgotten"
EDITION_DESCRIBED: Final = "edition.described"


WORDS: Final[Mapping[str, Words]] = {
    AXES: Words(
        _("chose the axes of an editor"), _("%(who)s chose the axes whose sheets somebody writes: %(subject)s")
    ),
    NAME_ADDED: Words(_("said what a wording means"), _("%(who)s said what a wording means: %(subject)s")),
    NAME_DROPPED: Words(
        _("removed the meaning of a wording"), _("%(who)s removed the meaning of a wording: %(subject)s")
    ),
    NAME_CHANGED: Words(_("renamed an actor or an item"), _("%(who)s renamed: %(subject)s")),
    RESPONSIBILITY: Words(_("changed who answers for a sheet"), _("%(who)s changed who answers for sheet %(subject)s")),
    PLACES: Words(_("said where an action reaches"), _("%(who)s said where action %(subject)s reaches")),
    WORDS_TAUGHT: Words(_("taught the search everyday words"), _("%(who)s taught the search: %(subject)s")),
    WORDS_FORGOTTEN: Words(
        _("took everyday words from the search"), _("%(who)s took everyday words from the search: %(subject)s")
    ),
    EDITION_DESCRIBED: Words(
        _("said what an edition is"),
        _("%(who)s said of the edition %(subject)s whether it is in force, and under what licence its texts are"),
    ),
}
