"""Where the site would answer «not found», an address that moved leads to the new one."""

import re
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import is_valid_path

from aumenta.pages.add_redirect import is_whole, own_path
from aumenta.pages.models import Redirect
from aumenta.plan.models import Edition
from aumenta.plan.renumbering import code_now

_EDITION: Final = re.compile(r"\d{4}-\d{4}")
_CODE: Final = re.compile(r"\d+(?:\.\d+){0,2}")
_AXES: Final = ("assi", "indicatori", "struttura")
"""After which part of an address a bare number is an axis."""


class RedirectMiddleware:
    """Two queries at most, and only for what is not there: no redirect can ever hide a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the way to where the address went."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        new = _redirect(request) or _under_new_code(request)
        if new is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        moved = HttpResponsePermanentRedirect(f"{new}?{query}" if query and "?" not in new else new)
        # Permanent for search engines; a browser asks again, because an address may be taken into use once more.
        moved["Cache-Control"] = "no-cache"
        return moved


def _redirect(request: HttpRequest) -> str | None:
    """Where the office sent this address."""
    if not request.path.startswith(("/it/", "/en/")) or (path := own_path(request.path)) is None:
        return None
    found = Redirect.objects.filter(old=path).first()
    if found is None:
        return None
    return found.new if is_whole(found.new) else f"/{request.path[1:3]}/{found.new}"


def _under_new_code(request: HttpRequest) -> str | None:
    """The same address with the code that an axis, a strategy or an action of this edition has now."""
    parts = request.path.split("/")
    label = next((part for part in parts if _EDITION.fullmatch(part)), None)
    for n, part in enumerate(parts):
        if label is None or not _CODE.fullmatch(part) or ("." not in part and parts[n - 1] not in _AXES):
            continue
        edition = Edition.objects.filter(label=label).first()
        if edition is None or not (edition.is_public or request.user.is_authenticated):
            return None
        now = code_now(edition, part)
        if now is not None:
            new = "/".join([*parts[:n], now, *parts[n + 1 :]])
            return new if is_valid_path(new) else None
    return None
