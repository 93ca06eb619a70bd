"""The signed address under which somebody sees and withdraws her registration."""

from typing import Final

from django.core import signing
from django.db.models import Q
from django.utils import timezone

from aumenta.events.models import Registration
from aumenta.events.models.participant import HELD_FOR

_SALT: Final = "events.registration"


def link_of(registration: Registration) -> str:
    """The signed part of her address."""
    return signing.dumps(registration.link, salt=_SALT)


def registration_behind(token: str) -> Registration | None:
    """Whose link this is; None for one that was changed, and once the registration is withdrawn or forgotten, or was
    asked for more than a day ago and never confirmed."""
    try:
        link = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    found = Registration.objects.select_related("event", "table__venue", "zone").filter(link=link)
    too_late = Q(state=Registration.State.ASKED, registered_at__lte=timezone.now() - HELD_FOR)
    return found.exclude(state=Registration.State.WITHDRAWN).exclude(too_late).first()
