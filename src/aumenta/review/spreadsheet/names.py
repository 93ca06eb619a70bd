"""Actors and framework items as people write them in a cell: «Regione Piemonte», «PNRR M1C1», «SDG 11»."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from aumenta.core.text import name_key
from aumenta.people.reader import inside_quotes
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Actor, ActorAlias, Alignment, Framework, FrameworkItem, ItemAlias
from aumenta.plan.near_names import NearNames

Row = dict[str, str]
_ROLES: Final = {
    "primary": Alignment.Role.PRIMARY,
    "primario": Alignment.Role.PRIMARY,
    "primaria": Alignment.Role.PRIMARY,
    "principale": Alignment.Role.PRIMARY,
    "possible integration": Alignment.Role.POSSIBLE_INTEGRATION,
    "possible_integration": Alignment.Role.POSSIBLE_INTEGRATION,
    "integrazione": Alignment.Role.POSSIBLE_INTEGRATION,
    "possibile integrazione": Alignment.Role.POSSIBLE_INTEGRATION,
}
_ROLE_BEHIND: Final = re.compile(r"\s*\(([^()]+)\)\s*$")
_BETWEEN: Final = " :-–—/,"
_NEAR: Final = 75
_MOST_NEAR: Final = 3


class WrittenNames:
    """Every name that actors, frameworks and their items have, read when the first unknown wording is met."""

    def rows(self, field: str, rows: Sequence[Row], held: Sequence[Mapping[str, str]]) -> tuple[list[Row], list[str]]:
        """The rows of a list field with the names understood, and a sentence for each that is not.

        A row that stands in the sheet as it is written is left alone.
        """
        if field not in {"actors", "alignments"}:
            return list(rows), []
        understood, problems = [], []
        known = [dict(row) for row in held]
        for row in rows:
            try:
                meant = row if row in known else self._actor(row) if field == "actors" else self._alignment(row, known)
                understood.append(_as_held(field, meant, row, known))
            except RefusedError as refusal:
                problems.append(refusal_sentence(refusal))
        return understood, problems

    @cached_property
    def _near_names(self) -> NearNames:
        return NearNames()

    @cached_property
    def _actors(self) -> dict[str, dict[str, str]]:
        """By the key of each name: the short names it means, with the name in full."""
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for alias in ActorAlias.objects.select_related("actor"):
            found[alias.key][alias.actor.slug] = alias.actor.name_it
        for actor in Actor.objects.all():
            for name in filter(None, (actor.slug, actor.name_it, actor.name_en)):
                found[name_key(name)] = {actor.slug: actor.name_it}
        return dict(found)

    def _actor(self, row: Row) -> Row:
        words, printed = row["actor"] or row["printed"], row["printed"]
        meant = self._actors.get(name_key(words), {})
        if len(meant) > 1:
            raise _several(words, meant.values())
        if meant:
            ((slug, name),) = meant.items()
            same = name_key(words) in {name_key(name), name_key(slug)}
            return {"actor": slug, "printed": printed or ("" if same else words)}
        if not row["actor"]:
            return row  # a new name, said to be one by the empty part before it
        # Whole names alone: by parts of words any two names that begin with «Comune di» would be alike.
        names = [name for meant in self._actors.values() for name in meant.values()]
        nearest = [self._near_names.actor(words), *_near(words, names, scorer=fuzz.token_sort_ratio)]
        near = tuple(dict.fromkeys(filter(None, nearest)))[:_MOST_NEAR]
        raise RefusedError("unknown_actor", words=words[:80], near=near)

    @cached_property
    def _frameworks(self) -> dict[str, tuple[str, str]]:
        """By the key of each name of a framework: its code and its name."""
        return {
            name_key(name): (one.code, one.name_it)
            for one in Framework.objects.order_by("-position")
            for name in filter(None, (one.name_it, one.name_en, one.code.replace("_", " "), one.code))
        }

    @cached_property
    def _items(self) -> dict[str, dict[str, dict[str, str]]]:
        """By the code of a framework and the key of each name of an item: the short names it means, with the name."""
        found: defaultdict[str, defaultdict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for alias in ItemAlias.objects.select_related("item__framework"):
            _framework, _colon, key = alias.key.partition(":")
            found[alias.item.framework.code][key][alias.item.slug] = str(alias.item)
        for item in FrameworkItem.objects.select_related("framework"):
            names = (item.slug, item.code, item.name_it, item.name_en, f"{item.code} {item.name_it}")
            for name in names:
                if name.strip():
                    found[item.framework.code][name_key(name)] = {item.slug: str(item)}
        return {code: dict(items) for code, items in found.items()}

    def _alignment(self, row: Row, held: Sequence[Mapping[str, str]]) -> Row:
        words, role = _without_role(row)
        framework, rest = self._framework(words)
        if not rest:
            raise RefusedError("no_item", words=" | ".join(words)[:80])
        meant = self._item(framework, rest[0]) if framework else self._anywhere(rest[0])
        if len(meant) == 1:
            ((code, slug),) = meant
            role = role or next((one["role"] for one in held if (one["framework"], one["item"]) == (code, slug)), "")
            return {
                "framework": code,
                "item": slug,
                "role": role or Alignment.Role.PRIMARY.value,
                "printed": rest[1] if len(rest) > 1 else rest[0],
            }
        if not meant and framework and not row["item"] and row["printed"] and len(rest) == 1:
            return {
                "framework": framework,
                "item": "",
                "role": role or Alignment.Role.PRIMARY.value,
                "printed": rest[0],
            }
        raise self._not_one(rest[0], framework, meant)

    def _not_one(self, words: str, framework: str, meant: Mapping[tuple[str, str], str]) -> RefusedError:
        if meant:
            return _several(words, [f"{code} {name}" for (code, _slug), name in meant.items()])
        among = self._items if not framework else {framework: self._items.get(framework, {})}
        names = [name for items in among.values() for by in items.values() for name in by.values()]
        return RefusedError("unknown_item", words=words[:80], near=_near(words, names))

    def _framework(self, words: Sequence[str]) -> tuple[str, list[str]]:
        """The framework that the words begin with («» where they name none) and what is left of them."""
        first, rest = words[0], list(words[1:])
        if found := self._frameworks.get(name_key(first)):
            return found[0], rest
        key = name_key(first)
        for name in sorted(self._frameworks, key=len, reverse=True):
            if key.startswith(name) and key[len(name) : len(name) + 1] in tuple(_BETWEEN):
                item = first[len(name) :].lstrip(_BETWEEN) if first.casefold().startswith(name) else key[len(name) :]
                return self._frameworks[name][0], [item.lstrip(_BETWEEN), *rest]
        return "", [first, *rest]

    def _item(self, framework: str, words: str) -> dict[tuple[str, str], str]:
        items = self._items.get(framework, {})
        key = name_key(words)
        # «M1C1 Digitalizzazione»: the code alone says it, whatever words stand behind it.
        meant = items.get(key) or items.get(key.split(" ")[0].rstrip(".:,-")) or {}
        return {(framework, slug): name for slug, name in meant.items()}

    def _anywhere(self, words: str) -> dict[tuple[str, str], str]:
        return {key: name for framework in self._items for key, name in self._item(framework, words).items()}


def _without_role(row: Row) -> tuple[list[str], str]:
    """The parts that are no role, and the role that one of them was."""
    role, words = "", []
    for part in (row["framework"], row["item"], row["role"], row["printed"]):
        text = part
        if (behind := _ROLE_BEHIND.search(text)) and name_key(behind[1]) in _ROLES:
            role, text = _ROLES[name_key(behind[1])].value, text[: behind.start()]
        if name_key(text) in _ROLES:
            role = _ROLES[name_key(text)].value
        elif text.strip():
            words.append(text.strip())
    return words or [""], role


def _as_held(field: str, meant: Row, written: Row, held: Sequence[Row]) -> Row:
    """The row as the sheet has it already where it means the same and says no other wording."""
    keys = ("actor",) if field == "actors" else ("framework", "item", "role")
    if written["printed"] or not meant["actor" if field == "actors" else "item"]:
        return meant
    return next((row for row in held if all(row[key] == meant[key] for key in keys)), meant)


def _several(words: str, names: Iterable[str]) -> RefusedError:
    return RefusedError("several_meant", words=words[:80], several=inside_quotes(list(dict.fromkeys(names))[:6]))


def _near(words: str, names: Sequence[str], scorer: Callable[..., float] = fuzz.WRatio) -> tuple[str, ...]:
    """The names that are written most like the words."""
    found = process.extract(
        words, list(dict.fromkeys(names)), scorer=scorer, processor=name_key, limit=_MOST_NEAR, score_cutoff=_NEAR
    )
    return tuple(name for name, _score, _place in found)
