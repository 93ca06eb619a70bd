"""The dossier of a municipality or a zone on paper: its figures with their dates, the actions that reach it, its
events, whom to write to. It gives the same two numbers of actions as its page."""

from collections.abc import Iterator
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.contacts.queries import office
from aumenta.core.text import plain_text
from aumenta.events.models import Event
from aumenta.people.dates import day_in_words, moment_in_words
from aumenta.people.reader import in_language, reader_language
from aumenta.plan.models import Action, Edition
from aumenta.plan.places import codes_in, counted, is_confirmed, reaching, ties_of
from aumenta.printing.paper import compile_pdf
from aumenta.territory.facts import SOURCES, PlaceFacts, facts_of
from aumenta.territory.figures import FIGURES, OF_RESIDENTS
from aumenta.territory.models import Territory
from aumenta.territory.queries import MUNICIPALITY, ZONE, FigureTable, Place, table_of
from aumenta.ui.files import data_file
from aumenta.ui.reached import reached_words
from aumenta.ui.templatetags.words import after_value, number, percent

KINDS: Final = {"comuni": MUNICIPALITY, "zone": ZONE}
AGES: Final = ("density", "share_0_18", "share_65_over", "old_age_index", "mean_age")
MOST_EVENTS: Final = 10
Row = tuple[str, str]


@data_file
def dossier(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The dossier of a place as PDF/UA-1, in the page's language."""
    territory = Territory.objects.home()
    if territory is None:
        raise Http404(_("No territory is loaded yet."))
    table = table_of(territory)
    position = table.find(KINDS[kind], key, territory.code)
    if position is None:
        raise Http404(_("There is no such place in this territory."))
    content = compile_pdf("dossier.typ", dossier_of(territory, table, position))
    headers = {"Content-Disposition": f'attachment; filename="{territory.slug}-{kind}-{key}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def dossier_of(territory: Territory, table: FigureTable, position: int) -> dict[str, Any]:
    """What the template prints: all words ready, all numbers as they are read."""
    place = table.places[position]
    codes = codes_in(table, place)
    edition = Edition.objects.select_related("plan").current()
    route = "site:municipality" if place.kind == MUNICIPALITY else "site:zone"
    facts = facts_of(territory.slug, sorted(codes))
    return {
        "language": reader_language(),
        "title": _title(place),
        "over": in_language(edition.title_it, edition.title_en) if edition else territory.full_name,
        "address": f"{settings.PUBLIC_ADDRESS}{reverse(route, args=[place.key])}",
        "made": _("Made on %(day)s") % {"day": day_in_words(timezone.localdate(), "del")},
        "figures": [*_published(facts), *_computed(table, position)],
        "sources": [str(source) for source in SOURCES] if facts else [],
        "actions": _actions(edition, territory, codes) if edition else None,
        "events": list(_events(place, territory)),
        "contacts": _contacts(),
        "labels": {
            "figures": _("Figures"),
            "figure": _("Figure"),
            "value": _("Value"),
            "actions": _("Actions for this place"),
            "confirmed": _("Confirmed by the office"),
            "proposed": _("Proposed by a program from the words of the sheets, confirmed by nobody"),
            "for_whom": _("What this means, and for whom"),
            "events": _("Events here"),
            "contacts": _("Whom to write to"),
            "none": _("None yet."),
        },
    }


def _title(place: Place) -> str:
    return place.name if place.kind == MUNICIPALITY else _("Zone %(zone)s") % {"zone": f"{place.key}. {place.name}"}


def _published(facts: PlaceFacts | None) -> Iterator[Row]:
    if facts is None:
        return
    for one in facts.residents:
        said = _("Residents on %(day)s (provisional)") if one.provisional else _("Residents on %(day)s")
        yield said % {"day": day_in_words(one.on, "al")}, number(one.number)
    if facts.foreign_share is not None:
        yield (
            _("Foreign residents, end of 2025 (provisional)"),
            f"{number(facts.foreign)} ({percent(facts.foreign_share, 1)})",
        )
    for year, income in facts.incomes.items():
        yield _("Mean income declared for %(year)s, euro a return") % {"year": year}, number(income)
    if facts.inner_area:
        yield _("Class of inner areas 2021-2027"), str(facts.inner_area)


def _computed(table: FigureTable, position: int) -> Iterator[Row]:
    for key in AGES:
        figure = FIGURES[key]
        value = number(table.value(key, position), figure.decimals)
        on = table.on(key)
        when = _("on %(day)s") % {"day": day_in_words(on, "al")} if on else ""
        if table.final and key not in OF_RESIDENTS:
            when = _("provisional file of 1 January %(year)s") % {"year": table.year}
        yield f"{figure.label}, {when}", f"{value}{after_value(figure.unit)}"


def _actions(edition: Edition, territory: Territory, codes: frozenset[str]) -> dict[str, Any]:
    found = reaching(ties_of(edition, territory), codes)
    rows = {one.pk: one for one in Action.objects.of(edition).filter(pk__in=found)}

    def of(confirmed: bool) -> list[dict[str, str]]:
        return [
            {
                "code": rows[pk].code,
                "title": in_language(rows[pk].title_it, rows[pk].title_en),
                "summary": in_language(rows[pk].summary_it, rows[pk].summary_en) if confirmed else "",
                "for_whom": plain_text(in_language(rows[pk].for_whom_it, rows[pk].for_whom_en)) if confirmed else "",
            }
            for pk, ties in found.items()
            if is_confirmed(ties) is confirmed
        ]

    return {"counted": reached_words(counted(found.values())), "confirmed": of(True), "proposed": of(False)}


def _events(place: Place, territory: Territory) -> Iterator[Row]:
    here = Q(tables__zones__number=place.zone, tables__zones__territory=territory)
    if place.kind == MUNICIPALITY:
        here |= Q(venues__municipality__istat_code=place.key)
    events = Event.objects.exclude(published_at=None).filter(here).distinct().order_by("-starts_at")
    for event in events[:MOST_EVENTS]:
        yield event.title, moment_in_words(event.starts_at)


def _contacts() -> list[str]:
    to = office()
    known = [in_language(to.name_it, to.name_en), to.address, to.email, to.pec, to.phone]
    return [one for one in known if one] or [f"{settings.PUBLIC_ADDRESS}{reverse('site:contact')}"]
