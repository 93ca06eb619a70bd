"""The page of an error, and of a database that is away: that the site is not broken, and when to come again."""

import logging
import sys
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error

COME_AGAIN: Final = 20
"""Seconds: a database that is started anew is back by then."""


def server_error_or_away(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After where the database can't be reached, else the page of an error (500).

    Called while the exception is handled; the page is a file without any query, for there is nobody to ask.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError) and _is_away():
        logging.getLogger(__name__).error("the database is away: %s answered with 503", request.path)
        answer = HttpResponse(get_template("503.html").render(), status=503)
        answer["Retry-After"] = str(COME_AGAIN)
        answer["Cache-Control"] = "no-store"
        return answer
    return server_error(request)


def _is_away() -> bool:
    """Whether no connection can be had; a query that was refused for another reason is a fault of ours."""
    try:
        connection.close()
        connection.ensure_connection()
    except (OperationalError, InterfaceError):
        return True
    return False
