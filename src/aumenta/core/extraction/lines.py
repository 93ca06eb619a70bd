"""Lines of the printed page, and the mending of what was broken over them: hyphens, apostrophes, headers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

BREAKS: Final = re.compile(r"\r\n|\r|\n")
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A hyphen the printer put: as itself, as the sign "may be broken here", or as what some PDF readers give for it.
SOFT_HYPHEN: Final = "\u00ad"
PDF_HYPHEN: Final = "\ufffe"
HYPHENS: Final = f"-\u2010{SOFT_HYPHEN}{PDF_HYPHEN}\u0002"
TOKEN: Final = re.compile(r"\S*")
LINE_END_HYPHEN: Final = re.compile(r"-[ \t]*(?:\r\n|\r|\n)\s*")
# How word processors and their fonts of signs (private use) write the bullet of a list, at the start of a line.
LIST_SIGN: Final = re.compile(
    "^\\s*(?:[‣⁃∙▫■□●○◦◆►▸▶➢➤✓✔❖\uf0b7\uf0a7\uf0d8\uf076\uf0fc\uf0e0](?=\\s|$)|[o§](?=\t| {2,}))"
    # One space parts it from a heading alone: «o Azione 6.1.1 - Title», and not «o Strategia 1.2 che va avanti».
    "|^\\s*[o§](?= [A-ZÀ-Ý]\\w+ (?:n(?:r\\.?|[.°º])? ?)?\\d+(?:\\.\\d+)+\\.?(?: ?[-–—:]| [A-ZÀ-Ý]))"
)
# dell’| acqua, but not un po’| alto, and not ‘smart’| e
ELISION: Final = re.compile(r"(?:.*[(«“\"/])?(?!(?:po|mo|be|di|fa|va|sta|da)['’]$)[^\W\d]+['’]", re.IGNORECASE)
SOFT_START: Final = re.compile(r"[aeiouhàèéìòù]", re.IGNORECASE)
ABBREVIATION: Final = re.compile(r"“\w{1,4}\.")
DOTTED: Final = re.compile(r"\w+\.\w")


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line with something on it: its number from 1, its text with single spaces.

    `gap` says that blank lines stood before it, `cut` that headers and footers was taken off its end, `torn` that the
    line right above it was one of them.
    """

    number: int
    text: str
    gap: bool = False
    cut: bool = False
    torn: bool = False


def squeeze(text: str) -> str:
    """The text with single plain spaces, none at its ends, and without signs that take no room."""
    if "\u200b" in text or "\ufeff" in text:
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return " ".join(text.split())


def clean_lines(
    text: str, page_parts: Sequence[re.Pattern[str]], left_out: Container[int] = frozenset()
) -> list[PrintedLine]:
    """The lines of a text that hold something of their own, without the page's headers and footers.

    Bullets of any kind become the one kind (•) that the patterns of a layout meet.
    `left_out` are the numbers of lines known to be headers or footers by their place.
    """
    found: list[PrintedLine] = []
    gap = torn = False
    known: dict[str, tuple[str, bool]] = {}
    for number, raw in enumerate(BREAKS.split(text), start=1):
        line = squeeze(LIST_SIGN.sub("•", raw))
        if not line:
            # The end of a page parts no paragraphs: a sentence goes on overleaf.
            gap, torn = gap or "\f" not in raw, False
            continue
        if number in left_out:
            continue
        if line not in known:
            known[line] = _without(line, page_parts)
        own, cut = known[line]
        if own:
            found.append(PrintedLine(number, own, gap, cut, torn))
            gap = False
        torn = not own
    return found


def _without(line: str, page_parts: Sequence[re.Pattern[str]]) -> tuple[str, bool]:
    """The line without headers and footers, and whether some was taken off its end."""
    cut = False
    for pattern in page_parts:
        # A pattern that begins with ^ is tried once, not at every letter.
        match = pattern.match(line) if pattern.pattern.startswith("^") else pattern.search(line)
        if match:
            cut = cut or match.end() == len(line)
            line = squeeze(pattern.sub(" ", line))
    return line, cut


class Passage:
    """Lines joined to one text that still knows which line each character came from."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._starts: list[int] = []
        self._numbers: list[int] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The whole text."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    @property
    def last(self) -> str:
        """The end of the text: at least its last word."""
        return self._pieces[-1] if self._pieces else ""

    def add(self, piece: str, number: int) -> None:
        """Put the next piece, from line `number`, at the end."""
        self._starts.append(self._length)
        self._numbers.append(number)
        self._pieces.append(piece)
        self._length += len(piece)

    def end_with(self, sign: str) -> None:
        """Put `sign` in the place of the last character."""
        self._pieces[-1] = self._pieces[-1][:-1] + sign
        self._length += len(sign) - 1

    def line_at(self, offset: int) -> int:
        """The line that the character at `offset` came from; 0 in an empty text."""
        return self._numbers[max(0, bisect_right(self._starts, offset) - 1)] if self._numbers else 0


class LineJoiner:
    """Joins broken lines; it looks at the whole document to tell a printer's hyphen from a word's own."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word of the document that isn't broken at the end of a line, in lower case."""
        whole, start = [], 0
        for hyphen in LINE_END_HYPHEN.finditer(self._text):
            before = self._text[start : hyphen.start()]
            whole.append(before[: max(before.rfind(" "), before.rfind("\n")) + 1])
            following = TOKEN.match(self._text, hyphen.end())
            start = following.end() if following else hyphen.end()
        whole.append(self._text[start:])
        return frozenset(WORD.findall(" ".join(whole).casefold()))

    @cached_property
    def _second_parts(self) -> frozenset[str]:
        """What stands after the hyphen in the document's compounds: "friendly" in "children-friendly"."""
        return frozenset(word.rpartition("-")[2] for word in self._words if "-" in word)

    def join(self, lines: Iterable[PrintedLine]) -> Passage:
        """One passage out of the lines: words mended, elisions closed up, everything else a space apart."""
        passage = Passage()
        for line in lines:
            glue = self._glue(passage, line.text)
            passage.add(glue + line.text, line.number)
        if passage.last.endswith(SOFT_HYPHEN):
            passage.end_with("")
        return passage

    def _glue(self, passage: Passage, following: str) -> str:
        before = passage.last
        if not before or not following:
            return ""
        last = before[before.rfind(" ") + 1 :]
        if last[-1] in HYPHENS and last[-2:-1].isalnum():
            if self._drops_hyphen(before, following):
                passage.end_with("")
            elif last[-1] != "-":
                passage.end_with("-")
            return ""
        if last[-1] in "'’" and ELISION.fullmatch(last) and SOFT_START.match(following):
            return ""
        if last[-1] == "/" and last != "/":
            return ""
        if last[-1] == "." and ABBREVIATION.fullmatch(last) and DOTTED.match(following):
            return ""
        return " "

    def _drops_hyphen(self, before: str, following: str) -> bool:
        """Whether the hyphen only breaks the word, so that it goes when the line is joined.

        It goes where the document knows the word without it. It stays in a compound: one printed elsewhere, one
        whose second part ends other compounds, one between two words of the document, one that goes on with a word
        after a first hyphen. For the rest, Italian breaks a word before a consonant, so a hyphen before a vowel
        stays, as it does before a capital or beside a digit.
        """
        if before[-1] == SOFT_HYPHEN:
            return True
        left = WORD.search(before[:-1].rsplit(" ", 1)[-1].rsplit("/", 1)[-1] + " ")
        right = WORD.match(following)
        if left is None or right is None or before[-2].isdigit():
            return False
        start, _, first = left.group().casefold().rpartition("-")
        second = right.group().casefold().split("-", 1)[0]
        if first + second in self._words:
            return True
        if start:
            return second not in self._words
        if not following[0].islower() or second[0] in "aeiouàèéìòù":
            return False
        if f"{first}-{second}" in self._words or second in self._second_parts:
            return False
        return not (len(first) > 2 and len(second) > 2 and {first, second} <= self._words)
