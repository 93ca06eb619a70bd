"""Proposals, the versions they become, and what people said about them.

The text the public reads is in `plan`; here is how it came to be. At most one proposal is open for a sheet, nobody is
recorded as approving her own, and a version never changes once written: the database itself holds to all three.
"""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Max, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.review.content_field import ContentField
from aumenta.review.frame.models import FrameProposal, RemovedSheet

__all__ = [
    "Comment",
    "DraftEditor",
    "FrameProposal",
    "Headings",
    "Presence",
    "Proposal",
    "Release",
    "RemovedSheet",
    "Version",
]


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions of sheets."""

    def latest_of(self, action: Action) -> "Version | None":
        """The version the public reads now; none where the sheet was never recorded."""
        return self.filter(action=action).order_by("-number").first()

    def as_of(self, edition: Edition, moment: datetime) -> Self:
        """The version of each sheet of an edition that was valid at a moment, by code; those taken out or moved on are
        left out."""
        # Ranked in one pass: to look for the newest anew for each version costs a thousand sheets two seconds.
        rank = Window(RowNumber(), partition_by="code", order_by=["-made_at", "-number", "-pk"])
        until_then = self.model._default_manager.filter(edition=edition, made_at__lte=moment)
        newest = until_then.annotate(rank=rank).filter(rank=1).values("pk")
        return self.filter(pk__in=newest).exclude(origin__in=["ended", "moved"])

    def newest_numbers(self) -> dict[int, int]:
        """The newest version number of each sheet, by the sheet's key."""
        rows = self.filter(action__isnull=False).order_by().values("action").annotate(newest=Max("number"))
        return dict(rows.values_list("action", "newest"))


class Version(models.Model):
    """What a sheet said from a moment on: immutable. `ended` is the last version of a sheet taken out of its edition,
    `moved` the last under a code that the sheet left; its next version has the new code and the same content.
    `undone` says again what was valid before an approval that was taken back.

    `edition` and `code` stay when the sheet itself is gone, so that no approved text is lost.
    """

    class Origin(models.TextChoices):
        IMPORTED = "imported", _("imported")
        OPENED = "opened", _("copied from the edition before")
        APPROVED = "approved", _("approved")
        ENDED = "ended", _("taken out")
        MOVED = "moved", _("moved to another code")
        UNDONE = "undone", _("approval taken back")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="versions", verbose_name=_("edition"))
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, related_name="versions", verbose_name=_("action")
    )
    code = models.CharField(_("code"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    origin = models.CharField(_("origin"), max_length=8, choices=Origin)
    content = ContentField(_("content"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="versions_approved", verbose_name=_("approved by")
    )
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="versions_written", verbose_name=_("written by")
    )
    reason = models.CharField(_("reason of the change"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("valid from"), default=timezone.now)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="version_number_once_for_a_sheet"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_1"),
            models.CheckConstraint(
                condition=~Q(origin="approved") | Q(approved_by__isnull=False, author__isnull=False),
                name="version_approved_names_who",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | Q(author__isnull=True) | ~Q(approved_by=F("author")),
                name="version_not_approved_by_its_author",
            ),
        ]
        indexes = [models.Index(fields=["edition", "made_at"], name="version_as_of")]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals of changes."""

    def open(self) -> Self:
        """Those nobody has decided on yet."""
        return self.filter(state__in=["draft", "submitted", "sent_back"])

    def submitted(self) -> Self:
        """Those that wait for an approver, the oldest first."""
        return self.filter(state="submitted").order_by("submitted_at")

    def written_by(self, person: User) -> Self:
        """Those she opened or wrote in."""
        return self.filter(Q(author=person) | Q(pk__in=person.drafts_edited.values("proposal")))

    def approvable_by(self, person: User) -> Self:
        """Those that wait for an approver and in which she wrote nothing."""
        return self.submitted().exclude(author=person).exclude(pk__in=person.drafts_edited.values("proposal"))


class Proposal(models.Model):
    """A change to one sheet, from the first word of its draft to the decision. `revision` grows with every saving."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("to be reviewed")
        SENT_BACK = "sent_back", _("sent back")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN: ClassVar[tuple[str, ...]] = (State.DRAFT, State.SUBMITTED, State.SENT_BACK)
    WRITABLE: ClassVar[tuple[str, ...]] = (State.DRAFT, State.SENT_BACK)

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("edition"))
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, related_name="proposals", verbose_name=_("action")
    )
    code = models.CharField(_("code"), max_length=20)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("proposed by"))
    base = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("version it starts from")
    )
    content = ContentField(_("content"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    reason = models.CharField(_("reason of the change"), max_length=500, blank=True)
    answer = models.TextField(_("answer of the approver"), blank=True)
    opened_at = models.DateTimeField(_("opened on"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("decided by")
    )
    version = models.OneToOneField(
        Version,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="proposal",
        verbose_name=_("version it became"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering: ClassVar[list[str]] = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["action"],
                condition=Q(state__in=["draft", "submitted", "sent_back"]),
                name="proposal_open_once_for_a_sheet",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(version__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="proposal_approved_has_its_version",
            ),
            models.CheckConstraint(
                condition=Q(state="approved") | Q(version__isnull=True), name="proposal_version_only_when_approved"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="proposal_not_decided_by_its_author",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="proposal_submitted_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in self.OPEN

    @property
    def is_writable(self) -> bool:
        """Whether its text may be edited now."""
        return self.state in self.WRITABLE


class DraftEditor(models.Model):
    """Somebody other than the author wrote in a draft; she can't approve it either."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="editors", verbose_name=_("proposal"))
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts_edited", verbose_name=_("person"))
    last_at = models.DateTimeField(_("last wrote on"), default=timezone.now)

    class Meta:
        verbose_name = _("somebody who wrote in a draft")
        verbose_name_plural = _("people who wrote in drafts of others")
        constraints = [models.UniqueConstraint(fields=["proposal", "person"], name="draft_editor_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.proposal_id}"


class Comment(models.Model):
    """A comment on a proposal, on one of its fields or on the whole (`field` empty)."""

    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, related_name="comments", verbose_name=_("proposal")
    )
    field = models.CharField(_("field"), max_length=30, blank=True)
    text = models.TextField(_("text"))
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="comments", verbose_name=_("author"))
    made_at = models.DateTimeField(_("written on"), default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar[list[str]] = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Presence(models.Model):
    """Somebody has a sheet's form open; it counts for a minute after her browser last said so."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="presences", verbose_name=_("action"))
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences", verbose_name=_("person"))
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("presence on a sheet")
        verbose_name_plural = _("presences on sheets")
        constraints = [models.UniqueConstraint(fields=["action", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.action_id}"


class Release(models.Model):
    """A dated state of a whole edition, such as the yearly update a council adopted: its hash seals every sheet."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="releases", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=200)
    title_en = models.CharField(_("title (English)"), max_length=200, blank=True)
    dated = models.DateField(_("date"))
    act = models.CharField(_("act"), max_length=300, blank=True)
    act_address = models.URLField(_("address of the act"), max_length=500, blank=True)
    frozen_at = models.DateTimeField(_("frozen on"), default=timezone.now)
    frozen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="releases", verbose_name=_("frozen by"))
    structure = models.JSONField(_("axes, strategies and the hash of each sheet"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)

    class Meta:
        verbose_name = _("dated version of an edition")
        verbose_name_plural = _("dated versions of editions")
        ordering: ClassVar[list[str]] = ["-number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="release_number_once_in_an_edition")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.title_it}"


class Headings(models.Model):
    """What an edition, its axes and its strategies were called from a moment on: immutable, as versions are."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="headings", verbose_name=_("edition"))
    content = models.JSONField(_("titles and purposes"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    made_at = models.DateTimeField(_("valid from"), default=timezone.now)

    class Meta:
        verbose_name = _("titles of an edition")
        verbose_name_plural = _("titles of editions")
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["edition", "made_at"], name="headings_as_of")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.made_at:%Y-%m-%d}"
