"""A page that was made for somebody who is signed in is hers: no proxy and no shared cache keeps it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PrivatePagesMiddleware:
    """Says so in the header of every answer to a browser with a session, unless the view has said more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, marked as private where it may be about whoever asks."""
        response = self.get_response(request)
        # Also where the session was made just now: its cookie must reach nobody else.
        if settings.SESSION_COOKIE_NAME in request.COOKIES or settings.SESSION_COOKIE_NAME in response.cookies:
            response.setdefault("Cache-Control", "private, no-cache")
        return response
