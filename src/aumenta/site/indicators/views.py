"""Dashboards of indicators (plan, axis, strategy), the page of one indicator, and its file."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from aumenta.core.readings import unmistakable
from aumenta.monitoring.composites import strategy_composite
from aumenta.monitoring.models import Correction, Indicator, MeasuredPlace, Reading
from aumenta.monitoring.queries import dashboard_rows, place_courses
from aumenta.monitoring.zones import BeltFigure, belt_figures, spread, zone_figures
from aumenta.people.reader import in_language
from aumenta.plan.models import Axis, Edition, Strategy
from aumenta.site.files.writing import check_format, file_of
from aumenta.site.indicators.shown import (
    ShownComposite,
    composite_rows,
    indicator_rows,
    shown_statuses,
    status_counts,
    words_of_chart,
    zone_rows,
)
from aumenta.site.plan.editions import editions
from aumenta.territory.models import Belt, Territory
from aumenta.ui.caching import public_page
from aumenta.ui.files import data_file
from aumenta.ui.line_chart import line_chart
from aumenta.ui.not_found import NotHereError

LATEST_CORRECTIONS = 20


@public_page
def dashboard(request: HttpRequest, label: str, code: str = "") -> HttpResponse:
    """The indicators of the plan, of an axis («2») or of a strategy («2.2»), with what the rules say of them."""
    shown = editions(label)
    about = _part(shown.shown.pk, code) if code else None
    rows = dashboard_rows(shown.shown, code)
    context = {
        **shown.context,
        "about": about,
        "code": code,
        "counts": status_counts(rows),
        "rows": indicator_rows(rows),
        "composite": _composite(about, shown.shown) if isinstance(about, Strategy) else None,
        "axes": [] if code else list(Axis.objects.filter(edition=shown.shown).order_by("number")),
    }
    return render(request, "site/indicators/dashboard.html", context)


def _composite(strategy: Strategy, edition: Edition) -> ShownComposite | None:
    territory = Territory.objects.home()
    if territory is None:
        return None
    return composite_rows(strategy_composite(strategy, edition, territory), territory.full_name)


def _part(edition: int, code: str) -> Axis | Strategy:
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", code):
        raise NotHereError(_("There is neither an axis nor a strategy “%(code)s”.") % {"code": code[:20]})
    axis, _point, number = code.partition(".")
    if number:
        return get_object_or_404(
            Strategy.objects.select_related("axis__edition"),
            axis__edition=edition,
            axis__number=int(axis),
            number=int(number),
        )
    return get_object_or_404(Axis, edition=edition, number=int(axis))


def _public(code: str) -> Indicator:
    return get_object_or_404(Indicator, public=True, code=code)


@public_page
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: line, zones, differences, what each rule says, the figures, source and definition."""
    indicator = _public(code)
    territory = Territory.objects.home()
    figures = zone_figures(indicator, territory) if territory else []
    courses = place_courses(indicator, figures)
    home = territory.full_name if territory else ""
    named = [
        (home if one.kind == "territory" else in_language(one.name_it, one.name_en), one.values) for one in courses
    ]
    zones = zone_rows(indicator, figures, territory) if territory else None
    kinds = set(Reading.objects.filter(indicator=indicator).order_by().values_list("place__kind", flat=True).distinct())
    corrected = Correction.objects.filter(reading__indicator=indicator).select_related("reading__place")
    context: dict[str, Any] = {
        "indicator": indicator,
        "detail": [label for kind, label in MeasuredPlace.Kind.choices if kind in kinds],
        "corrections": corrected[:LATEST_CORRECTIONS],
        "named": named,
        "chart": line_chart(named, indicator.target),
        "chart_words": words_of_chart(indicator, named),
        "statuses": shown_statuses(indicator),
        "zones": zones,
        "belts": _belts(indicator, territory, zones.period) if territory and zones else [],
        "spread": spread(indicator, territory, zones.period) if territory and zones else None,
    }
    return render(request, "site/indicators/indicator.html", context)


def _belts(indicator: Indicator, territory: Territory, period: str) -> list[tuple[str, BeltFigure]]:
    """The belts from the plain upwards, by the names readers know."""
    names = dict(Belt.Key.choices)
    return [(str(names.get(one.belt, one.belt)), one) for one in belt_figures(indicator, territory, period)]


@data_file
def indicator_file(request: HttpRequest, code: str, file_format: str) -> HttpResponse:
    """Every reading of an indicator with place, period, flag, numerator and denominator."""
    check_format(file_format)
    indicator = _public(code)
    readings = Reading.objects.filter(indicator=indicator).order_by("place__code", "period").select_related("place")
    rows = [
        {
            "indicator": indicator.code,
            "place": one.place.code,
            "place_name": one.place.name_it,
            "period": one.period,
            "value": unmistakable(one.value) if file_format == "csv" else one.value,
            "flag": one.absence + one.marks,
            "numerator": unmistakable(one.numerator) if file_format == "csv" else one.numerator,
            "denominator": unmistakable(one.denominator) if file_format == "csv" else one.denominator,
            "note": one.note,
        }
        for one in readings
    ]
    origin = {"source": indicator.source, "licence": indicator.licence or _("not stated"), "licence_address": ""}
    return file_of(request, rows, origin, name=f"indicatore-{code}", what="readings", file_format=file_format)
