"""Who may do what with events, and what makes a theme recurring, cross-cutting or one-off."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from aumenta.listening.models import Event, Table
from aumenta.people.models import Role

_PREPARE = frozenset({Role.ADMINISTRATOR, Role.APPROVER})
_REGIA = _PREPARE | {Role.EDITOR, Role.FACILITATOR}
_SEE = _PREPARE | {Role.FACILITATOR}
_PUBLISH = frozenset({Role.ADMINISTRATOR, Role.APPROVER})


def may_prepare(person: Any) -> bool:
    """Make and change events, see who registered, write the reports' texts."""
    return _holds(person, _PREPARE)


def may_keep_contributions(person: Any) -> bool:
    """Enter written contributions and say which strategy each concerns."""
    return _holds(person, _PREPARE | {Role.EDITOR})


def may_see_events(person: Any) -> bool:
    """Look at events at the desk: those who prepare see all of them, a facilitator those of her tables."""
    return _holds(person, _SEE)


def may_see_table(person: Any, table: Table) -> bool:
    """See a table's QR code, PIN and printed kit."""
    return may_prepare(person) or (may_see_events(person) and table.facilitated_by_id == person.pk)


def may_run_regia(person: Any) -> bool:
    """See what the tables send and group it into themes; freeze a state for the plenary."""
    return _holds(person, _REGIA)


def may_publish(person: Any) -> bool:
    """Make an event, its results and its reports public, and send them."""
    return _holds(person, _PUBLISH)


def require(allowed: bool) -> None:
    """Refuse with one sentence for every verb of this room."""
    if not allowed:
        raise PermissionDenied(_("Your account may not do this. Ask an administrator of the plan."))


def _holds(person: Any, roles: Collection[str]) -> bool:
    if not person.is_authenticated or not person.is_active:
        return False
    return bool(person.is_superuser or person.roles & frozenset(roles))


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
