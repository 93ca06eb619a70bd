"""The register of acts."""

from typing import ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from aumenta.opendata.api.shapes.parts import Address, Code, Day, Item, Line, Long, Number


class Act(Item):
    """An act of the register."""

    KEYS: ClassVar[tuple[str, ...]] = ("act",)

    act: Code = Field(description=_("Short name of the act"))
    body: Code = Field("", description=_("Short name of the body that decides"))
    body_name_it: Line = Field("", description=_("Body that decides, in Italian"))
    body_name_en: Line = Field("", description=_("Body that decides, in English"))
    kind: Code = Field("", description=_("Kind of act"))
    state: Code = Field("", description=_("Where the act is on its road"))
    number: Code = Field("", description=_("Number of the act, empty where no source says it"))
    year: Number | None = Field(None, description=_("Year of the number"))
    day: Day | None = Field(None, description=_("Date of the act"))
    day_words: Line = Field("", description=_("Date as far as it is known"))
    object_it: Long = Field("", description=_("Object of the act, in Italian"))
    object_en: Long = Field("", description=_("Object of the act, in English"))
    points: list[Long] = Field([], description=_("What it decides, point by point"))
    edition: Code | None = Field(None, description=_("Edition of the plan that it is about"))
    outcome: Line = Field("", description=_("Outcome as published"))
    vote_as_published: Line = Field("", description=_("Vote as published"))
    published_from: Day | None = Field(None, description=_("On the notice board from"))
    published_to: Day | None = Field(None, description=_("On the notice board until"))
    enforceable_on: Day | None = Field(None, description=_("Enforceable since"))
    force_from: Day | None = Field(None, description=_("In force since"))
    force_to: Day | None = Field(None, description=_("In force until"))
    act_source: Long = Field("", description=_("Where the act is told of"))
    invented: bool = Field(False, description=_("Whether it is invented, to try out"))
    address: Address = Field("", description=_("Page on this site"))
