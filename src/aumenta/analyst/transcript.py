"""`aumenta transcript FILE [--json]`: read the transcript of an interview or a focus group.

Text, DOCX, ODT, RTF, PDF with text, WebVTT and SubRip. The JSON has `kind`, `encoding`, `speakers`, the `turns`
(`speaker` or null, `start` and `end` in seconds or null, `text`, `line`), what was `not_read` (`kind`, `line`, `text`)
and `problems` to look at (`kind`, `line`, `text`, and `sentence` in words).
"""

import argparse
from pathlib import Path
from typing import Any, Final

from aumenta.analyst.frame import about, answer, json_option
from aumenta.analyst.language import _
from aumenta.core.documents import LeftOutKind
from aumenta.core.transcripts import ProblemKind, Transcript, TranscriptProblem, read_transcript

HELP = _("Read the transcript of an interview or a focus group: who said what and when, and what was not read.")
NOT_READ: Final = {
    LeftOutKind.IMAGE: _("a picture"),
    LeftOutKind.COMMENT: _("a comment"),
    LeftOutKind.DELETION: _("words deleted with tracked changes"),
    LeftOutKind.HEADER: _("head or foot of the pages"),
    LeftOutKind.NOTE: _("a note"),
    LeftOutKind.TEXT_BOX: _("a box beside the text"),
    LeftOutKind.PAGE_WITHOUT_TEXT: _("a page without text: a scan, perhaps"),
    LeftOutKind.BROKEN_CUE: _("a subtitle whose times can't be read"),
    LeftOutKind.CUE_NOTE: _("a block that is no subtitle"),
}
PROBLEMS: Final = {
    ProblemKind.NO_SPEAKERS: _("nobody is named as speaking"),
    ProblemKind.PERHAPS_A_SPEAKER: _("«{text}» comes once only: is it who speaks?"),
    ProblemKind.NAMES_ALIKE: _("these names are very alike: one person, or two? {text}"),
    ProblemKind.OVERLAP: _("this subtitle starts before the one above has ended"),
    ProblemKind.SAME_NAME_AT_ONCE: _("«{text}» speaks twice at once: two people of one name?"),
    ProblemKind.BACKWARDS: _("this subtitle starts before the one above"),
    ProblemKind.ENDS_BEFORE_IT_STARTS: _("this subtitle ends before it starts: its end was left out"),
    ProblemKind.EMPTY_CUE: _("this subtitle has no words"),
    ProblemKind.DAMAGED_LETTERS: _("letters that could not be read: {text}"),
    ProblemKind.MARKUP: _("there is markup of web pages in the text: it is kept as it is written"),
}


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
    return PROBLEMS[problem.kind].format(text=problem.text)


def _in_words(transcript: Transcript) -> str:
    lines = []
    for turn in transcript.turns:
        time = "" if turn.start is None else f"[{_clock(turn.start)}] "
        lines.append(f"{time}{turn.speaker or '–'}: {turn.text}")
    for one in transcript.left_out:
        where = "" if one.line is None else f"{one.line}: "
        lines.append(_("not read: {where}{what} {text}").format(where=where, what=NOT_READ[one.kind], text=one.text))
    lines += [f"! {one.line or ''}: {_sentence(one)}" for one in transcript.problems]
    return "\n".join(lines)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
