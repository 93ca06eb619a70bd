"""What an action's sheet names: examples, links and actors, under names that meet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Action


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

    key = models.CharField(_("key"), max_length=500, db_index=True, editable=False)
    printed = models.CharField(_("wording"), max_length=500)
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("actor"))

    class Meta:
        verbose_name = _("other wording of an actor")
        verbose_name_plural = _("other wordings of actors")
        ordering: ClassVar[list[str]] = ["key", "pk"]
        constraints = [models.UniqueConstraint(fields=["key", "actor"], name="actor_alias_once")]

    def __str__(self) -> str:
        return f"{self.printed} → {self.actor}"


class Involvement(models.Model):
    """An actor named in an action's sheet, with the wording that is printed there."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="involvements", verbose_name=_("action"))
    actor = models.ForeignKey(Actor, on_delete=models.PROTECT, related_name="involvements", verbose_name=_("actor"))
    position = models.PositiveSmallIntegerField(_("position"))
    printed = models.CharField(_("wording in the sheet"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("actor of an action")
        verbose_name_plural = _("actors of actions")
        ordering: ClassVar[list[str]] = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["action", "actor"], name="actor_once_in_an_action"),
        ]

    def __str__(self) -> str:
        return self.printed or str(self.actor)
