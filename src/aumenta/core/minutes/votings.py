"""The votings of a minute: their subject, the numbers as declared, and the names under each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from aumenta.core.minutes.lines import MinuteLine
from aumenta.core.minutes.names import names_in
from aumenta.core.text import whole_number

_NUMBER: Final = r"(?:n(?:\.|°|um\.?)?\s*)?(?P<number>\d{1,4}|nessun[oa]?|zero)(?!\s*[/.]\d)"
_LABELS: Final = {
    "not_voting": r"(?:present[ie]\s+(?:e\s+)?)?non\s+votant[ie]|non\s+partecipa(?:nt[ie]|no)(?:\s+al\s+voto)?",
    "present": r"(?:(?:consiglieri|componenti|membri|sindaci|comuni)\s+)?present[ie]",
    "voters": r"votant[ie]",
    "for": r"(?:voti\s+)?favorevol[ie]|voti\s+a\s+favore|a\s+favore",
    "against": r"(?:voti\s+)?contrar[io]|voti\s+contro",
    "abstained": r"astenut[ioae]|astension[ie]",
}
_COUNTED: Final = {
    key: re.compile(rf"\b(?:{label})\b\s*(?:\([^)\d]*\))?\s*[:=\-–]?\s*{_NUMBER}\b", re.IGNORECASE)
    for key, label in _LABELS.items()
}
_COUNTED_BEFORE: Final = {
    key: re.compile(rf"\b{_NUMBER}\s+(?:{label})\b", re.IGNORECASE) for key, label in _LABELS.items()
}
_UNANIMOUS: Final = re.compile(
    r"\b(?:all['’]unanimità|unanimità\s+(?:dei|di)|(?:ad|con)\s+(?:voto|voti|votazione)\s+unanim[ei]|voti?\s+unanim[ei]|unanimemente)",
    re.IGNORECASE,
)
_OBJECT: Final = re.compile(r"^OGGETTO\s*:?\s*(?P<rest>.*)$", re.IGNORECASE)
_AMENDMENT: Final = re.compile(
    r"\b(?P<what>(?:sub)?emendamento)\s+(?:n(?:\.|°)?\s*)?(?P<number>\d+|[A-Z]\b)", re.IGNORECASE
)
_POINT: Final = re.compile(r"\b(?P<what>punto)\s+(?:n(?:\.|°)?\s*)?(?P<number>\d+)", re.IGNORECASE)
_ENFORCEABLE: Final = re.compile(r"immediata(?:mente)?\s+(?:esecutività|eseguibil\w*)", re.IGNORECASE)
_PUT_TO_VOTE: Final = re.compile(
    r"pone\s+(?:in\s+votazione|ai\s+voti)|mette\s+ai\s+voti|si\s+procede\s+(?:al|alla)\s+vot", re.IGNORECASE
)
_ONE_WITHOUT_NUMBER: Final = re.compile(r"^(?P<label>[\w\s]+?)\s*:\s*(?P<names>[A-ZÀ-Ý].*)$")
_AFTER_SUBJECT: Final = re.compile(
    r"(?i)atto n|~|premesso|visto|vista|il (?:consiglio|presidente|sindaco)\b|la conferenza\b"
)
OPTIONS: Final[tuple[str, ...]] = ("for", "against", "abstained", "not_voting")


@dataclass(slots=True)
class Voting:
    """One vote: what about, the declared numbers (None where none is printed), the names as printed by option."""

    subject: str
    line: int
    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: {option: [] for option in OPTIONS})
    unanimous: bool = False


def votings_of(lines: Sequence[MinuteLine]) -> list[Voting]:
    """The votings in their order. A number given again, or a new question put to the vote, begins another one."""
    reader = _Reader()
    for place, line in enumerate(lines):
        reader.read(line, lines[place + 1 :])
    return [one for one in reader.found if "for" in one.numbers or one.unanimous or any(one.names.values())]


class _Reader:
    def __init__(self) -> None:
        self.found: list[Voting] = []
        self.object = ""
        self.question = ""
        self._skip_to = 0

    def read(self, line: MinuteLine, below: Sequence[MinuteLine]) -> None:
        """Take one line in."""
        if line.number < self._skip_to or not line.text:
            return
        if match := _OBJECT.match(line.text):
            self.object = _subject(match["rest"], below)
            return
        if _PUT_TO_VOTE.search(line.text):
            self.question = _question(line.text)
        numbers = _numbers(line.text)
        unanimous = bool(_UNANIMOUS.search(line.text)) and bool(
            re.search(r"(?i)vot|approva|delibera|favorevol", line.text)
        )
        if not numbers and not unanimous:
            self._names_without_number(line)
            return
        voting = self._voting(line, numbers)
        voting.numbers |= numbers
        voting.unanimous |= unanimous
        self._names(voting, line, numbers, below)

    def _voting(self, line: MinuteLine, numbers: dict[str, int]) -> Voting:
        last = self.found[-1] if self.found else None
        question = _question(line.text) or self.question
        if (
            last is None
            or (numbers.keys() & last.numbers.keys())
            or (question and question != last.subject and not numbers.keys() - {"for"} and last.numbers)
        ):
            last = Voting(question or self.object, line.number)
            self.found.append(last)
            self.question = ""
        return last

    def _names(self, voting: Voting, line: MinuteLine, numbers: dict[str, int], below: Sequence[MinuteLine]) -> None:
        options = [option for option in OPTIONS if option in numbers]
        if not options:
            return
        inside = list(_parentheses(line.text))
        if inside:
            for option, (at, text) in _by_option(line.text, inside, options):
                voting.names[option] += [(name, line.number + line.text[:at].count("\n")) for name in names_in(text)]
            return
        after = line.text.rsplit(":", 1)[-1].strip() if line.text.count(":") > 1 else ""
        if after and not re.search(r"\d", after):
            voting.names[options[-1]] += [(name, line.number) for name in names_in(after)]
            return
        block = _bracketed(below)
        if block and len(options) == 1:
            text = "\n".join(one.text for one in block).strip("() .")
            for name in names_in(text):
                number = next((one.number for one in block if name.split()[0] in one.text), block[0].number)
                voting.names[options[0]].append((name, number))
            self._skip_to = block[-1].number + 1

    def _names_without_number(self, line: MinuteLine) -> None:
        """«Astenuti: Rossi, Bianchi», where a minute gives no number."""
        match = _ONE_WITHOUT_NUMBER.match(line.text)
        if match is None or not self.found:
            return
        for option in OPTIONS:
            if re.fullmatch(_LABELS[option], match["label"].strip(), re.IGNORECASE):
                self.found[-1].names[option] += [(name, line.number) for name in names_in(match["names"])]


def _numbers(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    rest = text
    for key in _LABELS:
        match = _COUNTED[key].search(rest) or _COUNTED_BEFORE[key].search(rest)
        if match:
            said = match["number"].lower()
            found[key] = whole_number(said) or 0
            rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    return found


def _parentheses(text: str) -> list[tuple[int, str]]:
    return [
        (match.start(), match[1])
        for match in re.finditer(r"\(([^()]*)\)", text)
        if re.search(r"[A-ZÀ-Ý]", match[1]) and not re.search(r"\d", match[1])
    ]


def _by_option(text: str, inside: list[tuple[int, str]], options: Sequence[str]) -> list[tuple[str, tuple[int, str]]]:
    """Each bracket belongs to the option named last before it."""
    where = {
        option: match.start()
        for option in options
        if (match := re.search(_LABELS[option], text, re.IGNORECASE)) is not None
    }
    found = []
    for bracket in inside:
        before = [option for option, at in where.items() if at < bracket[0]]
        if before:
            found.append((max(before, key=where.__getitem__), bracket))
    return found


def _bracketed(below: Sequence[MinuteLine]) -> list[MinuteLine]:
    """The lines below that hold a list of names in brackets, blank lines before it passed over."""
    block: list[MinuteLine] = []
    for line in below:
        if not line.text and not block:
            continue
        if not block and not line.text.startswith("("):
            return []
        block.append(line)
        if line.text.rstrip(" .").endswith(")"):
            return block
        if len(block) > 40:
            return []
    return []


def _subject(rest: str, below: Sequence[MinuteLine]) -> str:
    parts = [rest.strip()]
    for line in below:
        if parts[-1].endswith(".") or not line.text or _AFTER_SUBJECT.match(line.text) or _numbers(line.text):
            break
        parts.append(line.text)
    return re.sub(r"\s+", " ", " ".join(parts)).strip(" .")


def _question(text: str) -> str:
    """What is put to the vote where it is not the whole act."""
    if match := _AMENDMENT.search(text) or _POINT.search(text):
        return f"{match['what'].capitalize()} {match['number']}"
    if _ENFORCEABLE.search(text) and not re.search(r"(?i)deliberazione e la sua|delibera e l", text):
        return "Immediata eseguibilità"
    return ""
