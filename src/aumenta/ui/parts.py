"""What views hand to components that show more than a word: filters, figures, tabs, steps, rows of an inbox."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

StatusKind = Literal["neutral", "good", "warning", "bad", "accent"]


@dataclass(frozen=True)
class FilterOption:
    """One choice of a filter: how many results it would give, and whether it is chosen. `axis` gives it a colour."""

    value: str
    label: str
    count: int | None = None
    chosen: bool = False
    axis: int | None = None


@dataclass(frozen=True)
class FilterGroup:
    """A question with its choices, inside a GET form; `name` is the word in the address. Radio: only one."""

    name: str
    legend: str
    options: Sequence[FilterOption]
    kind: Literal["checkbox", "radio"] = "checkbox"

    @property
    def any_chosen(self) -> bool:
        """Whether it narrows the results now; such a group stands open."""
        return any(option.chosen for option in self.options)


@dataclass(frozen=True)
class KeyFigure:
    """A number as it is read («111», «42,3%»), what it counts, and where its list or source is."""

    value: str
    label: str
    address: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tab:
    """A view of the same thing at its own address."""

    label: str
    address: str
    here: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Stage:
    """A stage of something that goes on; `when` and `note` say what is known of it."""

    label: str
    state: Literal["done", "now", "next"]
    when: date | datetime | None = None
    note: str = ""
    address: str = ""


@dataclass(frozen=True)
class InboxRow:
    """One thing that waits for somebody: `waits` says for whom or what, `code` shows the action's square."""

    title: str
    address: str
    who: str = ""
    when: datetime | None = None
    code: str = ""
    status: str = ""
    status_kind: StatusKind = "neutral"
    new: bool = False
    notes: Sequence[str] = field(default_factory=tuple)
