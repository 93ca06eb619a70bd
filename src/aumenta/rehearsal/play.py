"""Play a rehearsal: in bad weather over the network, or straight into the room for the demo; then check every entry."""

from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from django.db import transaction

from aumenta.core.tablelog.replica import Replica
from aumenta.core.tablelog.state import read_table
from aumenta.events.models import Event, Observation, StickerCount, TableOperation
from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.project_log import project_log
from aumenta.people.models import User
from aumenta.rehearsal.network import SlowLine, Tally, Weather
from aumenta.rehearsal.scenario import Script, Size, act, scripts, topic_of
from aumenta.results.models import Snapshot
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.confidential_words import warned_themes
from aumenta.themes.group_themes import place, rename
from aumenta.themes.models import Theme

SECOND_DEVICE_EVERY = 3
EXCHANGE_EVERY = 6


@dataclass(slots=True)
class RehearsalOutcome:
    """What was written at the tables and what arrived."""

    entries: int = 0
    lost: int = 0
    doubled: int = 0
    disagreeing: int = 0
    wrong_counts: int = 0
    tally: Tally = field(default_factory=Tally)

    @property
    def perfect(self) -> bool:
        return not (self.lost or self.doubled or self.disagreeing or self.wrong_counts)


def devices_of(script: Script, seed: int) -> list[Replica]:
    """One device for each table, two for every third."""
    draw = Random(f"devices {seed} {script.table.number}")  # noqa: S311 - repeatable on purpose

    def identifier() -> str:
        return str(UUID(int=draw.getrandbits(128)))

    how_many = 2 if script.table.number % SECOND_DEVICE_EVERY == 0 else 1
    return [Replica(table=str(script.table.public_id), device=identifier(), new_id=identifier) for _ in range(how_many)]


def play_over_network(event: Event, *, address: str, seed: int, size: Size, weather: Weather) -> RehearsalOutcome:
    """Every device in a line of its own through the weather; in the end the weather clears and the queues empty."""
    outcome = RehearsalOutcome()
    prepared = list(scripts(event, seed, size))

    def table(script: Script) -> tuple[list[Replica], Tally]:
        tally = Tally(seconds=[])
        draw = Random(f"weather {seed} {script.table.number}")  # noqa: S311 - repeatable on purpose
        replicas = devices_of(script, seed)
        lines = {}
        for replica in replicas:
            line = lines[replica.device] = SlowLine(address, draw, weather, tally)
            line.open_table(code=script.table.code, pin=script.table.pin, device=replica.device)
        for number, replica in enumerate(act(script, replicas, seed)):
            if number % EXCHANGE_EVERY == 0:
                lines[replica.device].exchange(replica)
        for replica in [*replicas, *replicas]:
            lines[replica.device].hand_over(replica)
        return replicas, tally

    with ThreadPoolExecutor(max_workers=24) as crew:
        results = list(crew.map(table, prepared))
    outcome.tally.seconds = []
    for _, tally in results:
        outcome.tally.sent += tally.sent
        outcome.tally.lost += tally.lost
        outcome.tally.doubled += tally.doubled
        outcome.tally.failed += tally.failed
        outcome.tally.seconds += tally.seconds or []
    check(event, [replicas for replicas, _ in results], outcome)
    return outcome


def play_in_the_room(event: Event, *, seed: int, size: Size) -> RehearsalOutcome:
    """The same morning with no network at all: how the demo gets its finished rehearsal in a few seconds."""
    outcome = RehearsalOutcome()
    everybody = []
    for script in scripts(event, seed, size):
        replicas = devices_of(script, seed)
        for _ in act(script, replicas, seed):
            pass
        with transaction.atomic():
            for replica in replicas:
                kept = append_operations(table=script.table, records=[o.as_json() for o in replica.operations.values()])
                replica.confirmed(kept.kept)
        together = [operation for replica in replicas for operation in replica.operations.values()]
        for replica in replicas:
            replica.learn(together, 0)
        everybody.append(replicas)
    check(event, everybody, outcome)
    return outcome


def check(event: Event, tables: Sequence[Sequence[Replica]], outcome: RehearsalOutcome) -> None:
    """Compare what the devices hold with what the centre holds: entry by entry, state by state, count by count."""
    project_log(event)
    kept: dict[str, list[str]] = defaultdict(list)
    for table, identifier in TableOperation.objects.filter(table__event=event).values_list(
        "table__public_id", "public_id"
    ):
        kept[str(table)].append(str(identifier))
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    for table, strategy, count in StickerCount.objects.filter(table__event=event).values_list(
        "table__public_id", "strategy_code", "count"
    ):
        counted[str(table)][strategy] = count
    for replicas in tables:
        name = replicas[0].table
        written = {identifier for replica in replicas for identifier in replica.operations}
        outcome.entries += len(written)
        outcome.lost += len(written - set(kept[name]))
        outcome.doubled += len(kept[name]) - len(set(kept[name]))
        states = [read_table(replica.operations.values()) for replica in replicas]
        outcome.disagreeing += sum(state != states[0] for state in states[1:])
        outcome.wrong_counts += states[0].stickers_in("s1") != counted[name]


def group_as_operators_would(event: Event, *, person: User) -> Snapshot:
    """Group what the invented tables said into themes, through the same verbs as the regia, and freeze the state."""
    project_log(event)
    groups: dict[str, list[int]] = defaultdict(list)
    keywords: dict[str, str] = {}
    for key, text in Observation.objects.filter(table__event=event, withdrawn=False).values_list("pk", "text"):
        topic = topic_of(text)
        if topic is not None:
            groups[topic.name].append(key)
            keywords[topic.name] = topic.keywords
    for name, observations in groups.items():
        theme: Theme | None = place(person=person, event=event, observations=observations, theme=None, name=name)
        if theme is not None:
            rename(person=person, theme=theme, name=name, keywords=keywords[name])
    for key in warned_themes(event):
        # Somebody who is warned that only voices not to be published say a word lets the theme go.
        theme = Theme.objects.get(pk=key)
        place(person=person, event=event, observations=theme.observations.values_list("pk", flat=True), theme=None)
    return take_snapshot(person=person, event=event)
