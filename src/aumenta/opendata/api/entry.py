"""What every request to the interface passes: the method, the limit, what is accepted, what is known already."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from aumenta.core.process_cache import ProcessCache
from aumenta.opendata.api.answers import JSON_TYPE
from aumenta.opendata.api.limits import Allowance, allowance
from aumenta.opendata.api.problems import PROBLEM_TYPE, ProblemError, problem
from aumenta.people.reader import asked_language
from aumenta.ui.caching import LONGEST_ADDRESS, public_revision
from aumenta.ui.client import client_network
from aumenta.ui.files import compressed

METHODS: Final = "GET, HEAD, OPTIONS"
COME_AGAIN: Final = 30
EXPOSED: Final = "ETag, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
_KEPT: Final[ProcessCache[str, bytes]] = ProcessCache.of_the_process(32_000_000, len)
"""Answers of this process, under their address and with the public state that they say."""


def entry(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view of the interface. Whoever is signed in gets what everybody gets: no cookie is read."""

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, **parts: Any) -> HttpResponse:
        left = allowance(client_network(request))
        with translation.override(asked_language(request)):
            try:
                response = _answer(request, left, view, parts)
            except ProblemError as error:
                response = problem(error.status, error.detail, **error.more)
            except DatabaseError:
                again = {"Retry-After": str(COME_AGAIN)}
                response = problem(503, _("The database does not answer. Try again in a moment."), headers=again)
        for name, value in left.headers.items():
            response[name] = value
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = EXPOSED
        response["Vary"] = "Accept, Accept-Encoding, Accept-Language"
        return compressed(request, response)

    return entered


def _answer(
    request: HttpRequest, left: Allowance, view: Callable[..., HttpResponse], parts: dict[str, Any]
) -> HttpResponse:
    if left.refused:
        sentence = _("At most %(most)s requests a minute. Try again in %(seconds)s seconds.")
        told = {"most": left.most, "seconds": left.seconds}
        return problem(429, sentence % told, headers={"Retry-After": str(left.seconds)})
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": METHODS, "Access-Control-Allow-Methods": METHODS})
    if request.method not in {"GET", "HEAD"}:
        return problem(405, _("Use GET, HEAD or OPTIONS."), headers={"Allow": METHODS})
    if not (request.accepts(JSON_TYPE) or request.accepts(PROBLEM_TYPE)):
        raise ProblemError(406, _("Ask for application/json, or leave Accept out."))
    return _current(request, view, parts)


def _current(request: HttpRequest, view: Callable[..., HttpResponse], parts: dict[str, Any]) -> HttpResponse:
    """The answer in the present public state: not sent where it is known, not made anew where it is kept."""
    state = public_revision()
    address = f"{request.scheme}://{request.get_host()}{request.get_full_path()}"
    tag = f'W/"{hashlib.blake2b(f"{state} {address}".encode(), digest_size=12).hexdigest()}"'
    kept = _KEPT.find(address, b"", state)
    if kept:
        response = HttpResponse(kept, content_type=JSON_TYPE)
    else:
        # A HEAD is what a GET would be; the server leaves the body out.
        method, request.method = request.method, "GET"
        response = view(request, **parts)
        request.method = method
    if response.status_code != 200 or response["Content-Type"] != JSON_TYPE:
        response["Cache-Control"] = "no-store"
        return response
    if not kept and len(address) <= LONGEST_ADDRESS:
        _KEPT.put(address, response.content, state)
    response["ETag"] = tag
    response["Cache-Control"] = "public, no-cache"
    return get_conditional_response(request, etag=tag, response=response) or response
