"""`aumenta rehearse`: play a whole invented event through the consoles' real addresses, and check every entry."""

import socket
import sys
import time
from argparse import ArgumentParser
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.config.children import end, start
from aumenta.events.models import Event, TableDevice, TableOperation
from aumenta.plan.models import Edition
from aumenta.rehearsal.network import Weather
from aumenta.rehearsal.operators import rehearsal_operator
from aumenta.rehearsal.play import group_as_operators_would, play_in_the_room, play_over_network
from aumenta.rehearsal.scenario import Size, invent_event
from aumenta.results.publish_results import publish_results
from aumenta.territory.models import Zone

if TYPE_CHECKING:
    from collections.abc import Iterator


class Command(BaseCommand):
    """Makes the event `prova-SEED`, plays it, says what was lost or doubled, and leaves it to be looked at."""

    help = gettext_noop(
        "Rehearse an event: invented people at every table, bad networks, and a check that each entry arrived once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help=_("the same seed plays the same event again"))
        parser.add_argument("--tables", type=int, default=66)
        parser.add_argument("--venues", type=int, default=6)
        parser.add_argument("--people", type=int, default=400)
        parser.add_argument("--observations", type=int, default=1_300)
        parser.add_argument("--lost", type=float, default=0.2, help=_("chance that a message or its answer is lost"))
        parser.add_argument("--doubled", type=float, default=0.1, help=_("chance that a message is sent twice"))
        parser.add_argument("--delay", type=float, default=0.05, help=_("longest delay of a message, in seconds"))
        parser.add_argument(
            "--address", default="", help=_("a running server; without it one is started for the purpose")
        )
        parser.add_argument(
            "--public", action="store_true", help=_("publish its page and its results at once, as the demo does")
        )
        parser.add_argument(
            "--no-network", action="store_true", help=_("write straight into the room, as the demo does")
        )

    def handle(self, **options: Any) -> None:
        seed = options["seed"]
        size = Size(options["venues"], options["tables"], options["people"], options["observations"])
        event = self._event(seed, size, public=options["public"])
        begin = time.perf_counter()
        if options["no_network"]:
            outcome = play_in_the_room(event, seed=seed, size=size)
        else:
            weather = Weather(options["lost"], options["doubled"], options["delay"])
            with _server(options["address"]) as address:
                outcome = play_over_network(event, address=address, seed=seed, size=size, weather=weather)
        seconds = time.perf_counter() - begin
        tally = outcome.tally
        self.stdout.write(
            f"{outcome.entries} entries at {size.tables} tables in {seconds:.1f} s; {tally.sent} messages, "
            f"{tally.lost} lost on the way, {tally.doubled} doubled on the way"
        )
        self.stdout.write(
            f"entries lost: {outcome.lost}; doubled: {outcome.doubled}; devices that disagree: {outcome.disagreeing}; "
            f"tables with wrong counts: {outcome.wrong_counts}"
        )
        if not outcome.perfect:
            raise CommandError(_("The rehearsal failed: see the figures above."))
        taken = group_as_operators_would(event, person=rehearsal_operator())
        if options["public"]:
            # Invented, and marked as such: a newcomer sees what the public gets back.
            publish_results(person=rehearsal_operator(), snapshot=taken)
        self.stdout.write(
            f"themes: {len(taken.read().themes)}; state no. {taken.number} frozen; /it/regia/{event.slug}/"
        )

    def _event(self, seed: int, size: Size, *, public: bool) -> Event:
        edition = Edition.objects.order_by("-first_year").first()
        zones = list(Zone.objects.order_by("territory", "number"))
        if edition is None or not zones:
            raise CommandError(_("There is no plan or no zone yet: run `aumenta prepare` first."))
        zones = [zone for zone in zones if zone.territory_id == zones[0].territory_id]
        earlier = Event.objects.filter(slug=f"prova-{seed}").first()
        if earlier is not None:
            # Only what a rehearsal invented is ever thrown away.
            TableOperation.objects.filter(table__event=earlier, table__event__invented=True).delete()
            TableDevice.objects.filter(table__event=earlier).delete()
            earlier.delete()
        return invent_event(
            person=rehearsal_operator(),
            seed=seed,
            edition=edition,
            zones=zones,
            size=size,
            public=public,
            starts=timezone.now().replace(minute=15, second=0, microsecond=0) - timedelta(hours=3),
        )


@contextmanager
def _server(address: str) -> "Iterator[str]":
    """The given address, or that of a server of our own on a free port of this machine."""
    if address:
        yield address
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = [str(Path(sys.executable).parent / "granian"), "--interface", "asginl", "--host", "127.0.0.1"]
    server += ["--port", str(port), "--workers", "1", "--no-ws", "aumenta.config.asgi:application"]
    process = start(server, quiet=True)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        end([process])


def _wait_for(port: int) -> None:
    for _time in range(150):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise CommandError(_("The server did not start."))
