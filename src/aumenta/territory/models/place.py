"""Territories, their zones and belts, municipalities of today and of before, and who lives beyond the border."""

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.core.geometry.projection import EqualArea


class Confidence(models.TextChoices):
    """How sure a row of the zone or belt table is."""

    OFFICIAL = "official", _("named by an official act or table")
    CHECKED = "checked", _("rebuilt, with count and contiguity checked")
    PRESS = "press", _("listed by the press, with the count checked")
    DERIVED = "derived", _("follows from the municipalities it was made of")


class TerritoryQuerySet(models.QuerySet["Territory"]):
    """Questions asked of territories."""

    def home(self) -> "Territory | None":
        """The territory the public pages are about: the first that was loaded."""
        return self.order_by("pk").first()


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


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    """Questions asked of municipalities."""

    def current(self) -> Self:
        """Those that exist today."""
        return self.filter(valid_to__isnull=True)

    def of(self, territory: Territory) -> Self:
        """Those of a territory, past ones too."""
        return self.filter(territory=territory)

    def with_places(self) -> Self:
        """With the zone and the belt they lie in, in the same query."""
        return self.select_related("zone", "belt", "territory")

    def with_ties(self) -> Self:
        """With what else is known of each, so that a page asks only for what is there: `has_changes`,
        `has_former_names`, `has_outside` neighbours, and `outside_known` where the territory names any at all."""
        here = models.OuterRef("pk")
        changes = Succession.objects.filter(models.Q(predecessor=here) | models.Q(successor=here))
        beyond = OutsideNeighbour.objects.filter(municipality__territory=models.OuterRef("territory"))
        return self.annotate(
            has_changes=models.Exists(changes),
            has_former_names=models.Exists(FormerName.objects.filter(municipality=here)),
            has_outside=models.Exists(OutsideNeighbour.objects.filter(municipality=here)),
            outside_known=models.Exists(beyond),
        )


class Municipality(models.Model):
    """A municipality, also one that no longer exists: then `valid_to` is set and a succession leads on."""

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


class OtherName(models.Model):
    """Another word by which people look for a municipality or a zone: a hamlet, a postcode, a name in daily use."""

    class Kind(models.TextChoices):
        OTHER = "other", _("other name")
        SHORT = "short", _("short name")
        FORMER = "former", _("municipality of the past")
        HAMLET = "hamlet", _("hamlet or quarter")
        POSTCODE = "postcode", _("postcode")
        AREA = "area", _("name of an area")

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, null=True, related_name="other_names", verbose_name=_("municipality")
    )
    zone = models.ForeignKey(
        Zone, on_delete=models.CASCADE, null=True, related_name="other_names", verbose_name=_("zone")
    )
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="other_name_once_of_a_municipality"),
            models.UniqueConstraint(fields=["zone", "name"], name="other_name_once_of_a_zone"),
            models.CheckConstraint(
                condition=Q(municipality__isnull=True) ^ Q(zone__isnull=True), name="other_name_of_one_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """What became of a municipality: merged into another, moved to another province, or part of its land ceded."""

    class Kind(models.TextChoices):
        MERGED = "merged", _("merged into")
        MOVED = "moved", _("moved to another province as")
        CEDED = "ceded", _("ceded land to")

    predecessor = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="successors", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="predecessors", verbose_name=_("successor")
    )
    on = models.DateField(_("since"))
    kind = models.CharField(_("what happened"), max_length=6, choices=Kind)
    source = models.CharField(_("source"), max_length=300)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering: ClassVar[list[str]] = ["on", "predecessor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"


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
