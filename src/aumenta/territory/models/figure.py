"""What is known of municipalities: boundaries, neighbours, people, and the figures that a plan publishes."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.people.reader import in_language
from aumenta.territory.models.place import Municipality, Territory

AGES = 101
"""Single years of age, from 0 to 100 and over."""


class Boundary(models.Model):
    """The border of a municipality, simplified together with all the others, and what was measured before that."""

    municipality = models.OneToOneField(
        Municipality, on_delete=models.CASCADE, related_name="boundary", verbose_name=_("municipality")
    )
    geometry = models.BinaryField(_("simplified boundary (well-known binary, WGS 84)"))
    area_km2 = models.FloatField(_("area of the full boundary (km²)"))
    longitude = models.FloatField(_("longitude of a point inside"))
    latitude = models.FloatField(_("latitude of a point inside"))
    mended_m2 = models.FloatField(_("area moved to match its neighbours' borders (m²)"), default=0)

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [models.CheckConstraint(condition=Q(area_km2__gt=0), name="boundary_has_an_area")]

    def __str__(self) -> str:
        return str(self.municipality)


class Neighbourhood(models.Model):
    """Two municipalities that share a border, stored in both directions."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="neighbourhoods", verbose_name=_("municipality")
    )
    neighbour = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="+", verbose_name=_("neighbour"))
    border_km = models.FloatField(_("shared border (km)"))

    class Meta:
        verbose_name = _("neighbourhood")
        verbose_name_plural = _("neighbourhoods")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "neighbour"], name="neighbourhood_once"),
            models.CheckConstraint(condition=~Q(municipality=F("neighbour")), name="nobody_is_their_own_neighbour"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} · {self.neighbour_id}"


class Population(models.Model):
    """Residents on 1 January of a year by sex and single year of age.

    The counts are two rows (females, then males) of 101 whole numbers, kept as 808 bytes (32 bits each, low byte
    first): a row per age would be 1.6 million rows for Italy, which no page could add up in time.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="population", verbose_name=_("municipality")
    )
    year = models.PositiveSmallIntegerField(_("on 1 January of"))
    counts = models.BinaryField(_("females and males by age"), max_length=2 * AGES * 4)

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("population")
        ordering: ClassVar[list[str]] = ["municipality", "year"]
        constraints = [models.UniqueConstraint(fields=["municipality", "year"], name="population_once_a_year")]

    def __str__(self) -> str:
        return f"{self.municipality_id} · {self.year}"


class PublishedFigure(models.Model):
    """A figure as a plan prints it, kept to stand beside ours."""

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="published_figures", verbose_name=_("territory")
    )
    figure = models.CharField(_("figure"), max_length=40)
    value = models.FloatField(_("value"))
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=300)
    note_it = models.CharField(_("note (Italian)"), max_length=500, blank=True)
    note_en = models.CharField(_("note (English)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("printed figure")
        verbose_name_plural = _("printed figures")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "figure", "year"], name="published_figure_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.year}"

    @property
    def note(self) -> str:
        """The note in the reader's language."""
        return in_language(self.note_it, self.note_en)
