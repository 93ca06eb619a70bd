"""Asks every link that sheets and pages name, politely and never while a page is being made."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from time import monotonic, sleep
from typing import Final
from urllib.parse import urlsplit

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from aumenta.mailing.queued import queue_once, tomorrow_at
from aumenta.pages.links import all_addresses
from aumenta.pages.models import CheckedLink
from aumenta.pages.probe_link import MayAsk, is_public, probe_link
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.rules import manages_pages

PAUSE: Final = 1.0
"""Seconds between two questions to one host."""
_FORGOTTEN: Final = timedelta(hours=6)
AT: Final = time(3, 40)
"""When links are asked every night, in the territory's time."""
ONE_NIGHT: Final = 3600.0
"""Seconds that a night's questions may take: the worker has mails to send too. The next night begins with those that
were asked longest ago."""


def ask_for_check(*, person: User) -> bool:
    """Let the worker check all links; False where it is at it already. Raises NotAllowedError."""
    check_permission(manages_pages(person), "check_links")
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
    check_links(longest=ONE_NIGHT)


@task()
def check_links_nightly() -> None:
    """What the worker does every night; whatever happens, the next night is in the queue."""
    try:
        check_links(longest=ONE_NIGHT)
    finally:
        queue_check()


def queue_check() -> bool:
    """See to it that one night's check is in the queue; whether it had to be added."""
    return queue_once(check_links_nightly, run_after=tomorrow_at(AT))


def check_links(
    *,
    may_ask: MayAsk = is_public,
    wait: Callable[[float], None] = sleep,
    pause: float = PAUSE,
    longest: float | None = None,
) -> Counter[CheckedLink.Outcome]:
    """Ask every address once and keep what it answered, each as soon as it is known; returns how many did what.

    Hosts take turns, those that were asked longest ago first, and one host is asked at most once in `pause` seconds;
    after `longest` seconds no other address is begun. Addresses that nothing names any more are forgotten. For the
    worker and the console.
    """
    begun = monotonic()
    addresses = all_addresses()
    CheckedLink.objects.exclude(address__in=addresses).delete()
    counts: Counter[CheckedLink.Outcome] = Counter()
    asked_at: dict[str, float] = {}
    asked_before = dict(CheckedLink.objects.values_list("address", "checked_at"))
    for address in _in_turns(addresses, asked_before):
        if longest is not None and monotonic() - begun > longest:
            break
        host = urlsplit(address).netloc
        if (left := asked_at.get(host, -pause) + pause - monotonic()) > 0:
            wait(left)
        answer = probe_link(address, may_ask=may_ask)
        asked_at[host] = monotonic()
        now = timezone.now()
        known = {"outcome": answer.outcome, "status": answer.status, "checked_at": now}
        if answer.outcome == CheckedLink.Outcome.ALIVE:
            known["alive_at"] = now
        CheckedLink.objects.update_or_create(address=address, defaults=known)
        counts[answer.outcome] += 1
    return counts


def _in_turns(addresses: set[str], asked_before: Mapping[str, datetime]) -> list[str]:
    """The addresses so ordered that those of one host stand as far apart as they can, the longest unasked first."""
    never = datetime.min.replace(tzinfo=UTC)
    by_host: Counter[str] = Counter()
    turns = []
    for address in sorted(addresses, key=lambda address: (asked_before.get(address, never), address)):
        host = urlsplit(address).netloc
        by_host[host] += 1
        turns.append((by_host[host], asked_before.get(address, never), host, address))
    return [address for _turn, _asked, _host, address in sorted(turns)]
