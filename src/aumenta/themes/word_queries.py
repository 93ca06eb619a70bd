"""What one set of voices says that the others do not: a zone, a strategy, an event. Never from private voices.

Voices are those of the tables and the written contributions about the same edition. A rehearsal is invented, what
people wrote is not: so written contributions are among its words only where somebody asks for them.
"""

from collections import defaultdict
from typing import Literal, NamedTuple

from django.db.models import QuerySet

from aumenta.core.synthesis.keywords import DistinctWord, distinctive, voices, word_picture
from aumenta.core.synthesis.lexical import surfaces
from aumenta.core.synthesis.statements import Statement, read_all
from aumenta.events.models import Event, Observation
from aumenta.events.queries import zones_of_tables
from aumenta.themes.theme_queries import strategy_code
from aumenta.themes.voices_of_themes import Source, written_about
from aumenta.voices.models import Contribution

About = Literal["event", "zone", "strategy"]
MOST = 24


class SizedWord(NamedTuple):
    """A word as people say it, the voices that have it here and elsewhere, and its size in the picture (1 to 5)."""

    word: str
    voices: int
    elsewhere: int
    size: int


class ComparedWords(NamedTuple):
    """The words of a set, the voices in it, and those it is compared with (0: with nothing, the commonest words)."""

    words: tuple[SizedWord, ...]
    here: int
    elsewhere: int


def words_of(event: Event, about: About, which: str = "", source: Source | None = None) -> ComparedWords:
    """The most telling words of a zone (its number), of a strategy (its code), or of the event among all events.

    What is not to be published is left out on both sides. `source` None: see `usual_source`.
    """
    here, elsewhere = _sets(event, about, which, source or usual_source(event))
    if not elsewhere:
        forms = surfaces(here)
        found = [DistinctWord(forms[stem], n, 0, float(n)) for stem, n in voices(here).most_common(MOST)]
    else:
        found = distinctive(here, elsewhere, most=MOST)
    sized = tuple(SizedWord(one.word, one.voices, one.elsewhere, size) for one, size in word_picture(found))
    return ComparedWords(sized, len(here), len(elsewhere))


def words_by_zone(event: Event, most: int = 12) -> dict[int, tuple[tuple[str, int], ...]]:
    """For each zone its most telling words with their voices: what a snapshot keeps for the slides."""
    by_zone: dict[int, list[Statement]] = defaultdict(list)
    zones = zones_of_tables(event)
    rows = list(_public().filter(table__event=event).values_list("table_id", "text"))
    statements = read_all([text for _table, text in rows])
    for (table, _text), statement in zip(rows, statements, strict=True):
        for zone in zones.get(table, []):
            by_zone[zone].append(statement)
    everything = voices(statements)
    return {
        zone: tuple((one.word, one.voices) for one in distinctive(own, everything - voices(own), most=most))
        for zone, own in sorted(by_zone.items())
    }


def _public() -> QuerySet[Observation]:
    return Observation.objects.filter(withdrawn=False, private=False).order_by("arrival")


def usual_source(event: Event) -> Source:
    """Tables and written contributions; the tables alone for an event that is invented."""
    return "tables" if event.invented else "all"


def _sets(event: Event, about: About, which: str, source: Source) -> tuple[list[Statement], list[Statement]]:
    mine: list[str] = []
    rest: list[str] = []
    if source != "written":
        _said(event, about, which, mine, rest)
    if source != "tables":
        _wrote(event, about, which, mine, rest)
    return read_all(mine), read_all(rest)


def _said(event: Event, about: About, which: str, mine: list[str], rest: list[str]) -> None:
    if about == "event":
        mine += _public().filter(table__event=event).values_list("text", flat=True)
        # Rehearsals are compared with rehearsals, what people really said with what people really said.
        others = _public().exclude(table__event=event).filter(table__event__invented=event.invented)
        rest += others.values_list("text", flat=True)
        return
    zones = zones_of_tables(event)
    rows = _public().filter(table__event=event).values_list("table_id", strategy_code(), "text")
    for table, code, text in rows:
        inside = code == which if about == "strategy" else which in map(str, zones.get(table, []))
        (mine if inside else rest).append(text)


def _wrote(event: Event, about: About, which: str, mine: list[str], rest: list[str]) -> None:
    if about == "event":
        mine += written_about(event).values_list("text", flat=True)
        others = Contribution.objects.filter(withdrawn=False, private=False).exclude(edition=event.edition_id)
        rest += others.order_by("pk").values_list("text", flat=True)
        return
    for number, code, text in written_about(event).values_list("zone__number", "strategy_code", "text"):
        (mine if which == (code if about == "strategy" else str(number)) else rest).append(text)
