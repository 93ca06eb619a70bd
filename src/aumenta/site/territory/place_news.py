"""What others publish of a place: residents, income, class of inner areas."""

from collections.abc import Sequence
from typing import Any

from aumenta.territory.facts import SOURCES, facts_of
from aumenta.territory.models import Territory


def published_facts(territory: Territory, codes: Sequence[str]) -> dict[str, Any]:
    """What templates need of the published figures of these municipalities together; no query."""
    return {"facts": facts_of(territory.slug, codes), "facts_sources": SOURCES}
