"""Changes to the frame of an edition: the texts of an axis or a strategy, what is added and what is taken out.

A sheet's own text has its proposals beside (models.py). Here too nobody decides on what she wrote, and what was decided
never changes: the approved changes of an axis or a strategy are its versions.
"""

from typing import Any, ClassVar, Final, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aumenta.people.models import User
from aumenta.plan.models import Action, Axis, Edition, Strategy


class FrameProposalQuerySet(models.QuerySet["FrameProposal"]):
    """Changes to the frame of editions."""

    def open(self) -> Self:
        """Those nobody has decided on yet."""
        return self.filter(state__in=FrameProposal.OPEN)

    def approvable_by(self, person: User) -> Self:
        """Those that wait for an approver and that she did not write; the oldest first."""
        return self.filter(state="submitted").exclude(author=person).order_by("submitted_at")

    def history_of(self, thing: Axis | Strategy) -> Self:
        """What was approved of the texts of an axis or a strategy, the newest first."""
        kind = FrameProposal.Kind.AXIS_TEXT if isinstance(thing, Axis) else FrameProposal.Kind.STRATEGY_TEXT
        mine = {"axis" if isinstance(thing, Axis) else "strategy": thing}
        return self.filter(kind=kind, state="approved", **mine).order_by("-decided_at", "-pk")


_NAMED: Final = {
    "axis_text": _("texts of axis %(code)s"),
    "strategy_text": _("texts of strategy %(code)s"),
    "new_axis": _("new axis %(code)s"),
    "new_strategy": _("new strategy %(code)s"),
    "new_action": _("new action %(code)s"),
    "drop_axis": _("axis %(code)s to take out"),
    "drop_strategy": _("strategy %(code)s to take out"),
    "drop_action": _("action %(code)s to take out"),
    "move_axis": _("axis to renumber: %(code)s"),
    "move_strategy": _("strategy to move or renumber: %(code)s"),
    "move_action": _("action to move or renumber: %(code)s"),
    "back_action": _("action %(code)s to put back"),
    "back_axis": _("axis %(code)s to put back"),
    "back_strategy": _("strategy %(code)s to put back"),
}
"""A change by its kind and the code of what it is about, for the subjects of mails and the log."""


class FrameProposal(models.Model):
    """One change to the frame, from its draft to the decision. `before` is what its author saw."""

    class Kind(models.TextChoices):
        AXIS_TEXT = "axis_text", _("texts of an axis")
        STRATEGY_TEXT = "strategy_text", _("texts of a strategy")
        NEW_AXIS = "new_axis", _("new axis")
        NEW_STRATEGY = "new_strategy", _("new strategy")
        NEW_ACTION = "new_action", _("new action")
        DROP_AXIS = "drop_axis", _("axis to take out")
        DROP_STRATEGY = "drop_strategy", _("strategy to take out")
        DROP_ACTION = "drop_action", _("action to take out")
        MOVE_AXIS = "move_axis", _("axis to renumber")
        MOVE_STRATEGY = "move_strategy", _("strategy to move or renumber")
        MOVE_ACTION = "move_action", _("action to move or renumber")
        BACK_ACTION = "back_action", _("action to put back")
        BACK_AXIS = "back_axis", _("axis to put back")
        BACK_STRATEGY = "back_strategy", _("strategy to put back")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("to be reviewed")
        SENT_BACK = "sent_back", _("sent back")
        APPROVED = "approved", _("approved")
        WITHDRAWN = "withdrawn", _("withdrawn")

    OPEN: ClassVar[tuple[str, ...]] = (State.DRAFT, State.SUBMITTED, State.SENT_BACK)
    WRITABLE: ClassVar[tuple[str, ...]] = (State.DRAFT, State.SENT_BACK)

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="frame_proposals", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    # What it is about, or what the new thing will be part of. Gone with what it takes out; `code` and `before` stay.
    axis = models.ForeignKey(
        Axis, on_delete=models.SET_NULL, null=True, related_name="frame_proposals", verbose_name=_("axis")
    )
    strategy = models.ForeignKey(
        Strategy, on_delete=models.SET_NULL, null=True, related_name="frame_proposals", verbose_name=_("strategy")
    )
    action = models.ForeignKey(
        Action, on_delete=models.SET_NULL, null=True, related_name="frame_proposals", verbose_name=_("action")
    )
    code = models.CharField(_("code"), max_length=20, blank=True)
    before = models.JSONField(_("texts before"), default=dict)
    content = models.JSONField(_("texts proposed"), default=dict)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    reason = models.CharField(_("reason of the change"), max_length=500, blank=True)
    answer = models.TextField(_("answer of the approver"), blank=True)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="frame_proposals", verbose_name=_("proposed by")
    )
    opened_at = models.DateTimeField(_("opened on"), default=timezone.now)
    saved_at = models.DateTimeField(_("saved on"), default=timezone.now)
    submitted_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="frame_decisions",
        verbose_name=_("decided by"),
    )

    objects = FrameProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("change to the frame of an edition")
        verbose_name_plural = _("changes to the frame of editions")
        ordering: ClassVar[list[str]] = ["-saved_at", "-pk"]
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["kind", thing],
                    condition=Q(state__in=["draft", "submitted", "sent_back"], kind__in=kinds),
                    name=f"frame_open_once_for_{thing}",
                )
                for thing, kinds in {
                    "axis": ["axis_text", "drop_axis", "move_axis"],
                    "strategy": ["strategy_text", "drop_strategy", "move_strategy"],
                    "action": ["drop_action", "move_action"],
                }.items()
            ),
            models.UniqueConstraint(
                fields=["edition", "code"],
                condition=Q(
                    state__in=["draft", "submitted", "sent_back"],
                    kind__in=["back_axis", "back_strategy", "back_action"],
                ),
                name="frame_put_back_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="frame_not_decided_by_its_author",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="frame_approved_names_who",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="frame_submitted_has_a_date"
            ),
        ]

    def __str__(self) -> str:
        to = f" → {self.content.get('code', '')}" if self.moves else ""
        return (str(_NAMED[self.kind]) % {"code": f"{self.code}{to}"}).strip()

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in self.OPEN

    @property
    def is_writable(self) -> bool:
        """Whether its text may be edited now."""
        return self.state in self.WRITABLE

    @property
    def is_text(self) -> bool:
        """Whether it rewrites an axis or a strategy that is there."""
        return self.kind in (self.Kind.AXIS_TEXT, self.Kind.STRATEGY_TEXT)

    @property
    def writes_texts(self) -> bool:
        """Whether it has texts to compare: of what is there, or of what is new."""
        return not (self.takes_out or self.moves or self.puts_back)

    @property
    def takes_out(self) -> bool:
        """Whether something is gone once it is approved."""
        return self.kind in (self.Kind.DROP_AXIS, self.Kind.DROP_STRATEGY, self.Kind.DROP_ACTION)

    @property
    def moves(self) -> bool:
        """Whether something gets another code; which one stands in `content` under «code»."""
        return self.kind in (self.Kind.MOVE_AXIS, self.Kind.MOVE_STRATEGY, self.Kind.MOVE_ACTION)

    @property
    def puts_back(self) -> bool:
        """Whether something that was taken out is there again once it is approved."""
        return self.kind in (self.Kind.BACK_AXIS, self.Kind.BACK_STRATEGY, self.Kind.BACK_ACTION)

    @property
    def title(self) -> dict[str, Any]:
        """The texts whose title names it: those proposed, or those of what is taken out, moved or put back."""
        texts: dict[str, Any] = self.before if self.takes_out or self.moves or self.puts_back else self.content
        return texts


class RemovedSheet(models.Model):
    """An axis, a strategy or an action that was taken out, with every row that went with it, so that it can be put
    back as it was.

    `rows` are the deleted rows as Django's serialiser writes them, the thing first; `loose` names the rows elsewhere
    that only lost their key to it: model, field, keys. `axis` or `strategy` is what it was part of.
    """

    class Kind(models.TextChoices):
        AXIS = "axis", _("axis")
        STRATEGY = "strategy", _("strategy")
        ACTION = "action", _("action")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ACTION)
    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="removed_sheets", verbose_name=_("edition")
    )
    axis = models.ForeignKey(
        Axis, on_delete=models.SET_NULL, null=True, related_name="removed_sheets", verbose_name=_("axis")
    )
    strategy = models.ForeignKey(
        Strategy, on_delete=models.SET_NULL, null=True, related_name="removed_sheets", verbose_name=_("strategy")
    )
    code = models.CharField(_("code"), max_length=20)
    title_it = models.CharField(_("title (Italian)"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    reason = models.CharField(_("why it was taken out"), max_length=500, blank=True)
    rows = models.JSONField(_("rows that went with it"), default=list, encoder=DjangoJSONEncoder)
    loose = models.JSONField(_("rows that lost their key to it"), default=list)
    removed_at = models.DateTimeField(_("taken out on"), default=timezone.now)

    class Meta:
        verbose_name = _("what was taken out")
        verbose_name_plural = _("what was taken out")
        ordering: ClassVar[list[str]] = ["-removed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.title_it}"

    @property
    def parent(self) -> Edition | Axis | Strategy | None:
        """What it was part of, and would be again; None where that is gone too."""
        if self.kind == self.Kind.AXIS:
            return self.edition
        return self.axis if self.kind == self.Kind.STRATEGY else self.strategy
