"""The acts a minute is or names: number, year, date and the body whose act it is."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from aumenta.core.minutes.lines import MinuteLine

_MONTHS: Final = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
_DAY: Final = (
    r"(?:(?P<day>\d{1,2})°?\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<year>\d{4}|\d{2}(?!\d))"
    rf"|(?P<day_in_words>\d{{1,2}})°?\s+(?P<month_in_words>{'|'.join(_MONTHS)})\s+(?P<year_in_words>\d{{4}}))"
)
DAY: Final = re.compile(_DAY, re.IGNORECASE)
_BODY: Final = (
    r"consiglio metropolitano|consiglio comunale|consiglio provinciale|consiglio regionale|conferenza metropolitana"
    r"|giunta (?:comunale|regionale)|sindac[oa] metropolitan[oa]|direttore generale|segretario generale|dirigente"
    r"|assemblea dei sindaci(?: della zona omogenea \d+)?"
)
_CITED: Final = re.compile(
    r"\b(?:deliberazion[ei]|deliber[ae]|decret[oi]|determinazion[ei]|disposizion[ei](?:\s+organizzativ[ae])?|ordinanz[ae])\s+"
    rf"(?:(?:del|della|di)\s+(?P<body>{_BODY})\b[^.;()]{{0,60}}?)?(?:prot\.?\s*)?n(?:\.|°|r\.?)?\s*(?P<number>\d{{1,6}})"
    rf"(?:\s*/\s*(?P<of_year>\d{{4}}))?(?:[,\s]+(?:(?:del|in\s+data|dell['’])\s*)+{_DAY})?",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"\bATTO\s+N(?:\.|°)?\s*(?:[A-Z]+(?:_[A-Z]+)*\s*)?(?P<number>\d{1,6})(?:\s*/\s*(?P<of_year>\d{4}))?"
    r"|^(?:VERBALE DI )?DELIBERAZIONE\s+N(?:\.|°)?\s*(?P<other>\d{1,6})(?:\s*/\s*(?P<other_year>\d{4}))?"
)
_SESSION_BODY: Final = re.compile(
    r"\b(?:consiglio\s+(?:metropolitano|comunale|provinciale)|conferenza\s+metropolitana|assemblea\s+dei\s+sindaci)\b",
    re.IGNORECASE,
)


class ActNamed(NamedTuple):
    """An act: its number as printed, year, date and body (None where the minute does not say), and the line."""

    number: str
    year: int | None
    date: date | None
    body: str | None
    line: int


class ActFault(NamedTuple):
    """Something about an act that cannot be right: the kind, the words, the line."""

    kind: str
    text: str
    line: int


def acts_of(lines: Sequence[MinuteLine]) -> tuple[list[ActNamed], list[ActFault]]:
    """The act of the minute itself and those it cites, each once, with what cannot be right about them."""
    body, day = session_of(lines)
    acts: list[ActNamed] = []
    faults: list[ActFault] = []
    for line, text in _with_the_next(lines):
        for match in _OWN.finditer(text[: len(line.text)]):
            number = match["number"] or match["other"]
            of_year = match["of_year"] or match["other_year"]
            year = int(of_year) if of_year else (day.year if day else None)
            _add(acts, faults, ActNamed(number, year, day, body, line.number))
        for match in _CITED.finditer(text):
            if match.start() >= len(line.text):
                continue
            act, fault = _cited(match, line.number)
            if fault:
                faults.append(fault)
            _add(acts, faults, act)
    return acts, faults


def _add(acts: list[ActNamed], faults: list[ActFault], act: ActNamed) -> None:
    """An act named again is the same one; what it was named without the first time is taken from now."""
    for place, known in enumerate(acts):
        same_body = known.body == act.body or known.body is None or act.body is None
        if known.number != act.number or not same_body or (known.year and act.year and known.year != act.year):
            continue
        if known.date and act.date and known.date != act.date:
            text = f"{act.number}/{act.year}: {known.date.isoformat()} / {act.date.isoformat()}"
            faults.append(ActFault("act_with_two_dates", text, act.line))
        acts[place] = known._replace(
            year=known.year or act.year, date=known.date or act.date, body=known.body or act.body
        )
        return
    acts.append(act)


def session_of(lines: Sequence[MinuteLine]) -> tuple[str | None, date | None]:
    """The body that met and the day, from the head of the minute."""
    body: str | None = None
    day: date | None = None
    for line in lines[:40]:
        if body is None and (match := _SESSION_BODY.search(line.text)):
            body = " ".join(match[0].split()).capitalize()
        if day is None and (found := DAY.search(line.text)):
            day = day_of(found)
    return body, day


def day_of(match: re.Match[str]) -> date | None:
    """The day of a match of `DAY`; None where the calendar has no such day."""
    words = match.groupdict()
    try:
        if words["day"]:
            year = int(words["year"])
            return date(year + 2000 if year < 100 else year, int(words["month"]), int(words["day"]))
        return date(
            int(words["year_in_words"]),
            _MONTHS.index(words["month_in_words"].lower()) + 1,
            int(words["day_in_words"]),
        )
    except ValueError:
        return None


def _with_the_next(lines: Sequence[MinuteLine]) -> list[tuple[MinuteLine, str]]:
    """Each line with the one below: a citation may go over the end of a line."""
    return [
        (line, f"{line.text} {lines[place + 1].text}" if place + 1 < len(lines) else line.text)
        for place, line in enumerate(lines)
        if line.text
    ]


def _cited(match: re.Match[str], line: int) -> tuple[ActNamed, ActFault | None]:
    has_day = match["day"] or match["day_in_words"]
    day = day_of(match) if has_day else None
    year = int(match["of_year"]) if match["of_year"] else (day.year if day else None)
    body = " ".join(match["body"].split()).capitalize() if match["body"] else None
    act = ActNamed(match["number"], year, day, body, line)
    printed = " ".join(match[0].split())
    if has_day and day is None:
        return act, ActFault("impossible_date", printed, line)
    if day and match["of_year"] and day.year != int(match["of_year"]):
        return act, ActFault("year_differs_from_date", printed, line)
    return act, None
