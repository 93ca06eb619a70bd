"""Erase a written contribution, because whoever wrote it asks for it."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.events.models import Event
from aumenta.events.rules import may_publish
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.results.activity import CONTRIBUTION_ERASED
from aumenta.results.erased import ERASED, erase_from_what_was_made
from aumenta.voices.contributions.forget_senders import take_out_sender
from aumenta.voices.models import Contribution, Passage


@transaction.atomic
def erase_contribution(*, person: User, contribution: Contribution) -> Contribution:
    """Put a notice in its place; it counts nowhere any more. Raises NotAllowedError."""
    check_permission(may_publish(person))
    _erase(contribution, person)
    note_erasure(CONTRIBUTION_ERASED, contribution.pk)
    contribution.refresh_from_db()
    return contribution


def erase_contribution_again(key: str) -> None:
    """After a backup from before was restored."""
    for contribution in Contribution.objects.filter(pk=key):
        _erase(contribution, None)


def _erase(contribution: Contribution, person: User | None) -> None:
    text = contribution.text
    Contribution.objects.filter(pk=contribution.pk).update(text=ERASED, source=ERASED, withdrawn=True)
    Passage.objects.filter(contribution=contribution).delete()
    take_out_sender(contribution)
    former = []
    for event in Event.objects.filter(themes__written__contribution=contribution).distinct():
        former += erase_from_what_was_made(event, {text} - {ERASED})
    log(code=CONTRIBUTION_ERASED, person=person, subject=contribution.label, detail="; ".join(former))
