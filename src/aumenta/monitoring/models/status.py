"""What rules say of indicators, and the goalposts of composites, which an edition keeps."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.monitoring.models.indicator import Indicator, MeasuredPlace


class Status(models.Model):
    """What one rule says of an indicator in a place, with all that it was said from; or why nothing can be said."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="statuses", verbose_name=_("indicator")
    )
    place = models.ForeignKey(MeasuredPlace, on_delete=models.CASCADE, related_name="+", verbose_name=_("place"))
    rule = models.CharField(_("rule"), max_length=20)
    version = models.CharField(_("version of the rule"), max_length=10)
    thresholds = models.JSONField(_("thresholds"))
    inputs = models.JSONField(_("inputs"))
    value = models.FloatField(_("value worked out"), null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=24)
    reason = models.CharField(_("why it cannot be assessed"), max_length=20, blank=True)
    sentence_it = models.CharField(_("sentence (Italian)"), max_length=400)
    sentence_en = models.CharField(_("sentence (English)"), max_length=400)
    said_at = models.DateTimeField(_("worked out"), default=timezone.now)

    class Meta:
        verbose_name = _("status of an indicator")
        verbose_name_plural = _("statuses of indicators")
        ordering: ClassVar[list[str]] = ["indicator", "place", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "place", "rule"], name="status_once_for_place_and_rule"),
            models.CheckConstraint(
                condition=Q(status="not_available") & ~Q(reason="") | ~Q(status="not_available") & Q(reason=""),
                name="status_or_a_reason_why_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.rule} {self.status}"


class Goalposts(models.Model):
    """Between which values an indicator moves in the composites of an edition. Frozen: a new year never moves an old
    figure."""

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="goalposts", verbose_name=_("edition")
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="goalposts", verbose_name=_("indicator")
    )
    low = models.FloatField(_("lower goalpost"))
    high = models.FloatField(_("upper goalpost"))
    reference = models.FloatField(_("reference (100)"))
    reference_year = models.PositiveSmallIntegerField(_("year of the reference"))
    frozen_at = models.DateTimeField(_("goalposts frozen on"), default=timezone.now)

    class Meta:
        verbose_name = _("goalposts of an indicator")
        verbose_name_plural = _("goalposts of indicators")
        ordering: ClassVar[list[str]] = ["edition", "indicator"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "indicator"], name="goalposts_once_in_an_edition"),
            models.CheckConstraint(condition=Q(low__lt=models.F("high")), name="goalposts_stand_apart"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.indicator_id}"
