"""Where an action reaches: the whole territory, belts, zones, municipalities, or all the small ones."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.plan.models.edition import Action
from aumenta.territory.models import Belt, Municipality, Zone


class ActionPlace(models.Model):
    """One tie of an action to where it reaches. Found in the sheet's words it is a proposal until the office decides.

    A declined proposal stays, so that it is not proposed again.
    """

    class Reach(models.TextChoices):
        WHOLE = "whole", _("the whole territory")
        BELT = "belt", _("a belt")
        ZONE = "zone", _("a zone")
        MUNICIPALITY = "municipality", _("a municipality")
        SMALL = "small", _("small municipalities")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed from the text")
        CONFIRMED = "confirmed", _("confirmed by the office")
        DECLINED = "declined", _("declined by the office")

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="places", verbose_name=_("action"))
    reach = models.CharField(_("reach"), max_length=12, choices=Reach)
    belt = models.ForeignKey(
        Belt, on_delete=models.PROTECT, null=True, blank=True, related_name="action_places", verbose_name=_("belt")
    )
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="action_places", verbose_name=_("zone")
    )
    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="action_places",
        verbose_name=_("municipality"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PROPOSED)
    found_words = models.CharField(_("words of the sheet it was found by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("place of an action")
        verbose_name_plural = _("places of actions")
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(reach__in=["whole", "small"], belt=None, zone=None, municipality=None)
                    | Q(reach="belt", belt__isnull=False, zone=None, municipality=None)
                    | Q(reach="zone", belt=None, zone__isnull=False, municipality=None)
                    | Q(reach="municipality", belt=None, zone=None, municipality__isnull=False)
                ),
                name="action_place_is_what_its_reach_says",
            ),
            models.UniqueConstraint(
                fields=["action", "reach"],
                condition=Q(reach__in=["whole", "small"]),
                name="action_reaches_the_whole_once",
            ),
            models.UniqueConstraint(fields=["action", "belt"], name="action_reaches_a_belt_once"),
            models.UniqueConstraint(fields=["action", "zone"], name="action_reaches_a_zone_once"),
            models.UniqueConstraint(fields=["action", "municipality"], name="action_reaches_a_municipality_once"),
        ]

    def __str__(self) -> str:
        return str(self.municipality or self.zone or self.belt or self.get_reach_display())
