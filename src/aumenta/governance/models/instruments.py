"""Other instruments of the authority and of others, their versions and items, and what ties the sheets of the plan to
them. An empty cell of the matrix has no row here: it is not yet judged, which is not «none»."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.governance.models.acts import Act
from aumenta.people.models import User
from aumenta.people.reader import in_language
from aumenta.plan.models import Action, FrameworkItem
from aumenta.territory.models import Municipality, Territory


class Instrument(models.Model):
    """An instrument that goes on through its versions: programme of the mandate, DUP, agenda, PTGM, PUMS…"""

    class Kind(models.TextChoices):
        MANDATE = "mandate", _("programme of the mandate")
        DUP = "dup", _("single programming document (DUP)")
        PIAO = "piao", _("integrated plan of activity and organisation (PIAO)")
        AGENDA = "agenda", _("agenda for sustainable development")
        SPATIAL = "spatial", _("metropolitan spatial plan (PTGM)")
        MOBILITY = "mobility", _("sustainable urban mobility plan (PUMS)")
        URBAN = "urban", _("sustainable urban strategies (SUA)")
        REGIONAL = "regional", _("regional programme")
        OTHER = "other", _("another instrument")

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name_it = models.CharField(_("name (Italian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    printed_as = models.ForeignKey(
        FrameworkItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="instruments",
        verbose_name=_("how the sheets name it"),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering: ClassVar[list[str]] = ["position", "pk"]

    def __str__(self) -> str:
        return in_language(self.name_it, self.name_en)


BEING_DRAWN_UP: Final = "in formazione"
"""The label that bundled versions have which no act approved yet."""


class InstrumentVersion(models.Model):
    """An instrument as an act approved it, for a time."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    label = models.CharField(_("version"), max_length=40)
    act = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, blank=True, related_name="instruments")
    from_day = models.DateField(_("in force since"), null=True, blank=True)
    horizon = models.PositiveSmallIntegerField(_("last year it looks at"), null=True, blank=True)
    whole = models.BooleanField(
        _("all its items are here"), default=False, help_text=_("Only then can it be said that nothing is uncovered.")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    invented = models.BooleanField(_("invented, to try out"), default=False)

    class Meta:
        verbose_name = _("version of an instrument")
        verbose_name_plural = _("versions of instruments")
        ordering: ClassVar[list[str]] = ["instrument", "-label"]
        constraints = [models.UniqueConstraint(fields=["instrument", "label"], name="instrument_version_once")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.shown_label}"

    @property
    def shown_label(self) -> str:
        """The label in the reader's language: a year says itself, and what no act approved yet is said in words."""
        return str(_("being drawn up")) if self.label == BEING_DRAWN_UP else self.label


class InstrumentItem(models.Model):
    """An objective, mission, area or aggregation of a version, on one of its levels."""

    class Level(models.TextChoices):
        GOAL = "goal", _("goal")
        TARGET = "target", _("target of a goal")
        CHALLENGE = "challenge", _("challenge")
        MISSION = "mission", _("mission")
        AREA = "area", _("area of intervention")
        STRATEGIC = "strategic", _("strategic objective")
        OPERATIONAL = "operational", _("operational objective")
        AGGREGATION = "aggregation", _("aggregation")
        WHOLE = "whole", _("the whole instrument")
        ITEM = "item", _("item")

    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    level = models.CharField(_("level"), max_length=11, choices=Level, default=Level.ITEM)
    code = models.CharField(_("code"), max_length=30)
    title_it = models.CharField(_("title (Italian)"), max_length=400)
    title_en = models.CharField(_("title (English)"), max_length=400, blank=True)
    led_by = models.CharField(_("led by (a municipality or a union)"), max_length=200, blank=True)
    municipalities = models.ManyToManyField(
        Municipality, blank=True, related_name="instrument_items", verbose_name=_("municipalities it concerns")
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("item of an instrument")
        verbose_name_plural = _("items of instruments")
        ordering: ClassVar[list[str]] = ["version", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="instrument_item_once")]

    def __str__(self) -> str:
        return f"{self.code} {in_language(self.title_it, self.title_en)}"


class Tie(models.Model):
    """What somebody judged about a sheet and an item. A conflict has who settles it and until when."""

    class Kind(models.TextChoices):
        IMPLEMENTS = "implements", _("implements")
        CONTRIBUTES = "contributes", _("contributes")
        DEPENDS = "depends", _("depends on it")
        CONFLICTS = "conflicts", _("conflicts")
        NOT_PERTINENT = "not_pertinent", _("not pertinent")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="ties")
    item = models.ForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="ties")
    kind = models.CharField(_("tie"), max_length=13, choices=Kind)
    reason = models.TextField(_("reason"), blank=True)
    owner = models.CharField(_("who settles it"), max_length=150, blank=True)
    due_on = models.DateField(_("until when"), null=True, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_how = models.TextField(_("how it was settled"), blank=True)
    judged_on = models.DateField(_("judged on"))
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invented = models.BooleanField(_("invented, to try out"), default=False)

    class Meta:
        verbose_name = _("tie of a sheet to an instrument")
        verbose_name_plural = _("ties of sheets to instruments")
        ordering: ClassVar[list[str]] = ["action", "item"]
        constraints = [
            models.UniqueConstraint(fields=["action", "item"], name="tie_once"),
            models.CheckConstraint(
                condition=~Q(kind="conflicts") | (~Q(owner="") & Q(due_on__isnull=False) & ~Q(reason="")),
                name="tie_conflict_has_reason_owner_and_day",
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None, settled_how="") | (Q(settled_on__gte=F("judged_on")) & ~Q(settled_how="")),
                name="tie_settled_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.item_id}: {self.get_kind_display()}"

    @property
    def is_open_conflict(self) -> bool:
        """Whether it conflicts and nobody has settled it."""
        return self.kind == self.Kind.CONFLICTS and self.settled_on is None


class TieProposal(models.Model):
    """What the synthesis reads in the words of a sheet and an item: nobody's judgement, and never counted."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="tie_proposals")
    item = models.ForeignKey(InstrumentItem, on_delete=models.CASCADE, related_name="tie_proposals")
    found_words = models.CharField(_("words in common"), max_length=300, blank=True)
    found_on = models.DateField(_("read on"))

    class Meta:
        verbose_name = _("proposed tie")
        verbose_name_plural = _("proposed ties")
        ordering: ClassVar[list[str]] = ["action", "item"]
        constraints = [models.UniqueConstraint(fields=["action", "item"], name="tie_proposal_once")]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.item_id}"
