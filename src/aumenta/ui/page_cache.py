"""A short way for cached pages: what is in the page cache leaves before Django's chain of middleware and views begins.

Measured in benchmarks/README.md. Whatever is not in it, or not meant for it, takes the ordinary way.
"""

import asyncio
import io
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.asgi import ASGIRequest
from django.db import DatabaseError, close_old_connections
from django.http import HttpResponse, HttpResponseBase
from django.middleware.security import SecurityMiddleware

from aumenta.ui.asgi import Application, Receive, Scope, Send
from aumenta.ui.caching import cached_page

LANGUAGES = ("/it/", "/en/")


def with_page_cache(application: Application) -> Application:
    """`application`, with the cached pages answered before they reach it."""
    # One thread that lasts, so that the question for the revision finds its connection open.
    thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="page-cache")

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        response = None
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and scope["path"].startswith(LANGUAGES):
            response = await asyncio.get_running_loop().run_in_executor(thread, _in_our_thread, scope)
        if response is None:
            await application(scope, receive, send)
            return
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": response.content})

    return answer


def _in_our_thread(scope: Scope) -> HttpResponse | None:
    # No request begins or ends in this thread for Django: nobody else looks after its connection.
    close_old_connections()
    return answer_from_cache(scope)


def answer_from_cache(scope: Scope) -> HttpResponse | None:
    """The cached page with the headers that protect every answer; None where the ordinary way has to answer."""
    try:
        request = ASGIRequest(scope, io.BytesIO())
        page = cached_page(request)
    except (SuspiciousOperation, UnicodeDecodeError, DatabaseError):
        return None  # the ordinary way says what is wrong, in words
    if page is None:
        return None
    answer: HttpResponseBase | Awaitable[HttpResponseBase] = SecurityMiddleware(lambda _request: page)(request)
    return answer if isinstance(answer, HttpResponse) else None
