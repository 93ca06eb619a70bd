"""Messages to the office, where who wrote them asks what is held about her."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from aumenta.contacts.activity import MESSAGE_DELETED
from aumenta.contacts.answer_message import delete_message_again
from aumenta.contacts.forget_messages import AT_MOST
from aumenta.contacts.models import Message
from aumenta.people.dates import day_in_words
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.subjects import Held, Who


def find_messages(who: Who) -> Iterator[Held]:
    """What she wrote by the form."""
    named = {"email__iexact": who.email} if who.email else {"name__iexact": who.name}
    for message in Message.objects.filter(**named):
        said = {
            _("reference"): message.reference,
            _("name and surname"): message.name,
            _("e-mail"): message.email,
            _("sent on"): day_in_words(message.sent_at.date()),
            _("text"): message.text,
        }
        yield Held(
            _("message to the office"), said, day_in_words((message.sent_at + AT_MOST).date()), _deleting(message)
        )


def _deleting(message: Message) -> Callable[[User | None], object]:
    key = str(message.pk)

    def erase(_person: User | None) -> None:
        delete_message_again(key)
        note_erasure(MESSAGE_DELETED, key)

    return erase
