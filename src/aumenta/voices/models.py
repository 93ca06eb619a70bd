"""Written contributions: what reaches the office by letter, e-mail or form, outside the tables."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.people.organisation_kinds import OrganisationKind


class Contribution(models.Model):
    """One text that somebody sent about an edition of the plan. It names no person: `source` says how it came.

    `strategy_code` is the strategy that the office confirmed; `outside` says that the office found it to be about
    nothing in the plan. Neither is set before a person has looked.
    """

    edition = models.ForeignKey(
        "plan.Edition", on_delete=models.PROTECT, related_name="contributions", verbose_name=_("edition")
    )
    text = models.TextField(_("text"), max_length=100_000)
    zone = models.ForeignKey(
        "territory.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributions",
        verbose_name=_("zone"),
    )
    organisation_kind = models.CharField(_("kind of organisation"), max_length=12, choices=OrganisationKind, blank=True)
    received_on = models.DateField(_("received on"))
    source = models.CharField(_("how it came"), max_length=200)
    strategy_code = models.CharField(_("strategy"), max_length=40, blank=True)
    outside = models.BooleanField(_("outside the plan"), default=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="repeated", verbose_name=_("repeats")
    )
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    private = models.BooleanField(_("not to be published"), default=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("written contribution")
        verbose_name_plural = _("written contributions")
        ordering: ClassVar[list[str]] = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outside=False) | Q(strategy_code=""), name="contribution_outside_or_of_a_strategy"
            ),
            models.CheckConstraint(condition=~Q(same_as=F("pk")), name="contribution_repeats_another_one"),
            models.CheckConstraint(condition=~Q(text=""), name="contribution_has_words"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
