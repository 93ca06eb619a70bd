"""The verbs by which the office says that a message is answered, and deletes it."""

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.contacts.activity import MESSAGE_ANSWERED, MESSAGE_DELETED
from aumenta.contacts.models import Message
from aumenta.contacts.rules import may_read_messages
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission


@transaction.atomic
def mark_answered(*, person: User, message: Message) -> None:
    """Say that it is answered; the first one to say so stays. Raises NotAllowedError."""
    check_permission(may_read_messages(person))
    waiting = Message.objects.filter(pk=message.pk, answered_at=None)
    if waiting.update(answered_at=timezone.now(), answered_by=person):
        log(code=MESSAGE_ANSWERED, person=person, about=message)


@transaction.atomic
def delete_message(*, person: User, message: Message) -> None:
    """Delete it with the address of who wrote it. Raises NotAllowedError."""
    check_permission(may_read_messages(person))
    log(code=MESSAGE_DELETED, person=person, about=message)
    note_erasure(MESSAGE_DELETED, message.pk)
    message.delete()


def delete_message_again(key: str) -> None:
    """After a backup from before was restored."""
    Message.objects.filter(pk=key).delete()
