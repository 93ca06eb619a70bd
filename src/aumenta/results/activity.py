"""What the activity log says of the verbs of `results`: their codes, and a sentence for each."""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

SNAPSHOT_TAKEN: Final = "event.snapshot"
REPORT_WRITTEN: Final = "event.report_written"
DELIVERY_FAILED: Final = "event.report_failed"
EVENT_HIDDEN: Final = "event.hidden"
RESULTS_PUBLISHED: Final = "event.results_published"
RESULTS_HIDDEN: Final = "event.results_hidden"
OBSERVATION_ERASED: Final = "event.observation_erased"
PHOTO_ERASED: Final = "event.photo_erased"
CONTRIBUTION_ERASED: Final = "contribution.erased"
VOICES_TAKEN_OUT: Final = "event.voices_taken_out"
REPORTS_SENT: Final = "event.reports_sent"


def _state_number(detail: str) -> str:
    number = re.search(r"\d+$", detail)
    return gettext("State no. %(number)s") % {"number": number[0]} if number else detail


WORDS: Final[Mapping[str, Words]] = {
    SNAPSHOT_TAKEN: Words(
        _("took a snapshot of an event"), _("%(who)s froze the state of the event %(subject)s"), _state_number
    ),
    REPORT_WRITTEN: Words(
        _("wrote the words of a report"),
        _("%(who)s wrote introduction and conclusion of a report of the event %(subject)s"),
    ),
    DELIVERY_FAILED: Words(
        _("noted that a report did not arrive"),
        _("%(who)s noted that a report of the event %(subject)s did not arrive"),
    ),
    EVENT_HIDDEN: Words(
        _("took an event off the public site"), _("%(who)s took the event %(subject)s off the public site")
    ),
    RESULTS_PUBLISHED: Words(
        _("published the results of an event"),
        _("%(who)s published the results of the event %(subject)s"),
        _state_number,
    ),
    RESULTS_HIDDEN: Words(
        _("took the results of an event off the public site"),
        _("%(who)s took the results of the event %(subject)s off the public site"),
    ),
    OBSERVATION_ERASED: Words(
        _("erased an observation"), _("%(who)s erased an observation of the event %(subject)s on request")
    ),
    PHOTO_ERASED: Words(_("erased a photo"), _("%(who)s erased a photo of the event %(subject)s on request")),
    CONTRIBUTION_ERASED: Words(
        _("erased a written contribution"), _("%(who)s erased the written contribution no. %(subject)s on request")
    ),
    VOICES_TAKEN_OUT: Words(
        _("took voices out of the results of an event"),
        _("%(who)s took voices marked as not to be published out of the results of the event %(subject)s"),
    ),
    REPORTS_SENT: Words(_("sent the reports of an event"), _("%(who)s sent the reports of the event %(subject)s")),
}
