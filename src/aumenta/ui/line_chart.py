"""The line of an indicator as an SVG: territory in the accent, others in greys, target and breaks marked.

Numbers stand in the table beside it: the picture is read by those who see it, and its words by everybody.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from aumenta.monitoring.queries import Course

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 260, 52, 14, 14, 30
"""As wide as a phone: its figures, 12 to 13 there, only grow where there is more room."""
COLOURS: Final = ("#0059B3", "#5b6f82", "#8694a2", "#a9b4bf")
DASHES: Final = ("", "6 3", "2 3", "8 3 2 3")


def usual_step(course: Sequence[Course]) -> int:
    """How many years usually lie between two values of a course; over a longer gap no line is drawn, for nobody knows
    what was in between."""
    years = sorted({one.year for one in course if one.value is not None})
    gaps = Counter(later - earlier for earlier, later in pairwise(years))
    return max(gaps, key=lambda gap: (gaps[gap], -gap), default=1)


@dataclass(frozen=True)
class ChartLine:
    """One place: its name, colour, dashes, the path (broken where a value or a year is missing or the series breaks),
    dots."""

    name: str
    colour: str
    dash: str
    path: str
    dots: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Chart:
    """What a template draws: lines, ticks (position and what is written), height of the target, years of breaks; and
    whether its scale begins `above_zero`, where a small rise looks like a large one."""

    lines: tuple[ChartLine, ...]
    ticks: tuple[tuple[str, float], ...]
    years: tuple[tuple[str, int], ...]
    target: str
    breaks: tuple[str, ...]
    above_zero: bool
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def line_chart(named: Sequence[tuple[str, Sequence[Course]]], target: float | None) -> Chart | None:
    """The chart of the first four places; None where fewer than two values are known."""
    shown = list(named[: len(COLOURS)])
    known = [one for _name, course in shown for one in course if one.value is not None]
    years = sorted({one.year for one in known})
    if len(years) < 2:
        return None
    values = [one.value for one in known if one.value is not None] + ([target] if target is not None else [])
    low, high = min(values), max(values)
    margin = (high - low or abs(high) or 1.0) * 0.1
    # Never below zero where nothing is: a line that dives under it would frighten for nothing.
    low, high = (max(0.0, low - margin) if low >= 0 else low - margin), high + margin

    def x(year: int) -> float:
        return LEFT + (year - years[0]) / (years[-1] - years[0]) * (WIDTH - LEFT - RIGHT)

    def y(value: float) -> float:
        return TOP + (high - value) / (high - low) * (HEIGHT - TOP - BOTTOM)

    lines = []
    for number, (name, course) in enumerate(shown):
        path, dots, pen_down, last, step = "", [], False, 0, usual_step(course)
        for one in course:
            if one.value is None:
                pen_down = False
                continue
            joined = pen_down and one.year - last <= step and not {"b", "d"} & set(one.marks)
            path += f"{'L' if joined else 'M'}{x(one.year):.1f} {y(one.value):.1f}"
            dots.append((f"{x(one.year):.1f}", f"{y(one.value):.1f}"))
            pen_down, last = True, one.year
        lines.append(ChartLine(name, COLOURS[number], DASHES[number], path, tuple(dots)))
    own = shown[0][1]
    step = max(1, -(-(years[-1] - years[0]) // 5))
    return Chart(
        lines=tuple(lines),
        ticks=tuple((f"{y(low + (high - low) * part / 4):.1f}", low + (high - low) * part / 4) for part in range(5)),
        years=tuple((f"{x(year):.1f}", year) for year in range(years[0], years[-1] + 1, step)),
        target=f"{y(target):.1f}" if target is not None else "",
        breaks=tuple(f"{x(one.year):.1f}" for one in own if {"b", "d"} & set(one.marks)),
        above_zero=low > 0,
    )
