"""Themes by zone and by kind of organisation, with the voices behind every count: said at tables and written."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from aumenta.core.synthesis.matrix import Matrix, Placed, matrix
from aumenta.events.models import Badge, Event, Observation
from aumenta.events.queries import zones_of_tables
from aumenta.people.dates import day_in_words
from aumenta.people.organisation_kinds import OrganisationKind
from aumenta.territory.models import Zone
from aumenta.themes.theme_queries import theme_rows
from aumenta.themes.voices_of_themes import Source, Voice, written_in_themes
from aumenta.voices.models import Contribution

By = Literal["zone", "organisation"]


@dataclass(frozen=True)
class ThemeMatrix:
    """The counts, with the names of rows and columns. A column's key is a zone's number or a kind of organisation.

    The statements of `counts` are places in `voices`.
    """

    counts: Matrix
    themes: tuple[tuple[int, str], ...]
    columns: tuple[tuple[str, str], ...]
    voices: tuple[Voice, ...]

    def cell(self, theme: int, column: str) -> tuple[Voice, ...]:
        """The voices of a theme in a column; "" is all of the theme, "-" those without any column."""
        row = next((row for row, (key, _name) in enumerate(self.themes) if key == theme), None)
        if row is None:
            return ()
        cells = dict(zip((key for key, _name in self.columns), self.counts.cells[row], strict=True))
        nowhere = self.counts.nowhere[row]
        if column == "":
            places = tuple(dict.fromkeys([one for cell in cells.values() for one in cell] + list(nowhere)))
        else:
            places = nowhere if column == "-" else cells.get(column, ())
        return tuple(self.voices[place] for place in places)


def theme_matrix(event: Event, by: By, source: Source = "all") -> ThemeMatrix:
    """Confirmed themes × zones of the voices, or × kinds of organisation: of the tables, of written ones, or of both.

    An observation of a table with several zones or kinds counts in each of them; a contribution in the zone and under
    the kind that came with it. The same number of queries whatever was said.
    """
    rows = theme_rows(event)
    said: list[tuple[int, Voice, tuple[str, ...]]] = []
    if source != "written":
        table_of = dict(Observation.objects.filter(table__event=event).values_list("pk", "table_id"))
        places = _zones_at_tables(event) if by == "zone" else _kinds_at_tables(event)
        said += [
            (row["id"], Voice(False, observation), tuple(places.get(table_of[observation], ())))
            for row in rows
            for observation in row["sources"]
        ]
    if source != "tables":
        said += [
            (theme, Voice(True, contribution.pk), _column_of(contribution, by))
            for theme, contribution in written_in_themes(event)
        ]
    used = {theme for theme, _voice, _columns in said}
    themes = tuple((row["id"], row["name"]) for row in rows if row["id"] in used)
    columns = _columns(event, by, {column for *_, own in said for column in own})
    placed = [Placed(place, theme, own) for place, (theme, _voice, own) in enumerate(said)]
    counts = matrix(placed, [key for key, _name in themes], [key for key, _name in columns])
    return ThemeMatrix(counts, themes, columns, tuple(voice for _theme, voice, _columns in said))


def _columns(event: Event, by: By, used: set[str]) -> tuple[tuple[str, str], ...]:
    """Zones that have a table, and those that only wrote; kinds of organisation that are there at all."""
    if by == "zone":
        here = set(Zone.objects.filter(tables__event=event).values_list("number", flat=True))
        zones = Zone.objects.order_by("number").values_list("number", "name")
        return tuple((str(number), name) for number, name in zones if number in here or str(number) in used)
    return tuple((value, str(label)) for value, label in OrganisationKind.choices if value in used)


def _zones_at_tables(event: Event) -> dict[int, list[str]]:
    return {table: [str(number) for number in numbers] for table, numbers in zones_of_tables(event).items()}


def _kinds_at_tables(event: Event) -> dict[int, list[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    badges = Badge.objects.filter(event=event).exclude(organisation_kind="")
    for table, kind in badges.order_by().values_list("table_id", "organisation_kind").distinct():
        found[table].add(kind)
    return {table: sorted(kinds) for table, kinds in found.items()}


def _column_of(contribution: Contribution, by: By) -> tuple[str, ...]:
    if by == "zone":
        return (str(contribution.zone.number),) if contribution.zone else ()
    return (contribution.organisation_kind,) if contribution.organisation_kind else ()


def statements_of(event: Event, voices: tuple[Voice, ...]) -> list[dict[str, Any]]:
    """The voices behind a count: the tables' in order of arrival with where they were said, then the written."""
    zones = zones_of_tables(event)
    said = [voice.key for voice in voices if not voice.written]
    rows = Observation.objects.filter(table__event=event, pk__in=said, withdrawn=False).order_by("arrival")
    found = [
        {"text": text, "table": number, "zones": zones.get(table, []), "private": private, "strategy": strategy}
        for text, table, number, private, strategy in rows.values_list(
            "text", "table_id", "table__number", "private", "strategy_code"
        )
    ]
    wrote = [voice.key for voice in voices if voice.written]
    written = Contribution.objects.filter(pk__in=wrote, withdrawn=False, private=False).select_related("zone")
    return found + [
        {
            "text": one.text,
            "written": one.source,
            "day": day_in_words(one.received_on),
            "zone": str(one.zone) if one.zone else "",
            "strategy": one.strategy_code,
        }
        for one in written.order_by("received_on", "pk")
    ]
