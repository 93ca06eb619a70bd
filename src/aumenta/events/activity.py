"""What the activity log says of the verbs of `events`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

EVENT_PREPARED: Final = "event.prepared"
EVENT_PUBLISHED: Final = "event.published"
PINS_RENEWED: Final = "event.pins_renewed"

WORDS: Final[Mapping[str, Words]] = {
    EVENT_PREPARED: Words(_("prepared an event"), _("%(who)s prepared the event %(subject)s")),
    EVENT_PUBLISHED: Words(_("published an event"), _("%(who)s published the event %(subject)s")),
    PINS_RENEWED: Words(_("renewed the PIN of a table"), _("%(who)s renewed the PIN: %(subject)s")),
}
