"""Invitations, each for one reply, and replies, which are of nobody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.surveys.models.questionnaire import Questionnaire, QuestionnaireVersion


class Invitation(models.Model):
    """A link with which one reply can be given. It says whether it was used, and nothing leads from it to the reply.

    Who got it is known to the office that sent it, by `number`, and not here.
    """

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("questionnaire")
    )
    number = models.PositiveIntegerField(_("number"))
    zone = models.ForeignKey(
        "territory.Zone", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("zone")
    )
    organisation_kind = models.CharField(_("kind of organisation"), max_length=12, choices=OrganisationKind, blank=True)
    used = models.BooleanField(_("used"), default=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="invitation_number_once")]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} / {self.number}"


class Reply(models.Model):
    """What somebody replied. It holds the day, not the moment, and no account unless it was entered from paper."""

    class Way(models.TextChoices):
        OPEN = "open", _("open link")
        INVITED = "invited", _("invitation")
        PAPER = "paper", _("paper")

    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.PROTECT, related_name="replies", verbose_name=_("version")
    )
    answers = models.JSONField(_("what was answered"))
    way = models.CharField(_("how it came"), max_length=7, choices=Way)
    received_on = models.DateField(_("received on"))
    language = models.CharField(_("language"), max_length=2, default="it")
    form_key = models.CharField(_("form it was sent with"), max_length=32, unique=True, null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(way="paper") | Q(entered_by=None), name="reply_entered_is_from_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.received_on}"
