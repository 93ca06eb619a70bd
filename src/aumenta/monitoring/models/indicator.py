"""The card of an indicator, and the places for which there are readings."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aumenta.core.progress.rules import RULES
from aumenta.people.reader import in_language


class Indicator(models.Model):
    """What is measured, how, by whom, and where it should go. `direction` says whether more is better."""

    class Direction(models.IntegerChoices):
        UP = 1, _("more is better")
        DOWN = -1, _("less is better")
        NONE = 0, _("neither: context only")

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official statistics")
        PROXY = "proxy", _("a proxy: it stands for what cannot be measured")
        OWN = "own", _("newly built, without a past series")

    class Grouping(models.TextChoices):
        """How a figure of several municipalities comes from theirs."""

        RATIO = "ratio", _("sum of numerators over sum of denominators")
        SUM = "sum", _("sum of the values")
        NONE = "none", _("it cannot be worked out from the municipalities")

    class Frequency(models.TextChoices):
        YEAR = "year", _("every year")
        HALF = "half", _("every half year")
        QUARTER = "quarter", _("every quarter")
        MONTH = "month", _("every month")
        IRREGULAR = "irregular", _("now and then")

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9_-]*$", _("Use letters, figures, hyphens."))],
    )
    name_it = models.CharField(_("name (Italian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    definition_it = models.CharField(_("definition (Italian)"), max_length=1000, blank=True)
    definition_en = models.CharField(_("definition (English)"), max_length=1000, blank=True)
    method_it = models.CharField(_("how it is worked out (Italian)"), max_length=1000, blank=True)
    method_en = models.CharField(_("how it is worked out (English)"), max_length=1000, blank=True)
    unit_it = models.CharField(_("unit (Italian)"), max_length=60)
    unit_en = models.CharField(_("unit (English)"), max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=1)
    direction = models.SmallIntegerField(_("direction"), choices=Direction, default=Direction.UP)
    nominal = models.BooleanField(
        _("in money at current prices"),
        default=False,
        help_text=_("Inflation alone makes it grow: no rule says that it gets better or worse."),
    )
    kind = models.CharField(_("kind of indicator"), max_length=8, choices=Kind, default=Kind.OFFICIAL)
    grouping = models.CharField(_("zones and belts"), max_length=5, choices=Grouping, default=Grouping.NONE)
    per = models.FloatField(_("numerator over denominator, times"), default=1.0)
    frequency = models.CharField(_("how often"), max_length=9, choices=Frequency, default=Frequency.YEAR)
    next_due = models.DateField(_("next figure due on"), null=True, blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who brings the next figure"),
    )
    source = models.CharField(_("source"), max_length=300)
    source_address = models.URLField(_("address of the source"), blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    series_key = models.CharField(_("key of the series in files of the source"), max_length=300, blank=True)
    base_year = models.PositiveSmallIntegerField(_("base year"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("year of the target"), null=True, blank=True)
    limit = models.FloatField(_("limit beyond which it cannot go"), null=True, blank=True)
    rule = models.CharField(
        _("rule of its status"), max_length=20, choices=[(name, name) for name in RULES], default="statcan-2025"
    )
    public = models.BooleanField(_("everybody may read it"), default=False)
    strategies = models.ManyToManyField(
        "plan.Strategy", related_name="indicators", blank=True, verbose_name=_("strategies it speaks for")
    )
    actions = models.ManyToManyField(
        "plan.Action", related_name="indicators", blank=True, verbose_name=_("actions it measures")
    )

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering: ClassVar[list[str]] = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(direction__in=[-1, 0, 1]), name="indicator_direction_is_known"),
            models.CheckConstraint(
                condition=Q(per__gt=0),
                name="indicator_multiplies_by_more_than_nothing",
                violation_error_message=_(
                    "The numerator over the denominator is multiplied by more than zero: write 1, 100 or 1000."
                ),
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, target_year__isnull=True)
                | Q(target__isnull=False, target_year__isnull=False),
                name="indicator_target_has_its_year",
                violation_error_message=_("A target needs its year, and a year its target: write both, or neither."),
            ),
            models.UniqueConstraint(
                fields=["series_key"],
                condition=~Q(series_key=""),
                name="indicator_series_key_once",
                violation_error_message=_("Another indicator has this key of the series already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_it}"

    @property
    def with_code(self) -> str:
        """«Torino (001272)»: a municipality, a zone and a territory may have one name."""
        return f"{self.name} ({self.code})"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_it, self.name_en)

    @property
    def definition(self) -> str:
        """The definition in the reader's language."""
        return in_language(self.definition_it, self.definition_en)

    @property
    def method(self) -> str:
        """How it is worked out, in the reader's language."""
        return in_language(self.method_it, self.method_en)

    @property
    def unit(self) -> str:
        """The unit in the reader's language."""
        return in_language(self.unit_it, self.unit_en)


class MeasuredPlace(models.Model):
    """A place that readings are about: a municipality or zone of the territory, the territory, or one to compare with.

    `code` is what files call it: 001272, Z1, ITC11, ITC1, IT.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        ZONE = "zone", _("zone")
        TERRITORY = "territory", _("territory")
        CITY = "city", _("another metropolitan city or province")
        REGION = "region", _("region")
        COUNTRY = "country", _("country")

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind of place"), max_length=12, choices=Kind)
    name_it = models.CharField(_("name (Italian)"), max_length=100)
    name_en = models.CharField(_("name (English)"), max_length=100, blank=True)
    municipality = models.OneToOneField(
        "territory.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measured",
        verbose_name=_("municipality"),
    )
    zone = models.OneToOneField(
        "territory.Zone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measured",
        verbose_name=_("zone"),
    )
    territory = models.OneToOneField(
        "territory.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measured",
        verbose_name=_("territory"),
    )

    class Meta:
        verbose_name = _("measured place")
        verbose_name_plural = _("measured places")
        ordering: ClassVar[list[str]] = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="municipality", municipality__isnull=False, zone__isnull=True, territory__isnull=True)
                    | Q(kind="zone", municipality__isnull=True, zone__isnull=False, territory__isnull=True)
                    | Q(kind="territory", municipality__isnull=True, zone__isnull=True, territory__isnull=False)
                    | Q(
                        kind__in=["city", "region", "country"],
                        municipality__isnull=True,
                        zone__isnull=True,
                        territory__isnull=True,
                    )
                ),
                name="measured_place_is_what_it_says",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name_it}"

    @property
    def with_code(self) -> str:
        """«Torino (001272)»: a municipality, a zone and a territory may have one name."""
        return f"{self.name} ({self.code})"

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_it, self.name_en)
