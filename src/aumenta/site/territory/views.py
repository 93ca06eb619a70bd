"""The territory as a whole: overview, map of a figure, balance, where the actions reach."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.people.dates import day_in_words
from aumenta.plan.models import Edition
from aumenta.plan.places import Reached, counted, coverage, reaching, ties_of
from aumenta.site.territory import shown as pages
from aumenta.site.territory.place_news import published_facts
from aumenta.territory.figures import FIGURES
from aumenta.territory.inequality import DEGREES, inequality_of
from aumenta.territory.maps import choropleth, counts_choropleth, picture_of
from aumenta.territory.models import Territory
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE
from aumenta.ui.caching import public_page
from aumenta.ui.parts import KeyFigure
from aumenta.ui.reached import reached_words
from aumenta.ui.templatetags.words import number


@public_page
def overview(request: HttpRequest) -> HttpResponse:
    """The territory in one map and a few figures, with ways to zones, belts and municipalities."""
    if Territory.objects.home() is None:
        return render(request, "site/territory/none.html", status=200)
    shown = pages.shown_territory()
    zones, belts = ([pages.column(shown, i) for i in shown.positions(kind)] for kind in (ZONE, BELT))
    whole = pages.column(shown, shown.whole)
    context = {
        "shown": shown,
        "picture": picture_of(shown.territory),
        "figures": [
            KeyFigure(
                pages.shown_value(FIGURES[key], shown.table.value(key, shown.whole)),
                str(FIGURES[key].label),
                note=_note(shown, key),
            )
            for key in ("population", "density", "old_age_index", "share_65_over", "mean_age")
        ],
        **published_facts(shown.territory, [shown.table.places[i].key for i in shown.positions(MUNICIPALITY)]),
        "zones": zones,
        "belts": [{"column": one, "place": shown.table.places[one.position]} for one in belts],
        "zone_rows": [
            {"column": one, "place": shown.table.places[one.position], "values": _values(shown, one.position)}
            for one in zones
        ],
        "headings": [FIGURES[key] for key in ZONE_FIGURES],
        "age_bars": pages.age_bars(shown, [whole, *belts]),
        "printed": _printed(shown),
        "municipalities": len(shown.positions(MUNICIPALITY)),
    }
    return render(request, "site/territory/overview.html", context)


ZONE_FIGURES = ("population", "change", "density", "share_65_over", "old_age_index")


def _note(shown: pages.Shown, key: str) -> str:
    """The unit of a key figure, and the day it is about where that is not the day of the ages."""
    if key == "population" and shown.table.residents_on:
        return _("on %(day)s") % {"day": day_in_words(shown.table.residents_on, "al")}
    return str(FIGURES[key].unit) if FIGURES[key].unit != "%" else _("in every hundred residents")


def _values(shown: pages.Shown, position: int) -> list[str]:
    return [pages.shown_value(FIGURES[key], shown.table.value(key, position)) for key in ZONE_FIGURES]


def _printed(shown: pages.Shown) -> list[dict[str, object]]:
    """The figures a plan printed beside ours of the latest year."""
    return [
        {
            "figure": FIGURES[printed.figure],
            # As many decimals as the document prints.
            "printed": number(printed.value, len(f"{printed.value:.4f}".rstrip("0").partition(".")[2])),
            "year": printed.year,
            "source": printed.source,
            "note": printed.note,
            "ours": pages.shown_value(FIGURES[printed.figure], shown.table.value(printed.figure, shown.whole)),
        }
        for printed in shown.territory.published_figures.all()
    ]


@public_page
def figure_map(request: HttpRequest) -> HttpResponse:
    """One figure over the map, with its classes and a table of the same numbers. `?dato=densita` chooses."""
    shown = pages.shown_territory()
    figure, note = pages.figure_asked(request.GET.get("dato", ""))
    positions = shown.positions(MUNICIPALITY)
    values = {shown.table.places[i].key: pages.shown_value(figure, shown.table.value(figure.key, i)) for i in positions}
    context = {
        "shown": shown,
        "figure": figure,
        "note": note,
        "choices": pages.figure_choices(figure),
        "picture": picture_of(shown.territory),
        "drawn": choropleth(shown.table, figure, shown.territory),
        "values": values,
        "rows": pages.ranked(shown, positions, figure),
        "whole": pages.shown_value(figure, shown.table.value(figure.key, shown.whole)),
    }
    return render(request, "site/territory/map.html", context)


@public_page
def balance_page(request: HttpRequest) -> HttpResponse:
    """How evenly a figure is spread among municipalities, zones and belts, in words first."""
    shown = pages.shown_territory()
    figure, note = pages.figure_asked(request.GET.get("dato", ""))
    if figure.key not in pages.RATES:
        note = _("“%(figure)s” counts people or land, which larger places have more of: choose a rate.") % {
            "figure": figure.label
        }
        figure = FIGURES[pages.DEFAULT_FIGURE]
    measured = inequality_of(shown.table, figure.key, shown.territory.code)
    context = {
        "shown": shown,
        "figure": figure,
        "note": note,
        "choices": pages.figure_choices(figure, pages.RATES),
        "measured": measured,
        "top": pages.shown_value(figure, measured.top_mean),
        "bottom": pages.shown_value(figure, measured.bottom_mean),
        "degrees": [(limit, word) for limit, word in DEGREES if limit < 1],
        "zones": pages.ranked(shown, shown.positions(ZONE), figure),
        "belts": pages.ranked(shown, shown.positions(BELT), figure),
        "others": [
            {"figure": FIGURES[key], "measured": inequality_of(shown.table, key, shown.territory.code)}
            for key in pages.RATES
        ],
        "address": reverse("site:balance"),
    }
    return render(request, "site/territory/balance.html", context)


@public_page
def reach(request: HttpRequest) -> HttpResponse:
    """How many actions of the current edition reach each municipality."""
    shown = pages.shown_territory()
    edition = Edition.objects.current()
    ties = ties_of(edition, shown.territory) if edition else []
    positions = shown.positions(MUNICIPALITY)
    counts = coverage(ties)
    # What nobody has confirmed is not drawn as if it were: where there is nothing else, the title of the map says so.
    sure = any(count.confirmed for count in counts.values())
    drawn = counts_choropleth(
        {code: count.confirmed if sure else count.proposed for code, count in counts.items()},
        [shown.table.places[i].key for i in positions],
    )
    places = [shown.table.places[i] for i in positions]
    everywhere = frozenset(place.key for place in places)
    rows = sorted(
        ((place, counts.get(place.key, Reached())) for place in places),
        key=lambda row: (-row[1].confirmed, -row[1].proposed, row[0].name),
    )
    context = {
        "shown": shown,
        "reached_edition": edition,
        "picture": picture_of(shown.territory),
        "drawn": drawn,
        "sure": sure,
        "values": {place.key: reached_words(count) for place, count in rows},
        "rows": rows,
        "located": len({tie.action_pk for tie in ties}),
        "counted_words": reached_words(counted(reaching(ties, everywhere).values())),
        "n_ties": len(ties),
        "find": reverse("site:actions", args=[edition.label]) if edition else "",
    }
    return render(request, "site/territory/reach.html", context)
