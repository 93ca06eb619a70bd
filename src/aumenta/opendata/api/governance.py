"""Operations on the register of acts."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.governance.models import Act
from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, our_origin, page_address, single
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import Slug, list_at, one_at

REGISTER: Final = "Registro degli atti"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _acts(found: Sequence[Act], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "act": act.slug,
            "body": act.body.slug,
            "body_name_it": act.body.name_it,
            "body_name_en": act.body.name_en,
            "kind": act.kind,
            "state": act.state,
            "number": act.number,
            "year": act.year,
            "day": _day(act.day),
            "day_words": act.day_words,
            "object_it": act.object_it,
            "object_en": act.object_en,
            "points": act.point_list,
            "edition": act.edition.label if act.edition and act.edition.is_public else None,
            "outcome": act.outcome,
            "vote_as_published": act.vote_words,
            "published_from": _day(act.published_from),
            "published_to": _day(act.published_to),
            "enforceable_on": _day(act.enforceable_on),
            "force_from": _day(act.force_from),
            "force_to": _day(act.force_to),
            "act_source": act.source,
            "invented": act.invented,
            "address": page_address("site:act", act.slug),
        }
        for act in found
    ]


def _public() -> QuerySet[Act]:
    return Act.objects.public().select_related("body", "edition")


ACTS: Final = Listing(
    shapes.Act,
    _acts,
    {"day": ("day",), "act": ("slug",)},
    ("object_it", "object_en", "number", "body__name_it", "points"),
)


@list_at("/acts", gettext_noop("The register of acts"), shapes.Act)
def acts(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The register of acts: from the deposit on, as its page shows it."""
    return many(request, asked, ACTS, _public(), our_origin(REGISTER))


@one_at("/acts/{slug}", gettext_noop("One act"), shapes.Act)
def act(request: HttpRequest, slug: Slug, asked: Query[One]) -> HttpResponse:
    """One act."""
    found = list(_public().filter(slug=slug))
    if not found:
        raise nothing_called(_("act"), slug)
    return single(asked, shapes.Act, _acts(found, frozenset()), our_origin(REGISTER))
