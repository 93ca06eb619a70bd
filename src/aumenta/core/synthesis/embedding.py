"""Statements made ready for grouping: read, encoded, projected on a plan and tied to those like them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from aumenta.core.synthesis.encoders import Encoder, Vectors
from aumenta.core.synthesis.graph import Features, Labels, features, nearest_graph
from aumenta.core.synthesis.policy.domains import DOMAINS
from aumenta.core.synthesis.scaling import softmax, standard, unit
from aumenta.core.synthesis.statements import Oddity, Statement, read_all
from aumenta.core.synthesis.suggest import PlanIndex, Reference, Scores
from aumenta.core.synthesis.vectors import Cache, vectors_of

PROJECTION_TEMPERATURE: Final = 0.8


@dataclass
class EmbeddedStatements:
    """Statements made ready for grouping: different readable ones, how often each came, and their graph."""

    statements: list[Statement]
    places: list[int]
    """Where the different readable texts are among `statements`, in order of arrival."""
    same: dict[int, int]
    """Every readable statement → the position, among `places`, of the text it is equal to."""
    vectors: Vectors
    """Own vectors of the different texts, mean taken away."""
    scores: Scores
    features: Features
    graph: csr_array
    plan: PlanIndex | None
    base: PlanIndex
    """What the texts are projected on: the plan, or the fields of public policy where there is none."""
    times: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.times = np.bincount(list(self.same.values()), minlength=len(self.places))

    def says_nothing(self, place: int) -> bool:
        """Whether the statement at `place` is an answer without content."""
        return Oddity.NO_CONTENT in self.statements[place].oddities


def embed_statements(
    sources: Sequence[str],
    encoder: Encoder,
    cache: Cache | None = None,
    plan: PlanIndex | None = None,
    *,
    taken_back: Collection[int] = (),
) -> EmbeddedStatements:
    """Read, encode, project on the plan (on the fields of public policy where there is none) and tie together."""
    statements = read_all(sources, taken_back=taken_back)
    first: dict[str, int] = {}
    places: list[int] = []
    same: dict[int, int] = {}
    for place, statement in enumerate(statements):
        if statement.readable:
            key = " ".join(statement.text.casefold().split())
            if key not in first:
                first[key] = len(places)
                places.append(place)
            same[place] = first[key]
    different = [statements[place] for place in places]
    vectors = vectors_of([statement.text for statement in different], "contribution", encoder, cache)
    base = plan or PlanIndex([Reference(key, key, text) for key, text in DOMAINS], encoder, cache)
    scores = base.scores(different, vectors=vectors) if len(vectors) else base.scores(different)
    own = unit(vectors - vectors.mean(axis=0)) if len(vectors) else vectors
    shares = softmax(standard(scores.total), PROJECTION_TEMPERATURE) if len(own) else np.zeros((0, 1))
    given = features(own, shares) if len(own) else Features(np.zeros((0, 1), dtype=np.float32), 0.0)
    return EmbeddedStatements(statements, places, same, own, scores, given, nearest_graph(given), plan, base)


def projected(scores: Scores) -> NDArray[np.float64]:
    """Roots of the shares of the plan, so that the product of two rows says how much they share."""
    return cast(NDArray[np.float64], np.sqrt(softmax(standard(scores.total), PROJECTION_TEMPERATURE)))


def centres_of(embedded: EmbeddedStatements, labels: Labels) -> list[NDArray[np.float64]]:
    """The mean vector of each theme, the mean of all taken away."""
    rows = embedded.features.rows.astype(np.float64)
    rows = rows - rows.mean(axis=0)
    return [
        rows[labels == label].mean(axis=0) if (labels == label).any() else np.zeros(rows.shape[1])
        for label in range(int(labels.max(initial=-1)) + 1)
    ]
