"""The picture of a comparison: the strategies of two editions in two columns, and a band for each that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass

from aumenta.plan.comparison import Change
from aumenta.plan.models import Action, Strategy

LINE, AXIS_GAP, TOP = 24, 10, 30
TEXT_WIDTH, MIDDLE = 400, 220
LONGEST = 60


@dataclass(frozen=True, slots=True)
class End:
    """A strategy in one of the columns; `lonely` where nothing ties it to the other edition."""

    code: str
    title: str
    axis: int
    y: float
    lonely: bool


@dataclass(frozen=True, slots=True)
class Band:
    """A continuation, as the path of an SVG curve; proposed ones are dashed."""

    path: str
    axis: int
    outcome: str
    proposed: bool


@dataclass(frozen=True)
class SlopePicture:
    """Two columns and the bands between them; the left texts end at `left`, the right ones begin at `right`."""

    older: list[End]
    newer: list[End]
    bands: list[Band]
    left: int
    right: int
    width: int
    height: int


def slope_picture(changes: Sequence[Change], language: str) -> SlopePicture:
    """The picture of a comparison of strategies, titles in one language and cut where they are long."""
    lonely = {id(part) for change in changes if not change.ties for part in (*change.older, *change.newer)}
    older = _column([part for change in changes for part in change.older], language, lonely)
    newer = _column([part for change in changes for part in change.newer], language, lonely)
    left, right = TEXT_WIDTH, TEXT_WIDTH + MIDDLE
    bands = []
    for change in changes:
        for tie in change.ties:
            a, b = older[tie.older], newer[tie.newer]
            start, end, middle = left + 8, right - 8, left + MIDDLE / 2
            path = f"M{start},{a.y - 4:g}C{middle:g},{a.y - 4:g} {middle:g},{b.y - 4:g} {end},{b.y - 4:g}"
            bands.append(Band(path, a.axis, tie.kind, not tie.confirmed))
    height = max([end.y for end in (*older.values(), *newer.values())], default=0) + 12
    return SlopePicture(
        list(older.values()), list(newer.values()), bands, left, right, 2 * TEXT_WIDTH + MIDDLE, round(height)
    )


def _column(parts: Sequence[Strategy | Action], language: str, lonely: set[int]) -> dict[str, End]:
    column: dict[str, End] = {}
    y, axis = float(TOP), 0
    for part in sorted(parts, key=lambda part: [int(number) for number in part.code.split(".")]):
        number = int(part.code.split(".")[0])
        y += LINE + (AXIS_GAP if axis and number != axis else 0)
        axis = number
        title = getattr(part, f"title_{language}") or part.title_it
        short = title if len(title) <= LONGEST else f"{title[:LONGEST].rsplit(' ', 1)[0]}…"
        column[part.code] = End(part.code, short, number, y, id(part) in lonely)
    return column
