"""Proposes which goals of sustainable development an action serves, from the words of its sheet.

The printed plan shows them as icons, which no text holds. What is found is a proposal, with the words it was found by,
until the office confirms or declines it; what the office decided is never touched.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from aumenta.core.process_cache import ProcessCache
from aumenta.plan.load_frameworks import load_frameworks, rows
from aumenta.plan.models import Action, Alignment, AlignmentProposal, Edition, FrameworkItem
from aumenta.plan.propose_places import ProposalReport, text_of

FRAMEWORK: Final = "sdg"
WORDS: Final = Path(__file__).parent / "data" / "frameworks" / "sdg_words.csv"
LEAST: Final = 2
"""Words of a goal in a sheet, those of the title counted twice, before it is proposed: one alone says little."""
MOST: Final = 3
"""Goals proposed for a sheet, those with most words first: an action that serves everything says nothing."""

Patterns = tuple[tuple[str, re.Pattern[str]], ...]
_PATTERNS: Final[ProcessCache[Path, Patterns]] = ProcessCache.of_the_process(1)


@dataclass(frozen=True)
class Pointed:
    """A goal that words of a text point to, and those words, the most frequent first."""

    code: str
    words: tuple[str, ...]


def _read_patterns() -> Patterns:
    """A pattern for each goal: whole words in any case, `*` for any ending."""
    found = []
    for row in rows(WORDS):
        words = sorted((one.strip() for one in row["words"].split("/")), key=len, reverse=True)
        alternatives = "|".join(re.escape(one).replace(r"\\*", r"\w*").replace(r"\*", r"\w*") for one in words)
        found.append((row["code"], re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE)))
    return tuple(found)


def goals_of(title: str, text: str) -> list[Pointed]:
    """The goals that a sheet's words point to, those with most words first; `text` holds the title too."""
    scored = []
    for code, pattern in _PATTERNS.get(WORDS, _read_patterns):
        said = Counter(match.group().casefold() for match in pattern.finditer(text))
        score = said.total() + sum(1 for _match in pattern.finditer(title))
        if score >= LEAST:
            scored.append((-score, int(code), Pointed(code, tuple(word for word, _n in said.most_common(5)))))
    return [pointed for _score, _code, pointed in sorted(scored, key=lambda one: one[:2])[:MOST]]


@transaction.atomic
def propose_alignments(*, edition: Edition) -> ProposalReport:
    """Bring the proposals of an edition up to date with its texts; run by the console, so nobody's rights are asked.

    An item that the sheet is aligned to already is not proposed.
    """
    load_frameworks()
    items = {item.code: item for item in FrameworkItem.objects.filter(framework__code=FRAMEWORK, parent=None)}
    added: list[AlignmentProposal] = []
    kept = withdrawn = 0
    there = set(Alignment.objects.filter(item__framework__code=FRAMEWORK).values_list("action_id", "item_id"))
    actions = Action.objects.of(edition).prefetch_related("examples", "alignment_proposals")
    for action in actions:
        held = {one.item_id: one for one in action.alignment_proposals.all()}
        wanted = {
            items[one.code].pk: "; ".join(one.words)[:300]
            for one in goals_of(action.title_it, text_of(action))
            if one.code in items and (action.pk, items[one.code].pk) not in there
        }
        new = wanted.keys() - held.keys()
        added += [AlignmentProposal(action=action, item_id=item, found_words=wanted[item]) for item in sorted(new)]
        kept += len(wanted.keys() & held.keys())
        proposed = AlignmentProposal.State.PROPOSED
        stale = [one.pk for item, one in held.items() if item not in wanted and one.state == proposed]
        withdrawn += AlignmentProposal.objects.filter(pk__in=stale).delete()[0] if stale else 0
    AlignmentProposal.objects.bulk_create(added)
    return ProposalReport(len(added), kept, withdrawn)
