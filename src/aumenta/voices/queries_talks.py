"""Who was heard, in figures; and the words that are places, not people."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
from django.db.models import Count, QuerySet

from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.plan.models import Edition
from aumenta.territory.models import Municipality, Population, Territory
from aumenta.voices.models import Contribution, Speaker, Talk

SMALL: Final = 1_000
"""Inhabitants below which a role says who somebody is."""


def heard(edition: Edition) -> Mapping[str, Any]:
    """Talks by kind and state, and who was heard by kind and zone. Channels don't add up to people: somebody may have
    been heard in several, and nobody knows."""
    talks = Talk.objects.filter(edition=edition)
    held = Speaker.objects.filter(talk__edition=edition, talk__state=Talk.State.HELD, erased=False)
    by_kind = dict(held.values_list("organisation_kind").annotate(n=Count("pk")).order_by())
    labels = dict(OrganisationKind.choices)
    zones = held.values_list("zone__number", "zone__name").annotate(n=Count("pk")).order_by("zone__number")
    residents = by_kind.get(OrganisationKind.CITIZEN, 0)
    return {
        "talks": [
            (label, talks.filter(kind=kind, state="held").count(), talks.filter(kind=kind, state="declined").count())
            for kind, label in Talk.Kind.choices
        ],
        "people": sum(by_kind.values()),
        "residents": residents,
        "organisations": sum(by_kind.values()) - residents - by_kind.get("", 0),
        "kinds": [(labels.get(kind, ""), n) for kind, n in sorted(by_kind.items(), key=lambda one: -one[1])],
        "zones": list(zones),
        "contributions": Contribution.objects.filter(edition=edition, withdrawn=False).count(),
    }


def small_places() -> list[str]:
    """Municipalities in which everybody knows who holds an office."""
    home = Territory.objects.home()
    newest = Population.objects.filter(municipality__territory=home).order_by("-year").values_list("year", flat=True)
    year = newest.first()
    if home is None or year is None:
        return []
    rows = Population.objects.filter(municipality__territory=home, year=year, municipality__valid_to=None)
    counted = ((name, int(np.frombuffer(counts, "<u4").sum())) for name, counts in _counts(rows))
    return sorted(name for name, total in counted if total < SMALL)


def _counts(rows: QuerySet[Population]) -> Iterable[tuple[str, bytes]]:
    yield from ((name, bytes(counts)) for name, counts in rows.values_list("municipality__name", "counts"))


def territory_names() -> list[str]:
    """Names that are places and not people."""
    names = set(Municipality.objects.values_list("name", flat=True))
    return sorted(names | {"Città Metropolitana", "Piemonte", "Regione Piemonte", "Unione Europea"} - {""})
