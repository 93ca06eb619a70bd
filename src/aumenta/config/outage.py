"""The page of an error, of a database that is away, of a disk that is full and of a printer that is busy: what is so,
and when to come again."""

import errno
import logging
import sys
from typing import Final

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.views.defaults import server_error

from aumenta.printing.paper import PrintingBusyError

COME_AGAIN: Final = 20
"""Seconds: a database that is started anew is back by then."""


def server_error_or_away(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After where the database can't be reached or too many files are being printed, 507 where there is
    no space, else the page of an error (500).

    Called while the exception is handled; the page is a file without any query, for there is nobody to ask.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError) and _is_away():
        logging.getLogger(__name__).error("the database is away: %s answered with 503", request.path)
        answer = HttpResponse(get_template("503.html").render(), status=503)
        answer["Retry-After"] = str(COME_AGAIN)
        answer["Cache-Control"] = "no-store"
        return answer
    if isinstance(sys.exc_info()[1], PrintingBusyError):
        answer = HttpResponse(get_template("503-printing.html").render(), status=503)
        answer["Retry-After"] = str(COME_AGAIN)
        answer["Cache-Control"] = "no-store"
        return answer
    if is_full(sys.exc_info()[1]):
        logging.getLogger(__name__).error("no space is left: %s answered with 507", request.path)
        answer = HttpResponse(get_template("507.html").render(), status=507)
        answer["Cache-Control"] = "no-store"
        return answer
    return server_error(request)


def is_full(fault: BaseException | None) -> bool:
    """Whether what went wrong, or what it came from, is that the disk of the data or of the database is full."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in {errno.ENOSPC, errno.EDQUOT}:
            return True
        # SQLite's words, and PostgreSQL's number for it.
        if "database or disk is full" in str(fault) or getattr(fault, "sqlstate", None) == "53100":
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _is_away() -> bool:
    """Whether no connection can be had; a query that was refused for another reason is a fault of ours."""
    try:
        connection.close()
        connection.ensure_connection()
    except (OperationalError, InterfaceError):
        return True
    return False
