"""Bodies, who holds a public office in them or in a municipality and when, and the rules by which a body votes."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aumenta.core.tally.rule import Rule, read_rule
from aumenta.people.models import User
from aumenta.people.reader import in_language
from aumenta.territory.models import Municipality, Territory, Zone


def on_day(day: date) -> Q:
    """What is valid on a day, for rows with `from_day` and `to_day` (both days included; empty: no end known)."""
    return (Q(from_day=None) | Q(from_day__lte=day)) & (Q(to_day=None) | Q(to_day__gte=day))


def overlaps(from_day: date, to_day: date | None) -> Q:
    """What shares a day with the time from `from_day` to `to_day` (None: without end)."""
    begins = Q() if to_day is None else Q(from_day=None) | Q(from_day__lte=to_day)
    return begins & (Q(to_day=None) | Q(to_day__gte=from_day))


class Body(models.Model):
    """A collegial body. Who sits in a conference or a zone assembly follows from its municipalities."""

    class Kind(models.TextChoices):
        COUNCIL = "council", _("council")
        COMMITTEE = "committee", _("committee of the council")
        CONFERENCE = "conference", _("conference of all municipalities")
        ZONE_ASSEMBLY = "zone_assembly", _("assembly of the mayors of a zone")
        SPOKESPERSONS = "spokespersons", _("college of the spokespersons")

    OF_MUNICIPALITIES: ClassVar[tuple[str, ...]] = (Kind.CONFERENCE, Kind.ZONE_ASSEMBLY)

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="bodies")
    zone = models.OneToOneField(Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="assembly")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name_it = models.CharField(_("name (Italian)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats by law, the chair included"), null=True, blank=True)
    from_day = models.DateField(_("exists since"), null=True, blank=True)
    to_day = models.DateField(_("last day"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    notice_days = models.PositiveSmallIntegerField(
        _("days between the notice and the session, by its rules"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("collegial body")
        verbose_name_plural = _("collegial bodies")
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="zone_assembly", zone__isnull=False)
                | (~Q(kind="zone_assembly") & Q(zone__isnull=True)),
                name="body_of_a_zone_names_it",
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.name_it, self.name_en)

    @property
    def is_of_municipalities(self) -> bool:
        """Whether municipalities sit in it, each by its mayor, not persons."""
        return self.kind in self.OF_MUNICIPALITIES


class BodySecretary(models.Model):
    """Somebody with an account keeps a body: its seats, acts, sessions and votes."""

    body = models.ForeignKey(
        Body, on_delete=models.CASCADE, related_name="secretaries", verbose_name=_("collegial body")
    )
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="bodies", verbose_name=_("person"))

    class Meta:
        verbose_name = _("secretary of a body")
        verbose_name_plural = _("secretaries of bodies")
        ordering: ClassVar[list[str]] = ["body", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "person"], name="secretary_of_a_body_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.body}"


class Holder(models.Model):
    """Somebody who holds or held a public office: a name of the public record, not an account."""

    full_name = models.CharField(_("name and surname"), max_length=150)
    note = models.CharField(_("what tells apart from a namesake"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("holder of a public office")
        verbose_name_plural = _("holders of public offices")
        ordering: ClassVar[list[str]] = ["full_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["full_name", "note"], name="holder_once")]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.note})" if self.note else self.full_name


class TermQuerySet(models.QuerySet[Any]):
    """Offices held for a time."""

    def on(self, day: date) -> Self:
        """Those held on a day."""
        return self.filter(on_day(day))


class Mandate(models.Model):
    """Somebody sits in a body from a day to a day; who sat there before is `replaces`. A guest has no vote."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        DEPUTY = "deputy", _("deputy chair")
        MEMBER = "member", _("member")
        GUEST = "guest", _("guest without a vote")
        SECRETARY = "secretary", _("secretary, without a vote")

    VOTING: ClassVar[tuple[str, ...]] = (Role.CHAIR, Role.DEPUTY, Role.MEMBER)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(_("office held"), max_length=9, choices=Role, default=Role.MEMBER)
    group = models.CharField(_("list or group"), max_length=120, blank=True)
    from_day = models.DateField(_("from"))
    from_attested = models.BooleanField(
        _("the beginning is not known: the day is the first on which a source names the mandate"), default=False
    )
    to_day = models.DateField(_("last day"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering: ClassVar[list[str]] = ["body", "from_day", "holder__full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(from_day__lte=F("to_day")), name="mandate_begins_before_it_ends"
            ),
            models.UniqueConstraint(
                fields=["body", "holder"], condition=Q(to_day=None), name="mandate_open_once_in_a_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.get_role_display()}"

    @property
    def votes(self) -> bool:
        """Whether it carries a vote."""
        return self.role in self.VOTING


class MunicipalOffice(models.Model):
    """Who stands for a municipality: its mayor, a commissioner in that place, or somebody whom the mayor delegates."""

    class Kind(models.TextChoices):
        MAYOR = "mayor", _("mayor")
        COMMISSIONER = "commissioner", _("commissioner")
        DEPUTY_MAYOR = "deputy_mayor", _("delegate: deputy mayor")
        ASSESSOR = "assessor", _("delegate: member of the executive")
        COUNCILLOR = "councillor", _("delegate: councillor")

    HEADS: ClassVar[tuple[str, ...]] = (Kind.MAYOR, Kind.COMMISSIONER)

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="offices")
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(_("office held"), max_length=12, choices=Kind, default=Kind.MAYOR)
    from_day = models.DateField(_("from"))
    to_day = models.DateField(_("last day"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("office in a municipality")
        verbose_name_plural = _("offices in municipalities")
        ordering: ClassVar[list[str]] = ["municipality", "-from_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(from_day__lte=F("to_day")), name="office_begins_before_it_ends"
            ),
            models.UniqueConstraint(
                fields=["municipality"],
                condition=Q(to_day=None, kind__in=["mayor", "commissioner"]),
                name="municipality_has_one_head_now",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}, {self.get_kind_display()}"


class BodyRule(models.Model):
    """By which rule a body decides on a matter, for a time, and where that is written. `record` is what `aumenta tally`
    reads as `rule`; who confirmed it is empty while the office has not."""

    class Matter(models.TextChoices):
        ANY = "any", _("any matter without a rule of its own")
        PLAN = "plan", _("the strategic plan and its updates")
        STATUTE_BUDGET = "statute_budget", _("statute and budgets")
        ENFORCEABLE = "enforceable", _("immediate enforceability")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rules")
    matter = models.CharField(_("matter"), max_length=14, choices=Matter, default=Matter.ANY)
    record = models.JSONField(_("rule"))
    from_day = models.DateField(_("in force since"), null=True, blank=True)
    to_day = models.DateField(_("last day"), null=True, blank=True)
    citation = models.CharField(_("where it is written"), max_length=300)
    doubt = models.CharField(_("what has to be checked"), max_length=300, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of a body")
        verbose_name_plural = _("rules of bodies")
        ordering: ClassVar[list[str]] = ["body", "matter", "from_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(from_day=None) | Q(from_day__lte=F("to_day")),
                name="body_rule_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False),
                name="body_rule_confirmed_says_by_whom",
            ),
            models.CheckConstraint(condition=~Q(citation=""), name="body_rule_says_where_it_is_written"),
        ]

    def __str__(self) -> str:
        return f"{self.body}: {self.get_matter_display()}"

    @property
    def rule(self) -> Rule:
        """The rule as the count reads it."""
        return read_rule(self.record)
