"""The five rules as they are kept with a status: version, thresholds; and which of them speaks first."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple


class RuleFacts(NamedTuple):
    """The version of a rule as it is worked out here, and its thresholds."""

    version: str
    thresholds: Mapping[str, Any]


RULE_FACTS: Final[dict[str, RuleFacts]] = {
    "statcan-2025": RuleFacts(
        "2025",
        {"without_target": [0.015, 0.005, 0], "with_target": [0.95, 0.6, 0], "limit_power": 4.44, "zero_counts": 0.001},
    ),
    "istat-2019": RuleFacts("2019", {"yearly_growth": [0.05, 0.01, -0.01, -0.05]}),
    "eurostat-target": RuleFacts("2021", {"share_of_needed_growth": [0.95, 0.6, 0]}),
    "eustat-unsd": RuleFacts("2023", {"share_of_distance": [0.95, 0.1]}),
    "destatis-weather": RuleFacts("2021", {"miss": [0.05, 0.2], "years": 5, "points": 4}),
}
BLOCKING_MARKS: Final = {"b": "break_in_series", "d": "definition_changed"}
"""Flags after the base that forbid comparing with it."""
