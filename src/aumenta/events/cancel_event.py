"""Cancel an event instead of making it vanish: who had a seat, and who reads an old link, must learn of it."""

from functools import partial

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.events.activity import EVENT_CANCELLED, EVENT_TAKES_PLACE
from aumenta.events.models import Event, Registration
from aumenta.events.participants.register import is_over
from aumenta.events.participants.registration_mail import send_registration_mail
from aumenta.events.rules import may_publish
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


@transaction.atomic
def cancel_event(*, person: User, event: Event, why_it: str, why_en: str = "") -> int:
    """Say that it does not take place, and why; returns how many registered people are written to.

    Page and registrations stay, so that every link and calendar leads to the news; nobody registers any more.
    Raises NotAllowedError; RefusedError «cancel_reason_required», «cancel_reason_too_long», «event_is_cancelled» or
    «over_not_cancelled».
    """
    check_permission(may_publish(person))
    locked = Event.objects.select_for_update().get(pk=event.pk)
    italian, english = " ".join(why_it.split()), " ".join(why_en.split())
    if not italian:
        raise RefusedError("cancel_reason_required")
    most = Event._meta.get_field("cancelled_why_it").max_length or 0
    if (longest := max(len(italian), len(english))) > most:
        raise RefusedError("cancel_reason_too_long", length=longest, most=most)
    if locked.cancelled_at:
        raise RefusedError("event_is_cancelled")
    if is_over(locked):
        raise RefusedError("over_not_cancelled")
    locked.cancelled_at, locked.cancelled_why_it, locked.cancelled_why_en = timezone.now(), italian, english
    return _written(locked, EVENT_CANCELLED, "cancelled", person)


@transaction.atomic
def hold_event(*, person: User, event: Event) -> int:
    """Take a cancellation back: seats and codes are those of before, and everybody is told; returns how many.

    Raises NotAllowedError; RefusedError «event_not_cancelled» or «over_not_cancelled».
    """
    check_permission(may_publish(person))
    locked = Event.objects.select_for_update().get(pk=event.pk)
    if not locked.cancelled_at:
        raise RefusedError("event_not_cancelled")
    if is_over(locked):
        raise RefusedError("over_not_cancelled")
    locked.cancelled_at, locked.cancelled_why_it, locked.cancelled_why_en = None, "", ""
    return _written(locked, EVENT_TAKES_PLACE, "takes_place", person)


def _written(event: Event, code: str, kind: str, person: User) -> int:
    # Calendars take a file in place of an earlier one by its number (SEQUENCE of RFC 5545).
    event.calendar_version = F("calendar_version") + 1
    event.save(update_fields=["cancelled_at", "cancelled_why_it", "cancelled_why_en", "calendar_version"])
    # Who has not opened the mailed link yet is nobody we know: she reads it where the link leads.
    silent = [Registration.State.WITHDRAWN, Registration.State.ASKED]
    active = event.registrations.exclude(state__in=silent).exclude(email="")
    keys = list(active.values_list("pk", flat=True))
    for key in keys:
        transaction.on_commit(partial(send_registration_mail.enqueue, kind, key))
    log(code=code, person=person, about=event, detail=str(len(keys)))
    touch()
    return len(keys)
