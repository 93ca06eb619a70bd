"""Asks pages with markup in the address and in every question, and tells whether it became an element."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.test import Client

EVIL = "\"><x-evil>'<!--"
SOURCE = Path(__file__).resolve().parents[1] / "src" / "aumenta"
ASKED = re.compile(
    r"""(?:GET|asked|query|params)\.get(?:list)?\("([\w-]+)"|GET\["([\w-]+)"\]|"([\w-]+)" in request\.GET"""
)


def questions() -> list[str]:
    """The names of all that any page is asked for behind the question mark."""
    found = {
        next(filter(None, names))
        for path in SOURCE.rglob("*.py")
        for names in ASKED.findall(path.read_text(encoding="utf-8"))
    }
    assert {"q", "pagina", "luogo", "asse"} <= found
    return sorted(found)


def everything_asked() -> list[str]:
    """All questions at once; one that is refused may hide what the others do, so half of them too."""
    words = [f"{name}={quote(EVIL)}" for name in questions()]
    return [f"?{'&'.join(some)}" for some in (words, words[::2], words[1::2])]


def is_markup(answer: Any) -> bool:
    """Whether what was sent stands in a page or a feed as an element."""
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or not any(one in kind for one in ("html", "xml", "svg")):
        return False
    return b"<x-evil" in answer.content


def asked(client: Client, address: str) -> Any:
    """The answer; what it did is undone. Raises AssertionError where it is a fault of the server."""
    with transaction.atomic():
        answer = client.get(address)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{address}: {answer.status_code}"
    return answer
