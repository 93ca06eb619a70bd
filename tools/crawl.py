"""Walk the public site from its home page as a reader would, link by link, and say what is broken or out of reach.

    .venv/bin/python tools/crawl.py                       Italian pages of the database that AUMENTA_DATA names
    .venv/bin/python tools/crawl.py --language en --each 10
    .venv/bin/python tools/crawl.py --whole               every address, however many are alike

Of pages that are alike (one route, one edition, with or without a query) the first few are opened: the 312th
municipality costs as much as the first and says nothing new. An address that is put by counts as there if the sitemap
has it, which is made from the database, or if it is another state (`?…`) of a page; every other one is opened. While a
page of the sitemap has not been met, what was put by is opened too. Exit status 1 where a link is broken, a page of the
sitemap is met nowhere or further than four clicks from home, or a page is not in the sitemap and nothing says why.
"""

import argparse
import os
import re
import sys
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parents[1]
MOST_CLICKS = 4
LINK = re.compile(r"""<a\s[^>]*?href=["']([^"']+)""", re.IGNORECASE)


class Answer(NamedTuple):
    """What an address gave: its status, where it leads on to by itself, and its text where it is a page."""

    status: int
    onward: str
    page: str


@dataclass
class Walk:
    """What was met. `links` are those of every opened address; `kinds` counts what was opened of each kind."""

    links: dict[str, list[str]] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)
    """Every address, and the one that first led there."""
    leads_on: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    """Opened addresses that are pages, other states of one (`?…`) left out."""
    broken: dict[str, int] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    def note(self, address: str, answer: Answer) -> list[str]:
        """Keep what an address gave; the links that are met for the first time."""
        if answer.status >= 400:
            self.broken[address] = answer.status
        if answer.onward:
            self.leads_on.add(address)
        if answer.page and answer.status < 400 and "?" not in address:
            self.pages.add(address)
        self.links[address] = [answer.onward] if answer.onward else links_of(answer.page, address)
        new = [link for link in self.links[address] if link not in self.met]
        self.met |= dict.fromkeys(new, address)
        return new

    def clicks(self, start: str) -> dict[str, int]:
        """The fewest clicks from `start` over the pages that were opened; being led on is none."""
        far, waiting = {start: 0}, deque([start])
        while waiting:
            address = waiting.popleft()
            by_itself = address in self.leads_on
            for link in self.links.get(address, ()):
                if far[address] + (not by_itself) < far.get(link, sys.maxsize):
                    far[link] = far[address] + (not by_itself)
                    (waiting.appendleft if by_itself else waiting.append)(link)
        return far


def links_of(page: str, address: str) -> list[str]:
    """The addresses of this site that a page leads to, each once, without what comes after #."""
    found = (urljoin(address, unescape(link)) for link in LINK.findall(page))
    inside = (urlsplit(one)._replace(fragment="").geturl() for one in found if re.match("/(?!/)", one))
    return list(dict.fromkeys(one for one in inside if one != address))


def walk(
    start: str,
    listed: set[str],
    answer_of: Callable[[str], Answer],
    kind_of: Callable[[str], str],
    each: int | None = None,
) -> Walk:
    """Open pages from `start` on, `each` of a kind (all where it is None), until every page of `listed` is met."""
    seen = Walk(met={start: ""})
    waiting, put_by = deque([start]), defaultdict[str, deque[str]](deque)
    while waiting or (put_by and not listed <= seen.met.keys()):
        forced = not waiting
        if forced:
            # The kind of which fewest were opened: the 40th page of a list leads to more than the 40th place.
            kind = min(put_by, key=lambda one: seen.kinds[one])
            address = put_by[kind].popleft()
            if not put_by[kind]:
                del put_by[kind]
        else:
            address = waiting.popleft()
            kind = kind_of(address)
        surely_there = address in listed or "?" in address
        if not forced and surely_there and each is not None and seen.kinds[kind] >= each:
            put_by[kind].append(address)
            continue
        seen.kinds[kind] += 1
        waiting += seen.note(address, answer_of(address))
    return seen


def faults(seen: Walk, listed: set[str], start: str) -> Iterator[str]:
    """A line for each broken link and each page of the sitemap that is met nowhere, or too far from home."""
    for address, status in sorted(seen.broken.items()):
        yield f"{status} {address}, linked from {seen.met[address]}"
    far = seen.clicks(start)
    for address in sorted(listed - {one for one, clicks in far.items() if clicks <= MOST_CLICKS}):
        yield f"{far[address]} clicks to {address}" if address in far else f"no page leads to {address}"


def of_this_site(language: str, others: list[str]) -> tuple[Callable[[str], Answer], Callable[[str], str]]:
    """How to open an address as somebody without an account, and which pages are alike; other languages are no part."""
    from django.test import Client
    from django.urls import Resolver404, resolve
    from django.utils import translation

    client = Client(raise_request_exception=False)  # a page that fails is a broken link like any other
    elsewhere = re.compile(rf"""(<a\s[^>]*?href=["'])/(?:static|media|{"|".join(others)})/""")

    def answer_of(address: str) -> Answer:
        answer = client.get(address)
        page = ""
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            page = elsewhere.sub(r"\1#", answer.content.decode())
        onward = answer.headers.get("Location", "")
        return Answer(answer.status_code, onward if onward.startswith("/") else "", page)

    def kind_of(address: str) -> str:
        path, _mark, query = address.partition("?")
        try:
            with translation.override(language):
                found = resolve(path)
        except Resolver404:
            return path
        return f"{found.view_name} {found.kwargs.get('label', '')}{' ?' if query else ''}"

    return answer_of, kind_of


def main() -> int:
    """Walk, say what was met of each kind and every fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="it")
    parser.add_argument("--each", type=int, default=3, help="pages of a kind that are opened (3)")
    parser.add_argument("--whole", action="store_true", help="open every address")
    options = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
    import django

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    from django.conf import settings

    others = [code for code, _name in settings.LANGUAGES if code != options.language]
    answer_of, kind_of = of_this_site(options.language, others)
    start = f"/{options.language}/"
    listed = sitemap_of(options.language)
    opened = Counter[str]()

    def told(address: str) -> Answer:
        opened[kind_of(address).removesuffix(" ?")] += 1
        if opened.total() % 250 == 0:
            print(f"{opened.total()} opened, now {address}", file=sys.stderr, flush=True)
        return answer_of(address)

    seen = walk(start, listed, told, kind_of, None if options.whole else options.each)
    met = Counter(kind_of(address).removesuffix(" ?") for address in seen.met)
    for kind, count in met.most_common():
        print(f"{count:7} met {opened[kind]:7} opened  {kind}")
    strays = [one for one in sorted(seen.pages - listed) if not left_out(kind_of(one).split()[0])]
    found = [*faults(seen, listed, start), *(f"not in the sitemap: {one}" for one in strays)]
    print(*found, sep="\n")
    print(f"{len(seen.met)} addresses met, {len(seen.links)} opened, {len(seen.broken)} broken")
    print(
        f"{len(listed)} pages in the sitemap, {len(found) - len(seen.broken) - len(strays)} out of reach, "
        f"{len(strays)} pages not in it"
    )
    return 1 if found else 0


def left_out(name: str) -> bool:
    """Whether a route need not be in the sitemap: it is of another door, or the sitemap says why."""
    from aumenta.site.machines.sitemap import LEFT_OUT

    door, _colon, route = name.partition(":")
    return door != "site" or route in LEFT_OUT


def sitemap_of(language: str) -> set[str]:
    """The paths of the pages that the sitemap has in a language."""
    from django.test import Client

    text = Client().get("/sitemap.xml").content.decode()
    return {unescape(one) for one in re.findall(rf"<loc>https?://[^/<]+(/{language}/[^<]*)</loc>", text)}


if __name__ == "__main__":
    sys.exit(main())
