"""Position papers and discussion guides: parts that cite what they rest on, frozen in versions."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aumenta.people.reader import in_language
from aumenta.surveys.models import Questionnaire
from aumenta.themes.models.issue import Issue
from aumenta.themes.models.theme import Theme
from aumenta.voices.models import Passage


class Paper(models.Model):
    """A document on which people work in groups, or that guides what they talk about. It is written in parts; what
    others read are its versions."""

    class Kind(models.TextChoices):
        POSITION = "position", _("position paper")
        GUIDE = "guide", _("discussion guide")

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="papers", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind of document"), max_length=8, choices=Kind)
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    begun_at = models.DateTimeField(_("begun"), auto_now_add=True)

    class Meta:
        verbose_name = _("position paper")
        verbose_name_plural = _("position papers")
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(title_it=""), name="paper_has_a_title")]

    def __str__(self) -> str:
        return in_language(self.title_it, self.title_en)


class PaperPart(models.Model):
    """A paragraph, or what becomes of a strategy. It cites its sources (PaperSource) or is the office's `own`."""

    class Kind(models.TextChoices):
        HEARD = "heard", _("what was heard")
        DATA = "data", _("what data say")
        AGREED = "agreed", _("where people agree")
        DISAGREED = "disagreed", _("where they disagree")
        PROPOSED = "proposed", _("what is proposed")
        QUESTION = "question", _("open question")
        VERDICT = "verdict", _("what becomes of a strategy")
        OTHER = "other", _("other words")

    class Verdict(models.TextChoices):
        KEPT = "kept", pgettext_lazy("strategy", "kept")
        CHANGED = "changed", pgettext_lazy("strategy", "changed")
        NEW = "new", pgettext_lazy("strategy", "new")
        DROPPED = "dropped", pgettext_lazy("strategy", "dropped")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="parts", verbose_name=_("position paper"))
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("what it says"), max_length=9, choices=Kind)
    axis = models.ForeignKey(
        "plan.Axis", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("axis")
    )
    strategy = models.ForeignKey(
        "plan.Strategy", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("strategy")
    )
    verdict = models.CharField(_("what becomes of it"), max_length=7, choices=Verdict, blank=True)
    text_it = models.TextField(_("text (Italian)"), max_length=8000, blank=True)
    text_en = models.TextField(_("text (English)"), max_length=8000, blank=True)
    own = models.BooleanField(_("the office's own words, without a source"), default=False)

    class Meta:
        verbose_name = _("part of a position paper")
        verbose_name_plural = _("parts of position papers")
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="verdict") & ~Q(verdict="") | ~Q(kind="verdict") & Q(verdict=""),
                name="paper_part_says_what_becomes_of_a_strategy",
            ),
        ]

    def __str__(self) -> str:
        return self.text_it[:80] or self.get_kind_display()


class PaperSource(models.Model):
    """What a part rests on: one issue, theme, passage or questionnaire, or a document in words."""

    part = models.ForeignKey(PaperPart, on_delete=models.CASCADE, related_name="sources", verbose_name=_("part"))
    issue = models.ForeignKey(
        Issue, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )
    theme = models.ForeignKey(
        Theme, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    passage = models.ForeignKey(
        Passage, on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("passage")
    )
    questionnaire = models.ForeignKey(
        Questionnaire,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("questionnaire"),
    )
    document = models.CharField(_("document, with its page"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("source of a part")
        verbose_name_plural = _("sources of parts")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(issue__isnull=False, theme=None, passage=None, questionnaire=None, document="")
                | Q(issue=None, theme__isnull=False, passage=None, questionnaire=None, document="")
                | Q(issue=None, theme=None, passage__isnull=False, questionnaire=None, document="")
                | Q(issue=None, theme=None, passage=None, questionnaire__isnull=False, document="")
                | Q(issue=None, theme=None, passage=None, questionnaire=None) & ~Q(document=""),
                name="paper_source_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} ← {self.pk}"


class PaperVersion(models.Model):
    """A paper as it stood when it was frozen, with its hash. It keeps no words of a passage, only which it is and their
    digest: who takes back her consent is quoted in no version, and the hash stays right."""

    paper = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="versions", verbose_name=_("position paper")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("hash"), max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("frozen by")
    )
    frozen_at = models.DateTimeField(_("frozen on"), auto_now_add=True)
    published_at = models.DateTimeField(_("on the site since"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a position paper")
        verbose_name_plural = _("versions of position papers")
        ordering: ClassVar[list[str]] = ["number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} / {self.number}"

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Its parts, as they were frozen."""
        return list(self.content["parts"])


class PaperComment(models.Model):
    """What a colleague says about a part, until it is settled."""

    part = models.ForeignKey(PaperPart, on_delete=models.CASCADE, related_name="comments", verbose_name=_("part"))
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment on a part")
        verbose_name_plural = _("comments on parts")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
