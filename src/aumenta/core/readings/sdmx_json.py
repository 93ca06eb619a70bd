"""SDMX-JSON 1.0, by series or flat. Source: the specification of the SDMX technical working group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from aumenta.core.readings.json_files import MOST_OBSERVATIONS, part, written
from aumenta.core.readings.keys import CONFIDENTIAL, STATUSES, Keys, keys_of, observed
from aumenta.core.readings.observation import Observation, Read
from aumenta.core.tables import Finding, TableError

LEVELS: Final = ("dataSet", "series", "observation")


@dataclass(frozen=True)
class _Structure:
    """The dimensions of each level with their codes, and the attributes of observations and series."""

    dimensions: dict[str, list[tuple[str, list[str]]]]
    attributes: dict[str, list[tuple[str, list[str]]]]


def read_sdmx_json(content: dict[str, Any], latest_year: int) -> Read:
    """The observations, in the order of the file. Raises TableError where it is no message of data."""
    message = content["data"] if isinstance(content.get("data"), dict) else content
    told = message.get("structure")
    if told is None and isinstance(message.get("structures"), list) and message["structures"]:
        told = message["structures"][0]
    if not isinstance(told, dict):
        raise TableError("part_missing", part="structure")
    structure = _Structure(_components(told, "dimensions"), _components(told, "attributes"))
    names = [name for level in LEVELS for name, _codes in structure.dimensions[level]]
    sets = part(message, "dataSets", list, "")
    return [], _observations(sets, structure, keys_of(names), latest_year)


def _components(told: dict[str, Any], kind: str) -> dict[str, list[tuple[str, list[str]]]]:
    given = told.get(kind) if isinstance(told.get(kind), dict) else {}
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for level in LEVELS:
        of_level = given.get(level, []) if isinstance(given, dict) else []
        if not isinstance(of_level, list):
            raise TableError("part_missing", part=f"structure.{kind}.{level}")
        found[level] = [(str(part(one, "id", str, f"structure.{kind}")), _codes(one)) for one in of_level]
    return found


def _codes(component: Any) -> list[str]:
    values = component.get("values", [])
    if not isinstance(values, list):
        raise TableError("part_missing", part=f"{component.get('id')}.values")
    return [
        str(one.get("id", one.get("value", one.get("name", "")))) if isinstance(one, dict) else "" for one in values
    ]


def _observations(
    sets: list[Any], structure: _Structure, keys: Keys, latest_year: int
) -> Iterator[Observation | Finding]:
    row = 0
    fixed = [codes[0] if codes else "" for _name, codes in structure.dimensions["dataSet"]]
    for one in sets:
        series = one.get("series") if isinstance(one, dict) else None
        groups: list[tuple[str, Any]] = list(series.items()) if isinstance(series, dict) else [("", one)]
        for key, group in groups:
            of_series = fixed + _decoded(key, structure.dimensions["series"] if key else [], "series")
            over = _said(group, structure.attributes["series"])
            for place, cells in part(group, "observations", dict, "series").items():
                row += 1
                if row > MOST_OBSERVATIONS:
                    raise TableError("too_many_observations", most=MOST_OBSERVATIONS)
                codes = of_series + _decoded(place, structure.dimensions["observation"], "observations")
                if len(codes) != len(keys.names):
                    raise TableError("key_unknown", shown=f"{key} {place}".strip()[:40])
                yield _observation(row, codes, cells, keys, over | _of_cells(cells, structure), latest_year)


def _decoded(key: str, dimensions: list[tuple[str, list[str]]], where: str) -> list[str]:
    places = key.split(":") if dimensions else []
    if len(places) != len(dimensions):
        raise TableError("key_unknown", shown=f"{where} {key}"[:40])
    return [_at(codes, place, key) for place, (_name, codes) in zip(places, dimensions, strict=True)]


def _at(codes: list[str], place: str, key: str) -> str:
    if not (place.isascii() and place.isdigit() and len(place) < 9 and int(place) < len(codes)):
        raise TableError("key_unknown", shown=key[:40])
    return codes[int(place)]


def _said(group: Any, attributes: list[tuple[str, list[str]]]) -> dict[str, str]:
    given = group.get("attributes", []) if isinstance(group, dict) else []
    return _named(given if isinstance(given, list) else [], attributes)


def _of_cells(cells: Any, structure: _Structure) -> dict[str, str]:
    return _named(cells[1:] if isinstance(cells, list) else [], structure.attributes["observation"])


def _named(places: list[Any], attributes: list[tuple[str, list[str]]]) -> dict[str, str]:
    return {
        name.upper(): codes[place]
        for place, (name, codes) in zip(places, attributes, strict=False)
        if type(place) is int and 0 <= place < len(codes)
    }


def _observation(
    row: int, codes: list[str], cells: Any, keys: Keys, said: Mapping[str, str], latest_year: int
) -> Observation | Finding:
    flag = next((said[one] for one in STATUSES if one in said), "")
    secret = next((said[one] for one in CONFIDENTIAL if one in said), "")
    value = written(cells[0] if isinstance(cells, list) and cells else None)
    return observed(row, keys.series(codes), codes[keys.place], codes[keys.time], value, (flag, secret), latest_year)
