"""The register of acts as the public reads it: what was decided, by whom, how it was voted, what became of opinions."""

from datetime import date, datetime, time
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from aumenta.core.diff import Span
from aumenta.core.diff.words import diff_words
from aumenta.core.tables.writing import clean
from aumenta.governance.adoption import adopted_text
from aumenta.governance.coherence.items_of import items_of
from aumenta.governance.models import Act, ActText, Ballot, Body, Opinion, Session, Vote
from aumenta.governance.polls.words import outcome_words, why_words
from aumenta.governance.road.texts import readable_words
from aumenta.people.reader import reader_language
from aumenta.plan.models import Plan
from aumenta.site.governance.sessions_calendar import sessions_calendar
from aumenta.territory.models import Municipality
from aumenta.ui.caching import public_page
from aumenta.ui.templatetags.words import plain_words

ON_A_PAGE = 25
IN_FEED = 30
MOST_WORDS = 100
LONGEST_DIFF = 60_000


def public_acts() -> QuerySet[Act]:
    """What the register shows."""
    return Act.objects.public().select_related("body")


@public_page
def register(request: HttpRequest) -> HttpResponse:
    """All public acts; `?q=` searches object, number, body, `?tipo=` and `?anno=` narrow."""
    acts = public_acts()
    words = request.GET.get("q", "").strip()[:MOST_WORDS]
    for word in words.split():
        acts = acts.filter(
            Q(object_it__icontains=word)
            | Q(object_en__icontains=word)
            | Q(number__iexact=word)
            | Q(body__name_it__icontains=word)
            | Q(points__icontains=word)
        )
    kind = request.GET.get("tipo", "")
    if kind in Act.Kind.values:
        acts = acts.filter(kind=kind)
    year = request.GET.get("anno", "")
    if year.isascii() and year.isdecimal() and len(year) == 4:
        acts = acts.filter(day__year=int(year))
    context = {
        "page": Paginator(acts, ON_A_PAGE).get_page(request.GET.get("pagina")),
        "words": words,
        "kind": kind,
        "year": year,
        "kinds": Act.Kind.choices,
    }
    return render(request, "site/governance/acts.html", context)


@public_page
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """One act: what it decides, its road, opinions with conditions and answers, votes by name."""
    shown = get_object_or_404(public_acts().select_related("edition", "follows"), slug=slug)
    today = timezone.localdate()
    asked = shown.opinions.select_related("body__zone").prefetch_related("conditions__municipality")
    texts = list(shown.texts.select_related("release", "condition__opinion__body").order_by("number"))
    context = {
        "act": shown,
        "opinions": [(one, one.standing(today)) for one in asked],
        "polls": [_poll(one) for one in closed_polls(shown)],
        "texts": texts,
        "changes": _changes(texts),
        "words_now": readable_words(texts),
        "hearings": shown.hearings.all(),
        "annexes": shown.annexes.all(),
        "adopted": adopted_text(shown),
    }
    return render(request, "site/governance/act.html", context)


def _changes(texts: list[ActText]) -> list[tuple[ActText, list[Span]]]:
    """What each text changed of the one before it, word by word; not of texts as long as a whole plan."""
    pairs = [
        (before, after) for before, after in pairwise(texts) if len(before.words) + len(after.words) < LONGEST_DIFF
    ]
    return [(after, diff_words(before.words, after.words)) for before, after in pairs]


def closed_polls(shown: Act) -> QuerySet[Vote]:
    """The votes of an act that are closed, with their names."""
    polls = shown.polls.exclude(closed_at=None).select_related("session__body", "rule")
    return polls.prefetch_related("ballots", "corrections")


def _poll(one: Vote) -> dict[str, Any]:
    """A closed vote with its names by what they did, its frozen result in words, and what the minutes declared."""
    names = {"present": _("present"), **{key: str(words) for key, words in Ballot.OPTIONS}}
    groups: dict[str, list[str]] = {}
    for ballot in one.ballots.all():
        groups.setdefault(ballot.option, []).append(ballot.name)
    carried = (one.result or {}).get("carried")
    return {
        "vote": one,
        "groups": [(str(words), groups[key], _carried(carried, key)) for key, words in Ballot.OPTIONS if key in groups],
        "carried_on": date.fromisoformat(carried["on"]) if carried else None,
        "carried_all": carried["all"] if carried else None,
        "outcome": outcome_words(one.result) if one.result else "",
        "why": why_words(one.result) if one.result else "",
        "declared": [(names[key], value) for key, value in (one.declared or {}).items() if key in names],
        "corrections": one.corrections.all(),
    }


def _carried(carried: dict[str, Any] | None, option: str) -> tuple[int, float] | None:
    """The residents of the municipalities that voted so, and their share in percent."""
    if not carried or not carried["all"]:
        return None
    n = carried["of"].get(option, 0)
    return n, 100 * n / carried["all"]


@public_page
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """What a municipality was asked, by its zone's assembly and in the Conference, what was answered, how it voted."""
    place = get_object_or_404(Municipality.objects.with_places(), istat_code=code)
    mine = Q(body__kind=Body.Kind.CONFERENCE) | Q(body__zone=place.zone_id, body__zone__isnull=False)
    asked = Opinion.objects.filter(mine, body__territory=place.territory_id, act__in=Act.objects.public())
    today = timezone.localdate()
    context = {
        "place": place,
        "opinions": [
            (one, one.standing(today))
            for one in asked.select_related("body", "act").prefetch_related("conditions").order_by("-asked_on")
        ],
        "ballots": place.ballots.exclude(vote__closed_at=None)
        .filter(Q(vote__act=None) | Q(vote__act__in=Act.objects.public()))
        .select_related("vote__session__body", "vote__act"),
        "items": items_of(place),
    }
    return render(request, "site/governance/municipality.html", context)


@public_page
def zone(request: HttpRequest, number: int) -> HttpResponse:
    """What the assembly of a zone was asked, what it answered, what became of its conditions, and how it voted."""
    assemblies = Body.objects.filter(kind=Body.Kind.ZONE_ASSEMBLY, zone__number=number).select_related("zone")
    body = assemblies.order_by("pk").first()
    if body is None:
        raise Http404
    today = timezone.localdate()
    asked = body.opinions.select_related("act").prefetch_related("conditions__municipality").order_by("-asked_on")
    polls = Vote.objects.filter(session__body=body).exclude(closed_at=None).select_related("session__body", "act")
    context = {
        "body": body,
        "opinions": [(one, one.standing(today)) for one in asked],
        "polls": [
            (one, outcome_words(one.result) if one.result else "") for one in polls.order_by("-session__held_on")
        ],
        "acts": public_acts().filter(body=body),
    }
    return render(request, "site/governance/zone.html", context)


@public_page
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions of the bodies, those to come first: order of the day, and what was voted."""
    today = timezone.localdate()
    shown = Session.objects.select_related("body").prefetch_related("polls__act")
    context = {
        "coming": shown.filter(held_on__gte=today).order_by("held_on", "pk"),
        "page": Paginator(shown.filter(held_on__lt=today), ON_A_PAGE).get_page(request.GET.get("pagina")),
    }
    return render(request, "site/governance/sessions.html", context)


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """The latest acts as an Atom feed."""
    plan = Plan.objects.order_by("pk").first()
    address = settings.PUBLIC_ADDRESS
    made = Atom1Feed(
        title=_("Acts of %(plan)s") % {"plan": plain_words(plan, "name")} if plan else _("Acts"),
        link=address + reverse("site:acts"),
        description="",
        language=reader_language(),
        feed_url=address + reverse("site:acts_feed"),
        author_name=plain_words(plan, "authority") if plan else "Aumenta",
    )
    for one in public_acts().exclude(day=None)[:IN_FEED]:
        mark = f" ({_('invented')})" if one.invented else ""
        when = timezone.make_aware(datetime.combine(one.day, time(12))) if one.day else timezone.now()
        made.add_item(
            title=clean(f"{one.label} {one}{mark}".strip()),
            link=address + reverse("site:act", args=[one.slug]),
            description=clean(f"{one.body}: {one.get_state_display()}"),
            unique_id=f"tag:{urlsplit(address).hostname},{when.year}:acts/{one.pk}",
            pubdate=when,
            updateddate=when,
        )
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """The sessions of the bodies as a calendar file."""
    content = sessions_calendar(Session.objects.select_related("body")[:500])
    return HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
