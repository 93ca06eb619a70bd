"""What the activity log says of the verbs of `events`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

EVENT_PREPARED: Final = "event.prepared"
EVENT_PUBLISHED: Final = "event.published"
PINS_RENEWED: Final = "event.pins_renewed"
DEVICE_LET_ON: Final = "event.device_let_on"
DEVICE_SHUT_OUT: Final = "event.device_shut_out"
TABLES_KEPT_OPEN: Final = "event.tables_kept_open"

WORDS: Final[Mapping[str, Words]] = {
    EVENT_PREPARED: Words(_("prepared an event"), _("%(who)s prepared the event %(subject)s")),
    EVENT_PUBLISHED: Words(_("published an event"), _("%(who)s published the event %(subject)s")),
    PINS_RENEWED: Words(_("renewed the PIN of a table"), _("%(who)s renewed the PIN: %(subject)s")),
    DEVICE_LET_ON: Words(_("let a device go on"), _("%(who)s let a device go on: %(subject)s")),
    DEVICE_SHUT_OUT: Words(_("shut a device out"), _("%(who)s shut a device out: %(subject)s")),
    TABLES_KEPT_OPEN: Words(_("kept tables open"), _("%(who)s kept the tables open after the event %(subject)s")),
}
