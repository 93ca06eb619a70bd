"""Finds what a printed name means: the actor or the framework item, through their aliases."""

from collections import defaultdict

from aumenta.core.text import name_key
from aumenta.people.short_names import free_slug
from aumenta.plan.models import Actor, ActorAlias, Framework, FrameworkItem, ItemAlias


def item_key(framework: str, wording: str) -> str:
    """The key under which the wordings of one item of a framework meet."""
    return f"{framework}:{name_key(wording)}"


class Names:
    """All names and aliases of the database, read once; names that nothing knows are added and remembered.

    One wording may mean several things: «PTR e PPR» are two plans, and some draft objectives were split in two.
    `added` lists the names that had no alias, as (framework code or "actor", wording), in the order they came.
    """

    def __init__(self) -> None:
        self.added: list[tuple[str, str]] = []
        self._frameworks = {framework.code: framework for framework in Framework.objects.all()}
        self._actors: defaultdict[str, list[Actor]] = defaultdict(list)
        for alias in ActorAlias.objects.select_related("actor").order_by("pk"):
            self._actors[alias.key].append(alias.actor)
        for actor in Actor.objects.all():
            self._actors[name_key(actor.name_it)] = [actor]
        self._items: defaultdict[str, list[FrameworkItem]] = defaultdict(list)
        for item_alias in ItemAlias.objects.select_related("item").order_by("pk"):
            self._items[item_alias.key].append(item_alias.item)
        for item in FrameworkItem.objects.select_related("framework"):
            for wording in filter(None, (item.name_it, item.code)):
                self._items[item_key(item.framework.code, wording)] = [item]

    def actors(self, printed: str) -> list[Actor]:
        """The actors that `printed` means; one is made if nobody has met the name yet."""
        key = name_key(printed)
        if key not in self._actors:
            short = free_slug(printed, Actor.objects.all(), longest=110)
            self._actors[key] = [Actor.objects.create(slug=short, name_it=printed)]
            self.added.append(("actor", printed))
        return self._actors[key]

    def items(self, framework: str, printed: str) -> list[FrameworkItem]:
        """The items of a framework that `printed` means; one is made if nobody has met the name yet.

        Raises KeyError where there is no such framework.
        """
        key = item_key(framework, printed)
        if key not in self._items:
            owner = self._frameworks[framework]
            item = FrameworkItem.objects.create(
                framework=owner,
                slug=free_slug(printed, owner.items.all(), longest=110),
                name_it=printed,
                position=owner.items.count() + 1,
            )
            self._items[key] = [item]
            self.added.append((framework, printed))
        return self._items[key]
