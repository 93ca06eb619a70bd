"""Short names that stand in addresses, one for each thing."""

from collections.abc import Collection
from itertools import count
from typing import Any

from django.db.models import QuerySet

from aumenta.core.text import slug


def free_slug(
    wording: str, among: QuerySet[Any], *, longest: int, nothing: str = "x", taken: Collection[str] = ()
) -> str:
    """A short name for `wording` that nothing `among` these has and that is not `taken` by an address: where it is
    held already, with a number behind it, from 2 on.

    `longest` counts letters without that number; `nothing` stands for a wording without letters or digits. One query.
    """
    stem = slug(wording, longest=longest, nothing=nothing)
    held = {*among.filter(slug__startswith=stem).values_list("slug", flat=True), *taken}
    return next(name for n in count(1) if (name := stem if n == 1 else f"{stem}-{n}") not in held)
