"""What a step of the grouping and a step of the codebook have alike."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.Model):
    """Who did something and when; `before` and `after` say enough to take it back, `undoes` is the step taken back.

    A model of its own adds what was done to (its `verb` with the model's own choices) and in what order steps stand.
    """

    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("when"), auto_now_add=True)
    undoes = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )

    class Meta:
        abstract = True
