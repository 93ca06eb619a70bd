"""Writing to followers: every hour the worker looks what is new about each thing that is followed."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from aumenta.following.links import page_of
from aumenta.following.models import FollowingMail, FollowingMailAttempt, Subscription
from aumenta.following.news import News
from aumenta.following.subjects import subject_of
from aumenta.mailing.queued import queue_once
from aumenta.mailing.retries import outcome_of
from aumenta.people.office_words import office_mail

EVERY: Final = timedelta(hours=1)
# A little less than the round number, or the hourly look would come just too early and a day would last 25 hours.
PAUSES: Final = {
    Subscription.Rhythm.AT_ONCE: timedelta(0),
    Subscription.Rhythm.DAILY: timedelta(hours=23, minutes=30),
    Subscription.Rhythm.WEEKLY: timedelta(days=6, hours=23, minutes=30),
}
_log = logging.getLogger(__name__)


@task()
def tell_followers_hourly() -> None:
    """What the worker does every hour; whatever happens, the next hour is in the queue."""
    try:
        tell_followers(now=timezone.now())
    finally:
        queue_telling()


def queue_telling() -> bool:
    """See to it that one look is in the queue; whether it had to be added."""
    return queue_once(tell_followers_hourly, run_after=timezone.now() + EVERY)


def tell_followers(*, now: datetime) -> int:
    """Put a mail into the queue for each follower whose time has come and for whom there is something new; returns how
    many. What is new is worked out once for each thing and language, however many follow it."""
    written = 0
    rows = Subscription.objects.exclude(confirmed_at=None).order_by("kind", "key", "language", "pk")
    for (kind, key, language), followers in groupby(rows.iterator(), lambda one: (one.kind, one.key, one.language)):
        try:
            written += _tell(kind, key, language, followers, now)
        except Exception:
            # One thing that can't be told does not keep the others from their readers.
            _log.exception("Followers of %s %s were not told.", kind, key)
    return written


def _tell(kind: str, key: str, language: str, followers: Iterator[Subscription], now: datetime) -> int:
    due = [one for one in followers if now - (one.last_told_at or now) >= PAUSES[Subscription.Rhythm(one.rhythm)]]
    if not due:
        return 0
    with override(language):
        subject = subject_of(kind, key)
        news = sorted(subject.news(), key=lambda one: one.at, reverse=True) if subject else []
    return sum(_keep(one, news, now) for one in due)


@transaction.atomic
def _keep(subscription: Subscription, news: list[News], now: datetime) -> bool:
    """The mail and the note that it was made are one: whoever stops in between has done nothing."""
    locked = Subscription.objects.select_for_update(no_key=True).filter(pk=subscription.pk).first()
    fresh = [one for one in news if locked and one.mark not in locked.told]
    if locked is None or not fresh:
        return False
    items = [[one.title, one.words, one.path] for one in fresh]
    mail = FollowingMail.objects.create(subscription=locked, items=items, made_at=now)
    locked.told, locked.last_told_at = [one.mark for one in news], now
    locked.save(update_fields=["told", "last_told_at"])
    transaction.on_commit(partial(send_news_mail.enqueue, mail.pk))
    return True


@task()
def send_news_mail(mail_id: int, number: int = 1) -> None:
    """Send one mail, once: it is taken before it is sent, and given back only where the server refused it."""
    if not FollowingMail.objects.filter(pk=mail_id, taken_at=None).update(taken_at=timezone.now()):
        return
    mail = FollowingMail.objects.select_related("subscription").filter(pk=mail_id).first()
    if mail is None:
        return
    fault = None
    try:
        with override(mail.subscription.language):
            news_mail(mail).send()
    except Exception as refused:
        fault = refused
    outcome = outcome_of(send_news_mail, number, fault)
    tried = FollowingMailAttempt.objects.create(subscription=mail.subscription, mail=mail, **outcome)
    if not tried.failure:
        FollowingMail.objects.filter(pk=mail_id).update(sent_at=timezone.now())
    elif tried.again_at:
        FollowingMail.objects.filter(pk=mail_id).update(taken_at=None)
        send_news_mail.using(run_after=tried.again_at).enqueue(mail_id, number + 1)


def news_mail(mail: FollowingMail) -> EmailMessage:
    """The mail, with the headers by which a mail program stops it at one press (RFC 8058)."""
    subscription = mail.subscription
    subject = subject_of(subscription.kind, subscription.key)
    start = f"{settings.PUBLIC_ADDRESS}/{subscription.language}/"
    page = page_of(subscription)
    context = {
        "name": subject.name if subject else subscription.key,
        "items": [(title, words, f"{start}{path}") for title, words, path in mail.items],
        "thing": f"{start}{subject.path}" if subject else start,
        "page": page,
    }
    title = render_to_string("following/mail/news_subject.txt", context)
    body = render_to_string("following/mail/news.txt", context)
    headers = {"List-Unsubscribe": f"<{page}stop/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return office_mail(title, body, subscription.email, headers=headers)
