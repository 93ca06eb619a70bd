"""Names and everyday words that stand in a question, longest first: synonyms, things with a name, places.

A name is looked for word by word, without case and accents; everyday words are also known by their stems, so that
«pannello solare» is found where the table says «pannelli solari».
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from aumenta.core.search.words import stem, words

MOST_WORDS_OF_A_NAME: Final = 7
SHORTEST_STEM: Final = 4
Value = TypeVar("Value")


class Synonym(NamedTuple):
    """What people write (any of `written`) and what it means in the words of a plan, the closest first.

    A meaning that begins with «@» is a thing with a name: «@pnrr» a whole framework, «@pnrr/m4» an item and its parts.
    """

    language: str
    written: tuple[str, ...]
    meaning: tuple[str, ...]


class NamedPlace(NamedTuple):
    """A place that a question may name: `key` tells it from the others, `name` is how it is shown.

    `under` is the name it was found by where that is another one. `plain` says that the name is an ordinary word too
    («None», «Piscina», «Front»): it is taken for the place only where nothing else is asked, or where it is announced.
    """

    key: str
    name: str
    under: str = ""
    plain: bool = False


class NameTable(Generic[Value]):
    """From runs of words to what they name."""

    def __init__(self, *, by_stem: bool) -> None:
        self._by_stem = by_stem
        self._exact: dict[tuple[str, ...], list[Value]] = defaultdict(list)
        self._stemmed: dict[tuple[str, ...], list[Value]] = defaultdict(list)
        self.longest = 1

    def add(self, written: str, value: Value, language: str = "it") -> None:
        """Know `value` by these words; nothing where they have no letter."""
        plain = tuple(word.plain for word in words(written))
        if not plain or len(plain) > MOST_WORDS_OF_A_NAME:
            return
        self._exact[plain].append(value)
        if self._by_stem:
            self._stemmed[(language, *(stem(word, language) for word in plain))].append(value)
        self.longest = max(self.longest, len(plain))

    def named(self, plain: Sequence[str]) -> list[Value]:
        """What exactly these words name; by their stems where no words are the very same."""
        found = self._exact.get(tuple(plain))
        if found or not self._by_stem:
            return list(found or ())
        for language in ("it", "en"):
            stemmed = self._stemmed.get((language, *(stem(word, language) for word in plain)))
            # A short stem makes another word of it: «solo» is not «solare», «casa» not «caso».
            if stemmed and all(len(stem(word, language)) >= SHORTEST_STEM for word in plain if len(word) > 3):
                return list(stemmed)
        return []

    def single_words(self) -> Mapping[str, object]:
        """The names of one word, folded."""
        return {words_[0]: None for words_ in self._exact if len(words_) == 1}
