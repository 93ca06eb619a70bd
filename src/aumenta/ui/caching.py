"""Public pages are made once for each state of the plan, and kept until something public changes.

A view marked with `public_page` is the same for every anonymous reader. Its finished answer is kept in memory under its
address, together with the revisions it was made from; readers who are signed in or hold a cookie of ours always get a
fresh page. An uncached page costs about a hundred times a cached one (benchmarks/README.md).
"""

import gzip
import hashlib
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils.cache import get_conditional_response

from aumenta.core.process_cache import ProcessCache
from aumenta.pages.revision import public_state

P = ParamSpec("P")
Value = TypeVar("Value")
# About 2,000 pages of 10 KB compressed and 60 KB plain: 140 MB at the very most, a tenth of that in practice.
MOST_PAGES = 2_000
# Whoever asks makes up what stands behind the question mark: such pages push out one another, never those without.
MOST_WITH_QUERY = 200
LONGEST_ADDRESS = 500
SMALLEST_COMPRESSED = 500


def public_revision() -> str:
    """A short text that changes whenever anything the public can see changes."""
    return public_state()


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view whose answer is the same for every anonymous reader, so that it may be kept."""

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.same_for_everybody = True  # type: ignore[attr-defined]
        return response

    return marked


@dataclass(frozen=True, slots=True)
class _Page:
    headers: dict[str, str]
    body: bytes
    compressed: bytes


PAGES: Final[ProcessCache[str, "_Page | None"]] = ProcessCache.of_the_process(MOST_PAGES)
"""The pages of this process, under their address and with the revision they were made from."""
PAGES_WITH_QUERY: Final[ProcessCache[str, "_Page | None"]] = ProcessCache.of_the_process(MOST_WITH_QUERY)
"""Pages whose address is made up by whoever asks, who takes no room from the others with them."""
_ANY_DAY: Final = re.compile(r"/al/\d")
"""The plan as it was on a day: of days there is no end."""


def _cache_of(request: HttpRequest) -> ProcessCache[str, "_Page | None"]:
    """Where the page of this request stands: those that can be asked for without end in a cache of their own."""
    made_up = "?" in request.get_full_path() or _ANY_DAY.search(request.path) or not _is_plain_host(request)
    return PAGES_WITH_QUERY if made_up else PAGES


def _is_plain_host(request: HttpRequest) -> bool:
    """Whether the host is written as browsers do; the same site answers with any port, capital or dot at its end."""
    host = request.get_host()
    name, port = split_domain_port(host)
    expected = {"", request.META.get("SERVER_PORT", ""), split_domain_port(urlsplit(settings.PUBLIC_ADDRESS).netloc)[1]}
    return host == (f"{name}:{port}" if port else name) and port in expected


_STATE_NOW: Final[ContextVar[str | None]] = ContextVar("public_state", default=None)
_PARTS: Final[ProcessCache[str, Any]] = ProcessCache.of_the_process(64)


def once_for_state(key: str, make: Callable[[], Value]) -> Value:
    """What every public page needs alike, such as the public editions: read once for each state of the public site.

    Made now where no state is known: for whoever is signed in, and outside of a page. Nobody changes what it returns.
    """
    state = _STATE_NOW.get()
    found: Value = make() if state is None else _PARTS.get(key, make, state)
    return found


def forget_pages() -> None:
    """Make every page anew: for tests and for measuring."""
    PAGES.clear()
    PAGES_WITH_QUERY.clear()


class PublicPagesMiddleware:
    """Answers from the cache where it can, and puts into it what may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The kept page, or the one the view makes now."""
        if not _may_be_kept(request):
            return self.get_response(request)
        try:
            revision = public_revision()
        except DatabaseError:
            return self.get_response(request)  # the view says what it can without it
        address, cache = _address(request), _cache_of(request)
        page = cache.find(address, None, revision)
        if page is None:
            made_for = _STATE_NOW.set(revision)
            try:
                response = self.get_response(request)
            finally:
                _STATE_NOW.reset(made_for)
            if not _is_kept(response):
                return response
            page = _page(response)
            cache.put(address, page, revision)
        return _answer(request, page)


def cached_page(request: HttpRequest) -> HttpResponse | None:
    """The answer from the cache; None where it has none, or where this request must get a fresh page."""
    if not _may_be_kept(request):
        return None
    address = _address(request)
    page = _cache_of(request).find(address, None, public_revision())
    return None if page is None else _answer(request, page)


def _address(request: HttpRequest) -> str:
    """Scheme and host stand in the page: in its canonical address and in previews."""
    return f"{request.scheme}://{request.get_host()}{request.get_full_path()}"


def _may_be_kept(request: HttpRequest) -> bool:
    if request.method not in {"GET", "HEAD"} or len(request.get_full_path()) > LONGEST_ADDRESS:
        return False
    ours = (settings.SESSION_COOKIE_NAME, "messages")
    return not any(name in request.COOKIES for name in ours) and "HX-Request" not in request.headers


def _is_kept(response: HttpResponse) -> bool:
    return (
        getattr(response, "same_for_everybody", False)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "nonce-" not in response.headers.get("Content-Security-Policy", "")
    )


def _page(response: HttpResponse) -> _Page:
    body = response.content
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    # Asked again each time, answered with 304 as long as nothing changed.
    headers |= {"ETag": f'W/"{tag}"', "Cache-Control": "public, no-cache", "Vary": "Accept-Encoding, Cookie"}
    return _Page(headers, body, gzip.compress(body, 6, mtime=0))


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    zipped = len(page.body) > SMALLEST_COMPRESSED and "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.compressed if zipped else page.body, headers=page.headers)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    # A HEAD keeps the length of the page; the server sends no body for it.
    return get_conditional_response(request, etag=page.headers["ETag"], response=response) or response
