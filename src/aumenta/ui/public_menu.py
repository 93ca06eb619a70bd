"""The main navigation of the public, the same on pages of every door and where something went wrong, and the pages of
the office that the menu or the foot of every page links."""

from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.pages.models import Page
from aumenta.plan.models import Edition
from aumenta.ui.templatetags.words import plain_words


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


class LinkedPages(TypedDict):
    """Names and addresses, by the place where they are linked."""

    menu: list[tuple[str, str]]
    footer: list[tuple[str, str]]


def linked_pages() -> LinkedPages:
    """Those that are public now, in the order of their titles; one query."""
    linked: LinkedPages = {"menu": [], "footer": []}
    pages = Page.objects.public().exclude(linked=Page.Linked.NOWHERE).order_by("title_it")
    for page in pages.only("title_it", "title_en", "slug", "linked"):
        place = linked["menu"] if page.linked == Page.Linked.MENU else linked["footer"]
        place.append((plain_words(page, "title"), reverse("site:page", args=[page.slug])))
    return linked
