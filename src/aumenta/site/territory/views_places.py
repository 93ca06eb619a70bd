"""Zones, belts and municipalities: one page each, an order of the zones, find my municipality, compare."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from aumenta.following.news_of_place import events_at
from aumenta.monitoring.projects.of_place import municipality_projects, zone_projects
from aumenta.monitoring.readings_of_place import municipality_indicators, zone_indicators
from aumenta.plan.find.place_filters import WORDS
from aumenta.site.territory import shown as pages
from aumenta.site.territory.place_actions import actions_of
from aumenta.site.territory.place_news import news_naming, published_facts
from aumenta.site.territory.places_compared import compared
from aumenta.territory.figures import FIGURES
from aumenta.territory.find_places import BEST, KNOWN, find, find_zones
from aumenta.territory.maps import picture_of
from aumenta.territory.models import Municipality, Succession
from aumenta.territory.queries import BELT, MUNICIPALITY, ZONE, Place, successors_of
from aumenta.ui.caching import public_page
from aumenta.ui.not_found import NotHereError


@public_page
def zones(request: HttpRequest) -> HttpResponse:
    """The zones in the order of a figure. `?dato=densita` chooses."""
    shown = pages.shown_territory()
    figure, note = pages.figure_asked(request.GET.get("dato", ""))
    context = {
        "shown": shown,
        "figure": figure,
        "note": note,
        "choices": pages.figure_choices(figure),
        "rows": pages.ranked(shown, shown.positions(ZONE), figure),
        "belts": pages.ranked(shown, shown.positions(BELT), figure),
        "whole": pages.shown_value(figure, shown.table.value(figure.key, shown.whole)),
        "picture": picture_of(shown.territory),
        "file_query": "?tipo=zone",
    }
    return render(request, "site/territory/zones.html", context)


@public_page
def zone(request: HttpRequest, number: str) -> HttpResponse:
    """One zone: figures, municipalities, actions."""
    return _group(request, ZONE, number)


@public_page
def belt(request: HttpRequest, slug: str) -> HttpResponse:
    """One altimetric belt: figures, municipalities, actions."""
    return _group(request, BELT, slug)


def _group(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    shown = pages.shown_territory()
    position = shown.at(kind, key)
    place = shown.table.places[position]
    columns = [pages.column(shown, position), pages.column(shown, shown.whole)]
    inside = pages.members(shown, place)
    context = {
        "shown": shown,
        "place": place,
        "name": columns[0].name,
        "columns": columns,
        "lines": pages.lines(shown, columns),
        "age_bars": pages.age_bars(shown, columns),
        "member_columns": [pages.column(shown, i) for i in inside],
        "rows": [
            {
                "column": pages.column(shown, i),
                "place": shown.table.places[i],
                "values": [line.values[0] for line in pages.lines(shown, [pages.column(shown, i)], MEMBER_FIGURES)],
            }
            for i in inside
        ],
        "headings": [FIGURES[key] for key in MEMBER_FIGURES],
        "codes": {shown.table.places[i].key for i in inside},
        "file_query": f"?{WORDS[kind]}={key}",
        "picture": picture_of(shown.territory),
        **published_facts(shown.territory, [shown.table.places[i].key for i in inside]),
        "place_events": events_at(shown.territory, zone=place.zone if kind == ZONE else None),
        "place_news": news_naming([place.name, *(shown.table.places[i].name for i in inside)]) if kind == ZONE else [],
        "feed": reverse("site:zone_feed", args=[key]) if kind == ZONE else "",
        "follow": f"zona-{key}" if kind == ZONE else "",
        "dossier": reverse("place-dossier", args=["zone", key]) if kind == ZONE else "",
        **(_measured(shown, place) if kind == ZONE else {}),
        **_actions(shown, place),
    }
    return render(request, "site/territory/group.html", context)


def _measured(shown: pages.Shown, place: Place) -> dict[str, object]:
    """Projects and indicators of a zone."""
    number = place.zone or 0
    return {
        "projects": zone_projects(shown.territory, number),
        "projects_query": f"?zona={number}",
        "indicators": zone_indicators(shown.territory, number, place.members),
    }


MEMBER_FIGURES = ("population", "change", "density", "share_65_over", "old_age_index")


@public_page
def municipalities(request: HttpRequest) -> HttpResponse:
    """Find my municipality: `?q=` by any spelling, and the list of all."""
    shown = pages.shown_territory()
    asked = request.GET.get("q", "").strip()[:100]
    hits = find(shown.territory, asked) if asked else []
    zones = find_zones(shown.territory, asked) if asked else []
    best = [hit for hit in hits if hit.score == BEST] or [hit for hit in hits if hit.score == KNOWN and not zones]
    if len(best) == 1:
        return HttpResponseRedirect(reverse("site:municipality", args=[best[0].code]))
    places = [shown.table.places[i] for i in shown.positions(MUNICIPALITY)]
    letters: dict[str, list[Place]] = {}
    for place in places:
        letters.setdefault(place.name[0].upper(), []).append(place)
    context = {
        "shown": shown,
        "asked": asked,
        "hits": hits,
        "zone_hits": zones,
        "letters": sorted(letters.items()),
        "total": len(places),
    }
    return render(request, "site/territory/municipalities.html", context)


@public_page
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """One municipality: figures beside its zone's, its belt's and the whole's, neighbours, actions, history."""
    shown = pages.shown_territory()
    found = Municipality.objects.with_places().with_ties().filter(territory=shown.territory, istat_code=code).first()
    if found is None:
        sentence = _(
            "No municipality of this territory has or had the code “%(code)s”. Of those merged long ago not all "
            "are known here."
        )
        meant = pages.municipalities_meant(shown.territory, code)
        raise NotHereError(sentence % {"code": code[:20]}, [*meant, *pages.lists_of_places()])
    # What `with_ties` says there is of it.
    there = vars(found)
    if not found.is_current:
        context = {
            "shown": shown,
            "municipality": found,
            "successors": successors_of(code),
            "past": _history(found, there),
        }
        return render(request, "site/territory/past.html", context)
    return render(request, "site/territory/municipality.html", _of_municipality(shown, found))


def _of_municipality(shown: pages.Shown, found: Municipality) -> dict[str, object]:
    """What the page of a municipality of today shows."""
    code, there = found.istat_code, vars(found)
    position = shown.at(MUNICIPALITY, code)
    place = shown.table.places[position]
    around = [(ZONE, str(place.zone)), (BELT, place.belt or "")]
    beside = [i for kind, key in around if (i := shown.table.find(kind, key, shown.territory.code)) is not None]
    columns = [pages.column(shown, i) for i in (position, *beside, shown.whole)]
    outside = list(found.outside_neighbours.all()) if there["has_outside"] else []
    return {
        "projects": municipality_projects(found),
        "place_news": news_naming([found.name]),
        "projects_query": f"?comune={code}",
        "indicators": municipality_indicators(found),
        "shown": shown,
        "municipality": found,
        "outside": outside,
        "outside_known": there["outside_known"],
        "place": place,
        "columns": columns,
        "lines": pages.lines(shown, columns),
        "age_bars": pages.age_bars(shown, columns),
        "neighbours": found.neighbourhoods.select_related("neighbour__zone").order_by("-border_km"),
        "past": _history(found, there),
        "picture": picture_of(shown.territory),
        "codes": {code},
        "file_query": f"?comune={code}",
        **published_facts(shown.territory, [code]),
        "place_events": events_at(shown.territory, municipality=found.pk, zone=place.zone),
        "feed": reverse("site:municipality_feed", args=[code]),
        "follow": f"comune-{code}",
        "dossier": reverse("place-dossier", args=["comuni", code]),
        **_actions(shown, place),
    }


def _actions(shown: pages.Shown, place: Place) -> dict[str, object]:
    """The actions that reach a place, and their edition, so that the navigation need not look for it again."""
    actions = actions_of(shown, place)
    if actions is None:
        return {"actions": None}
    return {"actions": actions, "edition": actions.edition, "plan_of_site": actions.edition.plan}


def _history(found: Municipality, there: dict[str, bool]) -> dict[str, list[object]]:
    """Who came before and after, and what it was called; what there is none of is not asked for."""
    successions = []
    if there["has_changes"]:
        either = Q(predecessor=found) | Q(successor=found)
        successions = list(Succession.objects.filter(either).select_related("predecessor", "successor"))
    return {
        "predecessors": [one for one in successions if one.successor_id == found.pk],
        "successors": [one for one in successions if one.predecessor_id == found.pk],
        "former_names": list(found.former_names.all()) if there["has_former_names"] else [],
    }


@public_page
def compare(request: HttpRequest) -> HttpResponse:
    """Up to five places side by side. `?luogo=comune-001272&luogo=zona-5`; `aggiungi` adds one by name."""
    shown = pages.shown_territory()
    comparison = compared(shown, request.GET.getlist("luogo"), request.GET.get("aggiungi", ""))
    if comparison.settled is not None:
        return HttpResponseRedirect(f"{reverse('site:places_compared')}{comparison.settled}")
    columns = [choice.column for choice in comparison.chosen]
    context = {
        "shown": shown,
        "comparison": comparison,
        "lines": pages.lines(shown, columns, tuple(FIGURES)) if columns else [],
        "age_bars": pages.age_bars(shown, columns),
        "names": [pages.name_of(shown.table.places[i]) for kind in (ZONE, BELT) for i in shown.positions(kind)]
        + [shown.table.places[i].name for i in shown.positions(MUNICIPALITY)],
    }
    return render(request, "site/territory/compare.html", context)
