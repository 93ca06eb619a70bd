"""Frameworks of reference, their items, and the alignments of actions and strategies to them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Action, Strategy


class Framework(models.Model):
    """A frame of reference that actions are aligned to: PNRR, cohesion policy, EU programmes, instruments, SDGs…"""

    code = models.SlugField(_("code"), unique=True)
    name_it = models.CharField(_("name (Italian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    brings_funds = models.BooleanField(
        _("brings funds"), default=False, help_text=_("An action aligned to one of its items has a possible fund.")
    )
    closed = models.BooleanField(
        _("closed list"),
        default=False,
        help_text=_("All its items are known, whatever a plan names: only then can it be said how many are covered."),
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
    since = models.DateField(
        _("exists since"), null=True, blank=True, help_text=_("Where it came later than the rest of its framework.")
    )

    class Meta:
        verbose_name = _("framework item")
        verbose_name_plural = _("framework items")
        ordering: ClassVar[list[str]] = ["framework__position", "position", "code", "name_it"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="item_slug_once_in_a_framework"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_it}".strip()

    @property
    def official_page(self) -> str:
        """Its own page: the source, where that is a web address alone and not a document that names many items."""
        return self.source if self.source.startswith(("https://", "http://")) and " " not in self.source else ""


class ItemAlias(models.Model):
    """Another wording or an older code of a framework item. `key` is «framework:wording», without case or signs."""

    key = models.CharField(_("key"), max_length=560, db_index=True, editable=False)
    printed = models.CharField(_("wording"), max_length=500)
    item = models.ForeignKey(
        FrameworkItem, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("framework item")
    )

    class Meta:
        verbose_name = _("other wording of a framework item")
        verbose_name_plural = _("other wordings of framework items")
        ordering: ClassVar[list[str]] = ["key", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "item"], name="item_alias_once")]

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
    printed = models.CharField(_("wording in the sheet"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("alignment")
        verbose_name_plural = _("alignments")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "item", "role"], name="alignment_once_for_each_role"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.item}"


class AlignmentProposal(models.Model):
    """A framework item that words of a sheet point to: a proposal until the office decides.

    Confirmed, it becomes an alignment of the sheet. Declined, it stays, so that it is not proposed again.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed from the text")
        CONFIRMED = "confirmed", _("confirmed by the office")
        DECLINED = "declined", _("declined by the office")

    action = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="alignment_proposals", verbose_name=_("action")
    )
    item = models.ForeignKey(
        FrameworkItem, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("framework item")
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    found_words = models.CharField(_("words of the sheet it was found by"), max_length=300)

    class Meta:
        verbose_name = _("proposed alignment")
        verbose_name_plural = _("proposed alignments")
        ordering: ClassVar[list[str]] = ["action", "item__position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "item"], name="alignment_proposed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} → {self.item}?"


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
