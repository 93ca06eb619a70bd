"""The description of the interface, as OpenAPI 3.0.3: the form that the national checker of public APIs reads.

django-ninja writes 3.1; what 3.0 says otherwise (null, one value, open bounds) is put into its words, and what the
security rules ask of every text, number and list is written out.
"""

from typing import Any, Final

from django.conf import settings
from django.urls import reverse

from aumenta.opendata.api.problems import PROBLEM_TYPE
from aumenta.opendata.api.service import VERSION, api
from aumenta.opendata.api.subjects import SUBJECTS

OPENAPI: Final = "3.0.3"
SUMMARY: Final = "A metropolitan strategic plan: what it says, whom it serves, how far it has come."
DESCRIPTION: Final = (
    "Everything public on this site, to be read by programs: editions and their sheets, frameworks, territory, events, "
    "acts, indicators and projects. It only reads, asks for no account and knows no personal data. Lists come in "
    "pages: follow `next_cursor`. Answers carry an `ETag`: send it back in `If-None-Match`."
)
LONGEST: Final = 1_000_000
MOST_ITEMS: Final = 100_000
LARGEST: Final = 2_000_000_000
HEADERS: Final = {
    "X-RateLimit-Limit": "Requests allowed in a minute",
    "X-RateLimit-Remaining": "Requests left in this minute",
    "X-RateLimit-Reset": "Seconds until the next minute",
}


def description() -> dict[str, Any]:
    """The whole document."""
    written = api.get_openapi_schema(path_prefix=reverse("api:root").lstrip("/"))
    contact = {"name": "Aumenta", "url": f"{settings.PUBLIC_ADDRESS}/it/contatti/"}
    document: dict[str, Any] = {
        "openapi": OPENAPI,
        "info": {
            "title": "Aumenta",
            "version": VERSION,
            "description": DESCRIPTION,
            "x-summary": SUMMARY,
            "x-api-id": "aumenta-v1",
            "contact": contact,
            "termsOfService": f"{settings.PUBLIC_ADDRESS}/it/dati-aperti/",
        },
        "servers": [{"url": settings.PUBLIC_ADDRESS, "description": "This installation"}],
        "tags": [
            {"name": module.__name__.rpartition(".")[2], "description": _first_line(module)} for module in SUBJECTS
        ],
        "paths": {path: _operations(path, methods) for path, methods in written["paths"].items()},
        "components": {"schemas": _lowered(written["components"]["schemas"])},
    }
    return document


def _name(module: Any) -> str:
    return str(module.__name__).rpartition(".")[2]


def _first_line(module: Any) -> str:
    return str(module.__doc__).strip().splitlines()[0]


def _operations(path: str, methods: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for method, details in methods.items():
        operation = _lowered(details)
        for parameter in operation["parameters"]:
            for name in ("description", "examples", "title"):
                parameter["schema"].pop(name, None)
            if examples := parameter.pop("examples", None):
                parameter["example"] = examples[0]
        operation["responses"] = {str(status): answer for status, answer in operation["responses"].items()}
        for status, answer in operation["responses"].items():
            _finish(answer, int(status))
        found[method] = operation
    return found


def _finish(answer: dict[str, Any], status: int) -> None:
    """Headers of every answer; errors have a media type of their own."""
    headers = {name: {"description": text, "schema": _integer()} for name, text in HEADERS.items()}
    if status in {429, 503}:
        headers["Retry-After"] = {"description": "Seconds to wait", "schema": _integer()}
    answer["headers"] = headers
    answer["description"] = "What was asked for" if status == 200 else "What is wrong, in a sentence"
    if status != 200 and "content" in answer:
        answer["content"] = {PROBLEM_TYPE: answer["content"].pop("application/json")}


def _integer() -> dict[str, Any]:
    return {"type": "integer", "format": "int32", "minimum": 0, "maximum": LARGEST}


def _lowered(part: Any) -> Any:
    """The same in the words of 3.0, with bounds wherever the security rules want one."""
    if isinstance(part, list):
        return [_lowered(one) for one in part]
    if not isinstance(part, dict):
        return part
    told = {name: _lowered(value) for name, value in part.items()}
    either = told.get("anyOf")
    if isinstance(either, list) and {"type": "null"} in either:
        rest = [one for one in either if one != {"type": "null"}]
        del told["anyOf"]
        told |= {"allOf": rest} if "$ref" in rest[0] else rest[0]
        told["nullable"] = True
    if told.get("default", 0) is None:
        del told["default"]
    return _bounded(told)


def _bounded(told: dict[str, Any]) -> dict[str, Any]:
    kind = told.get("type")
    if kind == "string" and not isinstance(kind, dict):
        told.setdefault("maxLength", LONGEST)
    elif kind == "integer":
        told = {"format": "int32", "minimum": -LARGEST, "maximum": LARGEST} | told
    elif kind == "number":
        told.setdefault("format", "double")
    elif kind == "array":
        told.setdefault("maxItems", MOST_ITEMS)
    return told
