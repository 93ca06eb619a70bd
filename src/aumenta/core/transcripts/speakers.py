"""Who speaks, in lines such as «ANNA ROSSI: …», «[00:01:20] Anna: …», «Anna Rossi  0:03» or a row of a table.

A colon makes no speaker by itself («Il punto è questo: …», «Data: 3 novembre»). What may be a name is first gathered
over the whole text; then a name counts that returns, that is a role or in capitals, or that stands in a dialogue. A
name that counts and comes once only is said, so that a person looks.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from aumenta.core.text import fold, name_key
from aumenta.core.transcripts.transcript import ProblemKind, TranscriptProblem

TIME: Final = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_BRACKETED: Final = rf"[\[(#<]{{1,2}}\s*(?P<time>{TIME})(?:-\d+)?\s*(?:[-–→>]+\s*{TIME}\s*)?[\])#>]{{1,2}}"
_LEADING_TIME: Final = re.compile(rf"^\s*(?:{_BRACKETED}|(?P<bare>{TIME})(?=\s))\s*[-–]?\s*")
_TRAILING_TIME: Final = re.compile(rf"\s*[\[(#]?\s*(?P<time>{TIME})(?:-\d+)?\s*[\])#]?\s*$")
_TIMED_NAME: Final = re.compile(rf"([^:\[(]+?)\s*[\[(]\s*({TIME})\s*[\])]\s*:")
_PARTICLES: Final = frozenset("di de del della dei degli delle da dal dalla d' la lo le van von e y".split())
_ROLES: Final = frozenset(
    "intervistatore intervistatrice intervistato intervistata moderatore moderatrice facilitatore facilitatrice"
    " conduttore conduttrice relatore relatrice partecipante domanda risposta sindaco sindaca assessore assessora"
    " presidente speaker interviewer interviewee moderator facilitator participant question answer host".split()
)
_LABELS: Final = frozenset(
    "data luogo ora ore durata presenti assenti titolo oggetto fonte nota note nb ps tel telefono e-mail email mail"
    " http https www zona asse tema capitolo parte sezione punto fase allegato figura tabella esempio es argomento"
    " date place time duration topic title subject source note zone axis chapter part section example file"
    " trascrizione transcript intervista interview focus verbale versione version registrazione recording".split()
)
MAX_WORDS: Final = 6
MAX_LETTERS: Final = 60
_LONGEST_HEAD: Final = 160
"""A name with its times; only so much of a line is searched for them, so that no line takes long."""
_MOST_COMPARED: Final = 200
"""Speakers whose names are compared with each other; where there are more, they are no list of speakers."""
_ALIKE: Final = 88


class TranscriptLine(NamedTuple):
    """A line taken apart: seconds from the start, what may be a name, the rest, whether the name stands alone."""

    time: float | None
    name: str | None
    rest: str
    alone: bool


def seconds(written: str) -> float:
    """Seconds of «1:02:03.5», «02:03» or «2:03»."""
    total = 0.0
    for part in written.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return total


def take_apart(line: str) -> TranscriptLine:
    """What a line may say of who speaks and when, before it is known which names count."""
    rest, time = line.strip(), None
    if found := _LEADING_TIME.match(rest):
        time = seconds(found["time"] or found["bare"])
        rest = rest[found.end() :]
    if "\t" in rest:
        return _row(rest, time)
    if len(rest) <= _LONGEST_HEAD and (found := _TRAILING_TIME.search(rest)):
        name = rest[: found.start()].rstrip(" -–,|")
        if may_be_name(name):
            return TranscriptLine(seconds(found["time"]), name, "", alone=True)
    head, colon, after = rest.partition(":")
    # A time after the name has colons of its own: «Anna (0:03): …».
    if colon and (timed := _TIMED_NAME.match(rest[:_LONGEST_HEAD])):
        head, after, time = timed[1], rest[timed.end() :], time if time is not None else seconds(timed[2])
    if colon and may_be_name(head) and not after.startswith("//"):
        return TranscriptLine(time, head.strip(), after.strip(), alone=False)
    if time is not None and may_be_name(rest):
        return TranscriptLine(time, rest, "", alone=True)
    return TranscriptLine(time, None, rest, alone=False)


def _row(line: str, time: float | None) -> TranscriptLine:
    """A row of a table, its cells parted by tabs: time and name in the first two, in either order."""
    cells = [cell.strip() for cell in line.split("\t")]
    name = None
    while cells and len(cells) > 1:
        if time is None and re.fullmatch(rf"[\[(]?{TIME}[\])]?", cells[0]):
            time = seconds(cells.pop(0).strip("[]()"))
        elif name is None and may_be_name(cells[0].rstrip(":")):
            name = cells.pop(0).rstrip(": ")
        else:
            break
    return TranscriptLine(time, name, " ".join(filter(None, cells)), alone=False)


def may_be_name(text: str) -> bool:
    """Whether a text has the shape of a speaker's name: few words, each with a capital, a number or a particle."""
    if len(text) > _LONGEST_HEAD:
        return False
    text = re.sub(r"\([^()]*\)", "", text).strip(" *_")
    words = text.split()
    if not words or len(words) > MAX_WORDS or len(text) > MAX_LETTERS or re.search(r"[?!:;,«»\"/\\<>=@]", text):
        return False
    if fold(words[0]).strip(".") in _LABELS or not text[0].isalpha():
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or fold(word) in _PARTICLES or word.lower().startswith(("d'", "d’"))
        for word in words
    )


class SpeakerNames:
    """Which of the names in a text count as speakers, found over all its lines, each with its number."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        apart = [(number, take_apart(line)) for number, line in lines if line.strip()]
        named = [(number, line.name) for number, line in apart if line.name]
        self._times = Counter(name for _number, name in named)
        self._first = {name: number for number, name in reversed(named)}
        sure = {name for name in self._times if self._times[name] > 1 or _speaks_by_itself(name)}
        dialogue = bool(sure) or len(named) * 2 >= len(apart)
        timed = {line.name for _number, line in apart if line.name and line.time is not None}
        self.accepted = set(self._times) if dialogue else sure | timed
        self._sure = sure | timed

    def split(self, line: str) -> tuple[str | None, str]:
        """The speaker of a line, if one counts, and what is said; the whole line where none does."""
        found = take_apart(line)
        return (found.name, found.rest) if found.name in self.accepted else (None, line.strip())

    def problems(self) -> list[TranscriptProblem]:
        """Names that come once and may be none, names not taken that may be, names so alike that they may be one."""
        once = [name for name in self._times if name not in self._sure]
        found = [TranscriptProblem(ProblemKind.PERHAPS_A_SPEAKER, self._first[name], name) for name in once]
        names = sorted(self.accepted, key=lambda name: self._first[name])
        for place, name in enumerate(names[:_MOST_COMPARED]):
            for other in names[:place]:
                if _alike(name, other):
                    found.append(TranscriptProblem(ProblemKind.NAMES_ALIKE, self._first[name], f"{other} / {name}"))
        return found


def _speaks_by_itself(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return fold(name.split()[0]) in _ROLES or (len(letters) > 2 and all(letter.isupper() for letter in letters))


def _alike(one: str, other: str) -> bool:
    """Two writings of one name; names that differ in their numbers alone are two («Speaker 1», «Speaker 2»)."""
    if re.sub(r"\d+", "", one) == re.sub(r"\d+", "", other) and one != other:
        return False
    return name_key(one) == name_key(other) or (min(len(one), len(other)) > 4 and fuzz.ratio(one, other) > _ALIKE)
