"""Requests that no browser sends: answered before anything looks into them.

Django reads a form again while it makes the page about a form that it could not read, and fails a second time; and
PostgreSQL takes no NUL into a question. So both are refused here, in words, whatever the address.
"""

import codecs
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

STAFF_DOORS: Final = ("scrivania", "regia", "stampe", "accesso")
NO_SIGN: Final = "\ufffd"
FORM: Final = "application/x-www-form-urlencoded"


class OddRequestsMiddleware:
    """Refuses a field with a NUL in it and a form in an encoding other than UTF-8; an address with a NUL finds nothing,
    a cookie with one is none.

    The NUL of an address becomes a sign that no address has: the page that says so is the site's own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The refusal, or the answer of what follows."""
        request.path = request.path.replace("\x00", NO_SIGN)
        request.path_info = request.path_info.replace("\x00", NO_SIGN)
        # A cookie can name it in digits; whatever ours say, no database is asked for that.
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
        with translation.override("en" if request.path.startswith("/en/") else "it"):
            if not _is_utf_8(request):
                sentence = _("This form is not in UTF-8, the encoding of this site: nothing was saved.")
                return HttpResponse(sentence, status=415, content_type="text/plain; charset=utf-8")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        """Raises BadRequest for a NUL in a field; the public's searches take it out of what they are asked."""
        public = not any(f"/{door}/" in request.path for door in STAFF_DOORS)
        for fields in (request.POST, QueryDict() if public else request.GET):
            if any("\x00" in value for name in fields for value in (name, *fields.getlist(name))):
                raise BadRequest


def _is_utf_8(request: HttpRequest) -> bool:
    """Whether the form can be read; «utf8» and the like are written as Django wants it."""
    if request.content_type != FORM or not request.encoding:
        return True
    if codecs.lookup(request.encoding).name != "utf-8":
        return False
    request.encoding = "utf-8"
    return True
