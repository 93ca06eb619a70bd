"""Questions asked of places."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    # For the type checker only: the models import this module.
    from aumenta.territory.models import Municipality, Territory  # noqa: F401


class TerritoryQuerySet(models.QuerySet["Territory"]):
    """Questions asked of territories."""

    def home(self) -> "Territory | None":
        """The territory the public pages are about: the first that was loaded."""
        return self.order_by("pk").first()


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Questions asked of municipalities."""

    def current(self) -> "MunicipalityQuerySet":
        """Those that exist today."""
        return self.filter(valid_to__isnull=True)

    def of(self, territory: "Territory | Any") -> "MunicipalityQuerySet":
        """Those of a territory, past ones too."""
        return self.filter(territory=territory)

    def with_places(self) -> "MunicipalityQuerySet":
        """With the zone and the belt they lie in, in the same query."""
        return self.select_related("zone", "belt", "territory")

    def with_ties(self) -> "MunicipalityQuerySet":
        """With what else is known of each, so that a page asks only for what is there: `has_changes`,
        `has_former_names`, `has_outside` neighbours, and `outside_known` where the territory names any at all."""
        from aumenta.territory.models import FormerName, OutsideNeighbour, Succession  # the models import this module

        here = models.OuterRef("pk")
        changes = Succession.objects.filter(models.Q(predecessor=here) | models.Q(heir=here))
        beyond = OutsideNeighbour.objects.filter(municipality__territory=models.OuterRef("territory"))
        return self.annotate(
            has_changes=models.Exists(changes),
            has_former_names=models.Exists(FormerName.objects.filter(municipality=here)),
            has_outside=models.Exists(OutsideNeighbour.objects.filter(municipality=here)),
            outside_known=models.Exists(beyond),
        )
