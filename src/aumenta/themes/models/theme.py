"""Themes: what the regia makes of the observations, with their sources and every step that led there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.events.models.event import Event
from aumenta.events.models.log import Observation
from aumenta.themes.models.step import Step
from aumenta.voices.models import Contribution


class Theme(models.Model):
    """A group of observations under a name. A merged or emptied theme stays, switched off, so that undo finds it."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="themes", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=120)
    keywords = models.CharField(_("keywords"), max_length=300, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    observations = models.ManyToManyField(
        Observation, through="ThemeSource", related_name="themes", verbose_name=_("observations")
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name


class ThemeSource(models.Model):
    """An observation belongs to a theme; to one at most, because each is one thought."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="sources", verbose_name=_("theme"))
    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="source_of", verbose_name=_("observation")
    )

    class Meta:
        verbose_name = _("source of a theme")
        verbose_name_plural = _("sources of themes")

    def __str__(self) -> str:
        return f"{self.theme_id} ← {self.observation_id}"


class ThemeStep(Step):
    """One step of the grouping: who did what. `before` and `after` say enough to take it back."""

    class Verb(models.TextChoices):
        PLACE = "place", _("put observations into a theme")
        RENAME = "rename", _("renamed a theme")
        MERGE = "merge", _("merged themes")
        SPLIT = "split", _("split a theme")
        UNDO = "undo", _("took back a step")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="theme_steps", verbose_name=_("event"))
    verb = models.CharField(_("what"), max_length=6, choices=Verb)

    class Meta:
        verbose_name = _("step of the grouping")
        verbose_name_plural = _("steps of the grouping")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.get_verb_display()


class ContributionSource(models.Model):
    """The theme of an event in which the office put a written contribution; one of each event at most.

    A theme that joins another takes it along when it is read (`matrix_queries`), so that taking the step back does too.
    """

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="written", verbose_name=_("theme"))
    contribution = models.ForeignKey(
        Contribution, on_delete=models.CASCADE, related_name="placed", verbose_name=_("written contribution")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("written source of a theme")
        verbose_name_plural = _("written sources of themes")
        constraints = [
            models.UniqueConstraint(fields=["theme", "contribution"], name="contribution_once_in_a_theme"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} ← {self.contribution_id}"
