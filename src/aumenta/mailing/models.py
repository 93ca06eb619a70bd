"""Every attempt to write somebody, so that the office sees what was tried, when, and what comes next."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailAttempt(models.Model):
    """One attempt to send a mail. Each room that sends mails has its own attempts, tied to what the mail was about:
    they go with it, so that nothing of a person who is forgotten stays behind.

    `failure` is the name of the fault and the server's number for it, never its words: they repeat the address.
    """

    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    again_at = models.DateTimeField(_("tried again"), null=True)

    class Meta:
        abstract = True
        verbose_name = _("attempt to send an e-mail")
        verbose_name_plural = _("attempts to send e-mails")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(again_at=None) | ~models.Q(failure=""), name="%(class)s_again_after_a_failure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.failure or self.at}"


class WorkerPulse(models.Model):
    """When a worker last said that it lives."""

    name = models.CharField(_("worker"), max_length=64, unique=True)
    at = models.DateTimeField(_("last heard"))

    class Meta:
        verbose_name = _("pulse of a worker")
        verbose_name_plural = _("pulses of the workers")

    def __str__(self) -> str:
        return self.name
