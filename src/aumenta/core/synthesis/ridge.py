"""Ridge regression of group membership on vectors, with rows that can be left out of any single prediction.

Hoerl and Kennard (1970): w = (XᵀSX + λI)⁻¹ XᵀSY, with S weighing the groups alike. Leaving rows E out of one
prediction does not mean fitting again: Woodbury's identity takes their share off the inverse.
"""

from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

STRENGTH: Final = 3.0
FEW: Final = 0.05
"""Share of a group that may be left out before the weights of the others in it are made anew."""


class Ridge:
    """Linear scores for `groups` groups learnt from `rows` (each of length 1) and the group of each.

    `rows` may hold several views of the same texts, one after the other in the same order; leaving out a text leaves
    out all its views.
    """

    def __init__(self, rows: NDArray[np.float32], group: NDArray[np.int64], groups: int) -> None:
        self._rows = np.hstack([rows.astype(np.float64), np.ones((len(rows), 1))])
        self._group = group
        self._target = np.zeros((len(rows), groups))
        self._target[np.arange(len(rows)), group] = 1
        self._size = np.bincount(group, minlength=groups).astype(np.float64)
        self._scale = float(self._size[group].mean())
        self._weight = self._scale / self._size[group]
        weighed = self._rows * self._weight[:, None]
        self._inverse = np.linalg.inv(weighed.T @ self._rows + STRENGTH * np.eye(self._rows.shape[1]))
        self._with_target = weighed.T @ self._target
        self._alone = weighed.sum(axis=0)
        self._rule = self._inverse @ (self._with_target - np.outer(self._alone, self._target.mean(axis=0)))

    def predict(self, vectors: Floats, left_out: NDArray[np.bool_]) -> Floats:
        """Scores of each vector for each group; `left_out` says for each vector which texts are not to be used.

        A prediction with texts left out is that of a rule learnt without them (with the strength of the whole).
        """
        given = np.hstack([vectors, np.ones((len(vectors), 1))])
        result = given @ self._rule
        views = len(self._rows) // max(left_out.shape[1], 1)
        for row in np.flatnonzero(left_out.any(axis=1)):
            result[row] = self._without(given[row], np.tile(left_out[row], views))
        return result

    def _without(self, given: Floats, out: NDArray[np.bool_]) -> Floats:
        if out.all():
            return np.zeros(self._target.shape[1])
        gone = np.bincount(self._group[out], minlength=len(self._size))
        # The rows that stay in a group that lost some weigh more, so that groups still weigh alike.
        # In a large group one text is little, and doing without it costs as the cube of what is touched.
        thinned = gone > FEW * self._size
        touched = np.flatnonzero(out | thinned[self._group])
        left = np.where(thinned, np.maximum(self._size - gone, 1), self._size)
        change = np.where(out[touched], 0, self._scale / left[self._group[touched]]) - self._weight[touched]
        theirs = self._rows[touched]
        mean = self._target[~out].mean(axis=0)
        weighed = (theirs * change[:, None]).T
        total = self._with_target + weighed @ self._target[touched]
        total -= np.outer(self._alone + weighed.sum(axis=1), mean)
        reduced = theirs @ self._inverse
        inner = np.diag(1 / change) + reduced @ theirs.T
        return cast(Floats, given @ self._inverse @ total - (reduced @ given) @ np.linalg.solve(inner, reduced @ total))
