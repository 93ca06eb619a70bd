"""Operations on what sheets name: frameworks with their items, actors."""

from collections.abc import Sequence
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, our_origin
from aumenta.opendata.api.asking import Many
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import Slug, list_at
from aumenta.plan.models import Actor, Framework, FrameworkItem, Involvement

OF_LISTS: Final = "Elenchi di Aumenta, dai documenti che li nominano"


def _frameworks(found: Sequence[Framework], wanted: frozenset[str]) -> list[Row]:
    return [
        {name: getattr(one, name) for name in ("code", "name_it", "name_en", "brings_funds", "closed")} for one in found
    ]


FRAMEWORKS: Final = Listing(
    shapes.Framework, _frameworks, {"position": ("position",), "code": ("code",)}, ("code", "name_it", "name_en")
)


@list_at("/frameworks", gettext_noop("The frameworks that actions are aligned to"), shapes.Framework)
def frameworks(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The frameworks that actions are aligned to."""
    return many(request, asked, FRAMEWORKS, Framework.objects.all(), our_origin(OF_LISTS))


def _items(found: Sequence[FrameworkItem], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "item": item.slug,
            "code": item.code,
            "part_of": item.parent.slug if item.parent else None,
            "name_it": item.name_it,
            "name_en": item.name_en,
            "source": item.source,
            "since": item.since and item.since.isoformat(),
        }
        for item in found
    ]


ITEMS: Final = Listing(
    shapes.FrameworkItem, _items, {"position": ("position",), "code": ("code",)}, ("code", "name_it", "name_en")
)


@list_at("/frameworks/{code}/items", gettext_noop("The items of a framework"), shapes.FrameworkItem)
def framework_items(request: HttpRequest, code: Slug, asked: Query[Many]) -> HttpResponse:
    """The items of a framework."""
    if not Framework.objects.filter(code=code).exists():
        raise nothing_called(_("framework"), code)
    found = FrameworkItem.objects.filter(framework__code=code).select_related("parent")
    return many(request, asked, ITEMS, found, our_origin(OF_LISTS))


def _actors(found: Sequence[Actor], wanted: frozenset[str]) -> list[Row]:
    return [{"actor": one.slug, "name_it": one.name_it, "name_en": one.name_en, "kind": one.kind} for one in found]


ACTORS: Final = Listing(
    shapes.Actor, _actors, {"name_it": ("name_it",), "actor": ("slug",)}, ("name_it", "name_en", "slug")
)


@list_at("/actors", gettext_noop("The actors that public sheets name"), shapes.Actor)
def actors(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The actors that sheets of public editions name."""
    return many(request, asked, ACTORS, public_actors(), our_origin(OF_LISTS))


def public_actors() -> QuerySet[Actor]:
    """The actors that sheets of public editions name."""
    named = Involvement.objects.filter(action__strategy__axis__edition__state="public").values("actor")
    return Actor.objects.filter(pk__in=named)
