"""Consultations: when the public may write about an edition, and until when it gets an answer."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations, asked for by who may read them."""

    def public(self) -> "ConsultationQuerySet":
        """What everybody may read: published, and about an edition that everybody may read. The form names all its
        strategies."""
        return self.exclude(published_at=None).filter(edition__state="public").select_related("edition")


class Consultation(models.Model):
    """A time in which anybody may write about an edition of the plan, without an account.

    Who writes after the last day is not turned away where `takes_late` says so: it is marked. `answer_days` run from
    the last day, or from the day of a contribution that is late.
    """

    class Standing(models.TextChoices):
        DRAFT = "draft", _("not published")
        COMING = "coming", _("not open yet")
        OPEN = "open", _("open")
        LATE = "late", _("over; late contributions are accepted and marked")
        CLOSED = "closed", _("over")

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="consultations", verbose_name=_("edition")
    )
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    text_it = models.TextField(_("what it is about (Italian)"), max_length=5000, blank=True)
    text_en = models.TextField(_("what it is about (English)"), max_length=5000, blank=True)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    answer_days = models.PositiveSmallIntegerField(_("days until the answer is due"), default=60)
    takes_late = models.BooleanField(_("late contributions are accepted and marked"), default=True)
    published_at = models.DateTimeField(_("open to everybody since"), null=True, blank=True)
    invented = models.BooleanField(_("invented, for trying out"), default=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering: ClassVar[list[str]] = ["-closes_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(opens_on__lte=F("closes_on")), name="consultation_opens_first"),
            models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=366), name="consultation_answers"),
            models.CheckConstraint(condition=~Q(title_it=""), name="consultation_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title_it

    def standing_on(self, day: date) -> "Consultation.Standing":
        """Whether somebody may write on this day."""
        if self.published_at is None:
            return self.Standing.DRAFT
        if day < self.opens_on:
            return self.Standing.COMING
        if day <= self.closes_on:
            return self.Standing.OPEN
        return self.Standing.LATE if self.takes_late else self.Standing.CLOSED

    @property
    def standing(self) -> "Consultation.Standing":
        """Whether somebody may write today."""
        return self.standing_on(timezone.localdate())

    @property
    def takes_contributions(self) -> bool:
        """Whether somebody may write today, in time or late."""
        return self.standing in {self.Standing.OPEN, self.Standing.LATE}
