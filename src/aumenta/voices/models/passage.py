"""Passages of what was said and written, marked by whoever reads it; what they are about is said in `themes`."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.core.text.anchors import Span
from aumenta.voices.models.contribution import Contribution
from aumenta.voices.models.talk import Statement, Talk


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages."""

    def counted(self) -> "PassageQuerySet":
        """Those that stand for their source: of talks that were held and contributions that count, found in their text,
        and not of a second reader, who is there to be compared."""
        return self.filter(blind=False, lost=False).filter(
            Q(statement__talk__state=Talk.State.HELD)
            | Q(contribution__admission=Contribution.Admission.ADMITTED, contribution__withdrawn=False)
        )

    def quotable(self) -> "PassageQuerySet":
        """Those whose words anybody may read: every public route of a passage's words asks this."""
        return self.counted().filter(
            Q(statement__in=Statement.objects.quotable()) | Q(contribution__in=Contribution.objects.shown())
        )


class Passage(models.Model):
    """Some words of a statement or of a contribution. It keeps no copy of them: where the text changes the passage is
    looked for again, and `lost` says that it was not found; where the text is erased it goes.

    `start` and `end` are code points of the text. `blind` is of a second reader who did not see the others'.
    """

    statement = models.ForeignKey(
        Statement,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("statement"),
    )
    contribution = models.ForeignKey(
        Contribution,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="passages",
        verbose_name=_("written contribution"),
    )
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("after the last character"))
    memo = models.TextField(_("note of who reads"), max_length=5000, blank=True)
    blind = models.BooleanField(_("of a second reader"), default=False)
    lost = models.BooleanField(_("not found again"), default=False)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("marked by")
    )
    marked_at = models.DateTimeField(_("marked on"), auto_now_add=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering: ClassVar[list[str]] = ["statement__position", "start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_has_words"),
            models.CheckConstraint(
                condition=Q(statement=None, contribution__isnull=False) | Q(statement__isnull=False, contribution=None),
                name="passage_of_one_text",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def text(self) -> str:
        """The whole text it stands in."""
        of = self.statement or self.contribution
        return of.text if of else ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def words(self) -> str:
        """Its words, as the text has them now."""
        return self.text[self.start : self.end]


class SecondReading(models.Model):
    """Somebody reads a talk or a contribution without seeing what others marked, so that both can be compared.

    Until it is finished she sees her own passages only; from then on nobody changes them.
    """

    talk = models.ForeignKey(
        Talk,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="second_readings",
        verbose_name=_("talk"),
    )
    contribution = models.ForeignKey(
        Contribution,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="second_readings",
        verbose_name=_("written contribution"),
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who reads")
    )
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("second reading")
        verbose_name_plural = _("second readings")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(talk=None, contribution__isnull=False) | Q(talk__isnull=False, contribution=None),
                name="second_reading_of_one_source",
            ),
            models.UniqueConstraint(fields=["talk", "reader"], name="second_reading_of_a_talk_once"),
            models.UniqueConstraint(fields=["contribution", "reader"], name="second_reading_of_a_contribution_once"),
        ]

    def __str__(self) -> str:
        return f"{self.talk_id or '–'} / {self.contribution_id or '–'}"
