"""What follows when axes, strategies or actions get other codes: former codes lead on, and what rooms above keep under
a code moves along."""

from collections.abc import Callable, Mapping
from typing import Final

from aumenta.plan.models import Edition, FormerCode

Codes = Mapping[str, str]
"""Old code → new code, of everything that moved: axes, strategies and actions."""
Follower = Callable[[Edition, Codes], None]

_FOLLOWERS: Final[list[Follower]] = []


def register_follower(follower: Follower) -> None:
    """Call `follower` whenever codes of an edition change; said twice, it is called once. From a room's `apps.py`."""
    if follower not in _FOLLOWERS:
        _FOLLOWERS.append(follower)


def codes_changed(edition: Edition, codes: Codes) -> None:
    """Let former codes lead to the new ones, and every room follow. Inside the transaction that moved them."""
    living = set(codes.values())
    FormerCode.objects.filter(edition=edition, code__in=living).delete()
    earlier = list(FormerCode.objects.filter(edition=edition, now__in=codes))
    for former in earlier:
        former.now = codes[former.now]
    FormerCode.objects.bulk_update(earlier, ["now"])
    FormerCode.objects.bulk_create(
        (FormerCode(edition=edition, code=old, now=new) for old, new in codes.items() if old not in living),
        update_conflicts=True,
        update_fields=["now", "since"],
        unique_fields=["edition", "code"],
    )
    for follower in _FOLLOWERS:
        follower(edition, codes)


def code_now(edition: Edition, code: str) -> str | None:
    """Under which code what once had this one is found; None where it never moved. One query."""
    return FormerCode.objects.filter(edition=edition, code=code).values_list("now", flat=True).first()
