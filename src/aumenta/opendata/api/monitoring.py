"""Operations on what is measured: indicators with readings, projects, how far the actions have come."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query

from aumenta.monitoring.actions.standing import standing_of
from aumenta.monitoring.models import Indicator, Project, ProjectTie, Reading
from aumenta.opendata.api import shapes
from aumenta.opendata.api.answers import Listing, Row, many, origin_of, our_origin, page_address, single, wanted_fields
from aumenta.opendata.api.asking import Many, One
from aumenta.opendata.api.plan import public_edition
from aumenta.opendata.api.problems import nothing_called
from aumenta.opendata.api.service import IndicatorCode, Label, ProjectKey, list_at, one_at
from aumenta.plan.models import Action, Strategy

CARD: Final = (
    "code",
    "name_it",
    "name_en",
    "definition_it",
    "definition_en",
    "method_it",
    "method_en",
    "unit_it",
    "unit_en",
    "direction",
    "kind",
    "frequency",
    "source",
    "source_address",
    "licence",
    "base_year",
    "target",
    "target_year",
)
PROJECT: Final = ("key", "cup", "title", "state", "head", "programme", "component", "measure")
AMOUNTS: Final = ("planned", "planned_fund", "awarded", "paid")
OF_INDICATORS: Final = {
    "source": "La scheda di ciascun indicatore dice la sua fonte e la sua licenza",
    "publisher": None,
    "licence": None,
    "licence_address": None,
}
OF_PROJECTS: Final = "Dati aperti ReGiS del PNRR e ciò che l'ufficio ha inserito"


def public_indicators(wanted: frozenset[str]) -> QuerySet[Indicator]:
    """The cards that everybody may read, with the parts that are wanted."""
    cards = Indicator.objects.filter(public=True)
    if "strategies" not in wanted:
        return cards
    spoken_for = Strategy.objects.filter(axis__edition__state="public").select_related("axis__edition")
    return cards.prefetch_related(Prefetch("strategies", spoken_for))


def _indicators(found: Sequence[Indicator], wanted: frozenset[str]) -> list[Row]:
    rows = []
    for card in found:
        row: Row = {name: getattr(card, name) for name in CARD}
        if "strategies" in wanted:
            row["strategies"] = [f"{one.axis.edition.label}/{one.code}" for one in card.strategies.all()]
        rows.append(row | {"address": page_address("site:indicator", card.code)})
    return rows


INDICATORS: Final = Listing(
    shapes.Indicator,
    _indicators,
    {"code": ("code",), "name_it": ("name_it",)},
    ("code", "name_it", "name_en", "definition_it", "source"),
)


@list_at("/indicators", gettext_noop("The public indicators"), shapes.Indicator)
def indicators(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """The public indicators."""
    found = public_indicators(wanted_fields(shapes.Indicator, asked))
    return many(request, asked, INDICATORS, found, OF_INDICATORS)


def _card(code: str, wanted: frozenset[str]) -> Indicator:
    found = public_indicators(wanted).filter(code=code).first()
    if found is None:
        raise nothing_called(_("indicator"), code)
    return found


def _origin(card: Indicator) -> dict[str, Any]:
    return {
        "source": card.source,
        "publisher": None,
        "licence": card.licence or None,
        "licence_address": None,
    }


@one_at("/indicators/{code}", gettext_noop("One indicator"), shapes.Indicator)
def indicator(request: HttpRequest, code: IndicatorCode, asked: Query[One]) -> HttpResponse:
    """The card of one indicator."""
    wanted = wanted_fields(shapes.Indicator, asked)
    card = _card(code, wanted)
    return single(asked, shapes.Indicator, _indicators([card], wanted), _origin(card))


def _readings(found: Sequence[Reading], wanted: frozenset[str]) -> list[Row]:
    return [
        {
            "place": one.place.code,
            "place_name": one.place.name_it,
            "period": one.period,
            "year": one.year,
            "value": one.value,
            "absence": one.absence,
            "flags": one.marks,
            "numerator": one.numerator,
            "denominator": one.denominator,
            "note": one.note,
        }
        for one in found
    ]


READINGS: Final = Listing(
    shapes.Reading,
    _readings,
    {"place": ("place__code", "period"), "period": ("period", "place__code")},
    ("place__code", "place__name_it", "period"),
)


@list_at("/indicators/{code}/readings", gettext_noop("The readings of an indicator"), shapes.Reading)
def readings(request: HttpRequest, code: IndicatorCode, asked: Query[Many]) -> HttpResponse:
    """The readings of an indicator: places, periods, values with their flags."""
    card = _card(code, frozenset())
    found = Reading.objects.filter(indicator=card).select_related("place")
    return many(request, asked, READINGS, found, _origin(card))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _projects(found: Sequence[Project], wanted: frozenset[str]) -> list[Row]:
    rows = []
    for one in found:
        row: Row = {name: getattr(one, name) for name in PROJECT}
        row |= {name: _text(getattr(one, name)) for name in AMOUNTS}
        row |= {"paid_on": one.paid_on and one.paid_on.isoformat(), "as_of": one.as_of.isoformat()}
        if "municipalities" in wanted:
            row["municipalities"] = sorted(place.istat_code for place in one.municipalities.all())
        if "actions" in wanted:
            row["actions"] = [_carried(tie) for tie in one.ties.all()]
        rows.append(row | {"address": page_address("site:project", one.pk)})
    return rows


def _carried(tie: ProjectTie) -> Row:
    edition = tie.action.strategy.axis.edition
    proposed = tie.state == ProjectTie.State.PROPOSED
    return {"edition": edition.label, "action": tie.action.code, "proposed": proposed}


def all_projects(wanted: frozenset[str]) -> QuerySet[Project]:
    """All projects, with the parts that are wanted."""
    found = Project.objects.all()
    if "municipalities" in wanted:
        found = found.prefetch_related("municipalities")
    if "actions" in wanted:
        ties = ProjectTie.objects.filter(action__strategy__axis__edition__state="public").exclude(state="declined")
        found = found.prefetch_related(Prefetch("ties", ties.select_related("action__strategy__axis__edition")))
    return found


PROJECTS: Final = Listing(
    shapes.Project, _projects, {"key": ("key",), "as_of": ("as_of",)}, ("title", "cup", "key", "head")
)


@list_at("/projects", gettext_noop("Projects with their money and their places"), shapes.Project)
def projects(request: HttpRequest, asked: Query[Many]) -> HttpResponse:
    """Projects with their money; `embed` adds their places and the actions that they carry out."""
    found = all_projects(wanted_fields(shapes.Project, asked))
    return many(request, asked, PROJECTS, found, our_origin(OF_PROJECTS))


@one_at("/projects/{key}", gettext_noop("One project"), shapes.Project)
def project(request: HttpRequest, key: ProjectKey, asked: Query[One]) -> HttpResponse:
    """One project by its local code."""
    wanted = wanted_fields(shapes.Project, asked)
    found = list(all_projects(wanted).filter(key=key))
    if not found:
        raise nothing_called(_("project"), key)
    return single(asked, shapes.Project, _projects(found, wanted), our_origin(OF_PROJECTS))


def _standing(found: Sequence[Action], wanted: frozenset[str]) -> list[Row]:
    rows = []
    for one in standing_of(found):
        latest = one.latest
        rows.append(
            {
                "action": one.action.code,
                "status": latest.state.name_it if latest else None,
                "counts_as": latest.state.meaning if latest else None,
                "phase": latest.phase if latest else None,
                "as_of": latest.as_of.isoformat() if latest else None,
                "percent": None if one.percent is None else round(one.percent, 1),
                "milestones": len(one.milestones),
                "milestones_known": one.known,
                "reason_it": latest.reason_it if latest else "",
                "reason_en": latest.reason_en if latest else "",
                "invented": bool(latest and latest.invented),
            }
        )
    return rows


IMPLEMENTATION: Final = Listing(
    shapes.Implementation,
    _standing,
    {"action": ("strategy__axis__number", "strategy__number", "number")},
    ("title_it", "title_en"),
)


@list_at("/editions/{label}/implementation", gettext_noop("How far the actions have come"), shapes.Implementation)
def implementation(request: HttpRequest, label: Label, asked: Query[Many]) -> HttpResponse:
    """How far the actions of an edition have come, by the latest update that was approved."""
    shown = public_edition(label)
    found = Action.objects.of(shown).defer("description_it", "description_en")
    return many(request, asked, IMPLEMENTATION, found, origin_of(shown))
