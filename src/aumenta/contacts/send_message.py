"""The verb by which anybody writes to the office, and gets a receipt."""

import secrets
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction

from aumenta.contacts.mails import send_message_mail
from aumenta.contacts.models import Message

ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Letters and digits that nobody takes for each other."""


@transaction.atomic
def send_message(
    *,
    name: str,
    email: str,
    subject: str,
    text: str,
    language: str,
    page: str = "",
    receipt: bool = True,
    form_key: str = "",
) -> Message:
    """Keep a message and let the worker write to the office and, with `receipt`, to who sent it. The same words from
    the same showing of a form (`form_key`) are one message, however often the button is pressed.

    Anybody may; doors limit how often. Raises ValidationError where a field is empty, too long or no e-mail address.
    """
    reference = _reference(f"{form_key} {email} {subject} {text}" if form_key else secrets.token_hex())
    if found := Message.objects.filter(reference=reference).first():
        return found
    message = Message(
        reference=reference, name=name, email=email, subject=subject, text=text, page=page[:300], language=language
    )
    message.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            message.save()
    except IntegrityError:
        # Pressed twice at the same moment: the other one is kept.
        return Message.objects.get(reference=reference)
    for kind in ("office", "receipt") if receipt else ("office",):
        send_message_mail.enqueue(kind, message.pk)
    return message


def _reference(of: str) -> str:
    """Eight letters and digits, the same for the same text."""
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in sha256(of.encode()).digest()[:8])
