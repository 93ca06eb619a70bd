"""Texts of an edition outside axes and sheets, and rows of a sheet that have no field of their own."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Action, Edition


class Chapter(models.Model):
    """A text of the plan in its order: foreword, reader's guide, analysis, process, vision, essay. Closed rich text."""

    class Kind(models.TextChoices):
        FOREWORD = "foreword", _("foreword")
        GUIDE = "guide", _("reader's guide")
        ANALYSIS = "analysis", _("analysis")
        PROCESS = "process", _("process")
        VISION = "vision", _("vision")
        ESSAY = "essay", _("essay")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="chapters", verbose_name=_("edition"))
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ESSAY)
    title_it = models.CharField(_("title (Italian)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    text_it = models.TextField(_("text (Italian)"), blank=True)
    text_en = models.TextField(_("text (English)"), blank=True)

    class Meta:
        verbose_name = _("chapter of an edition")
        verbose_name_plural = _("chapters of editions")
        ordering: ClassVar[list[str]] = ["edition__first_year", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="chapter_position_once_in_an_edition"),
        ]

    def __str__(self) -> str:
        return self.title_it


class SheetRow(models.Model):
    """A row of a sheet as the document labels it: times, costs, targets, indicators …"""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="rows", verbose_name=_("action"))
    position = models.PositiveSmallIntegerField(_("position"))
    label = models.CharField(_("label"), max_length=200)
    text_it = models.TextField(_("text (Italian)"))
    text_en = models.TextField(_("text (English)"), blank=True)

    class Meta:
        verbose_name = _("other row of a sheet")
        verbose_name_plural = _("other rows of sheets")
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return f"{self.label}: {self.text_it}"
