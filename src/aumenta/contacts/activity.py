"""What the activity log says of the verbs of `contacts`: never who wrote, nor what."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

OFFICE_SET: Final = "office.set"
MESSAGE_ANSWERED: Final = "message.answered"
MESSAGE_DELETED: Final = "message.deleted"

WORDS: Final[Mapping[str, Words]] = {
    OFFICE_SET: Words(_("said how the authority is reached"), _("%(who)s said how the authority is reached")),
    MESSAGE_ANSWERED: Words(_("marked a message as answered"), _("%(who)s marked the message %(subject)s as answered")),
    MESSAGE_DELETED: Words(_("deleted a message"), _("%(who)s deleted the message %(subject)s")),
}
