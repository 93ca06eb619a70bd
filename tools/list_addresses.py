"""Write docs/addresses.md: every address of ours, door by door, with the first sentence of its view.

    .venv/bin/python tools/list_addresses.py

Run it after adding a route; a test fails while the page lacks one.
"""

import inspect
import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGE = ROOT / "docs" / "addresses.md"
HEAD = """# Addresses

Every address, door by door. Those of people begin with the language, `/it/` or `/en/`; the words after it are the same
in both, so an address changes its language by changing its beginning. `<label>` is an edition such as `2021-2023`,
`<code>` a code such as `2.2` or `2.2.2`; files are under `src/aumenta/`. Not here: `/it/accesso/…` (signing in) is
django-allauth's, with pages and limits of `desk/people`; `/admin/` is Django's, narrowed by `config/administration.py`.
This page is written by `python tools/list_addresses.py`.
"""


class View(NamedTuple):
    """A route: its door, its address, the file under src/aumenta and the function that answer, what is there."""

    door: str
    address: str
    file: str
    function: str
    sentence: str


def views() -> list[View]:
    """Every route of ours, with the door, the function and the first sentence of its view."""
    from django.urls import URLPattern, URLResolver, get_resolver

    found = []

    def walk(patterns: list[URLPattern | URLResolver], start: str) -> None:
        for pattern in patterns:
            address = start + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, address)
                continue
            view = getattr(pattern.callback, "view_class", pattern.callback)
            # The style guide of `ui` exists only while trying out.
            if view.__module__.startswith("aumenta.") and not view.__module__.startswith("aumenta.ui."):
                sentence = (inspect.getdoc(view) or "").split("\n\n")[0].replace("\n", " ").replace("|", "/")
                where = f"{view.__module__.removeprefix('aumenta.').replace('.', '/')}.py"
                found.append(
                    View(where.split("/")[0], "/" + re.sub(r"<\w+:", "<", address), where, view.__name__, sentence)
                )

    walk(get_resolver().url_patterns, "")
    return found


def page() -> str:
    """The whole page."""
    doors: defaultdict[str, dict[str, View]] = defaultdict(dict)
    for view in views():
        doors[view.door].setdefault(re.sub(r"^/(it|en)/", "/it/", view.address), view)
    parts = [HEAD, _first_words(doors)]
    for door, addresses in sorted(doors.items()):
        parts.append(f"## {door}\n\n| address | what is there | view |\n|---|---|---|")
        parts.append(
            "\n".join(
                f"| `{address}` | {view.sentence} | `{view.file}` `{view.function}` |"
                for address, view in sorted(addresses.items())
            )
            + "\n"
        )
    return "\n".join(parts)


def _first_words(doors: dict[str, dict[str, View]]) -> str:
    """Which door opens for the first Italian word of an address; a word may belong to two."""
    words: defaultdict[str, set[str]] = defaultdict(set)
    for door, addresses in doors.items():
        for address in addresses:
            word = re.sub(r"^/(it/)?\^?", "", address).split("/")[0]
            words[re.split(r"[.^(]", word)[0] or "(nothing)"].add(door)
    rows = "\n".join(f"| `{word}` | {', '.join(sorted(opens))} |" for word, opens in sorted(words.items()))
    return f"## First word → door\n\n| first word | door |\n|---|---|\n{rows}\n"


def main() -> None:
    """Write the page."""
    os.environ.setdefault("AUMENTA_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
