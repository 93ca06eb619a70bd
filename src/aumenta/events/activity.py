"""What the activity log says of the verbs of `events`: their codes, and a sentence for each.

The log is never changed and never removed, and who came to an event is forgotten on the promised day: a participant is
said by the number of the registration and by nothing else, and so is neither who facilitates nor who is in charge.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

PROCESS_CREATED: Final = "process.created"
PROCESS_CHANGED: Final = "process.changed"
PHASES_SET: Final = "process.phases"
EVENT_PREPARED: Final = "event.prepared"
EVENT_PUBLISHED: Final = "event.published"
STRATEGIES_SET: Final = "event.strategies"
SESSIONS_SET: Final = "event.sessions"
PROGRAMME_SET: Final = "event.programme"
VENUE_ADDED: Final = "venue.added"
VENUE_CHANGED: Final = "venue.changed"
VENUE_DROPPED: Final = "venue.dropped"
TABLE_ADDED: Final = "table.added"
TABLE_CHANGED: Final = "table.changed"
TABLE_DROPPED: Final = "table.dropped"
TABLE_FILE_IMPORTED: Final = "table.file_imported"
PINS_RENEWED: Final = "event.pins_renewed"
DEVICE_LET_ON: Final = "event.device_let_on"
DEVICE_SHUT_OUT: Final = "event.device_shut_out"
TABLES_KEPT_OPEN: Final = "event.tables_kept_open"
TABLES_CALLED: Final = "event.tables_called"
WALL_LINK_MADE: Final = "event.wall_link_made"
WALL_LINK_DROPPED: Final = "event.wall_link_dropped"
EVENT_CANCELLED: Final = "event.cancelled"
EVENT_TAKES_PLACE: Final = "event.takes_place"
EVERYBODY_TOLD: Final = "event.everybody_told"
EVERYBODY_WRITTEN_TO: Final = "event.everybody_written_to"
BADGE_CHECKED_IN: Final = "badge.checked_in"
REGISTERED_AT_THE_DOOR: Final = "participant.registered"
BADGES_MADE: Final = "table.badges"
PARTICIPANT_WITHDRAWN: Final = "participant.withdrawn"
PARTICIPANT_SEATED: Final = "participant.seated"
PARTICIPANT_WRITTEN_TO: Final = "participant.written_to"
SEATS_FILLED: Final = "event.seats_filled"


def _mails(detail: str) -> str:
    return gettext("people written to: %(number)s") % {"number": detail}


def _table(detail: str) -> str:
    return gettext("Table %(number)s") % {"number": detail}


WORDS: Final[Mapping[str, Words]] = {
    PROCESS_CREATED: Words(_("began a process"), _("%(who)s began the process %(subject)s")),
    PROCESS_CHANGED: Words(_("changed a process"), _("%(who)s changed the process %(subject)s")),
    PHASES_SET: Words(_("set the phases of a process"), _("%(who)s set the phases of the process %(subject)s")),
    EVENT_PREPARED: Words(_("prepared an event"), _("%(who)s prepared the event %(subject)s")),
    EVENT_PUBLISHED: Words(_("published an event"), _("%(who)s published the event %(subject)s")),
    STRATEGIES_SET: Words(
        _("set the strategies of an event"), _("%(who)s set the strategies on the posters of the event %(subject)s")
    ),
    SESSIONS_SET: Words(
        _("set the sessions of an event"), _("%(who)s set sessions and questions of the event %(subject)s")
    ),
    PROGRAMME_SET: Words(_("set the programme of an event"), _("%(who)s set the programme of the event %(subject)s")),
    VENUE_ADDED: Words(_("added a venue"), _("%(who)s added the venue %(subject)s")),
    VENUE_CHANGED: Words(_("changed a venue"), _("%(who)s changed the venue %(subject)s")),
    VENUE_DROPPED: Words(_("took a venue away"), _("%(who)s took away the venue %(subject)s")),
    TABLE_ADDED: Words(_("added a table"), _("%(who)s added table %(subject)s")),
    TABLE_CHANGED: Words(_("changed a table"), _("%(who)s changed table %(subject)s")),
    TABLE_DROPPED: Words(_("took a table away"), _("%(who)s took away table %(subject)s")),
    TABLE_FILE_IMPORTED: Words(
        _("imported the file of a table"), _("%(who)s imported the file with the entries of table %(subject)s")
    ),
    PINS_RENEWED: Words(_("renewed the PIN of a table"), _("%(who)s renewed PIN and QR code of table %(subject)s")),
    BADGES_MADE: Words(_("made badges"), _("%(who)s made badges for table %(subject)s")),
    PARTICIPANT_WITHDRAWN: Words(
        _("withdrew a participant"), _("%(who)s withdrew participant no. %(subject)s, who had asked for it")
    ),
    PARTICIPANT_SEATED: Words(
        _("seated a participant"), _("%(who)s gave participant no. %(subject)s a seat at a table"), _table
    ),
    PARTICIPANT_WRITTEN_TO: Words(
        _("wrote to a participant again"), _("%(who)s let participant no. %(subject)s be written to again")
    ),
    SEATS_FILLED: Words(
        _("gave free seats to those who waited"),
        _("%(who)s gave the free seats of the event %(subject)s to those who were waiting"),
    ),
    EVENT_CANCELLED: Words(_("cancelled an event"), _("%(who)s cancelled the event %(subject)s"), _mails),
    EVENT_TAKES_PLACE: Words(
        _("took a cancellation back"), _("%(who)s said that the event %(subject)s takes place after all"), _mails
    ),
    EVERYBODY_TOLD: Words(
        _("told everybody registered of a change"),
        _("%(who)s told everybody registered for the event %(subject)s that date or place have changed"),
    ),
    EVERYBODY_WRITTEN_TO: Words(
        _("wrote to everybody registered"),
        _("%(who)s wrote a message to everybody registered for the event %(subject)s"),
    ),
    BADGE_CHECKED_IN: Words(_("checked in a badge"), _("%(who)s checked in badge no. %(subject)s")),
    REGISTERED_AT_THE_DOOR: Words(
        _("registered somebody at the door"), _("%(who)s registered participant no. %(subject)s at the door")
    ),
    TABLES_CALLED: Words(_("called all tables"), _("%(who)s called all tables of the event %(subject)s")),
    WALL_LINK_MADE: Words(_("made the link of a wall"), _("%(who)s made the link of a wall: %(subject)s")),
    WALL_LINK_DROPPED: Words(_("withdrew the link of a wall"), _("%(who)s withdrew the link of a wall: %(subject)s")),
    DEVICE_LET_ON: Words(_("let a device go on"), _("%(who)s let a device go on: %(subject)s")),
    DEVICE_SHUT_OUT: Words(_("shut a device out"), _("%(who)s shut a device out: %(subject)s")),
    TABLES_KEPT_OPEN: Words(_("kept tables open"), _("%(who)s kept the tables open after the event %(subject)s")),
}
