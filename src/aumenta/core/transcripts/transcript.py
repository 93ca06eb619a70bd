"""What a transcript holds once read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from aumenta.core.documents import LeftOut


class Turn(NamedTuple):
    """What one person says in one go. Times are seconds from the start of the recording; `line` counts from 1."""

    speaker: str | None
    start: float | None
    end: float | None
    text: str
    line: int


class ProblemKind(StrEnum):
    """What was read and should be looked at."""

    NO_SPEAKERS = "no_speakers"
    PERHAPS_A_SPEAKER = "perhaps_a_speaker"
    NAMES_ALIKE = "names_alike"
    OVERLAP = "overlap"
    SAME_NAME_AT_ONCE = "same_name_at_once"
    BACKWARDS = "backwards"
    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    EMPTY_CUE = "empty_cue"
    DAMAGED_LETTERS = "damaged_letters"
    MARKUP = "markup"


class TranscriptProblem(NamedTuple):
    """Something to look at: its kind, the line where there is one, the words it is about."""

    kind: ProblemKind
    line: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """The turns as they stand in the file. `kind` is text, docx, odt, rtf, pdf, vtt or srt; `encoding` is a text's."""

    kind: str
    encoding: str
    turns: tuple[Turn, ...]
    left_out: tuple[LeftOut, ...]
    problems: tuple[TranscriptProblem, ...]

    @property
    def speakers(self) -> list[str]:
        """Who speaks, in the order of their first turn."""
        return list(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))
