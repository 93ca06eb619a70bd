"""What a person reads when a verb of the events refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "strategies_in_use": _("The tables have begun: the strategies on the posters stay as they are."),
    "sessions_in_use": _("The tables have begun: sessions and questions stay as they are."),
    "table_in_use": _("%(table)s stays: people are registered for it or it has sent entries."),
    "venue_required": _("Add at least one venue first: the public must know where to go."),
    "registration_closed": _("Nobody can register for this event now."),
    "participant_withdrawn": _("This person has withdrawn meanwhile: nothing was changed."),
    "over_nobody_told": _("The event is over: nobody was written to."),
    "letter_empty": _("Write a subject and a text in Italian: without them there is nothing to send."),
    "letter_too_long": _("Keep the subject within %(subject)s characters and the text within %(text)s."),
    "over_nobody_registered": _("The event is over: nobody is registered any more."),
    "cancel_reason_required": _("Write in Italian why the event does not take place: everybody registered reads it."),
    "cancel_reason_too_long": _("The reason has %(length)s characters and may have %(most)s: shorten it."),
    "event_is_cancelled": _("The event is cancelled: nothing was changed."),
    "event_not_cancelled": _("The event is not cancelled: nothing was changed."),
    "over_not_cancelled": _("The event is over: it can be neither cancelled nor called again."),
    "unknown_badge": _("No badge of this entrance has the code “%(badge)s”."),
    "table_of_other_event": _("This table belongs to another event."),
    "address_registered": _("This address is registered already: look for it among the registered."),
    # What the regia says to all tables.
    "call_too_long": _("Keep it within %(most)s characters: it is read from afar."),
    "call_minutes": _("Write minutes from 1 to %(most)s, or none."),
    "call_without_words": _("Say what the time is for, such as “Choose now”."),
    # A device that opens a table.
    "unknown_table": _("No table has this code. Scan the QR code on the table's sheet again."),
    "wrong_pin": _(
        "This is not the PIN of this table. Read it again on the sheet; after five wrong ones wait two minutes."
    ),
    "locked": _("Too many wrong PINs. Wait two minutes, then try again."),
    "other_table": _("This device is already open at another table. Scan that table's code, or ask the regia."),
    "over": _("The event is over and its tables are shut. If entries are still here, ask the regia."),
    "shut_out": _("The regia has shut this device out. Use another one, or ask the regia."),
    # The photo of a poster.
    "too_many_photos": _("The table has %(most)s photos already: no more are kept."),
    "photo_too_large": _("The photo is larger than %(most)s MB."),
    "not_a_photo": _("This is not a photo that can be opened: take it again."),
    "not_announced": _("The table has not told of this photo yet: it is sent again by itself."),
    "not_as_announced": _("The photo is not the one the table told of: take it again."),
    # The file of a table.
    "file_not_ours": _("This is not a file of a table console. Choose the file whose name ends in .aumenta."),
    "file_damaged": _("The file is damaged or was changed on the way. Save it again on the table's device."),
    "file_of_other_event": _("This file belongs to a table of another event. Import it there."),
    # Stickers from one's own phone.
    "vote_off": _("Stickers are not placed by phone at this event."),
    "vote_not_begun": _("The event has not begun yet: come back when the session does."),
    "vote_over": _("The event is over: no more stickers can be placed."),
    "vote_unknown_code": _("No badge of this event has that code. Look at your badge and type its eight signs again."),
    "vote_used": _("This code has been used already: its stickers are on the poster. Each code works once."),
    "vote_none": _("Tick at least one strategy."),
    "vote_too_many": _("You have ticked %(ticked)s strategies and have %(most)s stickers: untick %(over)s."),
    "vote_unknown_strategy": _("One of the strategies is no longer on the poster. Look at the list again."),
    "vote_too_slow": _("Too much time has passed since you typed your code. Type it again: nothing was placed."),
    "vote_too_many_tries": _("Too many codes were tried from your network. Wait ten minutes, or ask your facilitator."),
}
