"""What changed between the reports of two years: values, statuses, methods, sheets. Worked out from the two frozen
records alone, so that nobody has to believe it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from aumenta.monitoring.reports.record import ActionRow, IndicatorRow, MoneyRow, Words, YearlyRecord

Kind = Literal["state", "percent", "sheet", "status", "value", "corrected", "method", "money", "new", "gone"]
NOTHING: Final = Words("–", "–")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: what it is about, in which way, what it said before and what it says now."""

    about: Literal["action", "indicator", "money"]
    kind: Kind
    code: str
    title: Words
    before: Words
    now: Words


def differences(before: YearlyRecord, now: YearlyRecord) -> list[Difference]:
    """Everything that differs, actions first, each in the order of the later report; what is gone last."""
    return [
        *_paired("action", before.actions, now.actions, _of_action),
        *_paired("indicator", before.indicators, now.indicators, _of_indicator),
        *_of_money(before.projects, now.projects),
    ]


def _paired(about: Any, before: Sequence[Any], now: Sequence[Any], compare: Any) -> Iterator[Difference]:
    known: Mapping[str, Any] = {one.code: one for one in before}
    for one in now:
        title = one.title if about == "action" else one.name
        if one.code not in known:
            yield Difference(about, "new", one.code, title, NOTHING, NOTHING)
        else:
            yield from compare(known[one.code], one)
    for one in before:
        if one.code not in {row.code for row in now}:
            title = one.title if about == "action" else one.name
            yield Difference(about, "gone", one.code, title, NOTHING, NOTHING)


def _of_action(before: ActionRow, now: ActionRow) -> Iterator[Difference]:
    if before.state.it != now.state.it:
        yield Difference("action", "state", now.code, now.title, _or(before.state), _or(now.state))
    if before.percent != now.percent:
        yield Difference("action", "percent", now.code, now.title, _figure(before.percent), _figure(now.percent))
    if before.sheet != now.sheet:
        yield Difference("action", "sheet", now.code, now.title, NOTHING, NOTHING)


def _of_indicator(before: IndicatorRow, now: IndicatorRow) -> Iterator[Difference]:
    if before.status != now.status:
        yield Difference("indicator", "status", now.code, now.name, before.status_words, now.status_words)
    old, new = before.last, now.last
    if old and new and old.period != new.period:
        yield _value("value", before, now, (old.value, old.period), (new.value, new.period))
    said = {one.period: one.value for one in before.course}
    for one in now.course:
        if one.period in said and said[one.period] != one.value:
            yield _value("corrected", before, now, (said[one.period], one.period), (one.value, one.period))
    if (before.method, before.rule) != (now.method, now.rule):
        yield Difference("indicator", "method", now.code, now.name, Words(before.rule), Words(now.rule))


def _value(
    kind: Kind, before: IndicatorRow, now: IndicatorRow, old: tuple[float | None, str], new: tuple[float | None, str]
) -> Difference:
    words = [
        Words(f"{_in(value, one.decimals, ',')} ({period})", f"{_in(value, one.decimals, '.')} ({period})")
        for (value, period), one in ((old, before), (new, now))
    ]
    return Difference("indicator", kind, now.code, now.name, *words)


def _in(value: float | None, decimals: int, point: str) -> str:
    if value is None:
        return "–"
    english = f"{value:,.{decimals}f}"
    return english.translate(str.maketrans(",.", ".,")) if point == "," else english


def _of_money(before: MoneyRow, now: MoneyRow) -> Iterator[Difference]:
    for name, title in (
        ("projects", Words("progetti", "projects")),
        ("planned", Words("importo totale dei progetti, euro", "whole amount of the projects, euro")),
        ("paid", Words("pagamenti dichiarati, euro", "payments stated, euro")),
    ):
        old, new = getattr(before, name), getattr(now, name)
        if old != new:
            yield Difference("money", "money", "", title, _amount(old), _amount(new))


def _amount(value: str | int | None) -> Words:
    if value is None:
        return NOTHING
    english = f"{float(value):,.0f}"
    return Words(english.replace(",", "."), english)


def _figure(value: float | None) -> Words:
    return NOTHING if value is None else Words(f"{_in(value, 1, ',')}%", f"{_in(value, 1, '.')}%")


def _or(words: Words) -> Words:
    return words if words.it else NOTHING
