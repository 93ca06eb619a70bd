"""Who asked to be written to about which part of the plan, what each was told, and the mails on their way."""

import secrets
from datetime import timedelta
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.mailing.models import MailAttempt

HELD_FOR: Final = timedelta(hours=24)
"""How long a request waits for its link to be opened; then the nightly job forgets it."""
KEPT_FOR: Final = timedelta(days=3 * 365)
"""How long a subscription lasts: as long as an edition of the plan. Whoever wants more follows again."""

LONGEST_KEY: Final = 500
"""An edition and a question with its filters are the longest."""


def new_link() -> str:
    """The unguessable part of a subscription's own address."""
    return secrets.token_urlsafe(24)


class Subscription(models.Model):
    """An address that is written to when something new about `kind` `key` is public. `told` holds the marks of what it
    was told, or of what was there when it was confirmed: everything else is news, however old its date."""

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("as soon as there is something new")
        DAILY = "daily", _("at most once a day")
        WEEKLY = "weekly", _("at most once a week")

    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=2, default="it")
    kind = models.CharField(_("kind of thing followed"), max_length=12)
    key = models.CharField(_("thing followed"), max_length=LONGEST_KEY)
    rhythm = models.CharField(_("how often to write"), max_length=7, choices=Rhythm, default=Rhythm.DAILY)
    link = models.CharField(_("secret of the link"), max_length=64, unique=True, default=new_link)
    asked_at = models.DateTimeField(_("asked to follow on"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    last_told_at = models.DateTimeField(_("last written to"), null=True, blank=True)
    told = models.JSONField(_("what it was told"), default=list, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), "kind", "key", name="followed_once_by_an_address"),
            models.CheckConstraint(condition=~Q(email="") & ~Q(key=""), name="subscription_says_who_and_what"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class FollowingMail(models.Model):
    """A mail with news to one subscriber: `items` are title, words and address of each. `taken_at` is set before it is
    sent, so that a worker that is stopped in the middle never sends it twice."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="mails", verbose_name=_("subscription")
    )
    items = models.JSONField(_("what is new"))
    made_at = models.DateTimeField(_("put together on"), default=timezone.now)
    taken_at = models.DateTimeField(_("taken on"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail to a follower")
        verbose_name_plural = _("mails to followers")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return str(self.subscription)


class FollowingMailAttempt(MailAttempt):
    """An attempt to write to a follower: with news (`mail`), or to have a request confirmed."""

    subscription = models.ForeignKey(
        Subscription, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("subscription")
    )
    mail = models.ForeignKey(
        FollowingMail, on_delete=models.CASCADE, null=True, related_name="attempts", verbose_name=_("mail")
    )
