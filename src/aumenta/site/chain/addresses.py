"""Where on the site each thing in the chain is read."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from aumenta.chain.graph import Node

_PAGES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "edition": ("edition", ("label",)),
    "strategy": ("strategy", ("label", "code")),
    "action": ("action", ("label", "code")),
    "earlier": ("action", ("label", "code")),
    "point": ("contribution", ("year", "number")),
    "answer": ("contribution", ("year", "number")),
    "issue": ("issue", ("label", "heading", "place")),
    "theme": ("theme", ("slug", "number")),
    "act": ("act", ("slug",)),
    "indicator": ("indicator", ("code",)),
}


def page_of(node: Node) -> str:
    """The address of its page, in the reader's language; empty where it has none of its own."""
    name, names = _PAGES.get(node.kind, ("", ()))
    about: Mapping[str, Any] = node.about
    if node.kind == "observation":
        name, names = ("theme", ("slug", "number")) if "number" in about else ("event_results", ("slug",))
    if node.kind == "passage":
        # Its words stand on the page of the issue it was given to, else with the contribution it is of.
        name, names = (
            ("issue", ("label", "heading", "place")) if "place" in about else ("contribution", ("year", "number"))
        )
        if names[0] not in about:
            return ""
    return reverse(f"site:{name}", args=[about[one] for one in names]) if name else ""


def address_on(site: str = "") -> Callable[[Node], str]:
    """How an address is told to a program: whole, with the address of the site before it."""
    base = site or settings.PUBLIC_ADDRESS
    return lambda node: f"{base}{page}" if (page := page_of(node)) else ""
