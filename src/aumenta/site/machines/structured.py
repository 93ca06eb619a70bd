"""Events, news, places and data sets in the words of schema.org; the plan is in `site/plan/structured_data.py`."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.core.text import plain_text
from aumenta.events.models import Event
from aumenta.pages.models import Page
from aumenta.people.reader import field_in_language
from aumenta.plan.models import Edition, Plan
from aumenta.site.files.writing import FORMATS
from aumenta.territory.models import Municipality, Territory

Data = dict[str, Any]
CONTEXT = {"@context": "https://schema.org"}


def _address(route: str, *arguments: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(f'site:{route}', args=arguments)}"


def _publisher(plan: Plan | None, language: str) -> Data:
    name = field_in_language(plan, "authority", language)[0] if plan else "Aumenta"
    return {"@type": "GovernmentOrganization", "name": name} | ({"url": plan.website} if plan and plan.website else {})


def of_event(event: Event, venues: Sequence[Any], language: str) -> Data:
    """An event with its times and venues."""
    title, written_in = field_in_language(event.titles, "title", language)
    places = [
        {"@type": "Place", "name": venue.name, "address": venue.address or venue.municipality.name}
        for venue in venues
        if venue.address or venue.municipality
    ]
    return {
        **CONTEXT,
        "@type": "Event",
        "name": title,
        "inLanguage": written_in,
        "url": _address("event", event.slug),
        "startDate": timezone.localtime(event.starts_at).isoformat(),
        "endDate": timezone.localtime(event.ends_at).isoformat(),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled_at else 'Scheduled'}",
        "description": field_in_language(event, "summary", language)[0],
        "organizer": _publisher(event.edition.plan if event.edition else None, language),
        "location": places,
    }


def of_news(page: Page, language: str) -> Data:
    """A piece of news."""
    title, written_in = field_in_language(page, "title", language)
    found = {
        **CONTEXT,
        "@type": "NewsArticle",
        "headline": title,
        "inLanguage": written_in,
        "url": _address("news_piece", page.slug),
        "description": field_in_language(page, "summary", language)[0],
        "dateModified": timezone.localtime(page.saved_at).isoformat(),
    }
    return found | ({"datePublished": timezone.localtime(page.from_at).isoformat()} if page.from_at else {})


def of_municipality(place: Municipality, territory: Territory) -> Data:
    """A municipality, with the code by which Italian statistics know it."""
    return {
        **CONTEXT,
        "@type": "AdministrativeArea",
        "name": place.name,
        "identifier": place.istat_code,
        "url": _address("municipality", place.istat_code),
        "containedInPlace": {"@type": "AdministrativeArea", "name": territory.full_name},
    }


def of_datasets(editions: Sequence[Edition], language: str) -> list[Data]:
    """The files of each edition that has actions, as data sets."""
    return [_dataset(one, language) for one in editions if getattr(one, "n_actions", None)]


def _dataset(edition: Edition, language: str) -> Data:
    title = field_in_language(edition, "title", language)[0]
    formats = {name: media.partition(";")[0] for name, media in FORMATS.items()}
    described = _("Actions of the plan %(label)s with texts, actors, funds and places, one row an action.")
    found = {
        **CONTEXT,
        "@type": "Dataset",
        "name": f"{title}: {_('actions')}",
        "description": plain_text(described % {"label": edition.label}),
        "url": f"{_address('open_data')}",
        "inLanguage": language,
        "creator": _publisher(edition.plan, language),
        "temporalCoverage": f"{edition.first_year}/{edition.last_year}",
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": media,
                "contentUrl": _address("actions_file", edition.label, ending),
            }
            for ending, media in formats.items()
        ],
    }
    return found | ({"license": edition.licence_address} if edition.licence_address else {})
