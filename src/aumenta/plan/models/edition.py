"""The plan's frame: its editions, axes, strategies and actions.

An action hangs from a strategy, that from an axis, that from an edition, and nowhere else: so nothing can belong to two
editions at once, and codes such as 2.2.2 are composed from the three numbers instead of being stored beside them.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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


class EditionQuerySet(models.QuerySet["Edition"]):
    """Editions of the plan."""

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(state="public")

    def current(self, today: date | None = None) -> "Edition | None":
        """The public edition a reader is shown first: the one in force.

        The office's word comes first, then the years: of those in force since a day that has come, the latest; else,
        of those nobody said anything of, the one whose years have begun last. A proposal is shown only where there is
        nothing else, and one without actions only where none has any.
        """
        today = today or timezone.localdate()
        public = list(self.public().alias(actions=Count("axes__strategies__actions")).annotate(has=Q(actions__gt=0)))
        public = [edition for edition in public if edition.has] or public  # type: ignore[attr-defined]
        return max(public, key=lambda edition: edition.precedence(today), default=None)


class Edition(models.Model):
    """One triennial plan, named by its years; `revision` grows with every change the public can see."""

    class State(models.TextChoices):
        PREPARATION = "preparation", _("in preparation")
        PUBLIC = "public", _("public")

    class Standing(models.TextChoices):
        """What the office says of it; nothing said is nothing known."""

        PROPOSAL = "proposal", _("a proposal, not in force")
        IN_FORCE = "in_force", _("in force")
        PAST = "past", _("no longer in force")

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
    # What its sheets said before stays with the office. Empty: imported as public, with all its history.
    public_since = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True)
    standing = models.CharField(_("standing"), max_length=8, choices=Standing, blank=True)
    in_force_since = models.DateField(_("in force since"), null=True, blank=True)
    standing_it = models.CharField(_("what the edition is (Italian)"), max_length=500, blank=True)
    standing_en = models.CharField(_("what the edition is (English)"), max_length=500, blank=True)
    licence = models.CharField(
        _("licence of its texts"),
        max_length=100,
        blank=True,
        help_text=_("As the authority states it, such as CC BY 4.0. Left empty, files say that it states none."),
    )
    licence_address = models.URLField(_("address of the licence"), blank=True)
    opened_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="opened", verbose_name=_("opened from")
    )
    frozen_at = models.DateTimeField(_("frozen since"), null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering: ClassVar[list[str]] = ["first_year", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(first_year__lte=F("last_year")), name="edition_years_in_order"),
            models.CheckConstraint(
                condition=Q(in_force_since__isnull=True) | ~Q(standing="proposal"), name="proposal_is_not_in_force"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.state == self.State.PUBLIC

    @property
    def earlier(self) -> "Edition | None":
        """The edition this one goes on from: the one it was opened from, else the one before it that has actions."""
        if self.opened_from is not None:
            return self.opened_from
        before = Edition.objects.filter(plan=self.plan_id, first_year__lt=self.first_year).order_by("-first_year")
        return before.filter(axes__strategies__actions__isnull=False).first() or before.first()

    def is_in_force(self, today: date | None = None) -> bool:
        """Whether the office says so, and the day from which it is has come."""
        since = self.in_force_since
        return self.standing == self.Standing.IN_FORCE and (since is None or since <= (today or timezone.localdate()))

    def precedence(self, today: date) -> tuple[int, int]:
        """How much this edition is the one in force on a day: the greatest of all is. See `current`."""
        since = self.in_force_since or date(self.first_year, 1, 1)
        if self.is_in_force(today):
            return 4, since.toordinal()
        if self.standing == "" and since <= today:
            return 3, since.toordinal()
        if self.standing == self.Standing.PAST:
            return 2, since.toordinal()
        # Of what is still to come, what comes first.
        return (0 if self.standing == self.Standing.PROPOSAL else 1), -since.toordinal()


class Axis(models.Model):
    """A main line of the plan; its number chooses its colour everywhere."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="axes", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300, blank=True)
    purpose_it = models.TextField(_("purpose (Italian)"), blank=True)
    purpose_en = models.TextField(_("purpose (English)"), blank=True)
    introduction_it = models.TextField(_("introduction (Italian)"), blank=True)
    introduction_en = models.TextField(_("introduction (English)"), blank=True)

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


def _numbers(code: str, how_many: int) -> list[int] | None:
    parts = code.split(".")
    if len(parts) != how_many or not all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
        return None
    return [int(part) for part in parts]


class StrategyQuerySet(models.QuerySet["Strategy"]):
    """Strategies, in the order of their codes."""

    def of(self, edition: Edition) -> Self:
        """Those of one edition, with their axes."""
        return self.filter(axis__edition=edition).select_related("axis").order_by("axis__number", "number")

    def with_code(self, code: str) -> Self:
        """The one with this code, such as «2.2»; none where the code is not two numbers."""
        numbers = _numbers(code, 2)
        if numbers is None:
            return self.none()
        return self.filter(axis__number=numbers[0], number=numbers[1])


class Strategy(models.Model):
    """What an axis wants to reach, carried out by actions."""

    axis = models.ForeignKey(Axis, on_delete=models.CASCADE, related_name="strategies", verbose_name=_("axis"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    purpose_it = models.TextField(_("purpose (Italian)"), blank=True)
    purpose_en = models.TextField(_("purpose (English)"), blank=True)
    introduction_it = models.TextField(_("introduction (Italian)"), blank=True)
    introduction_en = models.TextField(_("introduction (English)"), blank=True)
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


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions, in the order of their codes."""

    def of(self, edition: Edition) -> Self:
        """Those of one edition, with their strategies and axes."""
        return (
            self.filter(strategy__axis__edition=edition)
            .select_related("strategy__axis")
            .order_by("strategy__axis__number", "strategy__number", "number")
        )

    def with_code(self, code: str) -> Self:
        """The one with this code, such as «2.2.2»; none where the code is not three numbers."""
        numbers = _numbers(code, 3)
        if numbers is None:
            return self.none()
        return self.filter(strategy__axis__number=numbers[0], strategy__number=numbers[1], number=numbers[2])


class Action(models.Model):
    """An action's sheet. Descriptions, and what the action means for whom, are the closed rich text; the summary is one
    sentence anybody understands."""

    strategy = models.ForeignKey(Strategy, on_delete=models.CASCADE, related_name="actions", verbose_name=_("strategy"))
    number = models.PositiveSmallIntegerField(_("number"))
    title_it = models.CharField(_("title (Italian)"), max_length=500)
    title_en = models.CharField(_("title (English)"), max_length=500, blank=True)
    summary_it = models.CharField(_("summary (Italian)"), max_length=300, blank=True)
    summary_en = models.CharField(_("summary (English)"), max_length=300, blank=True)
    for_whom_it = models.TextField(_("what this means for whom (Italian)"), blank=True)
    for_whom_en = models.TextField(_("what this means for whom (English)"), blank=True)
    description_it = models.TextField(_("description (Italian)"), blank=True)
    description_en = models.TextField(_("description (English)"), blank=True)
    title_proposed = models.BooleanField(
        _("title to be confirmed"),
        default=False,
        help_text=_("The document prints one sentence; the title was made from its first words."),
    )
    printed_code = models.CharField(
        _("code in the document"), max_length=40, blank=True, help_text=_("Where it is another than ours, such as A1.")
    )
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
