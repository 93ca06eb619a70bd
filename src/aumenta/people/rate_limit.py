"""How often something may be tried: counted by account *and* by network, in the database, for all processes.

A limit stops whoever reaches it and nobody else. So each count has its own subject: an account as seen from one
network, an account as seen from all of them, a network. What is refused is not counted: nobody can keep a limit closed
by knocking on it. Subjects are keyed digests, and rows leave after a day (`forget_old_attempts`).
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.utils import timezone

from aumenta.people.models import Attempt

KEPT_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` attempts at `what` within `within`. No limit counts further back than KEPT_FOR."""

    what: str
    most: int
    within: timedelta

    @property
    def minutes(self) -> int:
        """The time after which an attempt no longer counts, in minutes."""
        return int(self.within.total_seconds()) // 60


def network_of(address: str) -> str:
    """The network an address belongs to: an IPv6 subscriber has a whole /64 to change addresses in."""
    try:
        parsed = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(parsed), 64), strict=False))
    return str(parsed)


def note_attempt(*, limit: Limit, subject: str, now: datetime | None = None) -> int | None:
    """Note an attempt of `subject`; returns its key, or None where the limit is reached: then nothing is noted.

    It is noted before it is counted: of many that come at once none gets past the limit.
    """
    now = now or timezone.now()
    counted = Attempt.objects.filter(what=limit.what, subject=_digest(limit, subject), at__gt=now - limit.within)
    if counted.count() >= limit.most:
        return None
    made = Attempt.objects.create(what=limit.what, subject=_digest(limit, subject), at=now)
    if counted.count() > limit.most:
        made.delete()
        return None
    return made.pk


def is_reached(*, limit: Limit, subject: str, now: datetime | None = None) -> bool:
    """Whether another attempt of `subject` would be refused; notes nothing."""
    return attempts_of(limit=limit, subject=subject, now=now) >= limit.most


def attempts_of(*, limit: Limit, subject: str, now: datetime | None = None) -> int:
    """How many attempts of `subject` count now."""
    since = (now or timezone.now()) - limit.within
    return Attempt.objects.filter(what=limit.what, subject=_digest(limit, subject), at__gt=since).count()


def take_back(attempts: list[int]) -> None:
    """Forget attempts that turned out to be right: only failures count."""
    Attempt.objects.filter(pk__in=attempts).delete()


def forget_attempts(*, limit: Limit, subject: str) -> None:
    """Begin anew for `subject`, as after a success."""
    Attempt.objects.filter(what=limit.what, subject=_digest(limit, subject)).delete()


def forget_old_attempts(now: datetime) -> int:
    """Delete what no limit counts any more; returns how many rows."""
    deleted, _by_model = Attempt.objects.filter(at__lt=now - KEPT_FOR).delete()
    return deleted


def _digest(limit: Limit, subject: str) -> str:
    text = f"{limit.what} {subject}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
