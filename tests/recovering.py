"""What a reader can work out of a table of counts in which some cells are left out."""

import numpy as np
from scipy.optimize import linprog

from aumenta.core.indices.suppression import with_totals


def possible(counts: list[list[int]], hidden: frozenset[tuple[int, int]], cell: tuple[int, int]) -> tuple[int, int]:
    """The least and greatest count a cell may hold for a reader who knows all that is shown, and how tables add up."""
    table = np.array(with_totals(counts))
    rows, columns = table.shape
    inner = [(r, c) for r in range(rows - 1) for c in range(columns - 1)]
    place = {one: number for number, one in enumerate(inner)}

    def of(one: tuple[int, int]) -> np.ndarray:  # a total as the sum of the inner cells it covers
        line = np.zeros(len(inner))
        for r, c in inner:
            if one[0] in (r, rows - 1) and one[1] in (c, columns - 1):
                line[place[r, c]] = 1
        return line

    shown = [one for one in np.ndindex(rows, columns) if one not in hidden]
    known = {"A_eq": np.array([of(one) for one in shown]), "b_eq": [table[one] for one in shown]} if shown else {}
    bounds = (0, int(table.sum()) + 10)
    ends = [linprog(sign * of(cell), bounds=bounds, **known).fun for sign in (1, -1)]
    return round(ends[0]), round(-ends[1])
