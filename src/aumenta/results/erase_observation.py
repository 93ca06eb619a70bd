"""Erase what somebody said at a table, because she asks for it: from the log, and from everything made of it."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.tablelog.operation import TEXT
from aumenta.events.models import Observation, TableOperation
from aumenta.events.rules import may_publish
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.results.activity import OBSERVATION_ERASED
from aumenta.results.erased import ERASED, erase_from_what_was_made


@transaction.atomic
def erase_observation(*, person: User, observation: Observation) -> Observation:
    """Put a notice in the place of an observation and of all its former wordings; raises NotAllowedError.

    Devices at the table keep their own copy until they are cleared; they send it to nobody.
    """
    check_permission(may_publish(person))
    _erase(observation, person)
    note_erasure(OBSERVATION_ERASED, observation.pk)
    observation.refresh_from_db()
    return observation


def erase_observation_again(key: str) -> None:
    """After a backup from before was restored."""
    for observation in Observation.objects.filter(pk=key):
        _erase(observation, None)


def _erase(observation: Observation, person: User | None) -> None:
    event = observation.table.event
    said = TableOperation.objects.filter(table=observation.table, what=TEXT, key=str(observation.public_id))
    texts = {str(value) for value in said.values_list("value", flat=True)} | {observation.text}
    said.update(value=ERASED, reason="")
    Observation.objects.filter(pk=observation.pk).update(text=ERASED, other_texts=[])
    former = erase_from_what_was_made(event, texts - {ERASED})
    log(code=OBSERVATION_ERASED, person=person, subject=event.title_it, detail="; ".join(former))
