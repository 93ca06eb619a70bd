"""The places a plan is for: municipalities in time, the zones and belts they lie in, who lives there, their borders.

A territory is a metropolitan city or a province. Its codes are those of ISTAT, always text: 001272, never 1272. What
was measured elsewhere (boundaries, population) keeps its source and year; what follows from it (density, indices) is
worked out when asked for, in `figures`, and never stored.
"""

from typing import ClassVar

import numpy as np
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from aumenta.core.geometry.projection import EqualArea
from aumenta.territory.querysets import MunicipalityQuerySet, TerritoryQuerySet

AGES = 101
"""Single years of age, from 0 to 100 and over."""


class Confidence(models.TextChoices):
    """How sure a row of the zone or belt table is."""

    OFFICIAL = "official", _("named by an official act or table")
    CHECKED = "checked", _("rebuilt, with count and contiguity checked")
    PRESS = "press", _("listed by the press, with the count checked")
    DERIVED = "derived", _("follows from the municipalities it was made of")


class Territory(models.Model):
    """A metropolitan city or a province, whose municipalities share the first three figures of their code."""

    class Kind(models.TextChoices):
        METROPOLITAN_CITY = "metropolitan_city", _("metropolitan city")
        PROVINCE = "province", _("province")

    code = models.CharField(_("ISTAT code"), max_length=3, unique=True, validators=[RegexValidator(r"^\d{3}$")])
    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    region = models.CharField(_("region"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    centre_longitude = models.FloatField(_("longitude of the centre of its map"))
    centre_latitude = models.FloatField(_("latitude of the centre of its map"))
    tolerance_m = models.PositiveSmallIntegerField(_("tolerance of the simplified boundaries (m)"))
    boundary_year = models.PositiveSmallIntegerField(_("year of the boundaries"))
    source = models.CharField(_("source of boundaries and population"), max_length=300)
    loaded_at = models.DateTimeField(_("loaded at"), default=timezone.now)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def full_name(self) -> str:
        """Its name with its kind, such as «Città metropolitana di Torino»."""
        if self.kind == self.Kind.METROPOLITAN_CITY:
            return gettext("Metropolitan City of %(name)s") % {"name": self.name}
        return gettext("Province of %(name)s") % {"name": self.name}

    @property
    def projection(self) -> EqualArea:
        """The plane its maps are drawn on and its areas measured on."""
        return EqualArea(longitude=self.centre_longitude, latitude=self.centre_latitude)


class Zone(models.Model):
    """A homogeneous zone: a part of the territory with a spokesperson of its own, known by its number."""

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="zones", verbose_name=_("territory")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering: ClassVar[list[str]] = ["territory", "number"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "number"], name="zone_number_once_in_a_territory"),
            models.CheckConstraint(condition=Q(number__gte=1), name="zone_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"


class Belt(models.Model):
    """An altimetric belt of ISTAT: plain, hill or mountain."""

    class Key(models.TextChoices):
        PLAIN = "pianura", _("plain")
        HILL = "collina", _("hill")
        MOUNTAIN = "montagna", _("mountain")

    slug = models.CharField(_("short name"), max_length=10, choices=Key, unique=True)
    position = models.PositiveSmallIntegerField(_("order, from the plain upwards"), unique=True)

    class Meta:
        verbose_name = _("altimetric belt")
        verbose_name_plural = _("altimetric belts")
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return str(self.get_slug_display())


class Municipality(models.Model):
    """A municipality, also one that no longer exists: then `valid_to` is set and a succession leads to its heir."""

    class AltimetricZone(models.IntegerChoices):
        INNER_MOUNTAIN = 1, _("inner mountain")
        COASTAL_MOUNTAIN = 2, _("coastal mountain")
        INNER_HILL = 3, _("inner hill")
        COASTAL_HILL = 4, _("coastal hill")
        PLAIN = 5, _("plain")

    istat_code = models.CharField(
        _("ISTAT code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^\d{6}$", _("Write all six figures, such as 001272."))],
    )
    name = models.CharField(_("name"), max_length=100)
    cadastral_code = models.CharField(_("cadastral code"), max_length=4, blank=True)
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="municipalities", verbose_name=_("territory")
    )
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(_("last day"), null=True, blank=True)
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities", verbose_name=_("zone")
    )
    zone_confidence = models.CharField(_("how sure the zone is"), max_length=8, choices=Confidence, blank=True)
    zone_source = models.CharField(_("source of the zone"), max_length=300, blank=True)
    belt = models.ForeignKey(
        Belt, on_delete=models.PROTECT, null=True, blank=True, related_name="municipalities", verbose_name=_("belt")
    )
    altimetric_zone = models.PositiveSmallIntegerField(
        _("altimetric zone"), choices=AltimetricZone, null=True, blank=True
    )
    altitude_m = models.PositiveSmallIntegerField(_("altitude of the town hall (m)"), null=True, blank=True)
    belt_confidence = models.CharField(_("how sure the belt is"), max_length=8, choices=Confidence, blank=True)
    belt_source = models.CharField(_("source of the belt"), max_length=300, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering: ClassVar[list[str]] = ["name", "istat_code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(istat_code__regex=r"^[0-9]{6}$"), name="municipality_code_has_six_figures"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="municipality_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(zone__isnull=True) | ~Q(zone_confidence=""), name="municipality_zone_says_how_sure"
            ),
            models.CheckConstraint(
                condition=Q(belt__isnull=True) | ~Q(belt_confidence=""), name="municipality_belt_says_how_sure"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_current(self) -> bool:
        """Whether it still exists."""
        return self.valid_to is None


class FormerName(models.Model):
    """A name a municipality once had, kept so that whoever looks for it finds the place."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="former_names", verbose_name=_("municipality")
    )
    name = models.CharField(_("former name"), max_length=100)
    until = models.PositiveSmallIntegerField(_("until the year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [models.UniqueConstraint(fields=["municipality", "name"], name="former_name_once")]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What became of a municipality: merged into another, moved to another province, or part of its land ceded."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("merged into")
        MOVED = "moved", _("moved to another province as")
        CEDED = "ceded", _("ceded land to")

    predecessor = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="heirs", verbose_name=_("predecessor")
    )
    heir = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="predecessors", verbose_name=_("heir")
    )
    on = models.DateField(_("since"))
    kind = models.CharField(_("what happened"), max_length=6, choices=Kind)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering: ClassVar[list[str]] = ["on", "predecessor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "heir"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("heir")), name="succession_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.heir_id}"


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


class OutsideNeighbour(models.Model):
    """A municipality beyond the territory's border that touches one of ours: named, not loaded."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="outside_neighbours", verbose_name=_("municipality")
    )
    istat_code = models.CharField(_("ISTAT code"), max_length=6)
    name = models.CharField(_("name"), max_length=100)
    province = models.CharField(_("province"), max_length=100)
    border_km = models.FloatField(_("shared border (km)"))

    class Meta:
        verbose_name = _("neighbour outside the territory")
        verbose_name_plural = _("neighbours outside the territory")
        ordering: ClassVar[list[str]] = ["-border_km", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "istat_code"], name="outside_neighbour_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.province})"


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

    @property
    def by_sex_and_age(self) -> NDArray[np.int64]:
        """The counts as an array of 2 by 101: females, males."""
        return np.frombuffer(self.counts, dtype="<u4").reshape(2, AGES).astype(np.int64)


class PrintedFigure(models.Model):
    """A figure as a plan prints it, kept to stand beside ours."""

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="printed_figures", verbose_name=_("territory")
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
            models.UniqueConstraint(fields=["territory", "figure", "year"], name="printed_figure_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.year}"

    @property
    def note(self) -> str:
        """The note in the reader's language."""
        return self.note_en if get_language() == "en" and self.note_en else self.note_it
