"""Other wordings of actors and framework items: which names mean one thing. Each change goes into the activity log."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.text import name_key
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import changes_names
from aumenta.plan.activity import NAME_ADDED, NAME_CHANGED, NAME_DROPPED
from aumenta.plan.changed import changed
from aumenta.plan.models import Actor, ActorAlias, Edition, FrameworkItem, ItemAlias
from aumenta.plan.names import item_key

Alias = ActorAlias | ItemAlias
Meant = Actor | FrameworkItem


@transaction.atomic
def add_alias(*, person: User, printed: str, meant: Meant, besides: bool = False) -> Alias:
    """Say that `printed` means `meant`, from the next document or sheet on; sheets that exist keep their ties.

    A wording that means something else already gets a second meaning only where `besides` says that this is meant.
    Raises NotAllowedError; RefusedError «no_wording», «wording_too_long», «alias_taken» where it means that already,
    or «alias_means_other».
    """
    check_permission(changes_names(person), "names")
    printed = " ".join(printed.split())
    if not any(map(str.isalnum, printed)):
        raise RefusedError("no_wording")
    if len(printed) > (most := ActorAlias._meta.get_field("printed").max_length or 0):
        raise RefusedError("wording_too_long", length=len(printed), most=most)
    others = [other for other in meanings_of(printed, meant) if other != meant]
    if others and not besides:
        raise RefusedError("alias_means_other", printed=printed, other=", ".join(map(str, others)), meant=str(meant))
    alias: Alias
    if isinstance(meant, Actor):
        alias, made = ActorAlias.objects.get_or_create(
            key=name_key(printed), actor=meant, defaults={"printed": printed}
        )
    else:
        key = item_key(meant.framework.code, printed)
        alias, made = ItemAlias.objects.get_or_create(key=key, item=meant, defaults={"printed": printed})
    if not made:
        raise RefusedError("alias_taken", printed=printed, meant=str(meant))
    log(code=NAME_ADDED, person=person, about=alias)
    return alias


@transaction.atomic
def change_alias(*, person: User, alias: Alias, meant: Meant) -> Alias:
    """Say that a wording means something else than it did. Raises as `add_alias`."""
    check_permission(changes_names(person), "names")
    printed = alias.printed
    drop_alias(person=person, alias=alias)
    return add_alias(person=person, printed=printed, meant=meant, besides=True)


def meanings_of(printed: str, kind: Meant) -> list[Meant]:
    """What a wording means now, among actors or among the items of the framework of `kind`."""
    if isinstance(kind, Actor):
        key = name_key(printed)
        found: list[Meant] = [alias.actor for alias in ActorAlias.objects.filter(key=key).select_related("actor")]
        return found or [actor for actor in Actor.objects.all() if name_key(actor.name_it) == key]
    key = item_key(kind.framework.code, printed)
    held: list[Meant] = [alias.item for alias in ItemAlias.objects.filter(key=key).select_related("item__framework")]
    return held or [
        item
        for item in FrameworkItem.objects.filter(framework=kind.framework).select_related("framework")
        if key in {item_key(kind.framework.code, words) for words in (item.name_it, item.code) if words}
    ]


@transaction.atomic
def rename_meant(*, person: User, meant: Meant, name_it: str, name_en: str = "") -> Meant:
    """Give an actor or an item another name, everywhere at once; the name it had becomes another wording of it.

    Raises NotAllowedError; RefusedError «name_required», «name_too_long», or «name_is_another» where something else
    has the name: the two are to be merged then.
    """
    check_permission(changes_names(person), "names")
    name_it, name_en = " ".join(name_it.split()), " ".join(name_en.split())
    if not name_key(name_it):
        raise RefusedError("name_required")
    most = type(meant)._meta.get_field("name_it").max_length or 0
    if (longest := max(len(name_it), len(name_en))) > most:
        raise RefusedError("name_too_long", length=longest, most=most)
    if others := [other for other in meanings_of(name_it, meant) if other != meant]:
        raise RefusedError("name_is_another", printed=name_it, other=", ".join(map(str, others)))
    before = meant.name_it
    meant.name_it, meant.name_en = name_it, name_en
    meant.save(update_fields=["name_it", "name_en"])
    if name_key(before) != name_key(name_it):
        keep_wording(before, meant)
    changed(Edition.objects.all())
    log(code=NAME_CHANGED, person=person, about=meant, subject=f"«{before}» → «{name_it}»")
    return meant


def keep_wording(printed: str, meant: Meant) -> None:
    """Remember that a name which is no longer used still means this."""
    if isinstance(meant, Actor):
        ActorAlias.objects.get_or_create(key=name_key(printed), actor=meant, defaults={"printed": printed})
    else:
        key = item_key(meant.framework.code, printed)
        ItemAlias.objects.get_or_create(key=key, item=meant, defaults={"printed": printed})


@transaction.atomic
def drop_alias(*, person: User, alias: Alias) -> None:
    """Forget that a wording means something. Raises NotAllowedError."""
    check_permission(changes_names(person), "names")
    log(code=NAME_DROPPED, person=person, about=alias)
    alias.delete()
