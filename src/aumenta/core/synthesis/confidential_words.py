"""Words that only hidden statements say: what a name must not have that was made before they were hidden."""

from collections.abc import Iterable

from aumenta.core.synthesis.statements import Statement, read


class ConfidentialWords:
    """What `hidden` statements say that none of the `open_` ones does."""

    def __init__(self, hidden: Iterable[Statement], open_: Iterable[Statement]) -> None:
        self._stems = {word.stem for statement in hidden for word in statement.words}
        if self._stems:
            self._stems -= {word.stem for statement in open_ for word in statement.words}

    def within(self, text: str) -> list[str]:
        """The hidden words of a text, as it writes them."""
        if not self._stems:
            return []
        return list(dict.fromkeys(word.surface for word in read(text).words if word.stem in self._stems))
