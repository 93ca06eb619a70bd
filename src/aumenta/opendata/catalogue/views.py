"""The addresses of the catalogue: one graph in three ways of writing."""

import json
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from aumenta.core.process_cache import ProcessCache
from aumenta.opendata.catalogue.graph import catalogue_graph
from aumenta.ui.caching import public_revision
from aumenta.ui.files import data_file

WAYS: Final = {
    "ttl": ("turtle", "text/turtle; charset=utf-8"),
    "rdf": ("xml", "application/rdf+xml; charset=utf-8"),
    "jsonld": ("json-ld", "application/ld+json"),
}
_KEPT: Final[ProcessCache[str, bytes]] = ProcessCache.of_the_process(8_000_000, len)


@data_file
def catalogue(request: HttpRequest, way: str) -> HttpResponse:
    """What open data there are, for whoever harvests them: DCAT-AP 3 and DCAT-AP_IT in one graph."""
    if way not in WAYS:
        sentence = _("The catalogue can be had as .ttl, .rdf and .jsonld.")
        return HttpResponse(sentence, status=404, content_type="text/plain; charset=utf-8")
    written, media = WAYS[way]
    content = _KEPT.get(way, lambda: _made(written), public_revision())
    return HttpResponse(content, content_type=media)


def _made(written: str) -> bytes:
    """The same graph is the same bytes: what the library writes in the order of chance is put in order."""
    content = catalogue_graph().serialize(format=written, encoding="utf-8")
    if written != "json-ld":
        return content
    return json.dumps(_in_order(json.loads(content)), ensure_ascii=False, indent=1).encode()


def _in_order(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: _in_order(told[key]) for key in sorted(told)}
    if isinstance(told, list):
        return sorted((_in_order(one) for one in told), key=lambda one: json.dumps(one, sort_keys=True))
    return told
