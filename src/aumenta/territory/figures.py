"""What is worked out about a place from who lives there and how large it is, each figure with its formula.

To add a figure, add it to FIGURES: maps, comparisons, files and the balance among zones show all of them. The pages
of a place, of zones and of belts show those that `site/territory/shown.py` (MAIN) and its views name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from aumenta.core.indices import demography
from aumenta.core.indices.demography import Counts, Figures


@dataclass(frozen=True)
class Measured:
    """What the figures are made from, one entry a place: residents by age, all residents now and a year before (the
    published final figures where there are any, else those by age added up), area in km²."""

    counts: Counts
    residents: Figures
    before: Figures
    area_km2: Figures
    known: NDArray[np.bool_]
    known_residents: NDArray[np.bool_]
    known_before: NDArray[np.bool_]


@dataclass(frozen=True)
class Figure:
    """A figure: its names, its unit, how it is worked out; `adds_up` where a zone's is the sum of its places'."""

    key: str
    address: str
    label: Any
    formula: Any
    unit: Any
    decimals: int
    compute: Callable[[Measured], Figures]
    adds_up: bool = False


def _change(measured: Measured) -> Figures:
    change = demography.ratio(measured.residents - measured.before, measured.before)
    return np.where(measured.known_before, change, np.nan)


def _of_residents(function: Callable[..., Figures], *ages: int) -> Callable[[Measured], Figures]:
    return lambda measured: function(measured.counts, *ages)


people, share = partial(_of_residents, demography.people), partial(_of_residents, demography.share)

PERCENT = "%"
PEOPLE = ""
SHARE_FORMULA = _("residents of that age ÷ all residents × 100")
COUNT_FORMULA = _("residents of that age, counted")

FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure(
            "population",
            "popolazione",
            _("Residents"),
            _("all residents, as Istat counts them"),
            PEOPLE,
            0,
            lambda measured: measured.residents,
            True,
        ),
        Figure(
            "change",
            "variazione",
            _("Change in residents"),
            _("(residents − residents of the year before) ÷ residents of the year before × 100"),
            PERCENT,
            2,
            _change,
        ),
        Figure(
            "area",
            "superficie",
            _("Area"),
            _("area inside the boundary, on an equal-area projection"),
            "km²",
            1,
            lambda measured: measured.area_km2,
            True,
        ),
        Figure(
            "density",
            "densita",
            _("Density"),
            _("residents ÷ area in km²"),
            _("residents per km²"),
            1,
            lambda measured: demography.ratio(measured.residents, measured.area_km2, times=1),
        ),
        Figure("share_0_18", "giovani", _("Aged 0-18"), SHARE_FORMULA, PERCENT, 1, share(0, 18)),
        Figure("share_19_39", "giovani-adulti", _("Aged 19-39"), SHARE_FORMULA, PERCENT, 1, share(19, 39)),
        Figure("share_40_64", "adulti", _("Aged 40-64"), SHARE_FORMULA, PERCENT, 1, share(40, 64)),
        Figure("share_65_over", "anziani", _("Aged 65 and over"), SHARE_FORMULA, PERCENT, 1, share(65)),
        Figure(
            "old_age_index",
            "indice-di-vecchiaia",
            _("Old-age index"),
            _("residents of 65 and over ÷ residents of 0-14 × 100"),
            _("per 100 aged 0-14"),
            1,
            _of_residents(demography.old_age_index),
        ),
        Figure(
            "structural_dependency",
            "dipendenza-strutturale",
            _("Structural dependency"),
            _("(residents of 0-14 + of 65 and over) ÷ residents of 15-64 × 100"),
            _("per 100 aged 15-64"),
            1,
            _of_residents(demography.structural_dependency),
        ),
        Figure(
            "old_age_dependency",
            "dipendenza-anziani",
            _("Old-age dependency"),
            _("residents of 65 and over ÷ residents of 15-64 × 100"),
            _("per 100 aged 15-64"),
            1,
            _of_residents(demography.old_age_dependency),
        ),
        Figure(
            "share_of_women",
            "donne",
            _("Women"),
            _("female residents ÷ all residents × 100"),
            PERCENT,
            1,
            _of_residents(demography.share_of_women),
        ),
        Figure(
            "mean_age",
            "eta-media",
            _("Mean age"),
            _("sum of (age + ½ year) × residents of that age ÷ all residents"),
            _("years"),
            1,
            _of_residents(demography.mean_age),
        ),
        Figure("aged_0_18", "eta-0-18", _("Residents aged 0-18"), COUNT_FORMULA, PEOPLE, 0, people(0, 18), True),
        Figure("aged_19_39", "eta-19-39", _("Residents aged 19-39"), COUNT_FORMULA, PEOPLE, 0, people(19, 39), True),
        Figure("aged_40_64", "eta-40-64", _("Residents aged 40-64"), COUNT_FORMULA, PEOPLE, 0, people(40, 64), True),
        Figure(
            "aged_65_over",
            "eta-65-e-oltre",
            _("Residents aged 65 and over"),
            COUNT_FORMULA,
            PEOPLE,
            0,
            people(65),
            True,
        ),
    )
}

OF_RESIDENTS: Final = ("population", "change", "density")
"""Figures made from how many live there, whose date is not that of the ages."""
BY_ADDRESS = {figure.address: figure for figure in FIGURES.values()}


def compute(measured: Measured) -> dict[str, Figures]:
    """Every figure for every place; NaN where the population is not known or the ratio is not defined."""
    values = {}
    for key, figure in FIGURES.items():
        with np.errstate(invalid="ignore"):
            computed = figure.compute(measured)
        known = measured.known_residents if key in OF_RESIDENTS else measured.known
        values[key] = computed if key == "area" else np.where(known, computed, np.nan)
    return values
