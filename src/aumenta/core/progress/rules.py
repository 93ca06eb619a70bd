"""The rules by name and version, and the status of several series together."""

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from aumenta.core.progress import others, statcan
from aumenta.core.progress.series import NOT_AVAILABLE, Assessment, Series


class Rule(NamedTuple):
    """A rule: what to call, and every status it can give, best first."""

    assess: Callable[[Series], Assessment]
    statuses: tuple[str, ...]


RULES: Final[dict[str, Rule]] = {
    "statcan-2025": Rule(statcan.assess, statcan.STATUSES),
    "istat-2019": Rule(others.istat, others.ISTAT_STATUSES),
    "eurostat-target": Rule(others.eurostat, others.EUROSTAT_STATUSES),
    "eustat-unsd": Rule(others.eustat, others.EUSTAT_STATUSES),
    "destatis-weather": Rule(others.weather, others.WEATHER_STATUSES),
}
DEFAULT: Final = "statcan-2025"
# A variant of a thing («… - A», «… (LTE)») belongs to it: the published scores of 9-c-1 come out so and not otherwise.
LEVELS: Final = re.compile(r" / | - | \(")


def of_group(rule: str, assessments: Mapping[str, Assessment]) -> tuple[float | None, str]:
    """Score and status of an indicator of several series, named by path («indicator / group / series (variant)»).

    With the default rule: the mean of the scores, those of a nested group averaged first; achieved only where every
    series is. With a rule that gives no scores: the worst status that any series has, and no score.
    """
    known = {name: one for name, one in assessments.items() if one.status != NOT_AVAILABLE}
    if not known:
        return None, NOT_AVAILABLE
    if all(one.score is not None for one in known.values()):
        score = _mean({tuple(LEVELS.split(name)): one.score or 0.0 for name, one in known.items()})
        achieved = all(one.status == "target_achieved" for one in assessments.values())
        return score, "target_achieved" if achieved else statcan.of_scores(score)
    order = RULES[rule].statuses
    return None, max((one.status for one in known.values()), key=order.index)


def _mean(scores: Mapping[tuple[str, ...], float]) -> float:
    """The mean over the branches of a tree, each branch the mean of its own."""
    leaves = [score for path, score in scores.items() if not path]
    branches: dict[str, dict[tuple[str, ...], float]] = {}
    for path, score in scores.items():
        if path:
            branches.setdefault(path[0], {})[path[1:]] = score
    means = leaves + [_mean(branch) for branch in branches.values()]
    return sum(means) / len(means)
