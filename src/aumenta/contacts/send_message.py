"""The verb by which anybody writes to the office, and gets a receipt."""

import secrets
from typing import Final

from django.db import transaction

from aumenta.contacts.mails import send_message_mail
from aumenta.contacts.models import Message

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for each other."""


@transaction.atomic
def send_message(
    *, name: str, email: str, subject: str, text: str, language: str, page: str = "", receipt: bool = True
) -> Message:
    """Keep a message and let the worker write to the office and, with `receipt`, to who sent it.

    Anybody may; doors limit how often. Raises ValidationError where a field is empty, too long or no e-mail address.
    """
    reference = "".join(secrets.choice(ALPHABET) for _n in range(8))
    message = Message(
        reference=reference, name=name, email=email, subject=subject, text=text, page=page[:300], language=language
    )
    message.full_clean()
    message.save()
    for kind in ("office", "receipt") if receipt else ("office",):
        send_message_mail.enqueue(kind, message.pk)
    return message
