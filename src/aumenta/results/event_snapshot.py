"""What a snapshot of an event says: one typed record, its form in JSON, and how older forms are read.

The form is kept for as long as there are snapshots of it. A change of a field is a new `VERSION` and a function in
`_LIFTS` that makes a record of the version before into one of the next; `as_json` writes the newest alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from aumenta.events.invented import marked_titles
from aumenta.people.reader import in_language

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Row = TypeVar("Row", bound=DataclassInstance)

VERSION: Final = 2


class NewerSnapshotError(ValueError):
    """A record that a later release wrote: this one cannot know what it says."""


@dataclass(frozen=True, slots=True)
class VenueRow:
    name: str
    in_charge: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """A table, with the numbers of its zones and how much it gave."""

    id: int
    number: int
    venue: str
    zones: tuple[int, ...]
    facilitator: str
    people: int
    stickers: int
    observations: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class ZoneRow:
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class AxisRow:
    number: int
    title_it: str
    title_en: str

    def title(self, language: str) -> str:
        """In the reader's language; Italian where there is no other."""
        return in_language(self.title_it, self.title_en, language)


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """A strategy on the posters; `axis` is the number of its axis."""

    code: str
    axis: int
    title_it: str
    title_en: str

    def title(self, language: str) -> str:
        """In the reader's language; Italian where there is no other."""
        return in_language(self.title_it, self.title_en, language)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    code: str
    text_it: str
    text_en: str
    short_it: str
    short_en: str

    def text(self, language: str) -> str:
        """In full, in the reader's language; Italian where there is no other."""
        return in_language(self.text_it, self.text_en, language)


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """What a table took into the next session, and why; `table` is its number."""

    table: int
    zones: tuple[int, ...]
    strategies: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SessionVotes:
    """Stickers of a session by code of the strategy: of the whole event, and of each zone by its number."""

    title: str
    whole: dict[str, int]
    zones: dict[int, dict[str, int]]
    chosen: tuple[ChoiceRow, ...]


@dataclass(frozen=True, slots=True)
class ObservationRow:
    """One observation that may be published; `strategy` and `question` are codes, `table` is a number."""

    id: int
    table: int
    zones: tuple[int, ...]
    text: str
    strategy: str
    question: str


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme; `sources` are the keys of its observations that may be published, `private` how many may not."""

    id: int
    name: str
    keywords: str
    sources: tuple[int, ...]
    private: int
    zones: tuple[int, ...]
    tables: int
    at_tables: tuple[tuple[int, int], ...]
    strategies: tuple[str, ...]
    axes: tuple[int, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """The photo of a poster; `table` is a number."""

    table: int
    file: str
    caption: str


@dataclass(frozen=True, slots=True)
class KindRule:
    """From how many zones a theme is recurring, from how many strategies or axes cross-cutting."""

    zones: int
    strategies: int
    axes: int


@dataclass(frozen=True, slots=True)
class EventSnapshot:
    """All that can be given back of an event, and nothing that must not be: no names of participants, no private words.

    `not_published` counts private observations by number of zone, and all of them once under 0; `organisations` people
    by kind of organisation ("": not known), for each zone (its number as text) and for the whole (""); `words` the
    telling words of each zone with their voices.
    """

    event: str
    event_en: str
    invented: bool
    people: int
    venues: tuple[VenueRow, ...]
    tables: tuple[TableRow, ...]
    zones: tuple[ZoneRow, ...]
    axes: tuple[AxisRow, ...]
    strategies: tuple[StrategyRow, ...]
    questions: tuple[QuestionRow, ...]
    votes: dict[str, SessionVotes]
    observations: tuple[ObservationRow, ...]
    not_published: dict[int, int]
    themes: tuple[ThemeRow, ...]
    organisations: dict[str, dict[str, int]]
    words: dict[int, tuple[tuple[str, int], ...]]
    photos: tuple[PhotoRow, ...]
    rule: KindRule

    def title(self, language: str) -> str:
        """The event's title in the reader's language, else in Italian; what is invented says so in it."""
        told = marked_titles(self.event, self.event_en, invented=self.invented)
        return in_language(told["title_it"], told["title_en"], language)

    def hidden_in(self, zone: int | None) -> int:
        """Observations that are not published: of a zone, or of the whole event, where each counts once."""
        if zone is None and 0 not in self.not_published:
            # States frozen before the whole was kept.
            return sum(self.not_published.values())
        return self.not_published.get(zone or 0, 0)

    def as_json(self) -> dict[str, Any]:
        """What `from_json` reads: lists for tuples, numbers that are keys as text, and the version."""
        written = {"version": VERSION, **asdict(self)}
        for name in ("not_published", "words"):
            written[name] = {str(zone): value for zone, value in written[name].items()}
        for session in written["votes"].values():
            session["zones"] = {str(zone): counts for zone, counts in session["zones"].items()}
        listed: dict[str, Any] = _listed(written)
        return listed

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "EventSnapshot":
        """Read a record of this version or of one before; raises NewerSnapshotError."""
        version = content.get("version", 1)
        if version > VERSION:
            raise NewerSnapshotError(f"The snapshot is of version {version}; this release reads up to {VERSION}.")
        for lift in _LIFTS[version - 1 :]:
            content = lift(content)
        return cls(
            event=content["event"],
            event_en=content["event_en"],
            invented=content["invented"],
            people=content["people"],
            venues=_rows(VenueRow, content["venues"]),
            tables=_rows(TableRow, content["tables"]),
            zones=_rows(ZoneRow, content["zones"]),
            axes=_rows(AxisRow, content["axes"]),
            strategies=_rows(StrategyRow, content["strategies"]),
            questions=_rows(QuestionRow, content["questions"]),
            votes={code: _session(row) for code, row in content["votes"].items()},
            observations=_rows(ObservationRow, content["observations"]),
            not_published={int(zone): n for zone, n in content["not_published"].items()},
            themes=_rows(ThemeRow, content["themes"]),
            organisations=dict(content["organisations"]),
            words={int(zone): _tupled(words) for zone, words in content["words"].items()},
            photos=_rows(PhotoRow, content["photos"]),
            rule=KindRule(**content["rule"]),
        )


def _first_to_second(content: Mapping[str, Any]) -> dict[str, Any]:
    """Before there was a version, the English title, the axes and the words came one after the other."""
    return {"event_en": "", "axes": [], "words": {}, **content, "version": 2}


_LIFTS: Final[Sequence[Callable[[Mapping[str, Any]], dict[str, Any]]]] = (_first_to_second,)


def _session(row: Mapping[str, Any]) -> SessionVotes:
    zones = {int(zone): dict(counts) for zone, counts in row["zones"].items()}
    return SessionVotes(row["title"], dict(row["whole"]), zones, _rows(ChoiceRow, row["chosen"]))


def _rows(kind: "type[Row]", rows: Sequence[Mapping[str, Any]]) -> "tuple[Row, ...]":
    names = [one.name for one in fields(kind)]
    return tuple(kind(**{name: _tupled(row[name]) for name in names}) for row in rows)


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(one) for key, one in value.items()}
    return [_listed(one) for one in value] if isinstance(value, (list, tuple)) else value
