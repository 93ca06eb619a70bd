"""How much one network may send by the forms that anybody may use: in a while, and in a day.

What a whole school sends in ten minutes, sent all day long by a machine, would drown what everybody else says.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from aumenta.people.rate_limit import Limit, note_attempt
from aumenta.ui.client import client_network


@dataclass(frozen=True, slots=True)
class Flood:
    """How many of a kind come from one network before the others are refused: within ten minutes, within a day."""

    what: str
    in_ten_minutes: int
    in_a_day: int

    @property
    def limits(self) -> tuple[Limit, Limit]:
        """Both limits, the shorter one first: what it refuses is not counted by the other."""
        ten_minutes, day = timedelta(minutes=10), timedelta(days=1)
        return Limit(self.what, self.in_ten_minutes, ten_minutes), Limit(f"{self.what}-day", self.in_a_day, day)


def refused_as_flood(request: HttpRequest, flood: Flood, sentence: str) -> str:
    """Note one more of this kind; "" where it may come, `sentence` where ten minutes help, else another one."""
    soon, day = flood.limits
    subject = client_network(request)
    if note_attempt(limit=soon, subject=subject) is None:
        return sentence
    if note_attempt(limit=day, subject=subject) is None:
        return _("Too much came from your network today. Try again tomorrow, or write to the office.")
    return ""
