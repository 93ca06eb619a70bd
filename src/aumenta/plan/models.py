"""The plan: editions, axes, strategies, actions, and what each action ties to.

An action hangs from a strategy, that from an axis, that from an edition, and nowhere else: so nothing can belong to
two editions at once, and codes such as 2.2.2 are composed from the three numbers instead of being stored beside them.
"""

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.plan.querysets import ActionQuerySet, EditionQuerySet, StrategyQuerySet


class Plan(models.Model):
    """A strategic plan of one authority, renewed every few years as an edition."""

    slug = models.SlugField(_("short name"), unique=True)
    name_it = models.CharField(_("name (Italian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    authority_it = models.CharField(_("authority (Italian)"), max_length=200)
    authority_en = models.CharField(_("authority (English)"), max_length=200, blank=True)
    website = models.URLField(_("page of the authority on the plan"), blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")

    def __str__(self) -> str:
        return self.name_it


class Edition(models.Model):
    """One triennial plan, named by its years; `revision` grows with every change the public can see."""

    class State(models.TextChoices):
        PREPARATION = "preparation", _("in preparation")
        PUBLIC = "public", _("public")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions", verbose_name=_("plan"))
    label = models.CharField(
        _("years"),
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^\d{4}-\d{4}$", _("Write two years with a hyphen, such as 2021-2023."))],
    )
    title_it = models.CharField(_("title (Italian)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PREPARATION)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    frozen_at = models.DateTimeField(_("frozen since"), null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering: ClassVar[list[str]] = ["first_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="edition_years_in_order"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.state == self.State.PUBLIC


class Axis(models.Model):
    """A main line of the plan; its number chooses its colour everywhere."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="axes", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    purpose_it = models.TextField(_("purpose (Italian)"), blank=True)
    purpose_en = models.TextField(_("purpose (English)"), blank=True)

    class Meta:
        verbose_name = _("axis")
        verbose_name_plural = _("axes")
        ordering: ClassVar[list[str]] = ["edition__first_year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="axis_number_once_in_an_edition"),
            models.CheckConstraint(condition=Q(number__gte=1), name="axis_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_it}"

    @property
    def code(self) -> str:
        """Its number as a code, such as «2»."""
        return str(self.number)


class Strategy(models.Model):
    """What an axis wants to reach, carried out by actions."""

    axis = models.ForeignKey(Axis, on_delete=models.CASCADE, related_name="strategies", verbose_name=_("axis"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    purpose_it = models.TextField(_("purpose (Italian)"), blank=True)
    purpose_en = models.TextField(_("purpose (English)"), blank=True)
    proposed = models.BooleanField(
        _("still a proposal"), default=False, help_text=_("The document that names it marks it as proposed.")
    )

    objects = StrategyQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering: ClassVar[list[str]] = ["axis__edition__first_year", "axis__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["axis", "number"], name="strategy_number_once_in_an_axis"),
            models.CheckConstraint(condition=Q(number__gte=1), name="strategy_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_it}"

    @property
    def code(self) -> str:
        """Axis and strategy number, such as «2.2»."""
        return f"{self.axis.number}.{self.number}"


class Action(models.Model):
    """An action's sheet. Descriptions are the closed rich text; the summary is one sentence anybody understands."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="actions", verbose_name=_("strategy"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    summary_it = models.CharField(_("summary (Italian)"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary (English)"), max_length=300, blank=True)
    description_it = models.TextField(_("description (Italian)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    actors = models.ManyToManyField(  # type: ignore[var-annotated]
        "Actor", through="Involvement", related_name="actions", verbose_name=_("actors")
    )
    items = models.ManyToManyField(  # type: ignore[var-annotated]
        "FrameworkItem", through="Alignment", related_name="actions", verbose_name=_("framework items")
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        ordering: ClassVar[list[str]] = [
            "strategy__axis__edition__first_year",
            "strategy__axis__number",
            "strategy__number",
            "number",
        ]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="action_number_once_in_a_strategy"),
            models.CheckConstraint(condition=Q(number__gte=1), name="action_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title_it}"

    @property
    def code(self) -> str:
        """Axis, strategy and action number, such as «2.2.2»."""
        return f"{self.strategy.code}.{self.number}"


class Example(models.Model):
    """A good practice or running project that a sheet names as an example."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="examples", verbose_name=_("action"))
    position = models.PositiveSmallIntegerField(_("position"))
    text_it = models.TextField(_("text (Italian)"))
    text_en = models.TextField(_("text (English)"), blank=True)

    class Meta:
        verbose_name = _("example")
        verbose_name_plural = _("examples")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "position"], name="example_position_once_in_an_action"),
        ]

    def __str__(self) -> str:
        return self.text_it


class Link(models.Model):
    """A web address that a sheet points to."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="links", verbose_name=_("action"))
    position = models.PositiveSmallIntegerField(_("position"))
    address = models.URLField(_("address"), max_length=500)
    label = models.CharField(_("label"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "position"], name="link_position_once_in_an_action"),
        ]

    def __str__(self) -> str:
        return self.label or self.address


class Actor(models.Model):
    """Who can carry out an action: a body, or a kind of body, under one name."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", _("institution")
        MUNICIPALITY = "municipality", _("municipalities")
        RESEARCH = "research", _("university and research")
        SCHOOL = "school", _("school and training")
        HEALTH = "health", _("health service")
        FIRM = "firm", _("firms and their associations")
        UTILITY = "utility", _("public services and transport")
        THIRD_SECTOR = "third_sector", _("third sector and citizens")
        OTHER = "other", _("other")

    slug = models.SlugField(_("short name"), max_length=120, unique=True)
    name_it = models.CharField(_("name (Italian)"), max_length=300, unique=True)
    name_en = models.CharField(_("name (English)"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)

    class Meta:
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        ordering: ClassVar[list[str]] = ["name_it"]

    def __str__(self) -> str:
        return self.name_it


class ActorAlias(models.Model):
    """Another wording that means the same actor. `key` is the wording without case, accents or typographic signs."""

    key = models.CharField(_("key"), max_length=300, unique=True, editable=False)
    printed = models.CharField(_("wording"), max_length=300)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("actor"))

    class Meta:
        verbose_name = _("other wording of an actor")
        verbose_name_plural = _("other wordings of actors")
        ordering: ClassVar[list[str]] = ["key"]

    def __str__(self) -> str:
        return f"{self.printed} → {self.actor}"


class Involvement(models.Model):
    """An actor named in an action's sheet, with the wording that is printed there."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="involvements", verbose_name=_("action"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="involvements", verbose_name=_("actor"))
    position = models.PositiveSmallIntegerField(_("position"))
    printed = models.CharField(_("wording in the sheet"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("actor of an action")
        verbose_name_plural = _("actors of actions")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "actor"], name="actor_once_in_an_action"),
        ]

    def __str__(self) -> str:
        return self.printed or str(self.actor)


class Framework(models.Model):
    """A frame of reference that actions are aligned to: PNRR, cohesion policy, EU programmes, instruments, SDGs…"""

    code = models.SlugField(_("code"), unique=True)
    name_it = models.CharField(_("name (Italian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    brings_funds = models.BooleanField(
        _("brings funds"), default=False, help_text=_("An action aligned to one of its items has a possible fund.")
    )

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering: ClassVar[list[str]] = ["position", "code"]

    def __str__(self) -> str:
        return self.name_it


class FrameworkItem(models.Model):
    """One component, objective, programme or instrument of a framework, under today's code."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="items", verbose_name=_("framework")
    )
    slug = models.SlugField(_("short name"), max_length=120)
    code = models.CharField(_("code"), max_length=60, blank=True, help_text=_("Empty where it has only a name."))
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name_it = models.CharField(_("name (Italian)"), max_length=500)
    name_en = models.CharField(_("name (English)"), max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("framework item")
        verbose_name_plural = _("framework items")
        ordering: ClassVar[list[str]] = ["framework__position", "position", "code", "name_it"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="item_slug_once_in_a_framework"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_it}".strip()


class ItemAlias(models.Model):
    """Another wording or an older code of a framework item. `key` is «framework:wording», without case or signs."""

    key = models.CharField(_("key"), max_length=400, unique=True, editable=False)
    printed = models.CharField(_("wording"), max_length=300)
    item = models.ForeignKey(
        FrameworkItem, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("framework item")
    )

    class Meta:
        verbose_name = _("other wording of a framework item")
        verbose_name_plural = _("other wordings of framework items")
        ordering: ClassVar[list[str]] = ["key"]

    def __str__(self) -> str:
        return f"{self.printed} → {self.item}"


class Alignment(models.Model):
    """An action serves a framework item; `printed` is the code or wording of the sheet, which may be an older one."""

    class Role(models.TextChoices):
        PRIMARY = "primary", _("primary")
        POSSIBLE_INTEGRATION = "possible_integration", _("possible integration")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="alignments", verbose_name=_("action"))
    item = models.ForeignKey(
        FrameworkItem, on_delete=models.PROTECT, related_name="alignments", verbose_name=_("framework item")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PRIMARY)
    position = models.PositiveSmallIntegerField(_("position"))
    printed = models.CharField(_("wording in the sheet"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("alignment")
        verbose_name_plural = _("alignments")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "item", "role"], name="alignment_once_for_each_role"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.item}"


class StrategyAlignment(models.Model):
    """A strategy serves a framework item, such as an objective of the Carta di Bologna."""

    strategy = models.ForeignKey(
        Strategy, on_delete=models.CASCADE, related_name="alignments", verbose_name=_("strategy")
    )
    item = models.ForeignKey(
        FrameworkItem, on_delete=models.PROTECT, related_name="strategy_alignments", verbose_name=_("framework item")
    )

    class Meta:
        verbose_name = _("alignment of a strategy")
        verbose_name_plural = _("alignments of strategies")
        ordering: ClassVar[list[str]] = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "item"], name="strategy_alignment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.strategy_id} → {self.item}"


class ContinuationKind(models.TextChoices):
    """How something of one edition goes on in the next; what has no continuation is dropped, or new."""

    KEPT = "kept", _("kept")
    REWORDED = "reworded", _("reworded")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")


class StrategyContinuation(models.Model):
    """A strategy goes on in a later edition; proposed by the texts until an editor confirms it."""

    older = models.ForeignKey(
        Strategy, on_delete=models.CASCADE, related_name="continued_by", verbose_name=_("earlier strategy")
    )
    newer = models.ForeignKey(
        Strategy, on_delete=models.CASCADE, related_name="continues", verbose_name=_("later strategy")
    )
    kind = models.CharField(_("how"), max_length=8, choices=ContinuationKind)
    confirmed = models.BooleanField(_("confirmed by the office"), default=False)
    reason_it = models.CharField(_("reason (Italian)"), max_length=500, blank=True)
    reason_en = models.CharField(_("reason (English)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("continuation of a strategy")
        verbose_name_plural = _("continuations of strategies")
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="strategy_continuation_once"),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="strategy_does_not_continue_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.older_id} → {self.newer_id}"


class ActionContinuation(models.Model):
    """An action goes on in a later edition; proposed by the texts until an editor confirms it."""

    older = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="continued_by", verbose_name=_("earlier action")
    )
    newer = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="continues", verbose_name=_("later action")
    )
    kind = models.CharField(_("how"), max_length=8, choices=ContinuationKind)
    confirmed = models.BooleanField(_("confirmed by the office"), default=False)
    reason_it = models.CharField(_("reason (Italian)"), max_length=500, blank=True)
    reason_en = models.CharField(_("reason (English)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("continuation of an action")
        verbose_name_plural = _("continuations of actions")
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="action_continuation_once"),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="action_does_not_continue_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.older_id} → {self.newer_id}"


class AxisEditor(models.Model):
    """Somebody writes the sheets of an axis."""

    axis = models.ForeignKey(Axis, on_delete=models.CASCADE, related_name="charges", verbose_name=_("axis"))
    person = models.ForeignKey(
        "people.User", on_delete=models.CASCADE, related_name="axis_charges", verbose_name=_("editor")
    )

    class Meta:
        verbose_name = _("editor of an axis")
        verbose_name_plural = _("editors of axes")
        constraints = [models.UniqueConstraint(fields=["axis", "person"], name="axis_editor_once")]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.axis_id}"


class Responsibility(models.Model):
    """An organisation answers for an action: its referents see it, propose changes and report progress."""

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="responsibilities", verbose_name=_("action")
    )
    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="responsibilities", verbose_name=_("organisation")
    )

    class Meta:
        verbose_name = _("responsibility for an action")
        verbose_name_plural = _("responsibilities for actions")
        constraints = [models.UniqueConstraint(fields=["action", "organisation"], name="responsibility_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.action_id}"
