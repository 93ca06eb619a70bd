"""What a yearly report says: one typed record, its form in JSON, its checksum.

The form is kept for as long as there are reports of it. A change of a field is a new `VERSION`, and a reader for the
one before. All words that are not the office's own are in the record too, in both languages: a report of long ago does
not change because a later release calls something otherwise.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

VERSION: Final = 1


class NewerReportError(ValueError):
    """A record that a later release wrote: this one cannot know what it says."""


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in both languages; without English ones, Italian."""

    it: str
    en: str = ""

    def said(self, language: str) -> str:
        """In a language."""
        return (self.en if language == "en" else self.it) or self.it


@dataclass(frozen=True, slots=True)
class AxisRow:
    """An axis of the edition."""

    code: str
    title: Words


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """A strategy, and what the office wrote of its year."""

    code: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class ActionRow:
    """How far an action had come; `state` is empty where nothing was reported. `sheet` tells its sheet's text apart."""

    code: str
    title: Words
    state: Words
    meaning: str
    phase: Words
    as_of: str
    percent: float | None
    reason: Words
    office: str
    invented: bool
    sheet: str


@dataclass(frozen=True, slots=True)
class Point:
    """A value of an indicator on the territory."""

    period: str
    year: int
    value: float | None
    absence: str
    marks: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator, its course on the territory and what its rule said. `method` tells how it is worked out apart."""

    code: str
    name: Words
    unit: Words
    decimals: int
    strategies: tuple[str, ...]
    source: str
    licence: str
    target: float | None
    target_year: int | None
    rule: str
    status: str
    status_words: Words
    sentence: Words
    method: str
    course: tuple[Point, ...]

    @property
    def last(self) -> Point | None:
        """The last value there is."""
        return next((one for one in reversed(self.course) if one.value is not None), None)


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """An objective of DUP or PIAO with its own status and the actions behind it."""

    level: Words
    code: str
    title: Words
    standing: Words
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """Projects of one kind. Amounts in euro as decimal text; None where of no project one is stated."""

    name: Words
    projects: int
    planned: str | None
    awarded: str | None
    paid: str | None
    without_paid: int


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A zone: projects in it alone, their planned money, residents, both as shares, actions that name it."""

    number: int
    name: str
    projects: int
    planned: str
    residents: float
    of_money: float
    of_residents: float
    actions: int


@dataclass(frozen=True, slots=True)
class YearlyRecord:
    """Everything a yearly report says."""

    edition: str
    plan: Words
    authority: Words
    year: int
    as_of: str
    introduction: Words
    axes: tuple[AxisRow, ...]
    strategies: tuple[StrategyRow, ...]
    actions: tuple[ActionRow, ...]
    indicators: tuple[IndicatorRow, ...]
    objectives: tuple[ObjectiveRow, ...]
    components: tuple[MoneyRow, ...]
    projects: MoneyRow
    zones: tuple[ZoneRow, ...]
    unplaced: tuple[MoneyRow, ...]

    @property
    def invented(self) -> bool:
        """Whether something in it was invented for trying out."""
        return any(one.invented for one in self.actions)

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads."""
        written: dict[str, Any] = json.loads(json.dumps({"version": VERSION, **asdict(self)}))
        return written

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "YearlyRecord":
        """Read a record; raises NewerReportError."""
        if content["version"] > VERSION:
            raise NewerReportError(f"The report is of version {content['version']}; this release reads {VERSION}.")
        return cls(
            edition=content["edition"],
            plan=Words(**content["plan"]),
            authority=Words(**content["authority"]),
            year=content["year"],
            as_of=content["as_of"],
            introduction=Words(**content["introduction"]),
            axes=tuple(AxisRow(**_worded(row)) for row in content["axes"]),
            strategies=tuple(StrategyRow(**_worded(row)) for row in content["strategies"]),
            actions=tuple(ActionRow(**_worded(row)) for row in content["actions"]),
            indicators=tuple(_indicator(row) for row in content["indicators"]),
            objectives=tuple(
                ObjectiveRow(**{**_worded(row), "actions": tuple(row["actions"])}) for row in content["objectives"]
            ),
            components=tuple(_money(content["components"])),
            projects=next(iter(_money([content["projects"]]))),
            zones=tuple(ZoneRow(**row) for row in content["zones"]),
            unplaced=tuple(_money(content["unplaced"])),
        )


def _worded(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Words(**value) if isinstance(value, Mapping) else value for name, value in row.items()}


def _indicator(row: Mapping[str, Any]) -> IndicatorRow:
    course = tuple(Point(**point) for point in row["course"])
    return IndicatorRow(**{**_worded(row), "strategies": tuple(row["strategies"]), "course": course})


def _money(rows: Iterable[Mapping[str, Any]]) -> Iterable[MoneyRow]:
    return (MoneyRow(**_worded(row)) for row in rows)


def spelt(content: Mapping[str, Any]) -> bytes:
    """A record's content in one fixed spelling: the file that is given with the report."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in its fixed spelling: anybody who holds the file can check it."""
    return hashlib.sha256(spelt(content)).hexdigest()
