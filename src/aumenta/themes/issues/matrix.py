"""The matrix of issues: distinct sources for each issue, zone and kind of source; and what of it anybody may read.

A source (a talk, a contribution) counts once in a cell, however often it speaks of the issue. Each has one kind and
one zone, or none, so that the cells of an issue add up to its totals. Sums over several issues would not: a source may
speak of many. They are not published, because they would help to work out what is left out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from aumenta.core.indices.suppression import SMALLEST_SHOWN, indistinct, with_totals
from aumenta.plan.models import Edition
from aumenta.territory.models import Territory, Zone
from aumenta.themes.models import Coding, Issue
from aumenta.voices.models import Passage, Talk

WRITTEN: Final = "written"
KINDS: Final = (*Talk.Kind.values, WRITTEN)
"""The kinds of source, in the order of the columns."""
NO_ZONE: Final = ""
"""The column of sources that speak for no one zone."""


@dataclass(frozen=True)
class IssueCounts:
    """What was said, all of it: for who reads at the desk, never for a page of the site.

    `cells` is issue → (zone's number as text, kind) → distinct sources; `sources` how many there are of each kind;
    `invented` says that some are there to try the site out.
    """

    zones: tuple[tuple[str, str], ...]
    cells: Mapping[int, Mapping[tuple[str, str], int]]
    sources: Mapping[str, int]
    invented: bool

    def table(self, issue: int) -> list[list[int]]:
        """The counts of an issue: a row for each zone, a column for each kind."""
        own = self.cells.get(issue, {})
        return [[own.get((zone, kind), 0) for kind in KINDS] for zone, _name in self.zones]

    def total(self, issue: int) -> int:
        """Distinct sources of an issue."""
        return sum(self.cells.get(issue, {}).values())


def count_issues(edition: Edition) -> IssueCounts:
    """Count distinct sources. Three queries, whatever was said."""
    said: dict[int, dict[tuple[str, str], set[int]]] = defaultdict(lambda: defaultdict(set))
    everybody: dict[str, set[int]] = defaultdict(set)
    rows = Coding.objects.filter(
        issue__edition=edition, issue__active=True, passage__in=Passage.objects.counted()
    ).values_list(
        "issue_id",
        "passage__statement__talk_id",
        "passage__statement__talk__kind",
        "passage__statement__talk__zone__number",
        "passage__contribution_id",
        "passage__contribution__zone__number",
        "passage__statement__talk__invented",
        "passage__contribution__consultation__invented",
    )
    invented = False
    for issue, talk, kind, talk_zone, contribution, written_zone, *marks in rows.order_by().distinct():
        zone, kind, key = (talk_zone, kind, talk) if talk else (written_zone, WRITTEN, contribution)
        said[issue][NO_ZONE if zone is None else str(zone), kind].add(key)
        everybody[kind].add(key)
        invented = invented or any(marks)
    home = Territory.objects.home()
    named = Zone.objects.filter(territory=home).order_by("number").values_list("number", "name") if home else []
    zones = (*((str(number), name) for number, name in named), (NO_ZONE, ""))
    cells = {issue: {place: len(keys) for place, keys in own.items()} for issue, own in said.items()}
    return IssueCounts(zones, cells, {kind: len(everybody[kind]) for kind in KINDS}, invented)


def publishable(edition: Edition) -> dict[str, Any]:
    """The matrix as it may be published: counts of fewer than three left out, noughts too, and as many others as it
    takes that nobody can tell whether anybody spoke there. None stands for a count that is left out."""
    counted = count_issues(edition)
    issues = Issue.objects.in_use().filter(edition=edition).issues().filter(parent__active=True)
    rows = sorted(issues.select_related("parent"), key=lambda one: (one.parent.position, one.position))  # type: ignore[union-attr]
    (sources,) = hide_small([[counted.sources[kind] for kind in KINDS]])[:1]
    return {
        "zones": [list(zone) for zone in counted.zones],
        "kinds": list(KINDS),
        "smallest_shown": SMALLEST_SHOWN,
        "invented": counted.invented,
        "sources": sources,
        "issues": [
            {
                "key": one.pk,
                "code": one.code,
                "title_it": one.title_it,
                "title_en": one.title_en,
                "heading_it": one.parent.title_it if one.parent else "",
                "counts": hide_small(counted.table(one.pk)),
            }
            for one in rows
        ],
    }


def hide_small(counts: Sequence[Sequence[int]]) -> list[list[int | None]]:
    """The counts with their totals, last row and last column; None where one is left out: noughts too, or what is left
    out would say that somebody spoke."""
    table = with_totals(counts)
    hidden = indistinct(counts)
    return [
        [None if (row, column) in hidden else count for column, count in enumerate(cells)]
        for row, cells in enumerate(table)
    ]
