"""What search engines ask for: robots.txt and the site map."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from aumenta.events.models import Event
from aumenta.pages.models import Page
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.ui.caching import public_page


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """All public pages may be read by machines; the desk, the tables and the regia ask for an account or a table."""
    private = [
        f"/{language}/{door}/" for language, _name in settings.LANGUAGES for door in ("scrivania", "accesso", "tavolo")
    ]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in private),
        f"Sitemap: {settings.PUBLIC_ADDRESS}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every page of the plan, events, pages and news, in each language, with its sisters in the others; five queries
    an edition, one for all events, one for all pages."""
    places: list[tuple[str, list[str]]] = [("site:home", [])]
    for edition in Edition.objects.public():
        places += [
            (f"site:{name}", [edition.label]) for name in ("edition", "actions", "frameworks", "gaps", "connections")
        ]
        places += [("site:axis", [edition.label, str(axis.number)]) for axis in edition.axes.all()]
        places += [("site:strategy", [edition.label, strategy.code]) for strategy in Strategy.objects.of(edition)]
        places += [("site:action", [edition.label, action.code]) for action in Action.objects.of(edition)]
    places += [("site:news", [])]
    places += [
        ("site:news_piece" if kind == Page.Kind.NEWS else "site:page", [slug])
        for kind, slug in Page.objects.public().order_by("kind", "slug").values_list("kind", "slug")
    ]
    places += [("site:events", [])]
    for event in Event.objects.exclude(published_at=None):
        places += [("site:event", [event.slug])]
        if event.results_published_at:
            places += [("site:event_results", [event.slug])]
    pages = []
    for name, values in places:
        addresses = []
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                addresses.append((language, settings.PUBLIC_ADDRESS + reverse(name, args=values)))
        pages += [(address, addresses) for _language, address in addresses]
    return render(request, "site/sitemap.xml", {"pages": pages}, content_type="application/xml")
