"""What the activity log says of the verbs of `monitoring`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

INDICATOR_WRITTEN: Final = "indicator.written"
READINGS_SENT: Final = "readings.sent"
READINGS_TAKEN: Final = "readings.taken"
READINGS_PUT_ASIDE: Final = "readings.put_aside"
READING_CORRECTED: Final = "reading.corrected"
GOALPOSTS_FROZEN: Final = "goalposts.frozen"
PLACES_MEASURED: Final = "measured_places.prepared"

WORDS: Final[Mapping[str, Words]] = {
    INDICATOR_WRITTEN: Words(_("wrote the card of an indicator"), _("%(who)s wrote the card of indicator %(subject)s")),
    READINGS_SENT: Words(_("sent a file of readings"), _("%(who)s sent the file of readings %(subject)s")),
    READINGS_TAKEN: Words(_("took readings from a file"), _("%(who)s took readings from the file %(subject)s")),
    READINGS_PUT_ASIDE: Words(
        _("put a file of readings aside"), _("%(who)s put the file of readings %(subject)s aside")
    ),
    READING_CORRECTED: Words(_("corrected a reading"), _("%(who)s corrected the reading %(subject)s")),
    GOALPOSTS_FROZEN: Words(
        _("froze the goalposts of composites"), _("%(who)s froze the goalposts of composites of edition %(subject)s")
    ),
    PLACES_MEASURED: Words(
        _("prepared the places of readings"), _("%(who)s prepared the places of readings of %(subject)s")
    ),
}
