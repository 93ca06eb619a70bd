"""Other wordings of actors and framework items: which names mean one thing. Each change goes into the activity log."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.text import name_key
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import changes_names
from aumenta.plan.activity import NAME_ADDED, NAME_DROPPED
from aumenta.plan.models import Actor, ActorAlias, FrameworkItem, ItemAlias
from aumenta.plan.names import item_key

Alias = ActorAlias | ItemAlias
Meant = Actor | FrameworkItem


@transaction.atomic
def add_alias(*, person: User, printed: str, meant: Meant) -> Alias:
    """Say that `printed` means `meant`, from the next document or sheet on; sheets that exist keep their ties.

    Raises NotAllowedError; RefusedError «no_wording», or «alias_taken» where it means that already.
    """
    check_permission(changes_names(person), "names")
    printed = " ".join(printed.split())[:500]
    if not any(map(str.isalnum, printed)):
        raise RefusedError("no_wording")
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
    return add_alias(person=person, printed=printed, meant=meant)


@transaction.atomic
def drop_alias(*, person: User, alias: Alias) -> None:
    """Forget that a wording means something. Raises NotAllowedError."""
    check_permission(changes_names(person), "names")
    log(code=NAME_DROPPED, person=person, about=alias)
    alias.delete()
