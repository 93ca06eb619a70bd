"""An invented event that tests share: three zones, two venues, four tables, the strategies of an invented plan."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from asgiref.sync import sync_to_async
from django.utils import timezone

from aumenta.console.sync import Batch, SyncAnswer, process
from aumenta.core.tablelog.replica import Replica
from aumenta.events import create_event
from aumenta.events.models import Event, Process, Registration, Table, Venue
from aumenta.events.tables.open_table import open_table
from aumenta.people.models import User
from aumenta.plan.models import Axis, Edition, Plan, Strategy
from aumenta.results.take_snapshot import take_snapshot
from aumenta.territory.models import Territory, Zone
from tests.cast import somebody

MORNING = datetime(2026, 12, 5, 8, 15, tzinfo=UTC)
HOURS = timedelta(hours=5)
# Whatever day the tests run on, the tables of invented events open.
EVER = datetime(2126, 1, 1, tzinfo=UTC)
_numbers = count(1)


def an_edition(strategies: int = 27, axes: int = 6) -> Edition:
    """An edition with axes and strategies and nothing else."""
    plan, _made = Plan.objects.get_or_create(slug="esempia", defaults={"name_it": "Esempia", "authority_it": "Esempia"})
    edition = Edition.objects.create(
        plan=plan, label="2024-2026", title_it="Esempia", first_year=2024, last_year=2026, state="public"
    )
    made = [Axis.objects.create(edition=edition, number=n, title_it=f"Asse {n}") for n in range(1, axes + 1)]
    Strategy.objects.bulk_create(
        Strategy(axis=made[n % axes], number=n // axes + 1, title_it=f"Strategia inventata numero {n}")
        for n in range(strategies)
    )
    return edition


def zones(how_many: int = 3) -> list[Zone]:
    """Zones of an invented territory."""
    territory, _made = Territory.objects.get_or_create(
        code="999",
        defaults={
            "slug": "esempia",
            "name": "Esempia",
            "region": "Esempio",
            "kind": "metropolitan_city",
            "centre_longitude": 7.6,
            "centre_latitude": 45.1,
            "tolerance_m": 100,
            "boundary_year": 2023,
            "source": "inventato",
        },
    )
    return [
        Zone.objects.get_or_create(territory=territory, number=n, defaults={"name": f"Zona inventata {n}"})[0]
        for n in range(1, how_many + 1)
    ]


def an_event(*, by: Any = None, strategies: int = 27, **more: Any) -> Event:
    """The event: tables 1 to 4; table 4 is shared by zones 2 and 3. It is public, and everybody's PIN is 123456."""
    by = by or somebody("administrator")
    process = create_event.create_process(
        person=by, slug="ascolto", title_it="Percorso di ascolto", title_en="Listening"
    )
    more.setdefault("published_at", timezone.now())
    event = create_event.create_event(
        person=by,
        process=process,
        slug="tavoli",
        title_it="Dalle strategie alle azioni",
        title_en="From strategies to actions",
        starts_at=MORNING,
        ends_at=MORNING + timedelta(hours=5),
        **more,
    )
    create_event.set_strategies(person=by, event=event, edition=an_edition(strategies))
    create_event.set_sessions(person=by, event=event, sessions=create_event.default_sessions())
    one, two, three = zones()
    for name, places in (("Sede centrale", [[one], [two]]), ("Sede in valle", [[three], [two, three]])):
        venue = create_event.add_venue(person=by, event=event, name=name, address="Via Inventata 1")
        for place in places:
            table = create_event.add_table(person=by, venue=venue, zones=place, room="Sala A", facilitator="Ada Prova")
            create_event.add_badges(person=by, table=table, how_many=3)
    Table.objects.filter(event=event).update(pin="123456")
    event.tables_open_until = EVER
    event.save(update_fields=["tables_open_until"])
    return event


def table(event: Event, number: int = 1) -> Table:
    return Table.objects.select_related("event", "venue").get(event=event, number=number)


class Device(Replica):
    """A console in a test: a replica that has been opened at a table and talks to the real addresses."""

    def __init__(self, at: Table, pin: str = "123456") -> None:
        device = uuid4()
        self.secret = open_table(code=at.code, pin=pin, device=device, now=timezone.now()).secret
        super().__init__(table=str(at.public_id), device=str(device), new_id=lambda: str(uuid4()))

    def say(self, text: str, strategy: str = "1.1", question: str = "q1", private: bool = False) -> str:
        """Write an observation as the console does; returns its identifier."""
        key = str(uuid4())
        if private:
            self.set("private", key, True)
        self.set("place", key, {"strategy": strategy, "question": question})
        self.set("text", key, text)
        return key

    def exchange(self, client: Any) -> Any:
        """One exchange with the centre; the answer is taken in where there is one."""
        response = client.post(
            "/api/tavolo/scambio",
            {
                "cursor": self.cursor,
                "waiting": len(self.waiting),
                "operations": [operation.as_json() for operation in self.to_send()],
            },
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"},
        )
        if response.status_code == 200:
            from aumenta.core.tablelog.operation import read_operation

            answer = response.json()
            self.confirmed(answer["kept"])
            self.learn([read_operation(record) for record in answer["operations"]], answer["cursor"])
        return response


def numbered() -> str:
    """Identifiers in a fixed order."""
    return str(UUID(int=next(_numbers)))


def a_small_event(slug: str = "incontro", facilitator: Any = None, keeper: Any = None) -> Event:
    """One venue, one table, one strategy, a snapshot; the same event when asked for again."""
    found = Event.objects.filter(slug=slug).first()
    if found is not None:
        return found
    by = User.objects.filter(grants__role="approver").first() or somebody("approver")
    process = Process.objects.filter(slug="ascolto").first() or create_event.create_process(
        person=by, slug="ascolto", title_it="Percorso di ascolto"
    )
    event = create_event.create_event(
        person=by, process=process, slug=slug, title_it="Incontro di prova", starts_at=MORNING, ends_at=MORNING + HOURS
    )
    venue = create_event.add_venue(person=by, event=event, name="Sede centrale")
    made = create_event.add_table(person=by, venue=venue, zones=zones(1))
    Table.objects.filter(pk=made.pk).update(facilitated_by=facilitator)
    Venue.objects.filter(pk=venue.pk).update(managed_by=keeper)
    event.tables_open_until = EVER
    event.save(update_fields=["tables_open_until"])
    take_snapshot(person=by, event=event)
    return event


async def write_at_once(batch: Batch) -> SyncAnswer:
    """In place of `desk.submit`: writes over the test's own connection, whose transaction the writer would not see."""
    [answer] = await sync_to_async(process)([batch])
    return answer


def a_participant(slug: str) -> Registration:
    """Somebody registered for the event with this short name."""
    event = Event.objects.get(slug=slug)
    return Registration.objects.get_or_create(event=event, email="ada@esempio.it", defaults={"name": "Ada Prova"})[0]


def a_facilitator() -> User:
    """A facilitator who leads a table at every event there is now."""
    person = somebody("facilitator")
    Table.objects.update(facilitated_by=person)
    return person
