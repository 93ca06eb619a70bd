"""Words that two texts have in common, weighed by how rare they are (TF-IDF on stems)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from aumenta.core.synthesis.statements import Statement


class Lexicon:
    """Stems with their weight, ln((1 + n) / (1 + texts with it)) + 1, learnt from `texts`."""

    def __init__(self, texts: Sequence[Statement]) -> None:
        in_texts: Counter[str] = Counter()
        for text in texts:
            in_texts.update({word.stem for word in text.words})
        self.place = {stem: number for number, stem in enumerate(sorted(in_texts))}
        self.weight = np.array([log((1 + len(texts)) / (1 + in_texts[stem])) + 1 for stem in self.place])

    def rows(self, texts: Sequence[Statement]) -> csr_array:
        """Rows of length 1, sublinear counts; words never met before have no place, but they count in the length.

        Without that last, a long text with one known word would look all about that word.
        """
        unknown = log(1 + len(self.place)) + 1 if self.place else 1.0
        values: list[float] = []
        columns: list[int] = []
        starts = [0]
        for text in texts:
            counts = Counter(word.stem for word in text.words)
            row, length = [], 0.0
            for stem, count in counts.items():
                place = self.place.get(stem)
                value = (1 + log(count)) * (unknown if place is None else float(self.weight[place]))
                length += value * value
                if place is not None:
                    row.append((place, value))
            for place, value in row:
                columns.append(place)
                values.append(value / length**0.5)
            starts.append(len(columns))
        return csr_array(
            (np.array(values), np.array(columns, dtype=np.int64), np.array(starts)), (len(texts), len(self.place))
        )


def likeness(left: csr_array, right: csr_array) -> NDArray[np.float64]:
    """Cosines of the rows of two sets from the same lexicon."""
    return cast(NDArray[np.float64], (left @ right.T).toarray())


def in_common(one: Statement, other: Statement, rare_first: Lexicon) -> list[str]:
    """The words of `one`, as it writes them, whose stems `other` has too; the rarest first."""
    theirs = {word.stem for word in other.words}
    found: dict[str, str] = {}
    for word in one.words:
        if word.stem in theirs:
            found.setdefault(word.stem, word.surface)
    return [found[stem] for stem in sorted(found, key=lambda stem: (-_weight(rare_first, stem), stem))]


def surfaces(texts: Iterable[Statement]) -> dict[str, str]:
    """For each stem the form in which people say it most often (among equals the shortest, then the first)."""
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        for word in text.words:
            spoken = word.surface if word.surface.isupper() and len(word.surface) <= 5 else word.surface.lower()
            forms.setdefault(word.stem, Counter())[spoken] += 1
    return {stem: min(seen, key=lambda form: (-seen[form], len(form), form)) for stem, seen in forms.items()}


def _weight(lexicon: Lexicon, stem: str) -> float:
    place = lexicon.place.get(stem)
    return 0.0 if place is None else float(lexicon.weight[place])
