"""How often one device has tried something within a while: enough to stop a machine, too little to know a person."""

from datetime import datetime, timedelta
from hashlib import sha256
from hmac import new as keyed

from django.conf import settings

from aumenta.events.models import Attempt

WITHIN = timedelta(minutes=10)
KEPT_FOR = timedelta(hours=1)


def source_of(address: str, day: datetime) -> str:
    """A digest of a network address, another one every day."""
    return keyed(settings.SECRET_KEY.encode(), f"{day.date()} {address}".encode(), sha256).hexdigest()


def too_many(*, source: str, what: str, most: int, now: datetime) -> bool:
    """Note an attempt; whether this source has now made more than `most` in ten minutes."""
    Attempt.objects.filter(at__lt=now - KEPT_FOR).delete()
    Attempt.objects.create(source=source, what=what, at=now)
    return Attempt.objects.filter(source=source, what=what, at__gte=now - WITHIN).count() > most
