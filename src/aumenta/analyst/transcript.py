"""`aumenta transcript FILE [--json]`: read the transcript of an interview or a focus group.

Text, DOCX, ODT, RTF, PDF with text, WebVTT and SubRip. The JSON has `kind`, `encoding`, `speakers`, the `turns`
(`speaker` or null, `start` and `end` in seconds or null, `text`, `line`), what was `not_read` (`kind`, `line`, `text`)
and `problems` to look at (`kind`, `line`, `text`, and `sentence` in words).
"""

import argparse
from pathlib import Path
from typing import Any

from aumenta.analyst.frame import about, answer, json_option
from aumenta.analyst.language import _
from aumenta.core.transcripts import Transcript, TranscriptProblem, read_transcript
from aumenta.core.transcripts.sentences import say_not_read, say_problem

HELP = _("Read the transcript of an interview or a focus group: who said what and when, and what was not read.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, and how to answer."""
    parser.add_argument("file", type=Path, help=_("the transcript: text, DOCX, ODT, RTF, PDF with text, VTT or SRT"))
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Read and print."""
    with about(options.file):
        transcript = read_transcript(options.file.read_bytes())
    answer(as_json(transcript), options, lambda _shown: _in_words(transcript))


def as_json(transcript: Transcript) -> dict[str, Any]:
    """The transcript with plain values."""
    return {
        "kind": transcript.kind,
        "encoding": transcript.encoding,
        "speakers": transcript.speakers,
        "turns": [turn._asdict() for turn in transcript.turns],
        "not_read": [one._asdict() for one in transcript.left_out],
        "problems": [{**one._asdict(), "sentence": _sentence(one)} for one in transcript.problems],
    }


def _sentence(problem: TranscriptProblem) -> str:
    return say_problem(problem.kind, problem.text, _)


def _in_words(transcript: Transcript) -> str:
    lines = []
    for turn in transcript.turns:
        time = "" if turn.start is None else f"[{_clock(turn.start)}] "
        lines.append(f"{time}{turn.speaker or '–'}: {turn.text}")
    for one in transcript.left_out:
        where = "" if one.line is None else f"{one.line}: "
        what = say_not_read(one.kind, _)
        lines.append(_("not read: {where}{what} {text}").format(where=where, what=what, text=one.text))
    lines += [f"! {one.line or ''}: {_sentence(one)}" for one in transcript.problems]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
