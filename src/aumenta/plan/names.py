"""Finds what a printed name means: the actor or the framework item, through their aliases."""

from aumenta.core.text import name_key, slug
from aumenta.plan.models import Actor, ActorAlias, Framework, FrameworkItem, ItemAlias


def item_key(framework: str, wording: str) -> str:
    """The key under which the wordings of one item of a framework meet."""
    return f"{framework}:{name_key(wording)}"


class Names:
    """All names and aliases of the database, read once; names that nothing knows are added and remembered.

    `added` lists the names that had no alias, as (framework code or "actor", wording), in the order they came.
    """

    def __init__(self) -> None:
        self.added: list[tuple[str, str]] = []
        self._frameworks = {framework.code: framework for framework in Framework.objects.all()}
        self._actors = {name_key(actor.name_it): actor for actor in Actor.objects.all()}
        self._actors |= {alias.key: alias.actor for alias in ActorAlias.objects.select_related("actor")}
        self._items = {}
        for item in FrameworkItem.objects.select_related("framework"):
            for wording in filter(None, (item.name_it, item.code)):
                self._items[item_key(item.framework.code, wording)] = item
        self._items |= {alias.key: alias.item for alias in ItemAlias.objects.select_related("item")}

    def actor(self, printed: str) -> Actor:
        """The actor that `printed` means, made if nobody has met it yet."""
        key = name_key(printed)
        if key not in self._actors:
            taken = Actor.objects.filter(slug__startswith=slug(printed, longest=110)).count()
            short = slug(printed, longest=110) + (f"-{taken + 1}" if taken else "")
            self._actors[key] = Actor.objects.create(slug=short, name_it=printed)
            self.added.append(("actor", printed))
        return self._actors[key]

    def item(self, framework: str, printed: str) -> FrameworkItem:
        """The item of a framework that `printed` means, made if nobody has met it yet.

        Raises KeyError where there is no such framework.
        """
        key = item_key(framework, printed)
        if key not in self._items:
            owner = self._frameworks[framework]
            taken = owner.items.filter(slug__startswith=slug(printed, longest=110)).count()
            short = slug(printed, longest=110) + (f"-{taken + 1}" if taken else "")
            self._items[key] = FrameworkItem.objects.create(
                framework=owner, slug=short, name_it=printed, position=owner.items.count() + 1
            )
            self.added.append((framework, printed))
        return self._items[key]
