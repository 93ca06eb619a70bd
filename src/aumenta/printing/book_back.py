"""The last pages of the book: who adopted the plan, with which vote and on which text, and what changed since the
edition before."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.governance.adoption import acts_of, adopted_text
from aumenta.governance.models import Act, Opinion
from aumenta.governance.polls.words import outcome_words
from aumenta.people.dates import day_in_words
from aumenta.people.reader import field_in_language, reader_language
from aumenta.plan.comparison import Change, compare_actions
from aumenta.plan.models import Edition

CHANGED: Final[dict[str, Promise]] = {
    "new": gettext_lazy("New actions"),
    "reworded": gettext_lazy("Reworded actions"),
    "split": gettext_lazy("Actions that were split"),
    "merged": gettext_lazy("Actions that were merged"),
    "dropped": gettext_lazy("Actions that the plan no longer has"),
    "kept": gettext_lazy("Actions that stayed as they were"),
}
"""What became of actions, in the order of the page."""
Section = dict[str, Any]


def last_pages(edition: Edition) -> list[Section]:
    """Each as a title and blocks of a heading with its lines; none where there is nothing to say."""
    return [one for one in (_adoption(edition), _changes(edition)) if one["blocks"]]


def _adoption(edition: Edition) -> Section:
    acts = acts_of(edition)
    return {
        "title": _("How the plan was adopted"),
        "blocks": [
            {"title": f"{act.get_kind_display()} {act.label}".strip(), "lines": [line for line in _act(act) if line]}
            for act in acts
        ],
    }


def _act(act: Act) -> Iterator[str]:
    yield f"{act.body}, {day_in_words(act.day) if act.day else act.day_words}"
    yield str(act)
    yield act.outcome
    yield act.vote_words
    if adopted := adopted_text(act):
        if adopted.vote.result:
            yield outcome_words(adopted.vote.result).capitalize()
        yield f"SHA-256 {adopted.digest}"
    for opinion in Opinion.objects.filter(act=act).select_related("body").order_by("given_on", "pk"):
        if opinion.given_on:
            day = day_in_words(opinion.given_on, "del")
            told = {"body": opinion.body, "outcome": opinion.get_outcome_display(), "day": day}
            yield _("Opinion of %(body)s on %(day)s: %(outcome)s") % told


def _changes(edition: Edition) -> Section:
    """From the public edition before; what the texts alone suggest is marked as not confirmed."""
    before = Edition.objects.public().filter(plan=edition.plan_id, first_year__lt=edition.first_year)
    older = before.order_by("-first_year").first()
    if older is None:
        return {"title": "", "blocks": []}
    changes = compare_actions(older, edition).changes
    blocks = []
    for outcome, title in CHANGED.items():
        lines = [_change(one) for one in changes if one.outcome == outcome]
        if lines:
            blocks.append({"title": f"{title} ({len(lines)})", "lines": lines})
    return {"title": _("What changed since %(label)s") % {"label": older.label}, "blocks": blocks}


def _change(change: Change) -> str:
    older, newer = (", ".join(part.code for part in some) for some in (change.older, change.newer))
    codes = " → ".join(one for one in (older, newer) if one)
    titles = "; ".join(field_in_language(part, "title", reader_language())[0] for part in change.newer or change.older)
    unsure = _("still to be confirmed")
    return f"{codes} {titles}" + (f" ({unsure})" if change.ties and change.proposed else "")
