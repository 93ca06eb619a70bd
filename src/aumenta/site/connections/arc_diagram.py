"""The picture of connections: every action on one line, in the order of the plan, and an arc for each strong tie.

Short arcs join neighbours, long ones cross the axes: so the eye sees at once what holds the plan together.
Measures are in the picture's own units; the page scales it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aumenta.core.connections import Tie
from aumenta.plan.models import Axis

WIDTH, AXIS_GAP, STRATEGY_GAP = 1100, 14, 4
SQUARE_HEIGHT, LABEL_HEIGHT, HEAD = 14, 46, 12
# An arc is flatter than a half circle, and none is higher than this.
FLATNESS, HIGHEST = 0.62, 300
NARROWEST_LABEL = 17
# More arcs than this and nobody can follow one.
MOST_ARCS = 60


@dataclass(frozen=True, slots=True)
class Dot:
    """An action: its code, axis number, left edge, width, and whether an arc ends in it."""

    code: str
    axis: int
    x: float
    width: float
    tied: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a strategy or an axis lies on the line; `label` is empty where it would not fit."""

    label: str
    axis: int
    x: float
    width: float

    @property
    def middle(self) -> float:
        """Where its label is centred."""
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie as the path of an SVG arc; `width` grows with its strength, `strong` marks the upper third."""

    tie: Tie
    path: str
    width: float
    strong: bool


@dataclass(frozen=True)
class ArcDiagram:
    """Everything the picture draws; the squares stand on `line`."""

    dots: list[Dot]
    strategies: list[Stretch]
    axes: list[Stretch]
    arcs: list[Arc]
    line: int
    height: int
    width: int = WIDTH


def arc_diagram(axes: Sequence[Axis], ties: Iterable[Tie]) -> ArcDiagram:
    """The picture of an edition's tree (`plan.queries.tree`) with the first `MOST_ARCS` of `ties`."""
    shown = list(ties)[:MOST_ARCS]
    tied = {code for tie in shown for code in (tie.first, tie.second)}
    dots, strategies, stretches = _lay_out(axes, tied)
    middles = {dot.code: dot.x + dot.width / 2 for dot in dots}
    drawn = [tie for tie in shown if tie.first in middles and tie.second in middles]
    heights = [_height(middles[tie.first], middles[tie.second]) for tie in drawn]
    line = round(max(heights, default=0)) + HEAD
    arcs = [
        Arc(
            tie,
            _arc(middles[tie.first], middles[tie.second], line),
            round(0.8 + 3 * tie.strength, 2),
            n * 3 < len(drawn),
        )
        for n, tie in enumerate(drawn)
    ]
    return ArcDiagram(dots, strategies, stretches, arcs, line, line + SQUARE_HEIGHT + LABEL_HEIGHT)


def _lay_out(axes: Sequence[Axis], tied: set[str]) -> tuple[list[Dot], list[Stretch], list[Stretch]]:
    counts = [[len(strategy.actions.all()) for strategy in axis.strategies.all()] for axis in axes]
    gaps = AXIS_GAP * max(0, len(axes) - 1) + STRATEGY_GAP * sum(max(0, len(line) - 1) for line in counts)
    # A strategy without actions still has its place.
    unit = max(0.5, (WIDTH - gaps) / max(1, sum(max(1, count) for line in counts for count in line)))
    dots: list[Dot] = []
    strategies: list[Stretch] = []
    stretches: list[Stretch] = []
    x = 0.0
    for axis in axes:
        start = x
        for strategy in axis.strategies.all():
            actions = list(strategy.actions.all())
            width = unit * max(1, len(actions))
            code = f"{axis.number}.{strategy.number}"
            strategies.append(
                Stretch(code if width >= NARROWEST_LABEL else "", axis.number, round(x, 1), round(width, 1))
            )
            for place, action in enumerate(actions):
                full = f"{code}.{action.number}"
                left, wide = round(x + place * unit, 2), round(unit * 0.82, 2)
                dots.append(Dot(full, axis.number, left, wide, full in tied))
            x += width + STRATEGY_GAP
        stretches.append(Stretch(str(axis.number), axis.number, round(start, 1), round(x - STRATEGY_GAP - start, 1)))
        x += AXIS_GAP - STRATEGY_GAP
    return dots, strategies, stretches


def _height(a: float, b: float) -> float:
    return min(HIGHEST, abs(b - a) / 2 * FLATNESS + 6)


def _arc(a: float, b: float, line: int) -> str:
    left, right = min(a, b), max(a, b)
    radius = round((right - left) / 2, 1)
    return f"M{left:.1f},{line - 2}A{radius},{_height(a, b):.1f} 0 0 1 {right:.1f},{line - 2}"
