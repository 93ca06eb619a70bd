"""What a script of the regia sent, read field by field before any verb is called."""

import json
from typing import Any, Final

from django.http import JsonResponse

from aumenta.core.text import can_be_kept
from aumenta.people.refusals import RefusedError, refusal_sentence

UNREADABLE = "unreadable_request"
_MOST = 2**63 - 1
MOST_NUMBERS: Final = 5_000
"""In one list: an event has some thousand observations, and looking for each holds everybody else's writes up."""


class JsonBody:
    """The object in a request. A field that is missing or of another kind is refused, by its name."""

    def __init__(self, content: bytes) -> None:
        try:
            body = json.loads(content)
        except (ValueError, RecursionError) as fault:
            raise RefusedError(UNREADABLE, field="JSON") from fault
        if not isinstance(body, dict):
            raise RefusedError(UNREADABLE, field="JSON")
        self._body: dict[str, Any] = body

    def has(self, field: str) -> bool:
        """Whether the field is there and says anything."""
        return bool(self._body.get(field))

    def text(self, field: str, default: str | None = None) -> str:
        """A text; `default` where it is missing, or refused where there is no default."""
        found = self._body.get(field, default)
        if not isinstance(found, str) or not can_be_kept(found):
            raise RefusedError(UNREADABLE, field=field)
        return found

    def text_or_none(self, field: str) -> str | None:
        """A text, or null; refused where the field is missing."""
        if field in self._body and self._body[field] is None:
            return None
        return self.text(field)

    def number(self, field: str) -> int:
        """A whole number from 0, such as a key; figures in a text are one, as forms send them."""
        return _number(self._body.get(field), field)

    def numbers(self, field: str) -> list[int]:
        """A list of whole numbers."""
        found = self._body.get(field)
        if not isinstance(found, list) or len(found) > MOST_NUMBERS:
            raise RefusedError(UNREADABLE, field=field)
        return [_number(one, field) for one in found]

    def places(self, field: str) -> dict[int, int | None] | None:
        """Key → key or null, such as where observations were seen; None where the field is missing."""
        if field not in self._body:
            return None
        found = self._body[field]
        if not isinstance(found, dict) or len(found) > MOST_NUMBERS:
            raise RefusedError(UNREADABLE, field=field)
        return {_number(key, field): None if place is None else _number(place, field) for key, place in found.items()}

    def two_texts(self, field: str, names: tuple[str, str]) -> tuple[str, str] | None:
        """The texts of these two names in an object; None where the field is missing."""
        if field not in self._body:
            return None
        found = self._body[field]
        if not isinstance(found, dict) or not all(isinstance(found.get(name), str) for name in names):
            raise RefusedError(UNREADABLE, field=field)
        return found[names[0]], found[names[1]]


def _number(found: object, field: str) -> int:
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) < 20:
        found = int(found)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found <= _MOST:
        raise RefusedError(UNREADABLE, field=field)
    return found


def refused(refusal: RefusedError) -> JsonResponse:
    """Why nothing was done, for the script to show: 400 where the page sent nonsense, 409 where things stand so."""
    return JsonResponse({"message": refusal_sentence(refusal)}, status=400 if refusal.code == UNREADABLE else 409)
