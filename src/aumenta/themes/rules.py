"""What makes a theme recurring, cross-cutting or one-off."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from aumenta.events.models import Event


class ThemeKind(StrEnum):
    """The three kinds of the method, and their names for people."""

    RECURRING = "recurring"
    CROSSING = "crossing"
    ONE_OFF = "one-off"

    @property
    def label(self) -> str:
        return str(_LABELS[self])


_LABELS = {
    ThemeKind.RECURRING: _("recurring"),
    ThemeKind.CROSSING: _("cross-cutting"),
    ThemeKind.ONE_OFF: _("one-off"),
}


def theme_kinds(event: Event, *, zones: int, strategies: int, axes: int) -> tuple[ThemeKind, ...]:
    """The kinds of a theme said in so many zones, under so many strategies of so many axes.

    The organiser's rule: recurring from N zones on; cross-cutting from M strategies or K axes on; a theme may be both;
    one-off when it is neither.
    """
    kinds = []
    if zones >= event.recurring_from_zones:
        kinds.append(ThemeKind.RECURRING)
    if strategies >= event.crossing_from_strategies or axes >= event.crossing_from_axes:
        kinds.append(ThemeKind.CROSSING)
    return tuple(kinds) or (ThemeKind.ONE_OFF,)
