"""The yearly report on the plan: written while it is a draft, then frozen, then published; never changed after."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from aumenta.monitoring.reports.record import YearlyRecord


class YearlyReport(models.Model):
    """The report of a year on an edition. `content` is all that it says, in one fixed spelling with its SHA-256; the
    database lets nobody publish what was not frozen."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        FROZEN = "frozen", _("frozen, not public yet")
        PUBLISHED = "published", _("public: everybody reads it")

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="yearly_reports", verbose_name=_("edition")
    )
    year = models.PositiveSmallIntegerField(
        _("year of the report"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    as_of = models.DateField(_("state as of"))
    introduction_it = models.TextField(_("introduction (Italian)"), max_length=8000, blank=True)
    introduction_en = models.TextField(_("introduction (English)"), max_length=8000, blank=True)
    before = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("report it is compared with"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    content = models.JSONField(_("frozen content"), null=True, blank=True)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, blank=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("frozen by"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    approved_with = models.CharField(_("act that approved it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering: ClassVar[list[str]] = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "year"], name="yearly_report_once_a_year"),
            models.CheckConstraint(
                condition=Q(state="draft", content__isnull=True, sha256="", frozen_at__isnull=True)
                | ~Q(state="draft") & Q(content__isnull=False, frozen_at__isnull=False) & ~Q(sha256=""),
                name="yearly_report_frozen_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at__isnull=True),
                name="yearly_report_published_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.year}"

    def read(self) -> "YearlyRecord":
        """What was frozen. Only for a report that is no draft."""
        from aumenta.monitoring.reports.record import YearlyRecord

        return YearlyRecord.from_json(self.content or {})


class ReportText(models.Model):
    """What the office writes on a strategy in the report of a year."""

    report = models.ForeignKey(
        YearlyReport, on_delete=models.CASCADE, related_name="texts", verbose_name=_("yearly report")
    )
    strategy = models.ForeignKey(
        "plan.Strategy", on_delete=models.CASCADE, related_name="report_texts", verbose_name=_("strategy")
    )
    text_it = models.TextField(_("text (Italian)"), max_length=8000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=8000, blank=True)

    class Meta:
        verbose_name = _("text of a yearly report")
        verbose_name_plural = _("texts of yearly reports")
        constraints = [models.UniqueConstraint(fields=["report", "strategy"], name="report_text_once_for_a_strategy")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.strategy_id}"
