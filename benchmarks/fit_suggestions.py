"""The weights of the readings of a suggestion, fitted on other plans: `python -m benchmarks.fit_suggestions`.

A conditional logit (McFadden 1974): the chance that a strategy is right is proportional to exp(weights · readings), and
the weights are those under which the right answers of the fifteen sets of `other_sets` are likeliest, sets weighing
alike but for the root of how many their family has. The criticità and our own statements are in no fit.

Printed: for each family what weights fitted on the other four find in it, against equal weights and against the
weights that the program has; then the weights of all five, and what they find in the statements they never saw.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aumenta.core.synthesis.encoders import open_encoder
from aumenta.core.synthesis.statements import read_all
from aumenta.core.synthesis.suggest import WEIGHTS, PlanIndex
from aumenta.core.synthesis.vectors import vectors_of
from benchmarks.bench_synthesis import DATA, Stage
from benchmarks.machine import machine
from benchmarks.other_sets import Questions, bundled_edition, other_sets, own_statements

Floats = NDArray[np.float64]
PENALTY = 0.02
"""On the square of the weights: against the set that would want one of them alone."""


class Readings(NamedTuple):
    """A set, read: statements × strategies × readings, which are right, and which have no text left."""

    name: str
    family: str
    values: Floats
    right: NDArray[np.bool_]
    unknown: NDArray[np.bool_]


def read(one: Questions, stage: Stage) -> Readings:
    """What the four readings say of each statement of a set."""
    plan = PlanIndex(one.references, open_encoder().encoder, stage.cache)
    statements = read_all(one.texts)
    kept = [number for number, statement in enumerate(statements) if statement.readable]
    some = [statements[number] for number in kept]
    excluded = one.left_out or [set() for _text in one.texts]
    left_out = np.array([[code in excluded[number] for code in plan.codes] for number in kept])
    spoken = vectors_of([statement.text for statement in some], "contribution", plan.encoder, stage.cache)
    readings, _near = plan.readings(some, spoken, left_out)
    own = [plan.group_of_code == group for group in range(len(plan.groups))]
    return Readings(
        one.name,
        one.family,
        np.stack(readings, axis=2),
        np.array([[group in one.right[number] for group in plan.groups] for number in kept]),
        np.column_stack([left_out[:, codes].all(axis=1) for codes in own]),
    )


def likelihood(one: Readings, weights: Floats) -> tuple[float, Floats]:
    """Mean logarithm of the chance given to the right strategies, and its slope."""
    some = one.right.any(axis=1)
    total = np.where(one.unknown, -50.0, one.values @ weights)[some]
    chance = np.exp(total - total.max(axis=1, keepdims=True))
    chance /= chance.sum(axis=1, keepdims=True)
    right = (chance * one.right[some]).sum(axis=1, keepdims=True) + 1e-12
    pull = chance * one.right[some] / right - chance
    return float(np.log(right).mean()), (pull[:, :, None] * one.values[some]).sum(axis=(0, 1)) / some.sum()


def fit(sets: Sequence[Readings]) -> Floats:
    """The weights under which the right answers of these sets are likeliest."""
    size = Counter(one.family for one in sets)

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for one in sets:
            likely, pull = likelihood(one, weights)
            share = size[one.family] ** -0.5
            value, slope = value - share * likely, slope - share * pull
        return value, slope

    return np.asarray(minimize(loss, np.full(len(WEIGHTS), 0.3), jac=True, method="L-BFGS-B").x)


def found(one: Readings, weights: Floats) -> tuple[float, float]:
    """Share of statements whose first strategy is right, and of those with a right one among three."""
    total = np.where(one.unknown, -50.0, one.values @ weights)
    order = np.argsort(-total, axis=1, kind="stable")
    hits = np.take_along_axis(one.right, order, axis=1)
    return float(hits[:, 0].mean()), float(hits[:, :3].any(axis=1).mean())


def line(name: str, sets: Sequence[Readings], weights: Floats) -> str:
    """A line of the report: means over the sets."""
    first, three = np.mean([found(one, weights) for one in sets], axis=0)
    likely = np.mean([likelihood(one, weights)[0] for one in sets])
    return f"  {name:34} {first:.3f} {three:.3f}   {likely:.3f}"


def main() -> int:
    """Fit and print; 0 also where the shared data is absent, with a line that says so."""
    if not DATA.is_dir():
        print(f"Nothing measured: the shared data ({DATA.name}) is not beside the repository.")
        return 0
    print(machine())
    stage = Stage()
    sets = [read(one, stage) for one in other_sets(stage.strategies, stage.actions)]
    used = np.array(list(WEIGHTS.values()))
    print("  each family by weights of the others  first three  log chance")
    for family in dict.fromkeys(one.family for one in sets):
        inside = [one for one in sets if one.family == family]
        weights = fit([one for one in sets if one.family != family])
        print(line(f"{family}, fitted without it", inside, weights), np.round(weights, 2))
        print(line("  equal weights", inside, np.full(len(WEIGHTS), 0.4)))
        print(line("  as in the program", inside, used))
    weights = fit(sets)
    print("  weights of all:", dict(zip(WEIGHTS, np.round(weights, 2).tolist(), strict=True)))
    print("  in the program:", WEIGHTS)
    print("  statements in no fit                  first three  log chance")
    texts = [row["text"] for row in stage.criticita]
    right = [set(row["strategies_ok"].split("|")) for row in stage.strategies_of]
    unseen = [
        Questions("criticità", [*stage.strategies, *stage.actions], texts, right, None),
        Questions("criticità / short", bundled_edition(), texts, right, None),
        *own_statements(stage.strategies, stage.actions),
    ]
    for one in unseen:
        print(line(one.name, [read(one, stage)], weights))
    return 0


if __name__ == "__main__":
    sys.exit(main())
