"""What the shapes of all subjects are made of."""

from typing import Annotated, ClassVar

from ninja import Schema
from pydantic import ConfigDict, Field

Code = Annotated[str, Field(max_length=120)]
Line = Annotated[str, Field(max_length=1_000)]
Long = Annotated[str, Field(max_length=1_000_000)]
Day = Annotated[str, Field(max_length=10, json_schema_extra={"format": "date"})]
Moment = Annotated[str, Field(max_length=40, json_schema_extra={"format": "date-time"})]
Address = Annotated[str, Field(max_length=2_000, json_schema_extra={"format": "uri"})]
Amount = Annotated[str, Field(max_length=20, pattern=r"^\d+(\.\d+)?$")]
Number = Annotated[int, Field(ge=0, le=2_000_000_000)]


class Part(Schema):
    """A part of a thing."""

    model_config = ConfigDict(extra="forbid")


class Origin(Part):
    """Where data come from, and what one may do with them."""

    source: Long = Field(description="Document or archive that the data come from")
    publisher: Line | None = Field(description="Who publishes it")
    licence: Line | None = Field(description="Licence as it is stated; null where none is")
    licence_address: Line | None = Field(description="Web address of the licence")


class Item(Part):
    """A thing: KEYS are the fields every answer has, EMBEDS those that only embed adds."""

    KEYS: ClassVar[tuple[str, ...]] = ("code",)
    EMBEDS: ClassVar[tuple[str, ...]] = ()

    origin: Origin | None = Field(None, description="Where it comes from; in lists it stands beside them")


class Links(Part):
    """How to get on."""

    self: Address
    next: Address | None


class Problem(Schema):
    """An error after RFC 9457; may have more members, such as the parameter that it is about."""

    type: Line
    title: Line
    status: Annotated[int, Field(ge=100, le=599)]
    detail: Long = ""
    parameter: Line = ""
