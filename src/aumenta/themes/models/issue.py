"""Issues: what people said is wrong or missing, under headings; the passages given to them, every step, the matrix."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.themes.models.step import Step
from aumenta.voices.models import Passage


class IssueQuerySet(models.QuerySet["Issue"]):
    """Headings and issues."""

    def headings(self) -> "IssueQuerySet":
        """Those under which issues stand."""
        return self.filter(parent=None)

    def issues(self) -> "IssueQuerySet":
        """Those that stand under a heading."""
        return self.filter(parent__isnull=False)

    def in_use(self) -> "IssueQuerySet":
        """Without those that were joined to others or taken out of use."""
        return self.filter(active=True)


class Issue(models.Model):
    """A heading of the codebook (no parent), or an issue under one. One that was joined to another, or taken out of
    use, stays, switched off, so that every step can be taken back.

    `state` says what became of it, and `state_reason` why, for everybody to read; `guide` says to who reads which
    passages belong here. `origin` is the document that names it, empty where it grew from what was read here.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered by actions of the plan")
        NOT_OURS = "not_ours", _("not the authority's competence")
        CONTRADICTED = "contradicted", _("contradicted by data")

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="issues", verbose_name=_("edition")
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="issues", verbose_name=_("heading")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title_it = models.CharField(_("title"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    guide = models.TextField(_("which passages belong here"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    state_reason_it = models.TextField(_("why"), max_length=2000, blank=True)
    state_reason_en = models.TextField(_("why, in English"), max_length=2000, blank=True)
    origin = models.CharField(_("document that names it"), max_length=200, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("joined to")
    )

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title_it=""), name="issue_has_a_title"),
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="issue_not_under_itself"),
            models.CheckConstraint(condition=Q(merged_into=None) | Q(active=False), name="issue_joined_is_out_of_use"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(state="answered") | ~Q(state_reason_it=""), name="issue_state_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_it}"

    @property
    def code(self) -> str:
        """«3» for a heading, «3.2» for an issue; ask for `parent` with it."""
        return f"{self.parent.position}.{self.position}" if self.parent else str(self.position)


class IssueAction(models.Model):
    """An action of the plan that answers an issue, of the same edition."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="answers", verbose_name=_("issue"))
    action = models.ForeignKey(
        "plan.Action", on_delete=models.CASCADE, related_name="issues_answered", verbose_name=_("action")
    )

    class Meta:
        verbose_name = _("action that answers an issue")
        verbose_name_plural = _("actions that answer issues")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "action"], name="issue_answered_by_an_action_once")]

    def __str__(self) -> str:
        return f"{self.issue_id} ← {self.action_id}"


class Coding(models.Model):
    """A passage given to an issue; a passage may be given to several."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="codings", verbose_name=_("passage"))
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="codings", verbose_name=_("issue"))

    class Meta:
        verbose_name = _("issue of a passage")
        verbose_name_plural = _("issues of passages")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.UniqueConstraint(fields=["passage", "issue"], name="passage_given_to_an_issue_once")]

    def __str__(self) -> str:
        return f"{self.passage_id} → {self.issue_id}"


class IssueStep(Step):
    """One step of the codebook: who did what. `before` and `after` say enough to take it back; no passage's words."""

    class Verb(models.TextChoices):
        ADD = "add", _("was added")
        CHANGE = "change", _("was changed")
        MERGE = "merge", _("was joined to another")
        SPLIT = "split", _("was split off another")
        DROP = "drop", _("was taken out of use")
        UNDO = "undo", _("a step was taken back")

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.CASCADE, related_name="issue_steps", verbose_name=_("edition")
    )
    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="steps", verbose_name=_("issue"))
    verb = models.CharField(_("what"), max_length=6, choices=Verb)

    class Meta:
        verbose_name = _("step of the codebook")
        verbose_name_plural = _("steps of the codebook")
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return self.get_verb_display()


class IssueMatrix(models.Model):
    """The matrix of an edition as it was published: counts with the small ones already left out, and its hash.

    It never changes. A page that counted anew at each visit would say who spoke last, by the difference.
    """

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.CASCADE, related_name="issue_matrices", verbose_name=_("edition")
    )
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("hash"), max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("published by")
    )
    published_at = models.DateTimeField(_("published on"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("taken off the site"), null=True, blank=True)

    class Meta:
        verbose_name = _("published matrix of issues")
        verbose_name_plural = _("published matrices of issues")
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.sha256[:12]}"
