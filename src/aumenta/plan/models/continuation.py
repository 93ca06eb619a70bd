"""How strategies and actions go on from one edition to the next."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Action, Strategy


class ContinuationKind(models.TextChoices):
    """How something of one edition goes on in the next; what has no continuation is dropped, or new."""

    KEPT = "kept", _("kept")
    REWORDED = "reworded", _("reworded")
    SPLIT = "split", _("split")
    MERGED = "merged", _("merged")


class Continuation(models.Model):
    """What the two kinds say alike; each has keys of its own, so that the database holds both ends to their kind."""

    older_id: int
    newer_id: int
    kind = models.CharField(_("how"), max_length=8, choices=ContinuationKind)
    confirmed = models.BooleanField(_("confirmed by the office"), default=False)
    reason_it = models.CharField(_("reason (Italian)"), max_length=500, blank=True)
    reason_en = models.CharField(_("reason (English)"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.older_id} → {self.newer_id}"


class StrategyContinuation(Continuation):
    """A strategy goes on in a later edition; proposed by the texts until an editor confirms it."""

    older = models.ForeignKey(
        Strategy, on_delete=models.CASCADE, related_name="continued_by", verbose_name=_("earlier strategy")
    )
    newer = models.ForeignKey(
        Strategy, on_delete=models.CASCADE, related_name="continues", verbose_name=_("later strategy")
    )

    class Meta:
        verbose_name = _("continuation of a strategy")
        verbose_name_plural = _("continuations of strategies")
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="strategy_continuation_once"),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="strategy_does_not_continue_itself"),
        ]


class ActionContinuation(Continuation):
    """An action goes on in a later edition; proposed by the texts until an editor confirms it."""

    older = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="continued_by", verbose_name=_("earlier action")
    )
    newer = models.ForeignKey(
        Action, on_delete=models.CASCADE, related_name="continues", verbose_name=_("later action")
    )

    class Meta:
        verbose_name = _("continuation of an action")
        verbose_name_plural = _("continuations of actions")
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="action_continuation_once"),
            models.CheckConstraint(condition=~Q(older=F("newer")), name="action_does_not_continue_itself"),
        ]
