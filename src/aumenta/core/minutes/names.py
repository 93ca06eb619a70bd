"""Names as minutes write them, and which member of a roll a name means."""

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from aumenta.core.text import fold

_PARTICLES: Final = {"de", "del", "della", "di", "da", "dal", "dalla", "lo", "la", "li", "e", "dei", "degli"}
_BULLET: Final = re.compile(r"^(?:[-–•*·]+|\d{1,3}[.)]|[a-z]\))\s+")
_TITLES: Final = re.compile(
    r"^(?:(?:il|la|lo|i|gli|le|l['’])\s*)?"
    r"(?:(?:sig|dott|dr|ing|avv|prof|arch|geom|on)(?:\.|ri|ssa|ra)?(?:ssa|ra)?\.?\s+)+",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_][\w'’.-]*")
_BETWEEN: Final = re.compile(r"\s+[-–—]\s*|\s*[-–—]\s+|\s*[;,]\s*|\s+e\s+(?=[A-ZÀ-Ý])")


class Match(NamedTuple):
    """Whom a name means: the member, or None with the nearest name of the roll ("" where none is near)."""

    member: str | None
    nearest: str = ""


def names_in(text: str) -> list[str]:
    """The names of a list on one or several lines, as printed.

    Names are parted by dashes, commas, semicolons or «e»; a name broken over two lines is whole again. Where nothing
    parts them, each line is one.
    """
    lines = [_BULLET.sub("", line.strip()) for line in text.split("\n") if line.strip()]
    if not any(_BETWEEN.search(line) for line in lines) and len(lines) > 1:
        return [name for line in lines if (name := _bare(line))]
    # A hyphen at the end of a line is a separator where a space stands before it, else it joins one name.
    joined = re.sub(r"(?<=\w)- ", "-", " ".join(lines))
    return [name for part in _BETWEEN.split(joined) if (name := _bare(part))]


def is_name(text: str) -> bool:
    """Whether a text can be a person's name: one to six words, each with a capital but for particles."""
    words = _WORD.findall(text)
    if not 1 <= len(words) <= 6 or re.search(r"[\d:=]", text):
        return False
    return all(word[0].isupper() or fold(word) in _PARTICLES for word in words) and any(w[0].isupper() for w in words)


def matched(printed: str, roll: Sequence[str]) -> Match:
    """Which name of the roll is meant: its words, whole or as initials, all found in one name and only in one."""
    wanted = _words(printed)
    fits = [name for name in roll if wanted and _fits(wanted, _words(name))]
    if len(fits) == 1:
        return Match(fits[0])
    exact = [name for name in fits if sorted(_words(name)) == sorted(wanted)]
    if len(exact) == 1:
        return Match(exact[0])
    if fits:
        return Match(None, " / ".join(fits))
    return Match(None, _nearest(wanted, roll))


def _fits(wanted: list[str], whole: list[str]) -> bool:
    left = list(whole)
    for word in sorted(wanted, key=len, reverse=True):
        found = next((part for part in left if part == word or (len(word) == 1 and part.startswith(word))), None)
        if found is None:
            return False
        left.remove(found)
    # An initial alone, or a particle, names nobody.
    return any(len(word) > 1 and word not in _PARTICLES for word in wanted)


def _nearest(wanted: list[str], roll: Iterable[str]) -> str:
    best, likeness = "", 0.6
    for name in roll:
        words = _words(name)
        pairs = [max((_likeness(word, part) for part in words), default=0.0) for word in wanted if len(word) > 1]
        score = sum(pairs) / len(pairs) if pairs else 0.0
        if score > likeness:
            best, likeness = name, score
    return best


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _words(name: str) -> list[str]:
    # «D'Agostino» is one word however its apostrophe is written, «Lo Russo» two.
    return [word for word in re.split(r"[\s.\-]+", fold(name.replace("’", "'").replace("'", ""))) if word]


def _bare(name: str) -> str:
    return _TITLES.sub("", name.strip(" .,;:()\t")).strip(" .,;:")
