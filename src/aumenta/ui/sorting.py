"""Tables that are put in order by links: the address says the order, so it can be shared and works without script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

PARAMETER = "ordina"


@dataclass(frozen=True)
class Ordering:
    """The order a reader asked for: `key` as in the address, and the fields for `.order_by(*ordering.fields)`."""

    key: str
    descending: bool
    fields: tuple[str, ...]


def ordering(request: HttpRequest, allowed: Mapping[str, Sequence[str]], default: str) -> Ordering:
    """The order that `?ordina=` asks for: a key of `allowed`, or «-key» for the other way round.

    `allowed` gives for each key its model fields; what is not among them is answered with `default`, so that nobody
    can sort by a field that is not shown.
    """
    asked = request.GET.get(PARAMETER, default)
    if asked.removeprefix("-") not in allowed:
        asked = default
    key, descending = asked.removeprefix("-"), asked.startswith("-")
    fields = tuple(_turned(name) if descending else name for name in allowed[key])
    return Ordering(key=key, descending=descending, fields=fields)


def _turned(field: str) -> str:
    return field.removeprefix("-") if field.startswith("-") else f"-{field}"
