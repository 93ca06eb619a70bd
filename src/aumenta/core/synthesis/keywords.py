"""Words that tell one set of texts from the others: keywords of themes, and what one zone says that others do not.

Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008, "Fightin' Words", equations 16 and 22):
the difference of log-odds of a word in two sets, drawn to how common it is in both together, over its deviation.
Counted by voices, not by repetitions: a text that says a word ten times is one voice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import log
from typing import Final, NamedTuple

from aumenta.core.synthesis.lexical import surfaces
from aumenta.core.synthesis.statements import Oddity, Statement

PRIOR: Final = 0.5
"""Weight of the prior, as a share of the smaller of the two sets."""


class DistinctWord(NamedTuple):
    """A word as people say it most often, the voices that have it here and elsewhere, and its score (z)."""

    word: str
    voices: int
    elsewhere: int
    score: float


def distinctive(
    here: Sequence[Statement],
    elsewhere: Sequence[Statement] | Mapping[str, int],
    *,
    most: int = 20,
    least_voices: int = 2,
) -> list[DistinctWord]:
    """Words of `here` that `elsewhere` has less, the most telling first; `elsewhere` may be counted already (`voices`).

    A word needs `least_voices` (one, where `here` has fewer than four texts) and a score above zero.
    """
    ours = voices(here)
    others = Counter(elsewhere) if isinstance(elsewhere, Mapping) else voices(elsewhere)
    forms = surfaces(here)
    size_ours, size_others = sum(ours.values()), sum(others.values())
    whole = size_ours + size_others
    weight = PRIOR * max(min(size_ours, size_others or size_ours), 1)
    needed = least_voices if len(here) >= 4 else 1
    found = []
    for stem, count in ours.items():
        if count < needed:
            continue
        prior = weight * (count + others[stem]) / whole
        spread = 1 / (count + prior) + 1 / (others[stem] + prior)
        odds = _log_odds(count + prior, size_ours + weight) - _log_odds(others[stem] + prior, size_others + weight)
        score = odds / spread**0.5
        if score > 0:
            found.append(DistinctWord(forms[stem], count, others[stem], score))
    return sorted(found, key=lambda word: (-word.score, -word.voices, word.word))[:most]


def keywords(here: Sequence[Statement], elsewhere: Sequence[Statement] | Mapping[str, int], most: int = 5) -> list[str]:
    """The words that name a group best: distinctive ones that enough of its voices use, in the form they use."""
    words = distinctive(here, elsewhere, most=4 * most)
    if not words:  # the only group there is, or one that says what everybody says
        forms = surfaces(here)
        words = [DistinctWord(forms[stem], n, 0, float(n)) for stem, n in voices(here).most_common(4 * most)]
    # Support matters as much as rarity: a rare word of two voices does not name a group of forty.
    ranked = sorted(words, key=lambda word: (-word.score * (word.voices / max(len(here), 1)) ** 0.5, word.word))
    return [word.word for word in ranked[:most]]


def word_picture(words: Sequence[DistinctWord]) -> list[tuple[DistinctWord, int]]:
    """Each word with its size from 1 to 5, by the square root of its voices, so that areas compare as counts do."""
    largest = max((word.voices for word in words), default=1)
    return [
        (word, 1 + round(4 * (word.voices / largest) ** 0.5)) if word.voices < largest else (word, 5) for word in words
    ]


def quotation(here: Sequence[Statement], nearness: Sequence[float], named: Sequence[str]) -> int | None:
    """The place of the text that stands best for its group: near its middle, short enough to be read aloud.

    `nearness` is each text's cosine with the group's centre. None where nothing may be quoted.
    """
    wanted = {word.casefold() for word in named}
    best: tuple[float, int] | None = None
    for place, statement in enumerate(here):
        length = len(statement.text.split())
        if not statement.quotable or statement.oddities & {Oddity.LONG} or length < 3:
            continue
        said = {word.surface.casefold() for word in statement.words}
        score = nearness[place] + 0.1 * len(said & wanted) - 0.01 * max(0, length - 30)
        if best is None or score > best[0]:
            best = (score, place)
    return best[1] if best else None


def voices(texts: Iterable[Statement]) -> Counter[str]:
    """Stems of words that name something → how many of the texts have them."""
    return Counter(chain.from_iterable(text.telling for text in texts))


def _log_odds(count: float, whole: float) -> float:
    return log(count / max(whole - count, 1e-9))


def by_name(sets: Mapping[str, Sequence[Statement]], most: int = 20) -> dict[str, list[DistinctWord]]:
    """For each set (a zone, a strategy, an event) what it says that the others do not."""
    return {
        name: distinctive(texts, [text for other, rest in sets.items() if other != name for text in rest], most=most)
        for name, texts in sets.items()
    }
