"""The plan: editions with their frame, sheets, versions, ties to frameworks and to one another."""

from typing import Any, ClassVar

from django.utils.translation import gettext_noop as _
from pydantic import Field

from aumenta.opendata.api.shapes.parts import Address, Code, Day, Item, Line, Long, Moment, Number, Part


class Edition(Item):
    """An edition of the plan."""

    KEYS: ClassVar[tuple[str, ...]] = ("label",)

    label: Code = Field(description=_("Years of the edition, such as 2021-2023"))
    plan: Line = Field("", description=_("Name of the plan, in Italian"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    authority: Line = Field("", description=_("Authority whose plan it is"))
    standing: Code = Field("", description=_("proposal, in_force or past; empty where nothing is said"))
    in_force_since: Day | None = Field(None, description=_("Day from which it is in force"))
    revision: Number = Field(0, description=_("Grows with every change that everybody can see"))
    public_since: Moment | None = Field(None, description=_("Since when everybody can read it"))
    actions: Number = Field(0, description=_("How many actions it has"))
    address: Address = Field("", description=_("Page on this site"))


class Release(Item):
    """A dated version of an edition."""

    KEYS: ClassVar[tuple[str, ...]] = ("number",)

    number: Number = Field(description=_("Number of the dated version"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    dated: Day = Field("", description=_("Date of the version"))
    act: Line = Field("", description=_("Act that adopted it"))
    act_address: Line = Field("", description=_("Web address of the act"))
    content_hash: Code = Field("", description=_("SHA-256 of the whole content"))
    public_on: Day = Field("", description=_("Day on which the plan said so"))


class Chapter(Item):
    """A text of an edition outside of its sheets."""

    KEYS: ClassVar[tuple[str, ...]] = ("position",)
    EMBEDS: ClassVar[tuple[str, ...]] = ("text_it", "text_en")

    position: Number = Field(description=_("Place in the order of the texts"))
    kind: Code = Field("", description=_("foreword, guide, analysis, process, vision or essay"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    text_it: Long = Field("", description=_("Text in Italian, as HTML of a closed set of tags"))
    text_en: Long = Field("", description=_("Text in English, as HTML of a closed set of tags"))


class Axis(Item):
    """An axis of an edition."""

    KEYS: ClassVar[tuple[str, ...]] = ("number",)

    number: Number = Field(description=_("Number of the axis"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    purpose_it: Long = Field("", description=_("Purpose in Italian, as HTML of a closed set of tags"))
    purpose_en: Long = Field("", description=_("Purpose in English, as HTML of a closed set of tags"))
    introduction_it: Long = Field("", description=_("Introduction in Italian, as HTML of a closed set of tags"))
    introduction_en: Long = Field("", description=_("Introduction in English, as HTML of a closed set of tags"))
    address: Address = Field("", description=_("Page on this site"))


class Strategy(Item):
    """A strategy of an edition."""

    code: Code = Field(description=_("Code of the strategy: axis, strategy"))
    axis: Number = Field(0, description=_("Number of the axis"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    purpose_it: Long = Field("", description=_("Purpose in Italian, as HTML of a closed set of tags"))
    purpose_en: Long = Field("", description=_("Purpose in English, as HTML of a closed set of tags"))
    introduction_it: Long = Field("", description=_("Introduction in Italian, as HTML of a closed set of tags"))
    introduction_en: Long = Field("", description=_("Introduction in English, as HTML of a closed set of tags"))
    proposed: bool = Field(False, description=_("Whether the document marks it as proposed"))
    address: Address = Field("", description=_("Page on this site"))


class NamedActor(Part):
    """An actor as a sheet names it."""

    actor: Code = Field(description=_("Short name of the actor"))
    name_it: Line = Field(description=_("Name, in Italian"))
    name_en: Line = Field(description=_("Name, in English"))
    printed: Line = Field(description=_("Wording of the sheet"))


class Aligned(Part):
    """A framework item that a sheet names."""

    framework: Code = Field(description=_("Code of the framework"))
    item: Code = Field(description=_("Short name of the item in its framework"))
    code: Code = Field(description=_("Code of the item; empty where it has only a name"))
    name_it: Line = Field(description=_("Name, in Italian"))
    role: Code = Field(description=_("primary or possible_integration"))
    printed: Line = Field(description=_("Wording of the sheet"))


class Text(Part):
    """A text in both languages."""

    text_it: Long = Field(description=_("Text, in Italian"))
    text_en: Long = Field(description=_("Text, in English"))


class Row(Text):
    """A row of a sheet as the document labels it."""

    label: Line = Field(description=_("Label of the document"))


class Link(Part):
    """A web address that a sheet points to."""

    address: Line = Field(description=_("Web address"))
    label: Line = Field(description=_("What it is called"))


class Reach(Part):
    """Where an action reaches."""

    reach: Code = Field(description=_("whole, belt, zone, municipality or small (municipalities)"))
    place: Line = Field(description=_("Number of the zone, ISTAT code of the municipality, name of the belt"))
    proposed: bool = Field(description=_("Whether nobody has confirmed yet what was found in the words"))


class Connected(Part):
    """An action that another one is connected with."""

    code: Code = Field(description=_("Code of the action: axis, strategy, action"))
    strength: float = Field(description=_("How strong the connection is, from 0 to 1, computed from the sheets"))


class Action(Item):
    """An action's sheet."""

    EMBEDS: ClassVar[tuple[str, ...]] = (
        "actors",
        "alignments",
        "examples",
        "links",
        "rows",
        "responsible",
        "places",
        "connections",
    )

    code: Code = Field(description=_("Code of the action: axis, strategy, action"))
    axis: Number = Field(0, description=_("Number of the axis"))
    strategy: Code = Field("", description=_("Code of the strategy: axis, strategy"))
    title_it: Line = Field("", description=_("Title, in Italian"))
    title_en: Line = Field("", description=_("Title, in English"))
    title_proposed: bool = Field(False, description=_("Whether the title was made from the first words"))
    printed_code: Line = Field("", description=_("Code in the document, where it is another"))
    summary_it: Line = Field("", description=_("Summary in Italian, not part of the plan's text"))
    summary_en: Line = Field("", description=_("Summary in English, not part of the plan's text"))
    description_it: Long = Field("", description=_("Description in Italian, as HTML of a closed set of tags"))
    description_en: Long = Field("", description=_("Description in English, as HTML of a closed set of tags"))
    actors: list[NamedActor] = Field([], description=_("Who can carry it out"))
    alignments: list[Aligned] = Field([], description=_("Framework items that the sheet names"))
    examples: list[Text] = Field([], description=_("Examples of the sheet"))
    links: list[Link] = Field([], description=_("Web addresses that the sheet names"))
    rows: list[Row] = Field([], description=_("Rows of other kinds on the sheet, such as times or costs"))
    responsible: list[Line] = Field([], description=_("Bodies that answer for the action"))
    places: list[Reach] = Field([], description=_("Where it applies"))
    connections: list[Connected] = Field([], description=_("Actions it is connected with, the strongest first"))
    address: Address = Field("", description=_("Page on this site"))


class Version(Item):
    """A version of a sheet, as everybody could read it."""

    KEYS: ClassVar[tuple[str, ...]] = ("number",)
    EMBEDS: ClassVar[tuple[str, ...]] = ("content",)

    number: Number = Field(description=_("Number of the version"))
    valid_from: Moment = Field("", description=_("From when on it was public"))
    origin_of_version: Code = Field("", description=_("imported, opened, approved or ended"))
    content_hash: Code = Field("", description=_("SHA-256 of the content"))
    content: dict[str, Any] = Field({}, description=_("The whole sheet as it was"))


class Alignment(Item):
    """An action serves a framework item."""

    KEYS: ClassVar[tuple[str, ...]] = ("action", "framework", "item")

    action: Code = Field(description=_("Code of the action: axis, strategy, action"))
    framework: Code = Field(description=_("Code of the framework"))
    item: Code = Field(description=_("Short name of the item in its framework"))
    code: Code = Field("", description=_("Code of the item; empty where it has only a name"))
    name_it: Line = Field("", description=_("Name, in Italian"))
    role: Code = Field("", description=_("primary or possible_integration"))
    printed: Line = Field("", description=_("Wording of the sheet"))


class Connection(Item):
    """Two actions that belong together."""

    KEYS: ClassVar[tuple[str, ...]] = ("code", "other_code")

    code: Code = Field(description=_("Code of the first action"))
    other_code: Code = Field(description=_("Code of the second action"))
    strength: float = Field(0.0, description=_("How strong the connection is, from 0 to 1, computed from the sheets"))
    common_actors: list[Line] = Field([], description=_("Actors that both name"))
    common_instruments: list[Line] = Field([], description=_("Instruments that both name"))
    common_objectives: list[Line] = Field([], description=_("Objectives and programmes that both serve"))
    common_words: list[Line] = Field([], description=_("Words that both texts have"))


class Framework(Item):
    """A framework of reference."""

    code: Code = Field(description=_("Code of the framework"))
    name_it: Line = Field("", description=_("Name, in Italian"))
    name_en: Line = Field("", description=_("Name, in English"))
    brings_funds: bool = Field(False, description=_("Whether its items bring funds"))
    closed: bool = Field(False, description=_("Whether all its items are known"))


class FrameworkItem(Item):
    """An item of a framework."""

    KEYS: ClassVar[tuple[str, ...]] = ("item",)

    item: Code = Field(description=_("Short name of the item in its framework"))
    code: Code = Field("", description=_("Code of the item; empty where it has only a name"))
    part_of: Code | None = Field(None, description=_("Short name of the item that it is a part of"))
    name_it: Line = Field("", description=_("Name, in Italian"))
    name_en: Line = Field("", description=_("Name, in English"))
    source: Line = Field("", description=_("Where it is written"))
    since: Day | None = Field(None, description=_("Since when it exists, where it came later"))


class Actor(Item):
    """An actor of the plan."""

    KEYS: ClassVar[tuple[str, ...]] = ("actor",)

    actor: Code = Field(description=_("Short name of the actor"))
    name_it: Line = Field("", description=_("Name, in Italian"))
    name_en: Line = Field("", description=_("Name, in English"))
    kind: Code = Field("", description=_("Kind of actor, such as municipality or research"))
