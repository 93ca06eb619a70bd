"""What a page is about in the words of schema.org, for search engines and other programs."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from aumenta.core.text import plain_text
from aumenta.people.reader import field_in_language
from aumenta.plan.models import Action, Axis, Edition, Strategy

Data = dict[str, Any]


def _address(route: str, *arguments: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{reverse(f'site:{route}', args=arguments)}"


def _work(thing: Any, kind: str, address: str, language: str) -> Data:
    title, written_in = field_in_language(thing, "title", language)
    return {"@type": kind, "@id": address, "url": address, "name": title, "inLanguage": written_in}


def of_edition(edition: Edition, language: str) -> Data:
    """The edition as a published work, with who publishes it."""
    plan = edition.plan
    publisher = {"@type": "GovernmentOrganization", "name": field_in_language(plan, "authority", language)[0]}
    if plan.website:
        publisher["url"] = plan.website
    work = _work(edition, "CreativeWork", _address("edition", edition.label), language)
    return work | {"publisher": publisher, "temporalCoverage": f"{edition.first_year}/{edition.last_year}"}


def of_site(edition: Edition, language: str) -> Data:
    """The site as a whole, with the address of its search."""
    target = f"{_address('actions', edition.label)}?q={{search_term_string}}"
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": field_in_language(edition.plan, "name", language)[0],
        "url": _address("home"),
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": target},
            "query-input": "required name=search_term_string",
        },
        "about": of_edition(edition, language),
    }


def _part(work: Data, code: str, whole: Data) -> Data:
    return {"@context": "https://schema.org"} | work | {"identifier": code, "isPartOf": whole}


def of_axis(axis: Axis, edition: Edition, language: str) -> Data:
    """An axis as a part of its edition."""
    work = _work(axis, "CreativeWork", _address("axis", edition.label, axis.code), language)
    return _part(work, axis.code, of_edition(edition, language))


def of_strategy(strategy: Strategy, edition: Edition, language: str) -> Data:
    """A strategy as a part of its axis."""
    work = _work(strategy, "CreativeWork", _address("strategy", edition.label, strategy.code), language)
    axis = _work(strategy.axis, "CreativeWork", _address("axis", edition.label, strategy.axis.code), language)
    return _part(work, strategy.code, axis | {"isPartOf": of_edition(edition, language)})


def of_action(action: Action, edition: Edition, language: str) -> Data:
    """A sheet as a part of its strategy, with what it is about and who takes part."""
    strategy = action.strategy
    work = _work(action, "CreativeWork", _address("action", edition.label, action.code), language)
    whole = _work(strategy, "CreativeWork", _address("strategy", edition.label, strategy.code), language)
    items = [alignment.item for alignment in action.alignments.all()]
    about = [{"@type": "Thing", "name": f"{i.code} {field_in_language(i, 'name', language)[0]}".strip()} for i in items]
    for_whom = plain_text(field_in_language(action, "for_whom", language)[0])
    actors = [field_in_language(one.actor, "name", language)[0] for one in action.involvements.all()]
    return _part(work, action.code, whole | {"isPartOf": of_edition(edition, language)}) | {
        "abstract": plain_text(field_in_language(action, "summary", language)[0]),
        "about": about,
        "contributor": [{"@type": "Organization", "name": name} for name in actors],
        **({"audience": {"@type": "Audience", "audienceType": for_whom}} if for_whom else {}),
    }
