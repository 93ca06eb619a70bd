"""Where the site would answer «not found», an address that moved leads to the new one."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from aumenta.pages.add_redirect import is_whole, own_path
from aumenta.pages.models import Redirect


class RedirectMiddleware:
    """One query, and only for what is not there: no redirect can ever hide a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, or the way to where the address went."""
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        language = request.path[1:3]
        if not request.path.startswith(("/it/", "/en/")) or (path := own_path(request.path)) is None:
            return response
        found = Redirect.objects.filter(old=path).first()
        if found is None:
            return response
        new = found.new if is_whole(found.new) else f"/{language}/{found.new}"
        query = request.META.get("QUERY_STRING", "")
        moved = HttpResponsePermanentRedirect(f"{new}?{query}" if query and "?" not in new else new)
        # Permanent for search engines; a browser asks again, because an address may be taken into use once more.
        moved["Cache-Control"] = "no-cache"
        return moved
