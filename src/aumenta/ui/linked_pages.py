"""Pages of the office that are linked from the menu or the foot of every page."""

from typing import TypedDict

from django.urls import reverse

from aumenta.pages.models import Page
from aumenta.ui.templatetags.words import plain_words


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
