"""Who sent a contribution, how to reach her, what came with it: apart from the text, and with a day of deletion."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.mailing.models import MailAttempt
from aumenta.voices.models.contribution import Contribution


class ContributionSender(models.Model):
    """Who sent a contribution, as she said it. Goes on `forget_on`; the text stays, without her."""

    class Kind(models.TextChoices):
        PERSON = "person", _("a person")
        ORGANISATION = "organisation", _("an organisation")
        PSEUDONYM = "pseudonym", _("a person under a pseudonym")

    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, related_name="sender", verbose_name=_("written contribution")
    )
    kind = models.CharField(_("writes as"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    forget_on = models.DateField(_("deleted on"))
    receipt_held = models.BooleanField(_("no receipt was sent: too many to this address"), default=False)

    class Meta:
        verbose_name = _("sender of a contribution")
        verbose_name_plural = _("senders of contributions")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="organisation") | ~Q(name=""), name="organisation_that_writes_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContributionAttachment(models.Model):
    """A file that came with a contribution. It is kept under a random name that says nothing, and only downloaded.

    `name` is what the sender called it, for the office; pictures are made anew, without where and when. Goes on
    `forget_on`, with its file.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("written contribution")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    key = models.CharField(_("random name"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=4)
    size = models.PositiveIntegerField(_("size"))
    forget_on = models.DateField(_("deleted on"))

    class Meta:
        verbose_name = _("attachment of a contribution")
        verbose_name_plural = _("attachments of contributions")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "position"], name="attachment_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ContributionMailAttempt(MailAttempt):
    """An attempt to send one of the mails about a contribution."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("receipt")
        REFUSED = "refused", _("not admitted")
        ANSWER = "answer", _("answer of the office")

    kind = models.CharField(_("which mail"), max_length=7, choices=Kind, default=Kind.RECEIPT)

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="attempts", verbose_name=_("written contribution")
    )
