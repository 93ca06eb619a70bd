"""Voices of an event by their source: what tables said and what people wrote to the office about the same edition.

What the matrix and the words read. A written contribution that is withdrawn or not to be published is never among them.
"""

from typing import Literal, NamedTuple

from django.db.models import QuerySet

from aumenta.events.models import Event
from aumenta.themes.models import ContributionSource, Theme
from aumenta.voices.models import Contribution

Source = Literal["all", "tables", "written"]


class Voice(NamedTuple):
    """One voice: an observation said at a table, or a written contribution, by its key."""

    written: bool
    key: int


def written_about(event: Event) -> QuerySet[Contribution]:
    """Contributions about the event's edition that count and may be published."""
    return Contribution.objects.filter(
        edition=event.edition_id, edition__isnull=False, withdrawn=False, private=False
    ).order_by("pk")


def written_in_themes(event: Event) -> list[tuple[int, Contribution]]:
    """The theme in use and the contribution, for each that the office put into a theme of the event. Two queries."""
    themes = {theme.pk: theme for theme in Theme.objects.filter(event=event)}
    links = ContributionSource.objects.filter(
        theme__event=event, contribution__withdrawn=False, contribution__private=False
    )
    found = []
    for link in links.select_related("contribution__zone").order_by("contribution_id"):
        theme = in_use(themes, link.theme_id)
        if theme is not None:
            found.append((theme, link.contribution))
    return found


def in_use(themes: dict[int, Theme], key: int) -> int | None:
    """The theme that `key` is now, after all joinings; None for one that was emptied."""
    seen: set[int] = set()
    theme = themes.get(key)
    while theme is not None and not theme.active and theme.pk not in seen:
        seen.add(theme.pk)
        theme = themes.get(theme.merged_into_id) if theme.merged_into_id else None
    return theme.pk if theme is not None and theme.active else None
