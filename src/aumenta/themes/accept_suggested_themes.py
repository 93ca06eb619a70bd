"""A person makes themes of proposed groups: one or all of them, whole or in part, under her own names.

What is accepted is confirmed: it becomes a step of the grouping like any other, which can be taken back.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from aumenta.activity.log import log
from aumenta.events.models import Event
from aumenta.events.rules import may_run_regia
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.themes.activity import SUGGESTIONS_ACCEPTED
from aumenta.themes.group_themes import place_all
from aumenta.themes.models import SuggestedThemes, Theme, ThemeSource


@dataclass(frozen=True)
class Wish:
    """A proposed group to accept: under another name where one is given, with some of its voices where they are."""

    group: int
    name: str = ""
    observations: Collection[int] | None = None


@transaction.atomic
def accept_suggested_themes(*, person: User, event: Event, wishes: Sequence[Wish] | None, version: int) -> int:
    """Make themes of the groups wished for (None: of all); returns how many observations found their theme.

    `version` is that of the proposals she saw. Refused where they have changed since, and where
    nothing is left to accept.
    """
    check_permission(may_run_regia(person, event))
    Event.objects.select_for_update().only("pk").get(pk=event.pk)
    record = SuggestedThemes.objects.filter(event=event).first()
    if record is None or record.version != version:
        raise RefusedError("suggestions_changed")
    suggestions = record.suggestions
    groups = {group.id: group for group in suggestions.groups if group.id is not None}
    if wishes is None:
        wishes = [Wish(key) for key in groups]
    placed = set(ThemeSource.objects.filter(theme__event=event).values_list("observation_id", flat=True))
    active = {theme.pk: theme for theme in Theme.objects.filter(event=event, active=True)}
    into: list[tuple[Theme | str, str, list[int]]] = []
    cores: list[int] = []
    for wish in wishes:
        group = groups.get(wish.group)
        if group is None:
            raise RefusedError("suggestions_changed")
        wanted = set(group.observations) - placed
        if wish.observations is not None:
            wanted &= set(wish.observations)
        if wanted:
            theme = _named(active, wish.name) or active.get(group.theme or 0)
            into.append((theme or wish.name.strip() or group.name, group.keywords, sorted(wanted)))
            cores.append(wish.group)
    if not into:
        raise RefusedError("nothing_left")
    themes = place_all(person=person, event=event, into=into)
    record.theme_of_group = {**record.theme_of_group, **{c: theme.pk for c, theme in zip(cores, themes, strict=True)}}
    taken = {key for _theme, _keywords, keys in into for key in keys}
    record.suggestions = suggestions.without(taken, record.theme_of_group)
    record.version += 1
    record.save(update_fields=["themes", "shown", "version"])
    log(code=SUGGESTIONS_ACCEPTED, person=person, about=event)
    return len(taken)


def _named(active: dict[int, Theme], name: str) -> Theme | None:
    """The theme she means, where the name she wrote is that of one."""
    wanted = name.strip().casefold()
    return next((theme for theme in active.values() if wanted and theme.name.casefold() == wanted), None)
