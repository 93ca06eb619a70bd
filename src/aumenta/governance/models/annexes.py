"""Files that belong to an act, each with the hash of its content."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.governance.models.acts import Act
from aumenta.pages.models import Document
from aumenta.people.models import User


class Annex(models.Model):
    """A file of an act: named by its content, whose SHA-256 is written here. A signed one is never taken away."""

    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="annexes")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=4, choices=Document.Kind)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("hash of the content"), max_length=64)
    signed = models.BooleanField(_("signed"), default=False)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by"))
    kept_at = models.DateTimeField(_("sent on"), default=timezone.now)

    class Meta:
        verbose_name = _("annex of an act")
        verbose_name_plural = _("annexes of acts")
        ordering: ClassVar[list[str]] = ["act", "number"]
        constraints = [
            models.UniqueConstraint(fields=["act", "number"], name="annex_number_once"),
            models.UniqueConstraint(fields=["act", "digest"], name="annex_content_once_in_an_act"),
            models.CheckConstraint(condition=~Q(title="") & Q(size__gte=1), name="annex_has_title_and_content"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        """What the file is called when it is taken away."""
        return f"{self.act.slug[:60]}-allegato-{self.number}.{self.kind}"
