"""A whole event in memory, on networks that drop, duplicate, delay and reorder, with devices and a centre that die.

Everything is drawn from one seed, so a schedule that fails can be run again by its number.
"""

from dataclasses import dataclass
from random import Random
from uuid import UUID

from aumenta.core.tablelog.operation import Operation, read_operation
from aumenta.core.tablelog.replica import Replica
from aumenta.core.tablelog.state import read_table

STRATEGIES = ("1.1", "1.2", "2.3", "6.4")


@dataclass(frozen=True)
class Weather:
    """How bad things are: each a probability for one message or one turn of one device."""

    drop: float
    duplicate: float
    delay: float
    tab_kill: float
    server_restart: float
    skew_hours: int


class Centre:
    """What a centre must do, and no more: keep each operation once, confirm it only when it is kept."""

    def __init__(self) -> None:
        self.log: list[Operation] = []
        self.positions: dict[str, int] = {}

    def take(self, operations: list[Operation], dies_before_commit: bool) -> list[str] | None:
        """The identifiers kept, or None where the centre died with nothing written."""
        if dies_before_commit:
            return None
        for operation in operations:
            if operation.id not in self.positions:
                self.log.append(operation)
                self.positions[operation.id] = len(self.log)
        return [operation.id for operation in operations]

    def since(self, table: str, cursor: int) -> tuple[list[Operation], int]:
        return [o for o in self.log[cursor:] if o.table == table], len(self.log)


class Event:
    """Devices at tables, a centre, and the messages on their way."""

    def __init__(self, *, seed: int, devices: int, tables: int, turns: int, weather: Weather) -> None:
        self.draw = Random(seed)
        self.weather = weather
        self.turns = turns
        self.centre = Centre()
        self.tables = [self.identifier() for _ in range(tables)]
        self.replicas = [
            Replica(table=self.tables[n % tables], device=self.identifier(), new_id=self.identifier)
            for n in range(devices)
        ]
        self.skews = [self.draw.randint(-weather.skew_hours, weather.skew_hours) * 3_600_000 for _ in range(devices)]
        self.written: dict[str, Operation] = {}
        # (device, kind, content): a request to send or to pull, or an answer, still on its way.
        self.on_the_way: list[tuple[int, str, object]] = []

    def identifier(self) -> str:
        return str(UUID(int=self.draw.getrandbits(128)))

    def play(self) -> None:
        """The morning in bad weather, then the evening, when the network is back for good."""
        weather, draw = self.weather, self.draw
        for _ in range(self.turns):
            for number in range(len(self.replicas)):
                self.type_something(number)
                if draw.random() < 0.6:
                    self.post(number, "send", self.replicas[number].to_send(20))
                if draw.random() < 0.3:
                    self.post(number, "pull", self.replicas[number].cursor)
                if draw.random() < weather.tab_kill:
                    # A killed tab forgets what was under way; what it had written to its disk stays.
                    self.on_the_way = [m for m in self.on_the_way if m[0] != number or m[1] in ("send", "pull")]
            self.deliver_some()
        for replica in self.replicas:
            while replica.waiting:
                kept = self.centre.take(replica.to_send(20), dies_before_commit=False)
                replica.confirmed(kept or [])
        for replica in self.replicas:
            replica.learn(*self.centre.since(replica.table, replica.cursor))
        # Stragglers of the morning arrive at last, and must change nothing.
        weather_was, self.weather = self.weather, Weather(0, 0, 0, 0, 0, 0)
        while self.on_the_way:
            self.deliver_some()
        self.weather = weather_was

    def type_something(self, number: int) -> None:
        replica, draw = self.replicas[number], self.draw
        at = 1_700_000_000_000 + self.skews[number]
        chance = draw.random()
        key = f"s1/{draw.choice(STRATEGIES)}"
        texts = [key for what, key in replica._registers if what == "text"]
        if chance < 0.35:
            operation = replica.add("stickers", key, draw.randint(1, 3), at=at)
        elif chance < 0.55:
            operation = replica.set("stickers", key, draw.randint(0, 9), at=at, reason="recount")
        elif chance < 0.6:
            operation = replica.set("check-in", f"B{draw.randint(1, 4)}", draw.random() < 0.8, at=at)
        elif chance < 0.65:
            codes = draw.sample(STRATEGIES, draw.randint(0, 3))
            operation = replica.set("choice", "s1", {"strategies": codes, "reason": ""}, at=at)
        elif chance < 0.85 or not texts:
            operation = replica.set("text", self.identifier(), f"thought {draw.randint(0, 999)}", at=at)
        elif chance < 0.92:
            operation = replica.set("text", draw.choice(texts), f"edited {draw.randint(0, 999)}", at=at)
        elif chance < 0.95:
            place = {"strategy": draw.choice(STRATEGIES), "question": "q1"}
            operation = replica.set("place", draw.choice(texts), place, at=at)
        else:
            what = draw.choice(("private", "withdrawn"))
            operation = replica.set(what, draw.choice(texts), draw.random() < 0.7, at=at)
        self.written[operation.id] = operation

    def post(self, number: int, kind: str, content: object) -> None:
        """Put one message on the network: it may vanish, and it may arrive twice."""
        draw = self.draw
        if draw.random() < self.weather.drop:
            return
        self.on_the_way.append((number, kind, content))
        if draw.random() < self.weather.duplicate:
            self.on_the_way.append((number, kind, content))

    def deliver_some(self) -> None:
        """Deliver what is on its way in any order; some of it stays for later."""
        draw = self.draw
        arriving, self.on_the_way = self.on_the_way, []
        draw.shuffle(arriving)
        for message in arriving:
            number, kind, content = message
            if draw.random() < self.weather.delay:
                self.on_the_way.append(message)
            elif kind == "send":
                dies = draw.random() < self.weather.server_restart
                kept = self.centre.take(content, dies_before_commit=dies)  # type: ignore[arg-type]
                # A centre may also die after writing, before its answer is out: that is a dropped answer.
                if kept is not None:
                    self.post(number, "confirm", kept)
            elif kind == "pull":
                self.post(number, "learn", self.centre.since(self.replicas[number].table, content))  # type: ignore[arg-type]
            elif kind == "confirm":
                self.replicas[number].confirmed(content)  # type: ignore[arg-type]
            else:
                self.replicas[number].learn(*content)  # type: ignore[misc]

    def check(self) -> None:
        """0 lost, 0 doubled, the same state everywhere, every sticker accounted for."""
        kept = [operation.id for operation in self.centre.log]
        assert len(kept) == len(set(kept)), "an entry is at the centre twice"
        assert set(kept) == set(self.written), "an entry never reached the centre, or came from nowhere"
        at_centre: dict[str, dict[str, Operation]] = {table: {} for table in self.tables}
        for operation in self.centre.log:
            at_centre[operation.table][operation.id] = operation
        for replica in self.replicas:
            assert not replica.waiting, "a device still waits for the centre"
            assert replica.operations == at_centre[replica.table], "a device holds another set"
        # The same set; and each device holds it in its own order, so one of each table is reduced to compare.
        for replica in self.draw.sample(self.replicas, len(self.replicas)):
            if (held := at_centre.pop(replica.table, None)) is not None:
                ours, theirs = read_table(replica.operations.values()), read_table(held.values())
                assert ours == theirs, "a device sees another state"

    def sample_for_wire(self) -> None:
        """Every operation survives the trip through JSON and its checks unchanged."""
        for operation in self.written.values():
            assert read_operation(operation.as_json()) == operation
