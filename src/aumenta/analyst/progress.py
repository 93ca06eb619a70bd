"""`aumenta progress FILE [--rule NAME] [--json]`: how far indicators have come, by a named rule.

FILE is YAML or JSON: for each indicator its series by name, each with `direction` (1 or -1), `base_year`, `base_value`,
`current_year`, `current_value` and, where there are any, `target`, `target_year`, `limit` and `points` (value by year).
The JSON has for each indicator its series (`progress_value`, `score`, `status`, and `reason` where not available),
`score` and `progress_status`.
"""

import argparse
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from aumenta.analyst.frame import InputError, about, answer, json_option
from aumenta.analyst.language import _
from aumenta.core.progress.rules import DEFAULT, RULES, of_group
from aumenta.core.progress.series import Assessment, Series
from aumenta.core.progress.words import STATUS_NAMES
from aumenta.core.words_of_libraries import in_the_readers_words

HELP = _("Say how far indicators have come, by one of five named rules.")
MAX_BYTES: Final = 20_000_000
NUMBERS: Final = ("base_year", "base_value", "current_year", "current_value", "target", "target_year", "limit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, the rule, and how to answer."""
    parser.add_argument("file", type=Path, help=_("YAML or JSON: the series of each indicator"))
    parser.add_argument("--rule", choices=sorted(RULES), default=DEFAULT, help=_("the rule and its version"))
    json_option(parser)


def run(options: argparse.Namespace) -> None:
    """Measure and print."""
    with about(options.file):
        indicators = read(options.file)
    answer(measure(indicators, options.rule), options, _in_words)


def _in_words(result: Mapping[str, Mapping[str, Any]]) -> str:
    lines = []
    for name, indicator in result.items():
        score = "" if indicator["score"] is None else f" ({indicator['score']:.3f})"
        lines.append(f"{name}: {_(STATUS_NAMES[indicator['progress_status']])}{score}")
    return "\n".join(lines)


def read(path: Path) -> dict[str, dict[str, Series]]:
    """The series of a file by indicator. Raises InputError, or OSError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(_("the file is larger than 20 MB"))
        text = path.read_text(encoding="utf-8-sig")
        # JSON first: it is much quicker, and YAML would take a tab in it for an error.
        content = json.loads(text) if text.lstrip().startswith("{") else yaml.load(text, _Once)  # noqa: S506 - a safe loader
    except (UnicodeDecodeError, RecursionError):
        raise InputError(_("the file is not UTF-8 text")) from None
    except (yaml.YAMLError, ValueError) as problem:
        detail = in_the_readers_words(str(problem), _)
        raise InputError(_("this is neither YAML nor JSON: {detail}").format(detail=detail)) from None
    if not isinstance(content, Mapping) or not content:
        raise InputError(_("there are no indicators in the file"))
    return {str(name): _series_of(str(name), value) for name, value in content.items()}


class _Once(yaml.SafeLoader):
    """YAML without aliases (ten lines of them can unfold into gigabytes) and without a key written twice."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError(_("references to other parts of the file are not read"))
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen:
                raise yaml.YAMLError(_("“{key}” is there twice").format(key=key.value))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _series_of(indicator: str, content: Any) -> dict[str, Series]:
    if not isinstance(content, Mapping):
        raise InputError(_("“{name}” holds no series").format(name=indicator))
    # What a file says of an indicator as a whole (an earlier score) is not a series.
    return {
        str(name): _read_series(str(name), fields) for name, fields in content.items() if isinstance(fields, Mapping)
    }


def _read_series(name: str, fields: Mapping[str, Any]) -> Series:
    direction = fields.get("direction")
    if isinstance(direction, bool) or direction not in (1, -1):
        raise InputError(
            _("“{name}”: direction must be 1 (more is better) or -1 (less is), not {value}").format(
                name=name, value=direction
            )
        )
    numbers = {key: _number(name, key, fields.get(key)) for key in NUMBERS}
    points = fields.get("points") or {}
    if not isinstance(points, Mapping):
        raise InputError(_("“{name}”: points must be values by year").format(name=name))
    course = {}
    for year, value in points.items():
        if not str(year).isdigit():
            raise InputError(_("“{name}”: {value} is not a year").format(name=name, value=year))
        if (number := _number(name, str(year), value)) is not None:
            course[int(year)] = number
    return Series(direction=int(direction), points=course, **numbers)


def _number(name: str, key: str, value: Any) -> float | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 1e300:
        raise InputError(_("“{name}”: {key} is not a number: {value}").format(name=name, key=key, value=value))
    return float(value)


def measure(indicators: Mapping[str, Mapping[str, Series]], rule: str) -> dict[str, dict[str, Any]]:
    """Every series and every indicator by a rule, as the JSON shows them."""
    result: dict[str, dict[str, Any]] = {}
    for name, series in indicators.items():
        assessed = {key: RULES[rule].assess(one) for key, one in series.items()}
        score, status = of_group(rule, assessed)
        result[name] = {key: _shown(one) for key, one in assessed.items()} | {
            "score": score,
            "progress_status": status,
        }
    return result


def _shown(one: Assessment) -> dict[str, Any]:
    shown: dict[str, Any] = {"progress_value": one.value, "score": one.score, "status": one.status}
    return shown | ({"reason": one.reason.value} if one.reason else {})
