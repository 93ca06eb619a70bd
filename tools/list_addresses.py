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

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
PAGE = ROOT / "docs" / "addresses.md"
HEAD = """# Addresses

Every address, door by door. Those of people begin with the language, `/it/` or `/en/`; the words after it are the same
in both, so an address changes its language by changing its beginning. `<label>` is an edition such as `2021-2023`,
`<code>` a code such as `2.2` or `2.2.2`. This page is written by `python tools/list_addresses.py`.
"""


def views() -> list[tuple[str, str, str]]:
    """Door, address and first sentence of the view, for every route of ours."""
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
                found.append((view.__module__.split(".")[1], "/" + re.sub(r"<\w+:", "<", address), sentence))

    walk(get_resolver().url_patterns, "")
    return found


def page() -> str:
    """The whole page."""
    doors = defaultdict(dict)
    for door, address, sentence in views():
        doors[door].setdefault(re.sub(r"^/(it|en)/", "/it/", address), sentence)
    parts = [HEAD]
    for door, addresses in sorted(doors.items()):
        parts.append(f"## {door}\n\n| address | what is there |\n|---|---|")
        parts.append(
            "\n".join(f"| `{address}` | {sentence} |" for address, sentence in sorted(addresses.items())) + "\n"
        )
    return "\n".join(parts)


def main() -> None:
    """Write the page."""
    os.environ.setdefault("AUMENTA_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aumenta.config.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
