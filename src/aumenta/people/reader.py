"""The language of whoever reads, and a text that there is in Italian and perhaps in English: one way for all rooms and
doors."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_request


def reader_language() -> str:
    """«it» or «en»: the language of the page, mail or file that is being made."""
    return (get_language() or "it")[:2]


def in_language(italian: str, english: str, language: str | None = None) -> str:
    """The English text for somebody who reads English, where there is one; otherwise the Italian.

    `language`: the reader's, where it is not the active one, as in a file that is made for somebody else.
    """
    return english if english and (language or reader_language()) == "en" else italian


def quotation_marks() -> tuple[str, str, dict[int, int]]:
    """The first and the last of the reader's language, and what those inside a quotation become."""
    if reader_language() == "en":
        return "“", "”", str.maketrans("“”", "‘’")
    return "«", "»", str.maketrans("«»", "“”")


def in_quotes(*texts: str) -> str:
    """The texts in the quotation marks of the reader's language, parted by commas: «a», «b» or “a”, “b”."""
    first, last, inside = quotation_marks()
    return ", ".join(f"{first}{text.translate(inside)}{last}" for text in texts)


def inside_quotes(texts: Iterable[str]) -> str:
    """As `in_quotes`, without the first mark and the last: for a sentence that has them around its place."""
    return in_language("», «", "”, “").join(texts)


def field_in_language(thing: Any, field: str, language: str) -> tuple[str, str]:
    """The text of `field` for readers of `language`, and the language it is written in, for screen readers.

    Where the translation is missing the other text is given. `thing` has `{field}_it` and `{field}_en`, as attributes
    or as keys; ("", language) where both are empty.
    """
    for wanted in dict.fromkeys((language, "it", "en")):
        name = f"{field}_{wanted}"
        text = thing.get(name, "") if isinstance(thing, dict) else getattr(thing, name, "")
        if text:
            return str(text), wanted
    return "", language


def asked_language(request: HttpRequest) -> str:
    """What a program asks for in `Accept-Language`, else Italian: for addresses outside of every language."""
    return get_language_from_request(request)
