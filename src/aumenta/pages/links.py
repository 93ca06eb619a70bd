"""Which web addresses sheets and pages name, and which of them no longer answer. Nothing here asks the network."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urldefrag

from django.db.models import Max, Q

from aumenta.pages.models import CheckedLink, Page
from aumenta.plan.models import Action, ActionQuerySet, Edition, Link

_HREF: Final = re.compile(r'href="([^"]*)"')
LONGEST: Final = 500


def normal_address(address: str) -> str:
    """An address as it is asked: without the part after «#». Empty for what is not on the web or too long to keep."""
    address = urldefrag(address.strip())[0]
    return address if address.startswith(("https://", "http://")) and len(address) <= LONGEST else ""


def addresses_in(*markups: str) -> set[str]:
    """The web addresses that rich texts link to."""
    found = {normal_address(html.unescape(href)) for markup in markups for href in _HREF.findall(markup)}
    return found - {""}


def all_addresses() -> set[str]:
    """Every web address that a sheet of any edition or a page that is not withdrawn names."""
    found = {normal_address(address) for address in Link.objects.values_list("address", flat=True)} - {""}
    with_links = Q(description_it__contains="href=") | Q(description_en__contains="href=")
    for texts in Action.objects.filter(with_links).values_list("description_it", "description_en"):
        found |= addresses_in(*texts)
    pages = Page.objects.exclude(state=Page.State.WITHDRAWN)
    for texts in pages.values_list("body_it", "body_en"):
        found |= addresses_in(*texts)
    return found


@dataclass
class DeadLink:
    """A link that does not answer, and who names it."""

    link: CheckedLink
    sheets: list[Action] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


def dead_links(sheets: ActionQuerySet, edition: Edition | None, *, with_pages: bool) -> list[DeadLink]:
    """Links of the sheets of an edition, and of pages, that did not answer when they were last asked. Four queries."""
    dead = {link.address: DeadLink(link) for link in CheckedLink.objects.exclude(outcome=CheckedLink.Outcome.ALIVE)}
    if not dead:
        return []
    if edition is not None:
        for sheet in sheets.of(edition).prefetch_related("links"):
            named = {normal_address(link.address) for link in sheet.links.all()}
            for address in _among(dead, named | addresses_in(sheet.description_it, sheet.description_en)):
                dead[address].sheets.append(sheet)
    if with_pages:
        for page in Page.objects.exclude(state=Page.State.WITHDRAWN).order_by("title_it"):
            for address in _among(dead, addresses_in(page.body_it, page.body_en)):
                dead[address].pages.append(page)
    return [one for _address, one in sorted(dead.items()) if one.sheets or one.pages]


def _among(dead: dict[str, DeadLink], named: Iterable[str]) -> list[str]:
    return [address for address in named if address in dead]


def last_check() -> datetime | None:
    """When links were last asked."""
    found: datetime | None = CheckedLink.objects.aggregate(last=Max("checked_at"))["last"]
    return found
