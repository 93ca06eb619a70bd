"""Themes by zone and by kind of organisation, with the observations behind every count."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Literal

from aumenta.core.synthesis.matrix import Matrix, Placed, matrix
from aumenta.listening.models import Badge, Event, Observation, Registration
from aumenta.listening.queries import zones_of_tables
from aumenta.listening.theme_queries import theme_rows
from aumenta.territory.models import Zone

By = Literal["zone", "organisation"]


@dataclass(frozen=True)
class ThemeMatrix:
    """The counts, with the names of rows and columns. A column's key is a zone's number or a kind of organisation."""

    counts: Matrix
    themes: tuple[tuple[int, str], ...]
    columns: tuple[tuple[str, str], ...]

    def cell(self, theme: int, column: str) -> tuple[int, ...]:
        """The observations of a theme in a column; "" is all of the theme, "-" those without any column."""
        row = next((row for row, (key, _name) in enumerate(self.themes) if key == theme), None)
        if row is None:
            return ()
        cells = dict(zip((key for key, _name in self.columns), self.counts.cells[row], strict=True))
        nowhere = self.counts.nowhere[row]
        if column == "":
            return tuple(dict.fromkeys([one for cell in cells.values() for one in cell] + list(nowhere)))
        return nowhere if column == "-" else cells.get(column, ())


def theme_matrix(event: Event, by: By) -> ThemeMatrix:
    """Confirmed themes × zones of the tables, or × kinds of organisation whose badges sat at the table.

    An observation of a table with several zones or kinds counts in each of them. The same number of queries whatever
    was said.
    """
    rows = [row for row in theme_rows(event) if row["sources"]]
    table_of = dict(Observation.objects.filter(table__event=event).values_list("pk", "table_id"))
    if by == "zone":
        zones = Zone.objects.filter(tables__event=event).distinct().order_by("number")
        columns = [(str(zone.number), str(zone.name)) for zone in zones]
        places = {table: [str(number) for number in numbers] for table, numbers in zones_of_tables(event).items()}
    else:
        columns, places = _kinds_at_tables(event)
    placed = [
        Placed(observation, row["id"], tuple(places.get(table_of[observation], ())))
        for row in rows
        for observation in row["sources"]
    ]
    themes = tuple((row["id"], row["name"]) for row in rows)
    counts = matrix(placed, [key for key, _name in themes], [key for key, _name in columns])
    return ThemeMatrix(counts, themes, tuple(columns))


def _kinds_at_tables(event: Event) -> tuple[list[tuple[str, str]], dict[int, list[str]]]:
    found: dict[int, set[str]] = defaultdict(set)
    badges = Badge.objects.filter(event=event).exclude(organisation_kind="")
    for table, kind in badges.order_by().values_list("table_id", "organisation_kind").distinct():
        found[table].add(kind)
    used = {kind for kinds in found.values() for kind in kinds}
    columns = [(value, str(label)) for value, label in Registration.OrganisationKind.choices if value in used]
    return columns, {table: sorted(kinds) for table, kinds in found.items()}


def statements_of(event: Event, observations: tuple[int, ...]) -> list[dict[str, Any]]:
    """The observations behind a count, in order of arrival, with where they were said."""
    zones = zones_of_tables(event)
    rows = Observation.objects.filter(table__event=event, pk__in=observations, withdrawn=False).order_by("arrival")
    return [
        {"text": text, "table": number, "zones": zones.get(table, []), "private": private, "strategy": strategy}
        for text, table, number, private, strategy in rows.values_list(
            "text", "table_id", "table__number", "private", "strategy_code"
        )
    ]
