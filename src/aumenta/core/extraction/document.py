"""The data of a plan as it is printed: what extraction gives and what the importer takes.

One `PlanDocument` holds the axes, strategies and action sheets of one edition, plus everything that could
not be placed. It travels as JSON in the format "aumenta-plan/1" (`to_json`, `from_json`). Wording stays as
printed: no alias is resolved and no code translated here.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any, Final

FORMAT: Final = "aumenta-plan/1"

PNRR: Final = "pnrr"
EU_COHESION: Final = "eu_cohesion"
EU_PROGRAMME: Final = "eu_programme"
# A framework is a table of the plan; its code is a short name for addresses (docs/how-to/add-a-framework.md).
FRAMEWORK_CODE: Final = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")

PRIMARY: Final = "primary"
POSSIBLE_INTEGRATION: Final = "possible_integration"
ROLES: Final = (PRIMARY, POSSIBLE_INTEGRATION)

ESSAY: Final = "essay"
CHAPTER_KINDS: Final = ("foreword", "guide", "analysis", "process", "vision", ESSAY)


# Keys that are left out where they are empty, by the list they stand in ("" for the plan itself).
OPTIONAL: Final = {
    "": ("chapters",),
    "axes": ("purpose",),
    "strategies": ("proposed",),
    "actions": ("rows", "title_proposed", "printed_code"),
    "problems": ("file",),
}


class ExtractionError(Exception):
    """A document that can't be read as a plan.

    `code` says which trouble it is and `params` carries what was found (paths, counts, codes), so that a
    door can make the sentence in its reader's language.
    """

    def __init__(self, code: str, **params: object) -> None:
        self.code = code
        self.params = params
        super().__init__(f"{code} {params}" if params else code)


@dataclass(frozen=True, slots=True)
class AxisEntry:
    """An axis: its number, its title ("" where the document prints none) and its aim in `purpose`."""

    number: int
    title: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class StrategyEntry:
    """A strategy: its aim in `purpose`, the numbers of the Carta di Bologna objectives it serves.

    `proposed` marks a strategy the document itself presents as a proposal still to be adopted.
    """

    code: str
    axis: int
    title: str
    purpose: str = ""
    carta_bologna: tuple[int, ...] = ()
    proposed: bool = False


@dataclass(frozen=True, slots=True)
class AlignmentEntry:
    """A tie between an action and an item of a framework, with the item's code as printed."""

    framework: str
    code: str
    role: str = PRIMARY


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A row of a sheet that has no field of its own (times, costs, indicators …): its label and its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A text of the plan outside axes and sheets: reader's guide, analysis, process, vision, essay.

    `text` has its paragraphs apart by an empty line; `lines` as in `ActionSheet`.
    """

    kind: str
    title: str
    text: str
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ActionSheet:
    """An action's record; `lines` are the first and last line of the sheet in the document, from 1.

    `title_proposed` marks a title that the document doesn't print: it was made from the first words of the text and
    waits to be confirmed. `printed_code` is the code of the document where it is another than `code` ("A1").
    """

    code: str
    strategy: str
    title: str
    description: str
    examples: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    alignments: tuple[AlignmentEntry, ...] = ()
    own_instruments: tuple[str, ...] = ()
    higher_instruments: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    lines: tuple[int, int] = (0, 0)
    rows: tuple[OtherRow, ...] = ()
    title_proposed: bool = False
    printed_code: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something of the document that found no place: its line (from 1), what is the matter, and its text.

    `file` is the name of the file where a plan was read from several.
    """

    line: int
    kind: str
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class PlanDocument:
    """A whole plan, in document order."""

    title: str
    axes: tuple[AxisEntry, ...] = ()
    strategies: tuple[StrategyEntry, ...] = ()
    actions: tuple[ActionSheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    def to_data(self) -> dict[str, Any]:
        """The plan as plain dictionaries and sequences, keys in the order of the format; what few plans have
        (`OPTIONAL`) only where it says something."""
        data: dict[str, Any] = {"format": FORMAT, **asdict(self)}
        for name, optional in OPTIONAL.items():
            for record in data[name] if name else [data]:
                for key in optional:
                    if not record[key]:
                        del record[key]
        return data

    def to_json(self, *, indent: int | None = 1) -> str:
        """The plan as JSON text, accents written as they are."""
        return json.dumps(self.to_data(), ensure_ascii=False, indent=indent)
