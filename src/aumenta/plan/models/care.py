"""Who looks after which part of the plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Action, Axis


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
