"""Errors as RFC 9457 wants them: `application/problem+json` with a type, a title, a status and a sentence."""

import json
from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

PROBLEM_TYPE: Final = "application/problem+json"
TITLES: Final = {
    400: gettext_lazy("The question is not understood"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This interface only reads"),
    406: gettext_lazy("This can be had as JSON only"),
    410: gettext_lazy("The data have changed meanwhile"),
    429: gettext_lazy("Too many requests"),
    503: gettext_lazy("The data cannot be read just now"),
}


class ProblemError(Exception):
    """What ends a request with an error: its status, a sentence for the reader, more members of the answer."""

    def __init__(self, status: int, detail: str, **more: Any) -> None:
        super().__init__(detail)
        self.status, self.detail, self.more = status, detail, more


def problem(status: int, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any) -> HttpResponse:
    """The answer of an error, in the language that is active."""
    told = {"type": "about:blank", "title": str(TITLES[status]), "status": status, "detail": detail, **more}
    content = json.dumps(told, ensure_ascii=False).encode()
    return HttpResponse(content, status=status, content_type=PROBLEM_TYPE, headers=dict(headers or {}))


def nothing_called(what: str, name: str) -> ProblemError:
    """There is no such public thing: the same whether it does not exist or is not public."""
    return ProblemError(404, _("There is no public %(what)s “%(name)s”.") % {"what": what, "name": name[:60]})
