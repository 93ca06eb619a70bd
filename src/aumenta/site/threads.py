"""The picture of connections: the plan table in small, with a thread for each of the strongest ties.

Measures are in the picture's own units; the page scales it. Threads of one column bow outwards, so that none hides
behind the squares it ties.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aumenta.core.connections import Tie
from aumenta.plan.models import Axis

SIDE, GAP, ROW_GAP = 15, 3, 10
COLUMN_WIDTH, LABEL_WIDTH, HEAD = 178, 30, 34
IN_A_ROW = 7
# More threads than this and nobody can follow one.
MOST_THREADS = 60


@dataclass(frozen=True, slots=True)
class Dot:
    """An action's square: its code, axis number and upper left corner."""

    code: str
    axis: int
    x: float
    y: float
    tied: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A strategy's code or an axis number, where it is written."""

    text: str
    axis: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Thread:
    """A tie as the path of an SVG curve; `width` grows with its strength, `strong` marks the upper third."""

    tie: Tie
    path: str
    width: float
    strong: bool


@dataclass(frozen=True)
class ThreadPicture:
    """Everything the picture draws, and its size."""

    dots: list[Dot]
    strategies: list[Label]
    axes: list[Label]
    threads: list[Thread]
    width: int
    height: int


def thread_picture(axes: Sequence[Axis], ties: Iterable[Tie]) -> ThreadPicture:
    """The picture of an edition's tree (`plan.queries.tree`) with the first `MOST_THREADS` of `ties`."""
    shown = list(ties)[:MOST_THREADS]
    tied = {code for tie in shown for code in (tie.first, tie.second)}
    dots: dict[str, Dot] = {}
    strategies: list[Label] = []
    height = 0.0
    for column, axis in enumerate(axes):
        left, top = column * COLUMN_WIDTH, float(HEAD)
        for strategy in axis.strategies.all():
            code = f"{axis.number}.{strategy.number}"
            strategies.append(Label(code, axis.number, left, top + SIDE - 3))
            actions = list(strategy.actions.all())
            for place, action in enumerate(actions):
                x = left + LABEL_WIDTH + place % IN_A_ROW * (SIDE + GAP)
                y = top + place // IN_A_ROW * (SIDE + GAP)
                full = f"{code}.{action.number}"
                dots[full] = Dot(full, axis.number, x, y, full in tied)
            top += max(1, -(-len(actions) // IN_A_ROW)) * (SIDE + GAP) + ROW_GAP
        height = max(height, top)
    strongest = [tie for tie in shown if tie.first in dots and tie.second in dots]
    return ThreadPicture(
        dots=list(dots.values()),
        strategies=strategies,
        axes=[Label(str(axis.number), axis.number, column * COLUMN_WIDTH, 18) for column, axis in enumerate(axes)],
        threads=[_thread(tie, dots, n * 3 < len(strongest)) for n, tie in enumerate(strongest)],
        width=max(1, len(axes)) * COLUMN_WIDTH,
        height=round(height),
    )


def _thread(tie: Tie, dots: dict[str, Dot], strong: bool) -> Thread:
    a, b = dots[tie.first], dots[tie.second]
    ax, ay, bx, by = a.x + SIDE / 2, a.y + SIDE / 2, b.x + SIDE / 2, b.y + SIDE / 2
    if a.axis == b.axis:
        bow = 24 + abs(by - ay) / 5
        path = f"M{ax:g},{ay:g}C{ax + bow:g},{ay:g} {bx + bow:g},{by:g} {bx:g},{by:g}"
    else:
        middle = (ax + bx) / 2
        path = f"M{ax:g},{ay:g}C{middle:g},{ay:g} {middle:g},{by:g} {bx:g},{by:g}"
    return Thread(tie, path, round(0.8 + 3.2 * tie.strength, 2), strong)
