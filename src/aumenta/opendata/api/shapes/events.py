"""Events and what was published of their results."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from aumenta.opendata.api.shapes.parts import Address, Code, Item, Line, Long, Moment, Number


class Event(Item):
    """An event that the office has published."""

    KEYS: ClassVar[tuple[str, ...]] = ("event",)

    event: Code = Field(description=_("Short name of the event"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    summary_it: Long = Field("", description=_("Summary, in Italian"))
    summary_en: Long = Field("", description=_("Summary, in English"))
    edition: Code | None = Field(None, description=_("Edition whose strategies are discussed"))
    starts_at: Moment = Field("", description=_("When it begins"))
    ends_at: Moment = Field("", description=_("When it ends"))
    invented: bool = Field(False, description=_("Whether it is invented, to try out"))
    cancelled: bool = Field(False, description=_("Whether it does not take place"))
    results_published_at: Moment | None = Field(None, description=_("Since when its results are public"))
    address: Address = Field("", description=_("Page on this site"))


class Votes(Item):
    """Stickers given to a strategy in a session."""

    KEYS: ClassVar[tuple[str, ...]] = ("session", "zone", "strategy")

    session: Line = Field(description=_("Session in which the stickers were given"))
    zone: Number | None = Field(description=_("Number of the zone; null: all zones together"))
    strategy: Code = Field(description=_("Code of the strategy: axis, strategy"))
    strategy_title_it: Line = Field("", description=_("Title of the strategy, in Italian"))
    strategy_title_en: Line = Field("", description=_("Title of the strategy, in English"))
    stickers: Number = Field(0, description=_("Stickers it was given"))


class Theme(Item):
    """A theme of an event."""

    KEYS: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Line = Field(description=_("Name of the theme, as the event's office wrote it"))
    keywords: Line = Field("", description=_("Its key words"))
    kinds: list[Code] = Field([], description=_("Recurring, cross-cutting or one-off"))
    observations: Number = Field(0, description=_("Observations grouped under it"))
    tables: Number = Field(0, description=_("Tables at which it came up"))
    zones: list[Code] = Field([], description=_("Numbers of the zones at whose tables it came up"))
    strategies: list[Code] = Field([], description=_("Codes of the strategies it is about"))
