"""The forms of pages as a browser would send them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from selectolax.parser import HTMLParser, Node

TOKEN: Final = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Form:
    """A form that writes: where it is sent, and what stands in its fields."""

    action: str
    fields: dict[str, list[str]]
    files: frozenset[str]

    @property
    def has_token(self) -> bool:
        """Whether it can be sent at all."""
        return bool(self.fields.get(TOKEN, [""])[0])

    @property
    def kind(self) -> tuple[str, frozenset[str]]:
        """What tells it from other forms: where it goes, without numbers, and the names of its fields."""
        path = "/".join("0" if part.isdecimal() else part for part in urlsplit(self.action).path.split("/"))
        return path, frozenset(self.fields)


def forms_in(html: str, address: str) -> Iterator[Form]:
    """The forms of a page at `address` that are posted."""
    for form in HTMLParser(html).css("form"):
        if (form.attributes.get("method") or "").lower() == "post":
            fields: dict[str, list[str]] = {}
            for name, value in _sent(form):
                fields.setdefault(name, []).append(value)
            files = frozenset(one.attributes.get("name") or "" for one in form.css('input[type="file"]'))
            yield Form(form.attributes.get("action") or address, fields, files)


def _sent(form: Node) -> Iterator[tuple[str, str]]:
    for field in form.css("input, textarea, select, button[name]"):
        given: dict[str, Any] = dict(field.attributes)
        name, kind = given.get("name"), given.get("type") or ""
        if not name or "disabled" in given or kind in {"file", "image"}:
            continue
        if field.tag == "textarea":
            yield name, field.text()
        elif field.tag == "select":
            options = field.css("option[selected]") or field.css("option")[:1]
            yield from ((name, option.attributes.get("value") or option.text(strip=True)) for option in options)
        elif kind not in {"checkbox", "radio"} or "checked" in given:
            yield name, given.get("value") or ""


READ_BY_MACHINES: Final = re.compile(
    rb"""\s(?:id|for|name|value|href|src|action|formaction|list|aria-controls|aria-labelledby|aria-describedby|data-[\w-]+)
    ="[^"\s]*?\d{1,3}(?:[.,]\d{3}){2,}(?![.,\d])[^"]*\"""",
    re.VERBOSE,
)
"""An attribute that people do not read, with a number grouped for people; keys of the tests begin at a million."""


def check_page(response: Any) -> None:
    """Raises AssertionError where a page that any test is shown has a form that can't be sent, or a key grouped."""
    if response.status_code >= 500 or response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return
    address = response.wsgi_request.path
    if grouped := READ_BY_MACHINES.search(response.content):
        raise AssertionError(f"{address}: a key is written as people read numbers: {grouped[0].decode()}")
    if b"<form" not in response.content:
        return
    for form in forms_in(response.content.decode(), address):
        assert form.has_token, f"{address}: the form for {form.action} has no token: nobody can send it"
