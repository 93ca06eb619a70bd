"""Loads the frameworks, their items and the aliases that the project ships; what an editor has changed stays."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.db import transaction

from aumenta.core.tables import read_table
from aumenta.core.text import name_key, slug
from aumenta.plan.changed import changed
from aumenta.plan.models import Actor, ActorAlias, Edition, Framework, FrameworkItem, ItemAlias
from aumenta.plan.names import item_key

Alias = TypeVar("Alias", ActorAlias, ItemAlias)

FOLDER = Path(__file__).parent / "data" / "frameworks"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table of ours, every value as text; none where the file is absent."""
    if path.exists():
        table = read_table(path.read_bytes())
        for row in table.rows:
            yield {name: row.cell(place).text for place, name in enumerate(table.header)}


@transaction.atomic
def load_frameworks(*, folder: Path = FOLDER) -> int:
    """Add the frameworks, items, actors and aliases of `folder` that the database lacks; returns how many were added.

    Rows that are there already are left as they are, so that names changed by an editor are not undone.
    """
    before = _count()
    for position, row in enumerate(rows(folder / "frameworks.csv"), start=1):
        framework, _made = Framework.objects.get_or_create(
            code=row["code"],
            defaults={
                "name_it": row["name_it"],
                "name_en": row["name_en"],
                "position": position,
                "brings_funds": row["brings_funds"] == "yes",
                "closed": row.get("closed") == "yes",
            },
        )
        _load_items(framework, folder)
    _load_actors(folder)
    added = _count() - before
    if added:
        # Matrices and gaps show items that no action names yet.
        changed(Edition.objects.all())
    return added


def _count() -> int:
    return sum(model.objects.count() for model in (Framework, FrameworkItem, ItemAlias, Actor, ActorAlias))


def _load_items(framework: Framework, folder: Path) -> None:
    known: dict[str, FrameworkItem] = {}

    def remember(item: FrameworkItem) -> None:
        known.update({name: item for name in (item.slug, item.code, item.name_it) if name})

    for item in framework.items.all():
        remember(item)
    for position, row in enumerate(rows(folder / f"{framework.code}.csv"), start=1):
        if row["slug"] not in known:
            remember(
                FrameworkItem.objects.create(
                    framework=framework,
                    slug=row["slug"],
                    code=row["code"],
                    parent=known[row["parent"]] if row["parent"] else None,
                    name_it=row["name_it"],
                    name_en=row["name_en"],
                    position=position,
                    source=row["source"],
                    since=date.fromisoformat(row["since"]) if row.get("since") else None,
                )
            )
    met = set(ItemAlias.objects.filter(item__framework=framework).values_list("key", flat=True))
    fresh = []
    for row in rows(folder / f"{framework.code}_aliases.csv"):
        key = item_key(framework.code, row["printed"])
        # A key that the database has is the editors' business; a new one may mean several items.
        if key not in met:
            fresh.append(ItemAlias(key=key, printed=row["printed"], item=known[row["code"]]))
    ItemAlias.objects.bulk_create(_once(fresh, lambda alias: (alias.key, alias.item_id)))


def _load_actors(folder: Path) -> None:
    known = {actor.name_it: actor for actor in Actor.objects.all()}
    for row in rows(folder / "actors.csv"):
        if row["name_it"] not in known:
            known[row["name_it"]] = Actor.objects.create(
                slug=slug(row["name_it"]), name_it=row["name_it"], name_en=row["name_en"], kind=row["kind"]
            )
    met = set(ActorAlias.objects.values_list("key", flat=True))
    fresh = [
        ActorAlias(key=name_key(row["printed"]), printed=row["printed"], actor=known[row["name_it"]])
        for row in rows(folder / "actor_aliases.csv")
        if name_key(row["printed"]) not in met
    ]
    ActorAlias.objects.bulk_create(_once(fresh, lambda alias: (alias.key, alias.actor_id)))


def _once(aliases: Iterable[Alias], identity: Callable[[Alias], object]) -> list[Alias]:
    """The first of those that differ only in case, accents or signs."""
    return list({identity(alias): alias for alias in reversed(list(aliases))}.values())[::-1]
