"""Blocks of JSON-LD: what a page says in the words of schema.org, for search engines and other programs."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Data = Mapping[str, Any]


def json_ld(data: Data | Sequence[Data]) -> SafeString:
    """The data as a block of a page; nothing in them can end the block."""
    text = json.dumps(data, ensure_ascii=False)
    for sign, harmless in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, harmless)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


def breadcrumb_list(steps: Sequence[tuple[str, str]], here: str) -> SafeString:
    """The way to the page, from pairs of name and address, then the page itself."""
    items: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": n, "name": str(name), "item": f"{settings.PUBLIC_ADDRESS}{address}"}
        for n, (name, address) in enumerate(steps, 1)
    ]
    items.append({"@type": "ListItem", "position": len(items) + 1, "name": str(here)})
    return json_ld({"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items})
