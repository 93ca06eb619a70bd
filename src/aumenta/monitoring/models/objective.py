"""The objectives of the authority's own instruments (DUP, PIAO) that actions of the plan stand behind."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.people.reader import in_language


class Objective(models.Model):
    """An objective of a year: strategic or operational of the DUP, or of the PIAO, with its own status."""

    class Level(models.TextChoices):
        STRATEGIC = "dup_strategic", _("DUP, strategic objective")
        OPERATIONAL = "dup_operational", _("DUP, operational objective")
        PIAO = "piao", _("PIAO, objective of management")

    class Standing(models.TextChoices):
        UNKNOWN = "unknown", _("not declared")
        NOT_BEGUN = "not_begun", _("not begun")
        UNDER_WAY = "under_way", _("under way")
        REACHED = "reached", _("reached")
        PARTLY = "partly", _("reached in part")
        MISSED = "missed", _("not reached")

    level = models.CharField(_("level"), max_length=15, choices=Level)
    code = models.CharField(_("code"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    title_it = models.CharField(_("title (Italian)"), max_length=400)
    title_en = models.CharField(_("title (English)"), max_length=400, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("objective above it"),
    )
    standing = models.CharField(_("its own status"), max_length=9, choices=Standing, default=Standing.UNKNOWN)
    standing_source = models.CharField(_("where the status is stated"), max_length=200, blank=True)
    percent = models.FloatField(_("percentage stated"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    actions = models.ManyToManyField(
        "plan.Action", related_name="objectives", blank=True, verbose_name=_("actions behind it")
    )

    class Meta:
        verbose_name = _("objective of DUP or PIAO")
        verbose_name_plural = _("objectives of DUP and PIAO")
        ordering: ClassVar[list[str]] = ["-year", "level", "code"]
        constraints = [
            models.UniqueConstraint(fields=["level", "code", "year"], name="objective_once_a_year"),
            models.CheckConstraint(
                condition=~Q(level="dup_strategic") | Q(parent__isnull=True),
                name="objective_strategic_stands_on_top",
                violation_error_message=_("A strategic objective has none above it: leave that empty."),
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100),
                name="objective_percentage_is_one",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.year})"

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return in_language(self.title_it, self.title_en)
