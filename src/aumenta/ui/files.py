"""What every file that leaves the site has in common: our licence, and how programs fetch it."""

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response

from aumenta.core.tables import Format
from aumenta.ui.caching import public_revision

LICENCE: Final = "CC BY 4.0"
"""Of what this project computed and of figures published under it; the texts of an edition have their own."""
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
SEPARATOR_WORD: Final = "separatore"
SEMICOLON_WORDS: Final = frozenset({"punto-e-virgola", ";"})
"""`?separatore=punto-e-virgola` (or the sign itself) gives the CSV that Italian spreadsheets open by a double click."""
SMALLEST_COMPRESSED: Final = 500
ALREADY_COMPRESSED: Final = ("openxmlformats", "opendocument", "geopackage", "parquet", "application/zip")
P = ParamSpec("P")


def data_file(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Mark a view that makes a file of public data: programs of any site may read it, HEAD works where GET does, what
    did not change since it was last fetched is not made again, and texts travel compressed."""

    @wraps(view)
    def marked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        asked = f"{public_revision()} {request.scheme}://{request.get_host()}{request.get_full_path()}"
        # Weak: the same file, compressed or not.
        tag = f'W/"{hashlib.blake2b(asked.encode(), digest_size=12).hexdigest()}"'
        known = get_conditional_response(request, etag=tag) if "If-None-Match" in request.headers else None
        response = known if isinstance(known, HttpResponse) else view(request, *args, **kwargs)
        if response.status_code in {200, 304}:
            response["ETag"] = tag
            response["Cache-Control"] = "public, no-cache"
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "Content-Disposition, ETag"
        response["Vary"] = "Accept-Encoding"
        return compressed(request, response)

    return marked


def csv_asked(request: HttpRequest) -> Format:
    """Which CSV an address asks for: with commas, or the one for Italian spreadsheets."""
    return "csv-semicolon" if request.GET.get(SEPARATOR_WORD) in SEMICOLON_WORDS else "csv"


def compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer as it travels: a text of some length is zipped for whoever takes that."""
    zipped = any(one in response.get("Content-Type", "") for one in ALREADY_COMPRESSED)
    wanted = "gzip" in request.headers.get("Accept-Encoding", "")
    if response.status_code == 200 and wanted and not zipped and len(response.content) > SMALLEST_COMPRESSED:
        response.content = gzip.compress(response.content, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(response.content))
    return response
