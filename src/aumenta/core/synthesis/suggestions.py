"""What is kept of suggestions between two refreshes, as typed records: the groups shown, the regrouping that waits.

Each writes its version into what is kept (`format`), and reads what the program kept before it did.
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from aumenta.core.synthesis.state import Difference
from aumenta.core.synthesis.themes import Caveat, CaveatKind, Method

FORMAT: Final = 1


class SuggestionsError(ValueError):
    """Kept suggestions that a later program wrote; the message says so."""


@dataclass(frozen=True, slots=True)
class SuggestedGroup:
    """A group that nobody has placed yet: `id` as in the state, the `theme` of people that it is, voices by number.

    Too few to group, voices are listed by `strategy`: such a list has no id and no name.
    """

    id: int | None
    theme: int | None
    observations: tuple[int, ...]
    name: str = ""
    keywords: str = ""
    quotation: int | None = None
    strategy: str = ""

    def as_json(self) -> dict[str, Any]:
        """The group as a screen reads it."""
        return {**asdict(self), "observations": list(self.observations)}


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What screens read of a grouping, and how it came about.

    `outside` and `unreadable` are voices about nothing in the plan and without anything to read, `skipped` the better
    encoders that could not be used and why, `considered` how many voices there were, `repeated` pairs that may be one
    thought.
    """

    way: Method
    groups: tuple[SuggestedGroup, ...] = ()
    outside: tuple[int, ...] = ()
    unreadable: tuple[int, ...] = ()
    encoder: str = ""
    skipped: tuple[tuple[str, str, str], ...] = ()
    considered: int = 0
    repeated: tuple[tuple[int, int], ...] = ()

    def without(self, taken: Collection[int], themes: Mapping[int, int]) -> "Suggestions":
        """What is left when people have placed some voices; `themes`: group → theme of people, as it is then."""
        groups = []
        for group in self.groups:
            rest = tuple(key for key in group.observations if key not in taken)
            if rest:
                theme = None if group.id is None else themes.get(group.id)
                groups.append(replace(group, observations=rest, theme=theme))
        return replace(self, groups=tuple(groups))

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "format": FORMAT,
            "way": self.way.value,
            "groups": [group.as_json() for group in self.groups],
            "outside": list(self.outside),
            "unreadable": list(self.unreadable),
            "encoder": self.encoder,
            "skipped": [list(one) for one in self.skipped],
            "considered": self.considered,
            "repeated": [list(pair) for pair in self.repeated],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Suggestions":
        """What `as_json` gave; of a part that is missing, nothing. SuggestionsError where a later program wrote it."""
        _refuse_later(data)
        return cls(
            way=Method(data.get("way", Method.NONE)),
            groups=tuple(
                SuggestedGroup(**{**one, "observations": tuple(one["observations"])}) for one in data.get("groups", [])
            ),
            outside=tuple(data.get("outside", [])),
            unreadable=tuple(data.get("unreadable", [])),
            encoder=data.get("encoder", ""),
            skipped=tuple((code, name, why) for code, name, why in data.get("skipped", [])),
            considered=data.get("considered", 0),
            repeated=tuple((one, other) for one, other in data.get("repeated", [])),
        )


@dataclass(frozen=True, slots=True)
class WaitingRegrouping:
    """A full regrouping that waits for a person: its differences, and the names of the groups they lead to.

    `next_id` is the state's, `headings` says that people gave the names; `version` is the list's own, so that nobody
    accepts one she has not seen.
    """

    differences: tuple[Difference, ...]
    names: Mapping[int, str]
    next_id: int
    headings: bool
    caveats: tuple[Caveat, ...] = field(default=())
    version: int = 0

    def as_json(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "format": FORMAT,
            "differences": [
                {"statements": list(one.statements), "before": one.before, "after": one.after}
                for one in self.differences
            ],
            "names": {str(group): name for group, name in self.names.items()},
            "next_id": self.next_id,
            "headings": self.headings,
            "notes": [[note.what, note.asked, note.found, note.least] for note in self.caveats],
            "version": self.version,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "WaitingRegrouping":
        """What `as_json` gave. SuggestionsError where a later program wrote it."""
        _refuse_later(data)
        return cls(
            tuple(Difference(tuple(one["statements"]), one["before"], one["after"]) for one in data["differences"]),
            {int(group): name for group, name in data["names"].items()},
            data["next_id"],
            data["headings"],
            tuple(Caveat(CaveatKind(what), *numbers) for what, *numbers in data["notes"]),
            data["version"],
        )


def _refuse_later(data: Mapping[str, Any]) -> None:
    if data.get("format", FORMAT) != FORMAT:
        raise SuggestionsError(f"suggestions were kept in format {data['format']}, this program reads {FORMAT}")
