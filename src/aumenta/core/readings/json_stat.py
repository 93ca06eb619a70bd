"""JSON-stat 2.0, with the flags of each value. Source: json-stat.org/full."""

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

from aumenta.core.readings.json_files import MOST_OBSERVATIONS, part, written
from aumenta.core.readings.keys import Keys, keys_of, observed
from aumenta.core.readings.observation import Observation, Read
from aumenta.core.tables import Finding, TableError


def read_json_stat(content: dict[str, Any], latest_year: int) -> Read:
    """The observations of a dataset in the order of its values. Raises TableError where it is none."""
    if content.get("class") != "dataset":
        raise TableError("no_dataset", kind=str(content.get("class"))[:40])
    names = [str(name) for name in part(content, "id", list, "")]
    sizes = part(content, "size", list, "")
    if len(sizes) != len(names) or not all(type(one) is int and one >= 0 for one in sizes):
        raise TableError("part_missing", part="size")
    if (cells := prod(sizes)) > MOST_OBSERVATIONS:
        raise TableError("too_many_observations", most=MOST_OBSERVATIONS)
    dimensions = part(content, "dimension", dict, "")
    categories = [_categories(dimensions, name, size) for name, size in zip(names, sizes, strict=True)]
    role = content.get("role") if isinstance(content.get("role"), dict) else {}
    keys = keys_of(names, place=_only(role, "geo"), time=_only(role, "time"))
    values = _cells(content, "value", cells)
    flags = _cells(content, "status", cells)
    return [], _observations(keys, categories, values, flags, latest_year)


def _only(role: Any, name: str) -> str:
    found = role.get(name)
    return str(found[0]) if isinstance(found, list) and len(found) == 1 else ""


def _categories(dimensions: Any, name: str, size: int) -> list[str]:
    category = part(part(dimensions, name, dict, "dimension"), "category", dict, f"dimension.{name}")
    index = category.get("index", category.get("label"))
    if isinstance(index, dict):
        places = list(index.values())
        ordered = all(type(place) is int for place in places)
        found = sorted(index, key=index.__getitem__) if ordered else list(index)
    elif isinstance(index, list):
        found = [str(one) for one in index]
    else:
        raise TableError("part_missing", part=f"dimension.{name}.category.index")
    if len(found) != size:
        raise TableError("size_differs", name=name, said=size, found=len(found))
    return found


def _cells(content: dict[str, Any], name: str, cells: int) -> dict[int, Any]:
    """Values or flags by their place: a list, an object of the places that hold something, one flag for all."""
    found = content.get(name)
    if found is None and name == "status":
        return {}
    if isinstance(found, str) and name == "status":
        return dict.fromkeys(range(cells), found)
    if isinstance(found, list):
        if len(found) != cells and not (name == "status" and len(found) == 1):
            raise TableError("size_differs", name=name, said=cells, found=len(found))
        return dict(enumerate(found if len(found) == cells else found * cells))
    if isinstance(found, dict):
        if not all(key.isascii() and key.isdigit() and len(key) < 9 and int(key) < cells for key in found):
            raise TableError("part_missing", part=name)
        return {int(key): one for key, one in found.items()}
    raise TableError("part_missing", part=name)


def _observations(
    keys: Keys, categories: Sequence[list[str]], values: dict[int, Any], flags: dict[int, Any], latest_year: int
) -> Iterator[Observation | Finding]:
    for cell, codes in enumerate(product(*categories)):
        # A cell that holds neither a value nor a flag was never filled: a cube has many.
        if values.get(cell) is None and not flags.get(cell):
            continue
        yield observed(
            cell + 1,
            keys.series(codes),
            codes[keys.place],
            codes[keys.time],
            written(values.get(cell)),
            (written(flags.get(cell)), ""),
            latest_year,
        )
