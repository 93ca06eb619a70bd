"""Codes that axes, strategies and actions had before they were moved or renumbered: old addresses lead on by them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Edition


class FormerCode(models.Model):
    """A code that nothing in the edition has any more, and the one under which what had it is found now."""

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="former_codes", verbose_name=_("edition")
    )
    code = models.CharField(_("former code"), max_length=20)
    now = models.CharField(_("code today"), max_length=20)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        ordering: ClassVar[list[str]] = ["edition", "code"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="former_code_once_in_an_edition"),
            models.CheckConstraint(condition=~models.Q(code=models.F("now")), name="former_code_leads_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.code} → {self.now}"
