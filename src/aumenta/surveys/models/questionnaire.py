"""Questionnaires, and what they ask in versions."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.core.survey.questions import Question, from_json


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Questionnaires, asked for by who may read them."""

    def public(self) -> "QuestionnaireQuerySet":
        """What everybody may read: opened, and about an edition that everybody may read."""
        return self.exclude(opened_at=None).filter(edition__state="public").select_related("edition")


class Questionnaire(models.Model):
    """Questions to many, about an edition of the plan. Open to everybody, or to those who were invited alone.

    While it is open its questions change only as a new version; what was replied keeps the version it replied to.
    `sent_to` is how many were asked in all where it is known, for the rate of replies; invitations count themselves.
    """

    class Standing(models.TextChoices):
        DRAFT = "draft", _("in preparation")
        COMING = "coming", _("opens later")
        OPEN = "open", _("replies are taken")
        CLOSED = "closed", _("closed")

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="questionnaires", verbose_name=_("edition")
    )
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    text_it = models.TextField(_("what it is for (Italian)"), max_length=5000, blank=True)
    text_en = models.TextField(_("what it is for (English)"), max_length=5000, blank=True)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    invited_only = models.BooleanField(_("only who was invited replies"), default=False)
    sent_to = models.PositiveIntegerField(_("how many were asked, where it is known"), null=True, blank=True)
    opened_at = models.DateTimeField(_("asked since"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    results_published_at = models.DateTimeField(_("results published on"), null=True, blank=True)
    invented = models.BooleanField(_("invented, for trying out"), default=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering: ClassVar[list[str]] = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="questionnaire_opens_first"),
            models.CheckConstraint(condition=~Q(title_it=""), name="questionnaire_has_a_title"),
            models.CheckConstraint(
                condition=Q(results_published_at=None) | Q(closed_at__isnull=False), name="questionnaire_closed_first"
            ),
        ]

    def __str__(self) -> str:
        return self.title_it

    def standing_on(self, day: date) -> "Questionnaire.Standing":
        """Whether somebody may reply on this day."""
        if self.opened_at is None:
            return self.Standing.DRAFT
        if self.closed_at or day > self.closes_on:
            return self.Standing.CLOSED
        return self.Standing.OPEN if day >= self.opens_on else self.Standing.COMING

    @property
    def standing(self) -> "Questionnaire.Standing":
        """Whether somebody may reply today."""
        return self.standing_on(timezone.localdate())

    @property
    def in_use(self) -> "QuestionnaireVersion | None":
        """The version that is asked: the last that was frozen."""
        return self.versions.exclude(frozen_at=None).order_by("-number").first()

    @property
    def written(self) -> "QuestionnaireVersion | None":
        """The version that is being written, where there is one."""
        return self.versions.filter(frozen_at=None).first()


class QuestionnaireVersion(models.Model):
    """The questions as they are asked. Once frozen they never change: `sha256` is their hash."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="versions", verbose_name=_("questionnaire")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("questions"), default=list)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    sha256 = models.CharField(_("hash"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("frozen on"), null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once"),
            models.UniqueConstraint(
                fields=["questionnaire"], condition=Q(frozen_at=None), name="questionnaire_one_version_is_written"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} / {self.number}"

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks."""
        return from_json(self.content)
