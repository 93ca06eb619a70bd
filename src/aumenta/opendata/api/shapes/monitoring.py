"""Indicators with their readings, projects, and how far the actions have come."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from aumenta.opendata.api.shapes.parts import Address, Amount, Code, Day, Item, Line, Long, Number, Part


class Indicator(Item):
    """The card of a public indicator."""

    EMBEDS: ClassVar[tuple[str, ...]] = ("strategies",)

    code: Code = Field(description=_("Code of the indicator"))
    name_it: Line = Field("", description=_("Name, in Italian"))
    name_en: Line = Field("", description=_("Name, in English"))
    definition_it: Long = Field("", description=_("Definition, in Italian"))
    definition_en: Long = Field("", description=_("Definition, in English"))
    method_it: Long = Field("", description=_("How it is worked out, in Italian"))
    method_en: Long = Field("", description=_("How it is worked out, in English"))
    unit_it: Line = Field("", description=_("Unit, in Italian"))
    unit_en: Line = Field("", description=_("Unit, in English"))
    direction: int = Field(0, ge=-1, le=1, description=_("1: more is better, -1: less is better, 0: neither"))
    kind: Code = Field("", description=_("official, proxy or own"))
    frequency: Code = Field("", description=_("How often there is a new figure"))
    source: Line = Field("", description=_("Source of the readings"))
    source_address: Line = Field("", description=_("Web address of the source"))
    licence: Line = Field("", description=_("Licence of the readings as the source states it"))
    base_year: Number | None = Field(None, description=_("Year that the target starts from"))
    target: float | None = Field(None, description=_("Value to be reached"))
    target_year: Number | None = Field(None, description=_("Year by which it is to be reached"))
    strategies: list[Line] = Field([], description=_("Strategies it speaks for, as edition/code"))
    address: Address = Field("", description=_("Page on this site"))


class Reading(Item):
    """A reading of an indicator."""

    KEYS: ClassVar[tuple[str, ...]] = ("place", "period")

    place: Code = Field(description=_("Code of the place: six figures a municipality, Z1 a zone, ITC11, ITC1, IT"))
    period: Code = Field(description=_("Period, such as 2023, 2023-S1, 2023-Q3, 2023-05"))
    place_name: Line = Field("", description=_("Name of the place"))
    year: Number = Field(0, description=_("Year of the period"))
    value: float | None = Field(None, description=_("Value; null where there is none"))
    absence: Code = Field("", description=_("Why there is no value: c suppressed, z not applicable, m missing"))
    flags: Code = Field("", description=_("Flags of the value, one letter each"))
    numerator: float | None = Field(None, description=_("Numerator, where the value is a ratio"))
    denominator: float | None = Field(None, description=_("Denominator, where the value is a ratio"))
    note: Line = Field("", description=_("Note of whoever entered it"))


class Carried(Part):
    """An action that a project carries out."""

    edition: Code = Field(description=_("Years of the edition, such as 2021-2023"))
    action: Code = Field(description=_("Code of the action: axis, strategy, action"))
    proposed: bool = Field(description=_("Whether nobody has confirmed it yet"))


class Project(Item):
    """A project as its source declares it. Amounts are in euro, as text; null where no source says any."""

    KEYS: ClassVar[tuple[str, ...]] = ("key",)
    EMBEDS: ClassVar[tuple[str, ...]] = ("municipalities", "actions")

    key: Code = Field(description=_("Local code of the project"))
    cup: Code = Field("", description=_("CUP of the project"))
    title: Line = Field("", description=_("Title of the project"))
    state: Code = Field("", description=_("How far it is, as its source says"))
    head: Line = Field("", description=_("Body that carries it out"))
    programme: Line = Field("", description=_("Programme that funds it"))
    component: Code = Field("", description=_("Component of the programme"))
    measure: Code = Field("", description=_("Measure of the programme"))
    planned: Amount | None = Field(None, description=_("Whole amount"))
    planned_fund: Amount | None = Field(None, description=_("Amount from the programme"))
    awarded: Amount | None = Field(None, description=_("Amount awarded"))
    paid: Amount | None = Field(None, description=_("Amount paid"))
    paid_on: Day | None = Field(None, description=_("Day until which payments are known"))
    as_of: Day = Field("", description=_("Day that the data are about"))
    municipalities: list[Code] = Field([], description=_("ISTAT codes of the municipalities it lies in"))
    actions: list[Carried] = Field([], description=_("Actions that it carries out"))
    address: Address = Field("", description=_("Page on this site"))


class Implementation(Item):
    """How far an action has come by its latest approved update."""

    KEYS: ClassVar[tuple[str, ...]] = ("action",)

    action: Code = Field(description=_("Code of the action: axis, strategy, action"))
    status: Line | None = Field(None, description=_("State in the latest public update; null where there is none"))
    counts_as: Code | None = Field(None, description=_("What this state counts as, whatever the office calls it"))
    phase: Code | None = Field(None, description=_("Phase in the latest public update"))
    as_of: Day | None = Field(None, description=_("Day that the update is about"))
    percent: float | None = Field(None, description=_("Part of the way to the milestones; null until all are known"))
    milestones: Number = Field(0, description=_("Milestones of the action"))
    milestones_known: Number = Field(0, description=_("Milestones whose value has been reported"))
    reason_it: Long = Field("", description=_("Reason that the update gives, in Italian"))
    reason_en: Long = Field("", description=_("Reason that the update gives, in English"))
    invented: bool = Field(False, description=_("Whether it is invented, to try out"))
