"""Filters whose counts stay true: how many documents each further choice would leave.

Values chosen in one group widen (any of them), groups narrow each other (all of them). The count beside a value is the
number of documents that have it among those that the question and the *other* groups leave: what a reader gets by
choosing it alone in its group. Sets of documents are the bits of one whole number, so a count costs a microsecond.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

Chosen = Mapping[str, Collection[str]]


class Facets:
    """The values that each document has in each group; immutable once made."""

    def __init__(self, groups: Mapping[str, Sequence[Iterable[str]]], size: int) -> None:
        self._size = size
        self.everything = (1 << size) - 1
        self._bits: dict[str, dict[str, int]] = {}
        for group, documents in groups.items():
            bits: dict[str, int] = {}
            for number, values in enumerate(documents):
                for value in values:
                    bits[value] = bits.get(value, 0) | 1 << number
            self._bits[group] = bits

    def with_groups(self, groups: Mapping[str, Sequence[Iterable[str]]]) -> "Facets":
        """The same facets and some more groups; these stay as they are."""
        more = Facets(groups, self._size)
        more._bits = self._bits | more._bits
        return more

    @staticmethod
    def as_bits(numbers: Iterable[int]) -> int:
        """Documents, by position, as bits."""
        bits = 0
        for number in numbers:
            bits |= 1 << number
        return bits

    def kept(self, chosen: Chosen, within: int | None = None) -> list[int]:
        """The documents, in order of position, that the choices leave of `within` (bits; None: all)."""
        bits = self._left(chosen, within)
        return [number for number in range(bits.bit_length()) if bits >> number & 1]

    def counts(self, chosen: Chosen, within: int | None = None) -> dict[str, dict[str, int]]:
        """For each group, each of its values with the number of documents it has under the other groups' choices."""
        result = {}
        for group, bits in self._bits.items():
            others = {name: values for name, values in chosen.items() if name != group}
            left = self._left(others, within)
            result[group] = {value: (which & left).bit_count() for value, which in bits.items()}
        return result

    def crossed(self, one: str, other: str) -> dict[tuple[str, str], int]:
        """How many documents have a value of the one group and a value of the other; pairs without any are left out."""
        return {
            (first, second): count
            for first, bits in self._bits[one].items()
            for second, others in self._bits[other].items()
            if (count := (bits & others).bit_count())
        }

    def _left(self, chosen: Chosen, within: int | None) -> int:
        bits = self.everything if within is None else within
        for group, values in chosen.items():
            if values:
                any_of = 0
                for value in values:
                    any_of |= self._bits[group].get(value, 0)
                bits &= any_of
        return bits
