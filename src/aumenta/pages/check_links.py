"""Asks every link that sheets and pages name, politely and never while a page is being made."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from time import monotonic, sleep
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from aumenta.pages.ask_address import MayAsk, ask, is_public
from aumenta.pages.links import all_addresses
from aumenta.pages.models import CheckedLink
from aumenta.people.models import User
from aumenta.people.rules import manages_pages, require

PAUSE: Final = 1.0
"""Seconds between two questions to one host."""
_FORGOTTEN: Final = timedelta(hours=6)


def ask_for_check(*, person: User) -> bool:
    """Let the worker check all links; False where it is at it already. Raises NotAllowedError."""
    require(manages_pages(person), "check_links")
    waiting = DBTaskResult.objects.filter(
        task_path=check_all_links.module_path,
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        enqueued_at__gte=timezone.now() - _FORGOTTEN,
    )
    if waiting.exists():
        return False
    check_all_links.enqueue()
    return True


@task()
def check_all_links() -> None:
    """The worker's part of `ask_for_check`."""
    check_links()


def check_links(
    *, may_ask: MayAsk = is_public, wait: Callable[[float], None] = sleep, pause: float = PAUSE
) -> Counter[CheckedLink.Outcome]:
    """Ask every address once and keep what it answered, each as soon as it is known; returns how many did what.

    Hosts take turns, and one host is asked at most once in `pause` seconds. Addresses that nothing names any more are
    forgotten. For the worker and the console.
    """
    addresses = all_addresses()
    CheckedLink.objects.exclude(address__in=addresses).delete()
    counts: Counter[CheckedLink.Outcome] = Counter()
    asked_at: dict[str, float] = {}
    for address in _in_turns(addresses):
        host = urlsplit(address).netloc
        if (left := asked_at.get(host, -pause) + pause - monotonic()) > 0:
            wait(left)
        answer = ask(address, may_ask=may_ask)
        asked_at[host] = monotonic()
        now = timezone.now()
        known = {"outcome": answer.outcome, "status": answer.status, "checked_at": now}
        if answer.outcome == CheckedLink.Outcome.ALIVE:
            known["alive_at"] = now
        CheckedLink.objects.update_or_create(address=address, defaults=known)
        counts[answer.outcome] += 1
    return counts


def _in_turns(addresses: set[str]) -> list[str]:
    """The addresses so ordered that those of one host stand as far apart as they can."""
    by_host: dict[str, int] = {}
    turns = []
    for address in sorted(addresses):
        host = urlsplit(address).netloc
        by_host[host] = by_host.get(host, 0) + 1
        turns.append((by_host[host], host, address))
    return [address for _turn, _host, address in sorted(turns)]
