"""Every attempt to write somebody, so that the office sees what was tried, when, and what comes next."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.listening.models.participant import Registration
from aumenta.listening.models.restitution import Delivery


class MailAttempt(models.Model):
    """One attempt to send a mail of a registration, or a report (`delivery`). It goes when the person is forgotten.

    `failure` is the name of the fault and the server's number for it, never its words: they repeat the address.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.CASCADE, related_name="mail_attempts", verbose_name=_("registration")
    )
    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, null=True, related_name="tries", verbose_name=_("delivery")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    failure = models.CharField(_("failure"), max_length=80, blank=True)
    again_at = models.DateTimeField(_("tried again"), null=True)

    class Meta:
        verbose_name = _("attempt to send an e-mail")
        verbose_name_plural = _("attempts to send e-mails")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(again_at=None) | ~models.Q(failure=""), name="mail_attempt_again_after_a_failure"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.failure or self.at}"
