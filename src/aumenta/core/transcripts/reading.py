"""A transcript out of a file: subtitles where the text is subtitles, else lines with names and times."""

import re
from collections.abc import Callable
from typing import Final

from aumenta.core.documents import Document, read_document
from aumenta.core.transcripts.cues import is_cues, is_vtt, read_cues
from aumenta.core.transcripts.speakers import SpeakerNames, take_apart
from aumenta.core.transcripts.transcript import ProblemKind, Transcript, TranscriptProblem, Turn

_MARKUP: Final = re.compile(r"<\s*(?:script|style|html|body|div|iframe|img|svg|a\s)[^>]*>?", re.IGNORECASE)


def read_transcript(content: bytes, read: Callable[[bytes], Document] = read_document) -> Transcript:
    """Who said what and when. Raises DocumentError where the file gives no text; `read` is what opens it.

    Words that stand before the first speaker are a turn of nobody; a paragraph that begins with no name goes on with
    the turn before. Markup in a text stays as it is written: it is text.
    """
    document = read(content)
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    problems: list[TranscriptProblem] = []
    if document.damaged:
        problems.append(TranscriptProblem(ProblemKind.DAMAGED_LETTERS, None, str(document.damaged)))
    if document.kind == "text" and is_cues(text):
        turns, left_out, odd = read_cues(text)
        kind = "vtt" if is_vtt(text) else "srt"
    else:
        turns, odd = _read_lines(text)
        left_out, kind = [], document.kind
    if markup := [number for number, line in enumerate(text.split("\n"), start=1) if _MARKUP.search(line)]:
        problems.append(TranscriptProblem(ProblemKind.MARKUP, markup[0], ""))
    if turns and not any(turn.speaker for turn in turns):
        problems.append(TranscriptProblem(ProblemKind.NO_SPEAKERS, None, ""))
    return Transcript(kind, document.encoding, tuple(turns), (*document.left_out, *left_out), (*problems, *odd))


def _read_lines(text: str) -> tuple[list[Turn], list[TranscriptProblem]]:
    lines = text.replace("\f", "\n").split("\n")
    names = SpeakerNames(enumerate(lines, start=1))
    speaks = bool(names.accepted)
    turns: list[Turn] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = take_apart(line)
        named = found.name if found.name in names.accepted else None
        words = found.rest if named or found.name is None else line.strip()
        opens = named is not None or found.time is not None or not turns or not speaks
        if opens:
            # A time alone goes on with the same person: long turns are timed more than once.
            speaker = named or (turns[-1].speaker if turns and found.time is not None else None)
            turns.append(Turn(speaker, found.time, None, words, number))
        else:
            said = f"{turns[-1].text}\n{words}" if turns[-1].text else words
            turns[-1] = turns[-1]._replace(text=said)
    return _ended([turn for turn in turns if turn.text]), names.problems()


def _ended(turns: list[Turn]) -> list[Turn]:
    """Each timed turn ends where the next timed one starts; the last one's end nobody wrote."""
    ended = list(turns)
    later: float | None = None
    for place in range(len(ended) - 1, -1, -1):
        start = ended[place].start
        if start is not None:
            if later is not None and later >= start:
                ended[place] = ended[place]._replace(end=later)
            later = start
    return ended
