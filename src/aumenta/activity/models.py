"""The log of who did what, and the number of the public state.

The ground of all rooms: what an entry is about is noted as a kind, a key and words, never as a foreign key, so that any
room may write here and nothing here knows any of them.
"""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ActivityQuerySet(models.QuerySet["ActivityEntry"]):
    """The activity log."""

    def with_people(self) -> Self:
        """With all a sentence needs, in one query."""
        return self.select_related("person")


class ActivityEntry(models.Model):
    """One thing that happened, under a code that the room's `activity.py` turns into words. Never changed, never
    removed.

    `subject_kind` and `subject_key` say which row of which table it is about, as «plan.action» and its key;
    `subject` what it was called then, `within` what it belonged to, such as the edition's years. The row may be gone.
    """

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="activity",
        verbose_name=_("who"),
    )
    code = models.CharField(_("what"), max_length=60, db_index=True)
    subject_kind = models.CharField(_("kind of what it is about"), max_length=60, blank=True)
    subject_key = models.CharField(_("key of what it is about"), max_length=40, blank=True)
    subject = models.CharField(_("about"), max_length=300, blank=True)
    within = models.CharField(_("part of"), max_length=200, blank=True)
    detail = models.TextField(_("detail"), blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the activity log")
        verbose_name_plural = _("activity log")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_kind="", subject_key="") | (~Q(subject_kind="") & ~Q(subject_key="")),
                name="activity_subject_has_kind_and_key",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_key"], name="activity_about")]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"


class PublicRevision(models.Model):
    """One row: how often anything changed that the public can see. Kept pages are told apart by it."""

    number = models.PositiveBigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("revision of what is public")
        verbose_name_plural = _("revision of what is public")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="public_revision_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)
