"""What differs between two lists: entries that stayed, moved, were reworded, removed or added."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from aumenta.core.diff.words import Span, diff_words, numbering, share, words_of

ListKind = Literal["same", "moved", "changed", "removed", "added"]


class ListChange(NamedTuple):
    """One entry of either list: positions count from 0 and are None where the entry is absent."""

    kind: ListKind
    old: str | None
    new: str | None
    old_position: int | None
    new_position: int | None

    @property
    def spans(self) -> list[Span]:
        """The entry word by word."""
        return diff_words(self.old or "", self.new or "")


def diff_lists(old: Sequence[str], new: Sequence[str], *, alike: float = 0.6) -> list[ListChange]:
    """Every entry of both lists, in the order of the new one, removed entries where they stood.

    Lossless: the changes with an `old_position`, in its order, give `old`; likewise `new`. Entries found in both lists
    are «same», or «moved» where others overtook them; of what is left, pairs whose `similarity` is at least `alike`
    are «changed» (best pairs first). Costs one comparison for each pair of leftovers.
    """
    numbers = numbering()
    a, b = [numbers[entry] for entry in old], [numbers[entry] for entry in new]
    pairs: dict[int, tuple[int, ListKind]] = {}  # old position → new position, how
    for op in LCSseq.opcodes(a, b):
        if op.tag == "equal":
            steps = zip(range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True)
            pairs.update({i: (j, "same") for i, j in steps})
    left = [i for i in range(len(old)) if i not in pairs]
    taken = {j for j, _ in pairs.values()}
    right = [j for j in range(len(new)) if j not in taken]
    for i in list(left):
        twin = next((j for j in right if new[j] == old[i]), None)
        if twin is not None:
            pairs[i] = (twin, "moved")
            left.remove(i)
            right.remove(twin)
    words = words_of([*(old[i] for i in left), *(new[j] for j in right)])
    mine, theirs = dict(zip(left, words, strict=False)), dict(zip(right, words[len(left) :], strict=True))
    likeness = {(i, j): share(mine[i], theirs[j], at_least=alike) for i in left for j in right}
    alike_first = sorted((-worth, abs(i - j), i, j) for (i, j), worth in likeness.items() if worth >= alike)
    for _worth, _distance, i, j in alike_first:
        if i in left and j in right:
            pairs[i] = (j, "changed")
            left.remove(i)
            right.remove(j)
    return _in_reading_order(old, new, pairs)


def _in_reading_order(
    old: Sequence[str], new: Sequence[str], pairs: dict[int, tuple[int, ListKind]]
) -> list[ListChange]:
    back = {j: (i, kind) for i, (j, kind) in pairs.items()}
    removed = [i for i in range(len(old)) if i not in pairs]
    changes: list[ListChange] = []
    for j, text in enumerate(new):
        found: tuple[int | None, ListKind] = back.get(j, (None, "added"))
        i, kind = found
        if i is not None and kind == "same":
            while removed and removed[0] < i:
                gone = removed.pop(0)
                changes.append(ListChange("removed", old[gone], None, gone, None))
        changes.append(ListChange(kind, None if i is None else old[i], text, i, j))
    changes.extend(ListChange("removed", old[i], None, i, None) for i in removed)
    return changes
