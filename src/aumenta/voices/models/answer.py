"""Answers of the office, and the points of contributions that each of them answers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aumenta.people.reader import in_language
from aumenta.review.models import Version
from aumenta.voices.models.contribution import Contribution


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers of the office."""

    def shown(self) -> "AnswerQuerySet":
        """Those the public reads: published, and at least one point of a contribution that anybody may read."""
        public = Claim.objects.filter(contribution__in=Contribution.objects.shown())
        return self.filter(state=Answer.State.PUBLISHED, pk__in=public.values("answer"))


class Answer(models.Model):
    """What the office says to one point or to several alike. It is read by two people before anybody else reads it,
    and published together with the others of its consultation.

    `version` is the sheet as it stood when the answer was written, `words` those of it that the answer is about.
    """

    class Outcome(models.TextChoices):
        TAKEN_UP = "taken_up", _("taken up")
        PARTLY = "partly", _("taken up in part")
        ALREADY = "already", _("already in the plan")
        NOT_OURS = "not_ours", _("not our competence, passed on")
        NOT = "not", _("not taken up")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("answer", "to be reviewed")
        REVIEWED = "reviewed", _("reviewed, to be published")
        PUBLISHED = "published", pgettext_lazy("answer", "published")

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="answers", verbose_name=_("edition")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    text_it = models.TextField(_("answer (Italian)"), max_length=5000)
    text_en = models.TextField(_("answer (English)"), max_length=5000, blank=True)
    passed_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    version = models.ForeignKey(
        Version,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("version of the sheet"),
    )
    words = models.TextField(_("words of the sheet"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    remark = models.CharField(_("why it was sent back"), max_length=500, blank=True)
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", verbose_name=_("who wrote in it"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("last written"), auto_now=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("reviewed by")
    )
    published_at = models.DateTimeField(pgettext_lazy("answer", "published"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=1)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of the office")
        verbose_name_plural = _("answers of the office")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text_it=""), name="answer_has_words"),
            models.CheckConstraint(condition=~Q(outcome="not_ours") | ~Q(passed_to=""), name="answer_says_to_whom"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["taken_up", "partly", "already"]) | Q(version__isnull=False),
                name="answer_says_in_which_sheet",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", reviewed_by=None) | Q(reviewed_by__isnull=False) & ~Q(state="draft"),
                name="answer_read_by_somebody_else",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=F("written_by")), name="answer_not_reviewed_by_its_writer"),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at=None),
                name="answer_published_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.text_it[:80]

    @property
    def text(self) -> str:
        """What it says in the reader's language; in Italian where there is nothing else."""
        return in_language(self.text_it, self.text_en)

    @property
    def sheet(self) -> Version | None:
        """The version of the sheet it is about, where the public reads its edition."""
        return self.version if self.version and self.version.edition.is_public else None

    @property
    def kind(self) -> str:
        """How its outcome is coloured."""
        return {"taken_up": "good", "partly": "good", "already": "accent", "not_ours": "neutral"}.get(
            self.outcome, "warning"
        )


class Claim(models.Model):
    """One point of a contribution that wants an answer. `text` is its words; empty where the whole is one point.

    A contribution is closed when every point of it has a published answer.
    """

    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="claims", verbose_name=_("written contribution")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    text = models.TextField(_("words of the point"), max_length=100_000, blank=True)
    answer = models.ForeignKey(
        Answer,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("answer of the office"),
    )

    class Meta:
        verbose_name = _("point of a contribution")
        verbose_name_plural = _("points of contributions")
        ordering: ClassVar[list[str]] = ["contribution", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "position"], name="claim_position_once"),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def words(self) -> str:
        """What is asked: the words of the point, or the whole contribution."""
        return self.text or self.contribution.text

    @property
    def label(self) -> str:
        """What it is called: «2026/12», or «2026/12, 2» where the contribution was divided."""
        return f"{self.contribution.label}, {self.position}" if self.text else self.contribution.label
