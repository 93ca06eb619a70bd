"""Subtitles, WebVTT and SubRip: every cue is a turn or is said to be broken; none vanishes.

WebVTT as the W3C recommendation writes it (voices `<v Name>`, NOTE, STYLE and REGION blocks); SubRip has no standard:
numbers and decimal commas, both optional here. Times that lack hours are minutes and seconds.
"""

import html
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from aumenta.core.documents import LeftOut, LeftOutKind
from aumenta.core.transcripts.speakers import SpeakerNames
from aumenta.core.transcripts.transcript import ProblemKind, TranscriptProblem, Turn

ARROW: Final = "-->"
_TIME: Final = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMES: Final = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?$")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG: Final = re.compile(r"</?(?:v|c|i|b|u|s|lang|ruby|rt|font)(?:[.\s][^<>]*)?>|<[\d:.]+>|\{\\[^{}]*\}", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\s*\d+\s*")
_NOT_SPOKEN: Final = ("NOTE", "STYLE", "REGION")


class _Block(NamedTuple):
    """Lines between two empty ones, the first with its number."""

    line: int
    lines: list[str]


class _Cue(NamedTuple):
    line: int
    start: float
    end: float
    words: str


def is_cues(text: str) -> bool:
    """Whether a text is subtitles: it says so, or its first block has a line of times."""
    start = text.lstrip()[:2000]
    if re.match(r"WEBVTT(?:\s|$)", start):
        return True
    return any(_TIMES.match(line) for line in start.splitlines()[:3])


def is_vtt(text: str) -> bool:
    """Whether the file says that it is WebVTT."""
    return text.lstrip().startswith("WEBVTT")


def read_cues(text: str) -> tuple[list[Turn], list[LeftOut], list[TranscriptProblem]]:
    """The turns, what was left out, what should be looked at."""
    turns: list[Turn] = []
    left_out: list[LeftOut] = []
    cues: list[_Cue] = []
    for block in _blocks(text):
        if cue := _cue(block):
            cues.append(cue)
            # A name of a cue (a number, mostly) is nothing said; words over the times may be.
            if cue.line > block.line and " " in block.lines[0].strip():
                left_out.append(LeftOut(LeftOutKind.CUE_NOTE, block.line, block.lines[0]))
        else:
            left_out += _not_a_cue(block, first=block.line == 1)
    names = SpeakerNames(
        (cue.line + place, _plain(line))
        for cue in cues
        for place, line in enumerate(cue.words.split("\n"), start=1)
        if not _VOICE.search(line)
    )
    problems = names.problems()
    for cue, before in zip(cues, [None, *cues], strict=False):
        problems += _odd_times(cue, before)
        if not cue.words.strip():
            problems.append(TranscriptProblem(ProblemKind.EMPTY_CUE, cue.line, ""))
        turns += _turns(cue, names)
    return turns, left_out, problems


def _blocks(text: str) -> Iterator[_Block]:
    """Blocks between empty lines; a line of times opens a new one where somebody forgot the empty line."""
    current: _Block | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            if current:
                yield current
            current = None
        elif current is None:
            current = _Block(number, [line])
        elif ARROW in line and any(ARROW in earlier for earlier in current.lines):
            # The number above the times belongs to the new cue.
            own = 1 if _NUMBER.fullmatch(current.lines[-1]) and len(current.lines) > 1 else 0
            kept = current.lines[len(current.lines) - own :]
            yield _Block(current.line, current.lines[: len(current.lines) - own])
            current = _Block(number - own, [*kept, line])
        else:
            current.lines.append(line)
    if current:
        yield current


def _cue(block: _Block) -> _Cue | None:
    for place, line in enumerate(block.lines[:2]):
        if found := _TIMES.match(line):
            parts = found.groups()
            start, end = _seconds(parts[:4]), _seconds(parts[4:])
            if start is None or end is None:
                return None
            return _Cue(block.line + place, start, end, "\n".join(block.lines[place + 1 :]))
    return None


def _seconds(parts: tuple[str | None, ...]) -> float | None:
    """Seconds of hours, minutes, seconds and thousandths; None for a minute or second beyond 59."""
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(rest.ljust(3, "0")) / 1000


def _not_a_cue(block: _Block, *, first: bool) -> Iterator[LeftOut]:
    words = "\n".join(block.lines)
    head = block.lines[0].split()[0]
    if first and head == "WEBVTT":
        # The header's own block; a cue glued to it has its times there and is broken.
        if ARROW in words or len(block.lines) > 1:
            yield LeftOut(LeftOutKind.BROKEN_CUE if ARROW in words else LeftOutKind.CUE_NOTE, block.line, words)
    elif head in _NOT_SPOKEN and ARROW not in words:
        yield LeftOut(LeftOutKind.CUE_NOTE, block.line, words)
    else:
        yield LeftOut(LeftOutKind.BROKEN_CUE, block.line, words)


def _odd_times(cue: _Cue, before: _Cue | None) -> Iterator[TranscriptProblem]:
    words = _plain(cue.words)
    if cue.end < cue.start:
        yield TranscriptProblem(ProblemKind.ENDS_BEFORE_IT_STARTS, cue.line, words)
    if before is None:
        return
    if cue.start < before.start:
        yield TranscriptProblem(ProblemKind.BACKWARDS, cue.line, words)
    elif cue.start < before.end:
        both = {_plain(name) for one in (cue, before) for name in _VOICE.findall(one.words)}
        same = len(both) == 1 and _VOICE.search(cue.words) and _VOICE.search(before.words)
        yield TranscriptProblem(
            ProblemKind.SAME_NAME_AT_ONCE if same else ProblemKind.OVERLAP, cue.line, both.pop() if same else words
        )


def _turns(cue: _Cue, names: SpeakerNames) -> Iterator[Turn]:
    """One turn for each voice of a cue; where nobody is marked, for each line that begins with a name."""
    end = cue.end if cue.end >= cue.start else None
    pieces = _VOICE.split(cue.words)
    voices = list(zip(pieces[1::2], pieces[2::2], strict=True))
    spoken = [(name.strip() or None, words) for name, words in voices]
    if pieces[0].strip():
        spoken = [*_named_lines(pieces[0], names), *spoken]
    for speaker, words in spoken:
        if plain := _plain(words):
            yield Turn(_plain(speaker) if speaker else None, cue.start, end, plain, cue.line)


def _named_lines(words: str, names: SpeakerNames) -> list[tuple[str | None, str]]:
    """Zoom and others write «Name: text»; a dash before a line is another person whose name nobody wrote."""
    spoken: list[tuple[str | None, str]] = []
    for line in words.split("\n"):
        plain = _plain(line)
        name, rest = names.split(plain)
        dash = plain.startswith(("- ", "– ", "— "))
        if name or dash or not spoken:
            spoken.append((name, rest.lstrip("-–— ") if dash and not name else rest))
        else:
            spoken[-1] = (spoken[-1][0], f"{spoken[-1][1]}\n{rest}")
    return spoken


def _plain(words: str) -> str:
    lines = (" ".join(line.split()) for line in html.unescape(_TAG.sub("", words)).split("\n"))
    return "\n".join(line for line in lines if line)
