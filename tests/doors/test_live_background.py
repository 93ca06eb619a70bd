"""Work beside the requests: what one process does, every other one tells; what a dead process left is nobody's."""

from concurrent.futures import Executor, Future
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from aumenta.events.models import Observation
from aumenta.live import background as module
from aumenta.live.background import STALE, Background
from aumenta.themes.models import SynthesisWork
from tests.events_cast import a_facilitator, an_event
from tests.themes_cast import say

pytestmark = pytest.mark.django_db


class Later(Executor):
    """Does nothing until it is told to."""

    def __init__(self):
        self.waiting = []

    def submit(self, work, /, *given, **more):
        self.waiting.append(lambda: work(*given, **more))
        return Future()

    def go(self):
        while self.waiting:
            self.waiting.pop(0)()


def processes(how_many=2):
    made = []
    for _ in range(how_many):
        one = Background()
        one.worker = Later()
        made.append(one)
    return made


@pytest.fixture
def done(monkeypatch):
    """The refreshes that were made; each fails while `done.fails`."""

    class Done(list):
        fails = False

    made = Done()

    def refresh(event):
        if made.fails:
            raise RuntimeError("no")
        made.append(event.pk)

    monkeypatch.setattr(module, "refresh_suggested_themes", refresh)
    return made


def test_two_processes_tell_the_same_while_one_works_and_after_it_failed(client, done, monkeypatch):
    event, (one, other) = an_event(), processes()
    monkeypatch.setattr("aumenta.live.suggested_themes.background", other)
    client.force_login(a_facilitator())

    def told():
        state = client.get(reverse("regia-suggested-themes", args=[event.slug])).json()
        return state["busy"], state["failed"]

    assert told() == (False, False)
    done.fails = True
    one.refresh(event)
    assert one.busy(event.pk)
    assert told() == (True, False)
    one.worker.go()
    assert told() == (False, True)
    done.fails = False
    other.refresh(event)
    other.worker.go()
    assert told() == (False, False)
    assert not one.failed(event.pk)
    assert SynthesisWork.objects.count() == 1


def test_a_refresh_asked_of_two_processes_while_it_waits_is_made_once(done):
    event, (one, other) = an_event(), processes()
    one.refresh(event)
    other.refresh(event)
    one.refresh(event)
    one.worker.go()
    other.worker.go()
    assert done == [event.pk]


def test_a_refresh_asked_while_one_is_at_work_waits_for_its_turn(done, monkeypatch):
    event, (one,) = an_event(), processes(1)

    def refresh(event):
        done.append(event.pk)
        if len(done) == 1:
            one.refresh(event)

    monkeypatch.setattr(module, "refresh_suggested_themes", refresh)
    one.refresh(event)
    one.worker.go()
    assert done == [event.pk, event.pk]


def test_what_a_process_left_that_is_gone_holds_nobody_up(done):
    event, (gone, other) = an_event(), processes()
    gone.refresh(event)
    SynthesisWork.objects.update(heartbeat_at=timezone.now() - STALE - timedelta(seconds=1))
    assert not other.busy(event.pk)
    other.refresh(event)
    other.worker.go()
    assert done == [event.pk]
    assert not SynthesisWork.objects.filter(finished_at=None).exists()


def test_a_sign_of_life_is_for_all_that_waits_in_the_process_and_for_no_other(done):
    event, (one, gone) = an_event(), processes()
    one.refresh(event)
    one.run(event, lambda: None)
    gone.run(event, lambda: None)
    old = timezone.now() - STALE - timedelta(seconds=1)
    SynthesisWork.objects.update(heartbeat_at=old)
    one.heartbeat()
    assert list(SynthesisWork.objects.order_by("pk").values_list("heartbeat_at", flat=True))[2] == old
    assert SynthesisWork.objects.filter(heartbeat_at__gt=old).count() == 2


def test_after_a_failure_nothing_is_tried_again_by_itself_for_a_minute(done):
    event, (one, other) = an_event(), processes()
    say(event, ["Più treni"])
    Observation.objects.update(revision=1)
    done.fails = True
    one.refresh_if_due(event)
    one.worker.go()
    assert other.failed(event.pk)
    done.fails = False
    other.refresh_if_due(event)
    assert not other.worker.waiting
    SynthesisWork.objects.update(finished_at=timezone.now() - timedelta(minutes=2))
    other.refresh_if_due(event)
    other.worker.go()
    assert done == [event.pk]


def test_whoever_reads_the_proposals_starts_a_refresh_that_is_due(client, done, monkeypatch):
    event, (one,) = an_event(), processes(1)
    monkeypatch.setattr("aumenta.live.suggested_themes.background", one)
    say(event, ["Più treni"])
    Observation.objects.update(revision=1)
    client.force_login(a_facilitator())
    client.get(reverse("regia-suggested-themes", args=[event.slug]))
    one.worker.go()
    assert done == [event.pk]
