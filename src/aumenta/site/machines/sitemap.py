"""Every public page that a search engine may show, and when it last changed."""

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Max

from aumenta.events.models import Event
from aumenta.governance.models import Act, InstrumentVersion
from aumenta.monitoring.models import Indicator, Project
from aumenta.monitoring.reports.published import published_reports
from aumenta.pages.models import Page
from aumenta.plan.find.catalogue import catalogue
from aumenta.plan.models import Edition
from aumenta.results.models import Snapshot
from aumenta.review.models import Version
from aumenta.site.plan.editions import public_editions
from aumenta.surveys.models import Questionnaire
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from aumenta.themes.models import Issue
from aumenta.voices.models import Consultation

LEFT_OUT = {
    "search": "its pages are answers, and say noindex",
    "suggestions": "no page",
    "past_edition": "a day of the past is not what anybody looks for",
    "past_action": "a day of the past is not what anybody looks for",
    "registration": "a form that ends",
    "registration_sent": "the end of a form",
    "my_registration": "somebody's own",
    "event_phone": "for those at the tables",
    "event_calendar": "a file",
    "questionnaire_invited": "somebody's own",
    "questionnaire_thanks": "the end of a form",
    "contribution_receipt": "somebody's own",
    "contribution": "what somebody wrote is found by the page of answers, and says noindex",
    "follow_contribution": "a form for who has a number",
    "follow": "a form about another page",
    "follow_sent": "the end of a form",
    "my_following": "somebody's own",
    "stop_following": "somebody's own",
    "contact_received": "the end of a form",
    "rate": "a form about another page",
    "rated": "the end of a form",
    "news_feed": "a feed",
    "municipality_feed": "a feed",
    "zone_feed": "a feed",
    "events_feed": "a feed",
    "all_events": "a file",
    "acts_feed": "a feed",
    "acts_calendar": "a file",
    "issues_matrix": "a file",
    "duties_by_link": "somebody's own",
    "act_popolo": "a file",
    "act_akn": "a file",
    "chain_json": "a file",
    "paper_version": "found by the page of papers",
    "paper_changes": "found by the page of papers",
    "chain_prov": "a file",
    "act_annex": "a file",
    "zone_acts": "reached from the acts its assembly was asked about",
    "municipality_acts": "reached from the page of the municipality",
}
"""Routes without an entry, and why; a test holds every other route to having one. Files need none: pages link them."""


class SitemapEntry(NamedTuple):
    """A page: its route in the site, the arguments of its address, and when it last changed where that is known."""

    route: str
    arguments: tuple[Any, ...] = ()
    changed: datetime | None = None


def entries() -> Iterator[SitemapEntry]:
    """All pages; four queries an edition once its catalogue is known, a dozen for everything else."""
    public = public_editions()
    newest = max((at for one in public if (at := _changed(one))), default=None)
    yield SitemapEntry("home", (), newest)
    for edition in public:
        yield from _of_edition(edition)
    others = ("compare", "open_data", "how_made", "news", "events", "events_by_month", "consultations", "contact")
    yield from (SitemapEntry(name) for name in (*others, "acts", "instruments", "body_sessions", "questionnaires"))
    for newer, older in pairwise(public):
        yield SitemapEntry("comparison", (older.label, newer.label), newest)
    yield from _of_pages()
    yield from _of_events()
    yield from _of_voices()
    yield from _of_surveys()
    yield from _of_territory(newest)
    acts = Act.objects.exclude(state=Act.State.DRAFTING).order_by("pk").annotate(at=Max("steps__made_at"))
    yield from (SitemapEntry("act", (slug,), at) for slug, at in acts.values_list("slug", "at"))
    versions = InstrumentVersion.objects.order_by("pk").values_list("pk", flat=True)
    yield from (SitemapEntry("instrument", (pk,)) for pk in versions)
    yield SitemapEntry("projects")
    projects = Project.objects.order_by("pk").values_list("pk", "file__taken_at")
    yield from (SitemapEntry("project", (key,), at) for key, at in projects.iterator())
    # A status is said anew whenever a reading changes.
    indicators = Indicator.objects.filter(public=True).order_by("code").annotate(at=Max("statuses__said_at"))
    yield from (SitemapEntry("indicator", (code,), at) for code, at in indicators.values_list("code", "at"))
    for label, year, at in published_reports().values_list("edition__label", "year", "published_at"):
        yield SitemapEntry("yearly_report", (label, year), at)
        yield SitemapEntry("report_differences", (label, year), at)


def _changed(edition: Edition) -> datetime | None:
    """When a sheet of it last changed, or was first recorded."""
    return getattr(edition, "updated_at", None) or getattr(edition, "recorded_at", None)


def _of_edition(edition: Edition) -> Iterator[SitemapEntry]:
    changed = _changed(edition)
    for name in (
        "edition",
        "chapters",
        "actions",
        "indicators",
        "monitoring",
        "yearly_reports",
        "implementation",
        "issues",
        "chain",
        "papers",
        "objectives",
        "money",
        "resources_balance",
        "frameworks",
        "gaps",
        "connections",
        "past",
    ):
        yield SitemapEntry(name, (edition.label,), changed)
    places = edition.chapters.values_list("position", flat=True)
    yield from (SitemapEntry("chapter", (edition.label, place), changed) for place in places)
    plan = catalogue(edition)
    yield from (SitemapEntry("framework", (edition.label, one.word), changed) for one in plan.frameworks)
    yield from (SitemapEntry("axis", (edition.label, code), changed) for code in plan.groups["asse"].choices)
    yield from (SitemapEntry("strategy", (edition.label, code), changed) for code in plan.groups["strategia"].choices)
    issues = Issue.objects.in_use().issues().filter(edition=edition, parent__active=True).order_by("pk")
    yield from (
        SitemapEntry("issue", (edition.label, *key)) for key in issues.values_list("parent__position", "position")
    )
    parts = (*plan.groups["asse"].choices, *plan.groups["strategia"].choices)
    yield from (SitemapEntry("indicators_of", (edition.label, code)) for code in parts)
    moments = Version.objects.filter(edition=edition).order_by().values("code").annotate(at=Max("made_at"))
    at = dict(moments.values_list("code", "at"))
    yield from (SitemapEntry("action", (edition.label, one.code), at.get(one.code)) for one in plan.entries)


def _of_pages() -> Iterator[SitemapEntry]:
    pages = Page.objects.public().order_by("kind", "slug")
    for kind, slug, saved in pages.values_list("kind", "slug", "saved_at"):
        yield SitemapEntry("news_piece" if kind == Page.Kind.NEWS else "page", (slug,), saved)


def _of_events() -> Iterator[SitemapEntry]:
    for event in Event.objects.exclude(published_at=None):
        yield SitemapEntry("event", (event.slug,), event.results_published_at or event.published_at)
        if event.results_published_at:
            yield SitemapEntry("event_results", (event.slug,), event.results_published_at)
    published = Snapshot.objects.exclude(published_at=None).exclude(event__published_at=None)
    for snapshot in published.exclude(event__results_published_at=None).select_related("event"):
        for theme in snapshot.read().themes:
            yield SitemapEntry("theme", (snapshot.event.slug, theme.id), snapshot.event.results_published_at)


def _of_voices() -> Iterator[SitemapEntry]:
    public = Consultation.objects.exclude(published_at=None).order_by("pk")
    for slug, at in public.values_list("slug", "published_at"):
        yield from (SitemapEntry(name, (slug,), at) for name in ("consultation", "answers", "contributions"))


def _of_surveys() -> Iterator[SitemapEntry]:
    public = Questionnaire.objects.public().order_by("pk")
    for slug, published in public.values_list("slug", "results_published_at"):
        yield SitemapEntry("questionnaire", (slug,))
        if published:
            yield SitemapEntry("questionnaire_results", (slug,), published)


def _of_territory(newest: datetime | None) -> Iterator[SitemapEntry]:
    """The places: a new load of their figures changes them, and a sheet that reaches them."""
    territory = Territory.objects.home()
    changed = max(filter(None, (newest, territory.loaded_at if territory else None)), default=None)
    names = ("territory", "territory_map", "balance", "territory_reach", "places_compared", "zones", "municipalities")
    yield from (SitemapEntry(name, (), changed) for name in names)
    if territory is None:
        return
    zones = Zone.objects.filter(territory=territory).order_by("number")
    yield from (SitemapEntry("zone", (str(number),), changed) for number in zones.values_list("number", flat=True))
    yield from (
        SitemapEntry("belt", (slug,), changed)
        for slug in Belt.objects.order_by("position").values_list("slug", flat=True)
    )
    current = Municipality.objects.of(territory).current().order_by("istat_code")
    yield from (SitemapEntry("municipality", (code,), changed) for code in current.values_list("istat_code", flat=True))
