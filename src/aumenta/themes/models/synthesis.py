"""What the synthesis keeps: vectors that cost time to compute, the proposed grouping, what people confirmed."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.core.synthesis.suggestions import Suggestions, WaitingRegrouping
from aumenta.events.models.event import Event
from aumenta.events.models.log import Observation


class TextVector(models.Model):
    """The vector of a text: `key` is encoder, version, role and hash of the text. It can be computed again any time."""

    key = models.CharField(max_length=120, primary_key=True)
    numbers = models.BinaryField()
    used_on = models.DateField()

    class Meta:
        verbose_name = _("vector of a text")
        verbose_name_plural = _("vectors of texts")
        indexes = [models.Index(fields=["used_on"], name="vector_by_use")]

    def __str__(self) -> str:
        return self.key


class SuggestedThemes(models.Model):
    """The proposed grouping of an event, as it stands between two refreshes; a restart changes nothing of it.

    `state` is the core's own (which observation is in which group, which ids were ever used), `themes` ties the core's
    ids to themes that people accepted, `shown` is what the regia reads, `regrouping` a full regrouping that waits to be
    accepted. `given` are the core's ids whose names are people's headings. `version` grows with every change, so that
    screens know. Read and write the columns through the properties below: JSON has no whole numbers for keys.
    """

    event = models.OneToOneField(
        Event, on_delete=models.CASCADE, related_name="suggested_themes", verbose_name=_("event")
    )
    version = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=dict)
    themes = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    given = models.JSONField(default=list)
    shown = models.JSONField(default=dict)
    regrouping = models.JSONField(default=dict)
    up_to = models.PositiveBigIntegerField(default=0)
    refreshed_at = models.DateTimeField(_("refreshed"), null=True)

    class Meta:
        verbose_name = _("proposed grouping")
        verbose_name_plural = _("proposed groupings")

    def __str__(self) -> str:
        return str(self.event_id)

    @property
    def suggestions(self) -> Suggestions:
        """What the regia reads."""
        return Suggestions.from_json(self.shown)

    @suggestions.setter
    def suggestions(self, suggestions: Suggestions) -> None:
        self.shown = suggestions.as_json()

    @property
    def waiting(self) -> WaitingRegrouping | None:
        """The regrouping that waits to be accepted."""
        return WaitingRegrouping.from_json(self.regrouping) if self.regrouping else None

    @waiting.setter
    def waiting(self, waiting: WaitingRegrouping | None) -> None:
        self.regrouping = waiting.as_json() if waiting else {}

    @property
    def theme_of_group(self) -> Mapping[int, int]:
        """Group → the theme of people that it is."""
        return {int(group): theme for group, theme in self.themes.items()}

    @theme_of_group.setter
    def theme_of_group(self, themes: Mapping[int, int]) -> None:
        self.themes = {str(group): theme for group, theme in themes.items()}

    @property
    def name_of_group(self) -> Mapping[int, str]:
        """Group → the name it has so far."""
        return {int(group): name for group, name in self.names.items()}

    @name_of_group.setter
    def name_of_group(self, names: Mapping[int, str]) -> None:
        self.names = {str(group): name for group, name in names.items()}


class SynthesisWork(models.Model):
    """A piece of work on the proposals of an event, so that every process tells the same of it: whether it
    waits or is at work, and how it ended.

    `process` says whose it is and `heartbeat_at` that the process lives; a piece that no longer beats is nobody's.
    """

    class Kind(models.TextChoices):
        REFRESH = "refresh", _("refresh")
        ASKED = "asked", _("asked for by a person")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="synthesis_work", verbose_name=_("event"))
    kind = models.CharField(max_length=7, choices=Kind)
    process = models.CharField(max_length=60)
    heartbeat_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("work on a proposed grouping")
        verbose_name_plural = _("works on proposed groupings")
        constraints = [
            models.UniqueConstraint(
                fields=["event"],
                condition=models.Q(kind="refresh", started_at=None, finished_at=None),
                name="synthesis_work_one_refresh_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.kind}"


class ConfirmedStrategy(models.Model):
    """The strategy that a person chose for an observation; an empty code says that it is outside the plan."""

    observation = models.OneToOneField(
        Observation, on_delete=models.CASCADE, related_name="confirmed_strategy", verbose_name=_("observation")
    )
    code = models.CharField(_("strategy"), max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now=True)

    class Meta:
        verbose_name = _("confirmed strategy of an observation")
        verbose_name_plural = _("confirmed strategies of observations")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.code or str(_("outside the plan"))
