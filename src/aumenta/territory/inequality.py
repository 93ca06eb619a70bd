"""How evenly a figure is spread over the territory, each municipality counting for its residents, and in words.

The words are ours: a Gini below 0.05 is called small, up to 0.15 moderate, up to 0.30 strong, beyond that very strong.
The thresholds are shown with the words, so that a reader can disagree with them.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from aumenta.core.indices import inequality
from aumenta.core.indices.inequality import InequalityError
from aumenta.territory.queries import MUNICIPALITY, FigureTable

DEGREES: tuple[tuple[float, Any], ...] = (
    (0.05, _("small")),
    (0.15, _("moderate")),
    (0.30, _("strong")),
    (float("inf"), _("very strong")),
)
"""Upper limits of the Gini coefficient and the word for what lies below them."""


@dataclass(frozen=True)
class Inequality:
    """The measures of one figure over the municipalities; parts are shares of Theil's total, None where not defined.

    `reason` says why what is None could not be measured.
    """

    gini: float | None = None
    cv: float | None = None
    theil: float | None = None
    between_zones: float | None = None
    between_belts: float | None = None
    top_bottom: float | None = None
    top_mean: float | None = None
    bottom_mean: float | None = None
    reason: str = ""

    @property
    def degree(self) -> Any:
        """The word for how large the differences are."""
        return None if self.gini is None else next(word for limit, word in DEGREES if self.gini < limit)


def inequality_of(table: FigureTable, figure: str, territory: str) -> Inequality:
    """Measure one figure over the municipalities of a territory, weighted by residents."""
    positions = [
        i
        for i in table.of_kind(MUNICIPALITY)
        if table.places[i].territory == territory and np.isfinite(table.values[figure][i])
    ]
    people = table.values["population"][positions]
    values = table.values[figure][positions]
    zones = [table.places[i].zone for i in positions]
    belts = [table.places[i].belt for i in positions]
    try:
        gini = inequality.gini(values.tolist(), people.tolist())
        cv = inequality.coefficient_of_variation(values.tolist(), people.tolist())
    except InequalityError as reason:
        return Inequality(reason=str(reason))
    top, bottom = inequality.top_and_bottom(values.tolist(), people.tolist())
    try:
        by_zone = inequality.theil(values.tolist(), people.tolist(), zones)
        by_belt = inequality.theil(values.tolist(), people.tolist(), belts)
    except InequalityError as reason:
        return Inequality(gini=gini, cv=cv, top_mean=top, bottom_mean=bottom, reason=str(reason))
    total = by_zone.total
    return Inequality(
        gini=gini,
        cv=cv,
        theil=total,
        between_zones=by_zone.between / total if total > 0 and len(set(zones)) > 1 else None,
        between_belts=by_belt.between / total if total > 0 and len(set(belts)) > 1 else None,
        top_bottom=top / bottom if bottom > 0 else None,
        top_mean=top,
        bottom_mean=bottom,
    )
