"""What a published snapshot of an event says, as the rows of files and of the interface for machines."""

from collections.abc import Iterator
from typing import Any

from aumenta.results.event_snapshot import EventSnapshot

Row = dict[str, Any]


def vote_rows(state: EventSnapshot) -> list[Row]:
    """One row for each session, zone (empty: all zones together) and strategy with stickers."""
    strategies = {strategy.code: strategy for strategy in state.strategies}
    zones = {zone.number: zone.name for zone in state.zones}

    def counted(session: str, zone: int | None, counts: dict[str, int]) -> Iterator[Row]:
        for code, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            if number and code in strategies:
                yield {
                    "session": session,
                    "zone": zone,
                    "zone_name": zones.get(zone, "") if zone is not None else "",
                    "strategy": code,
                    "strategy_title_it": strategies[code].title_it,
                    "strategy_title_en": strategies[code].title_en,
                    "stickers": number,
                }

    found: list[Row] = []
    for votes in state.votes.values():
        found += counted(votes.title, None, votes.whole)
        for number, counts in votes.zones.items():
            found += counted(votes.title, int(number), counts)
    return found


def theme_rows(state: EventSnapshot) -> list[Row]:
    """One row for each theme, with the zones, tables and strategies it came up at."""
    return [
        {
            "theme": theme.name,
            "keywords": theme.keywords,
            "kinds": list(theme.kinds),
            "observations": len(theme.sources) + theme.private,
            "tables": theme.tables,
            "zones": [str(zone) for zone in theme.zones],
            "strategies": list(theme.strategies),
        }
        for theme in state.themes
    ]
