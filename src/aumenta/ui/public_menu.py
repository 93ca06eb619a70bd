"""The main navigation of the public: the same on pages of every door, and where something went wrong."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.plan.models import Edition


@dataclass(frozen=True)
class MenuEntry:
    """An entry of the navigation; `exact` marks it on its own page only, not on those under it."""

    label: str
    address: str
    exact: bool = False


def menu_of(edition: Edition | None) -> list[MenuEntry]:
    """The entries that lead into an edition (none before there is one), and those to everything else."""
    entries = []
    if edition:
        of_edition = (
            (_("The plan"), "edition", True),
            (_("Actions"), "actions", False),
            (_("Funds and programmes"), "frameworks", False),
            (_("Connections"), "connections", False),
            (_("Monitoring"), "monitoring", False),
        )
        entries = [MenuEntry(name, reverse(f"site:{route}", args=[edition.label]), e) for name, route, e in of_edition]
    others = (
        (_("Editions compared"), "compare"),
        (_("Territory"), "territory"),
        (_("Events"), "events"),
        (_("Take part"), "consultations"),
    )
    return entries + [MenuEntry(name, reverse(f"site:{route}")) for name, route in others]
