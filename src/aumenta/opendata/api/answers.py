"""Lists and single things as JSON: pages with a cursor, only the fields that a shape allows."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from aumenta.opendata.api.asking import Many, One, chosen, cursor_to, offset_of
from aumenta.opendata.api.problems import ProblemError
from aumenta.opendata.api.shapes.parts import Item
from aumenta.plan.models import Edition
from aumenta.ui.files import LICENCE, LICENCE_ADDRESS

JSON_TYPE: Final = "application/json"
Row = dict[str, Any]
Found = QuerySet[Any] | Sequence[Any]
Make = Callable[[Sequence[Any], frozenset[str]], list[Row]]
"""Things as rows; it is told which fields are wanted, so that what nobody wants is not read."""


@dataclass(frozen=True)
class Listing:
    """How a list is asked: its shape, how rows are made, what `sort` takes (the first is the usual order) and which
    columns `q` looks into. Of a table these are lookups, of rows their keys."""

    shape: type[Item]
    make: Make
    sorts: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...] = field(default=())


def many(request: HttpRequest, asked: Many, listing: Listing, found: Found, origin: Mapping[str, Any]) -> HttpResponse:
    """A page of `found`, with where it comes from, how many there are and how to get on."""
    wanted = wanted_fields(listing.shape, asked)
    ordered = _sorted(listing, asked, _with_words(listing, asked.q, found))
    offset = offset_of(request, asked)
    count = ordered.count() if isinstance(ordered, QuerySet) else len(ordered)
    rows = listing.make(list(ordered[offset : offset + asked.limit]), wanted)
    more = offset + asked.limit < count
    cursor = cursor_to(request, asked, offset + asked.limit) if more else None
    body = {
        "items": [_allowed(row, wanted, listing.shape) for row in rows],
        "count": count,
        "limit": asked.limit,
        "offset": offset,
        "next_cursor": cursor,
        "links": {"self": _here(request), "next": _next(request, cursor) if cursor else None},
        "origin": origin,
    }
    return written(body)


def single(asked: One, shape: type[Item], rows: Sequence[Row], origin: Mapping[str, Any]) -> HttpResponse:
    """A single thing, with where it comes from."""
    return written({**_allowed(rows[0], wanted_fields(shape, asked), shape), "origin": origin})


def wanted_fields(shape: type[Item], asked: One) -> frozenset[str]:
    """The fields that an answer has: those that say which thing it is, those asked for, and the parts to embed."""
    embedded = chosen(asked.embed, shape.EMBEDS, "embed")
    plain = frozenset(shape.model_fields) - set(shape.EMBEDS) - {"origin"}
    fields = chosen(asked.fields, plain, "fields") or plain
    return fields | embedded | set(shape.KEYS)


def written(body: Any) -> HttpResponse:
    """Data as JSON, small and in UTF-8."""
    return HttpResponse(json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(), content_type=JSON_TYPE)


def page_address(route: str, *arguments: object) -> str:
    """The page of a thing on this site, in Italian: an answer is the same whatever language errors are said in."""
    with translation.override("it"):
        return f"{settings.PUBLIC_ADDRESS}{reverse(route, args=arguments)}"


def origin_of(edition: Edition) -> dict[str, str | None]:
    """Where the texts of an edition come from, and their licence as the authority states it (null: it states none)."""
    return {
        "source": edition.source or edition.title_it,
        "publisher": edition.plan.authority_it,
        "licence": edition.licence or None,
        "licence_address": edition.licence_address or None,
    }


def our_origin(source: str, publisher: str = "") -> dict[str, str | None]:
    """Where data come from that are given on under our licence."""
    return {
        "source": source,
        "publisher": publisher or None,
        "licence": LICENCE,
        "licence_address": LICENCE_ADDRESS,
    }


def _allowed(row: Row, wanted: frozenset[str], shape: type[Item]) -> Row:
    """The wanted fields in the order of the shape: what no shape names never leaves."""
    return {name: row[name] for name in shape.model_fields if name in wanted}


def _with_words(listing: Listing, q: str, found: Found) -> Found:
    words = q.split()
    if not words:
        return found
    if not listing.words:
        raise ProblemError(400, _("Words can't be searched in this list: leave q out."), parameter="q")
    if isinstance(found, QuerySet):
        for word in words:
            any_column = Q()
            for column in listing.words:
                any_column |= Q(**{f"{column}__icontains": word})
            found = found.filter(any_column)
        return found
    texts = [" ".join(str(row[key]) for key in listing.words).casefold() for row in found]
    return [row for row, text in zip(found, texts, strict=True) if all(word.casefold() in text for word in words)]


def _sorted(listing: Listing, asked: Many, found: Found) -> Found:
    name = asked.sort.removeprefix("-") or next(iter(listing.sorts))
    if asked.sort:
        chosen(name, listing.sorts, "sort")
    downwards = asked.sort.startswith("-")
    if isinstance(found, QuerySet):
        columns = (*listing.sorts[name], "pk")
        return found.order_by(*(f"-{column}" if downwards else column for column in columns))
    keys = listing.sorts[name]
    if not asked.sort:
        return found
    # What has no value stands at the end, whichever way the list runs.
    with_value = [row for row in found if all(row[key] is not None for key in keys)]
    without = [row for row in found if any(row[key] is None for key in keys)]
    return sorted(with_value, key=lambda row: tuple(row[key] for key in keys), reverse=downwards) + without


def _here(request: HttpRequest) -> str:
    return f"{settings.PUBLIC_ADDRESS}{request.get_full_path()}"


def _next(request: HttpRequest, cursor: str) -> str:
    kept = [(name, request.GET[name]) for name in request.GET if name not in {"cursor", "offset"}]
    return f"{settings.PUBLIC_ADDRESS}{request.path}?{urlencode([*kept, ('cursor', cursor)])}"
