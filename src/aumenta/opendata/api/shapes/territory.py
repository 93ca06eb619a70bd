"""The territory: municipalities and zones with their figures."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from aumenta.opendata.api.shapes.parts import Code, Item, Line, Number


class Municipality(Item):
    """A municipality of the territory."""

    KEYS: ClassVar[tuple[str, ...]] = ("istat_code",)
    EMBEDS: ClassVar[tuple[str, ...]] = ("figures",)

    istat_code: Code = Field(description=_("ISTAT code, six figures"))
    name: Line = Field("", description=_("Name of the place"))
    zone: Number | None = Field(None, description=_("Number of the zone"))
    belt: Code | None = Field(None, description=_("Belt: pianura (plain), collina (hill) or montagna (mountain)"))
    actions: Number = Field(0, description=_("Actions of the edition in force that reach it"))
    actions_proposed: Number = Field(0, description=_("Actions that may reach it, not confirmed yet"))
    figures: dict[str, float | None] = Field({}, description=_("Figures by their key; null where one is not known"))


class Zone(Item):
    """A zone of the territory."""

    KEYS: ClassVar[tuple[str, ...]] = ("zone",)
    EMBEDS: ClassVar[tuple[str, ...]] = ("figures",)

    zone: Number = Field(description=_("Number of the zone"))
    name: Line = Field("", description=_("Name of the place"))
    municipalities: Number = Field(0, description=_("How many municipalities it has"))
    actions: Number = Field(0, description=_("Actions of the edition in force that reach it"))
    actions_proposed: Number = Field(0, description=_("Actions that may reach it, not confirmed yet"))
    figures: dict[str, float | None] = Field({}, description=_("Figures by their key; null where one is not known"))
