"""Names that look like another one: «Comune di Ivera», where the list has «Comune di Ivrea».

rapidfuzz's ratio of the two keys, from 0 to 100: an exchange of two letters in fifteen gives 93, another word less
than 80. It only asks; two municipalities may well differ by one letter.
"""

from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from aumenta.core.text import name_key
from aumenta.plan.models import Actor, ActorAlias, FrameworkItem, ItemAlias
from aumenta.plan.names import item_key
from aumenta.territory.models import Municipality

NEAR: Final = 84


class NearNames:
    """The names of actors and items, read when the first is asked for; the nearest to a wording that has none."""

    @cached_property
    def _actors(self) -> dict[str, str]:
        # Whether it is an actor already or not: who writes of a municipality means one of those there are.
        towns = (f"Comune di {name}" for name in Municipality.objects.values_list("name", flat=True))
        found = {name_key(name): name for name in towns} | dict(ActorAlias.objects.values_list("key", "actor__name_it"))
        return found | {name_key(name): name for name in Actor.objects.values_list("name_it", flat=True)}

    @cached_property
    def _items(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for alias in ItemAlias.objects.select_related("item__framework"):
            code = alias.item.framework.code
            found.setdefault(code, {})[alias.key.removeprefix(f"{code}:")] = str(alias.item)
        for item in FrameworkItem.objects.select_related("framework"):
            for wording in filter(None, (item.name_it, item.name_en, str(item))):
                found.setdefault(item.framework.code, {})[name_key(wording)] = str(item)
        return found

    def actor(self, wording: str) -> str:
        """The actor whose name is nearest to `wording`; "" where none is near, or it is one's name already."""
        return _nearest(wording, self._actors)

    def item(self, framework: str, wording: str) -> str:
        """The item of a framework whose name is nearest to `wording`; "" as for `actor`."""
        return _nearest(wording, self._items.get(framework, {}))


def means_items(rows: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of pairs of framework and wording those that mean items of that framework, by name, code or other wording."""
    keys = {item_key(framework, wording): (framework, wording) for framework, wording in rows}
    met = set(ItemAlias.objects.filter(key__in=keys).values_list("key", flat=True))
    for item in FrameworkItem.objects.filter(framework__code__in={code for code, _words in rows}).select_related(
        "framework"
    ):
        code = item.framework.code
        met |= {item_key(code, wording) for wording in (item.name_it, item.code, str(item)) if wording}
    return {pair for key, pair in keys.items() if key in met}


def _nearest(wording: str, names: dict[str, str]) -> str:
    key = name_key(wording)
    if not key or key in names:
        return ""
    found = process.extractOne(key, names.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return names[found[0]] if found else ""
