"""What is new about sheets of an edition: each approved version."""

from collections.abc import Iterator, Sequence

from django.db.models import Max

from aumenta.following.news import News
from aumenta.people.reader import in_language
from aumenta.plan.models import Action, Edition
from aumenta.plan.search.engines import search_of
from aumenta.review.models import Version


def found_by(edition: Edition, words: str) -> list[str]:
    """The codes of the actions that clearly answer these words; none where the search has only the nearest ones."""
    search = search_of(edition)
    found = search.engine.find(words)
    return [] if found.weak else [search.documents[number].code for number in found.ranked()]


def of_codes(edition: Edition, codes: Sequence[str]) -> Iterator[News]:
    """The sheets with these codes, each with the moment of its last version; what was never recorded is no news."""
    rows = Version.objects.filter(edition=edition, code__in=codes).order_by().values("code")
    changed = dict(rows.annotate(at=Max("made_at")).values_list("code", "at"))
    wanted = set(changed)
    for action in Action.objects.of(edition).select_related("strategy__axis"):
        if action.code in wanted:
            title = f"{action.code} {in_language(action.title_it, action.title_en)}"
            words = in_language(action.summary_it, action.summary_en)
            path = f"{edition.label}/azioni/{action.code}/"
            yield News(f"action/{action.pk}", title, words, path, changed[action.code])
