"""Readings, the files they came from, and what they said before they were corrected."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.monitoring.models.indicator import Indicator, MeasuredPlace


class SourceFile(models.Model):
    """A file of readings that somebody sent: what it is, its checksum, when it was fetched.

    `content` is kept, compressed, until the readings were taken or the file was put aside.
    """

    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("bytes"))
    format = models.CharField(_("format"), max_length=10)
    retrieved_on = models.DateField(_("fetched on"))
    content = models.BinaryField(_("content until it is taken in"), blank=True, default=b"")
    structure = models.BinaryField(_("structure until it is taken in"), blank=True, default=b"")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)
    taken_at = models.DateTimeField(_("readings taken"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of readings")
        verbose_name_plural = _("files of readings")
        ordering: ClassVar[list[str]] = ["-entered_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """One value of one indicator for one place and period. It never loses its nature: why there is no value
    (`absence`), what to know of it (`marks`), what it is a ratio of, which file it came from."""

    class Absence(models.TextChoices):
        SUPPRESSED = "c", _("suppressed")
        NOT_APPLICABLE = "z", _("not applicable")
        MISSING = "m", _("missing")

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="readings", verbose_name=_("indicator")
    )
    place = models.ForeignKey(MeasuredPlace, on_delete=models.PROTECT, related_name="readings", verbose_name=_("place"))
    period = models.CharField(_("period"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True, blank=True)
    absence = models.CharField(_("why there is no value"), max_length=1, choices=Absence, blank=True)
    marks = models.CharField(_("flags"), max_length=6, blank=True)
    numerator = models.FloatField(_("numerator"), null=True, blank=True)
    denominator = models.FloatField(_("denominator"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    file = models.ForeignKey(
        SourceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        verbose_name=_("file of readings"),
    )

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering: ClassVar[list[str]] = ["indicator", "place", "period"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "place", "period"], name="reading_once_for_place_and_period"),
            models.CheckConstraint(
                condition=Q(value__isnull=True, absence__in=["c", "z", "m"]) | Q(value__isnull=False, absence=""),
                name="reading_has_a_value_or_a_reason",
                violation_error_message=_("Write the value, or why there is none: one of the two."),
            ),
            models.CheckConstraint(condition=Q(marks__regex=r"^b?d?e?p?r?u?$"), name="reading_marks_are_known"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=0),
                name="reading_ratio_is_whole",
                violation_error_message=_(
                    "Write numerator and denominator, or neither; the denominator is more than zero."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.place_id} {self.period}"


class Correction(models.Model):
    """What a reading said before, why it was changed, by whom or by which file. Never changed itself."""

    reading = models.ForeignKey(
        Reading, on_delete=models.PROTECT, related_name="corrections", verbose_name=_("reading")
    )
    value = models.FloatField(_("value before"), null=True, blank=True)
    absence = models.CharField(_("why there was no value"), max_length=1, choices=Reading.Absence, blank=True)
    marks = models.CharField(_("flags before"), max_length=6, blank=True)
    numerator = models.FloatField(_("numerator before"), null=True, blank=True)
    denominator = models.FloatField(_("denominator before"), null=True, blank=True)
    file = models.ForeignKey(
        SourceFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file it came from before"),
    )
    reason = models.CharField(_("reason"), max_length=300)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("corrected by")
    )
    corrected_at = models.DateTimeField(_("corrected"), default=timezone.now)

    class Meta:
        verbose_name = _("correction of a reading")
        verbose_name_plural = _("corrections of readings")
        ordering: ClassVar[list[str]] = ["-corrected_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="correction_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.corrected_at:%Y-%m-%d}"
