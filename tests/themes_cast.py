"""What people say at the tables of an invented event, and an executor that does at once what it is given."""

from concurrent.futures import Executor, Future
from itertools import count
from uuid import uuid4

from aumenta.events.models import Observation
from aumenta.themes.models import Theme, ThemeSource
from tests.core.synthesis_stage import SUBJECTS
from tests.events_cast import table

arrivals = count(1)


class AtOnce(Executor):
    """Work is done where it is asked for."""

    def submit(self, work, /, *given, **more):
        done: Future[object] = Future()
        done.set_result(work(*given, **more))
        return done


def titled(event):
    """Give the event's first strategies subjects that the voices speak about."""
    for strategy, (code, subject) in zip(event.strategies.all(), SUBJECTS.items(), strict=False):
        strategy.title_it = subject
        strategy.save()
        assert code
    event.edition = None
    event.save()


def say(event, texts, number=1, **more):
    at = table(event, number)
    return [
        Observation.objects.create(public_id=uuid4(), table=at, text=text, arrival=next(arrivals), **more)
        for text in texts
    ]


def said(event, how_many=4, number=1):
    at = table(event, number)
    return [
        Observation.objects.create(public_id=uuid4(), table=at, text=f"Detta {n}", arrival=next(arrivals))
        for n in range(how_many)
    ]


def a_theme_said(event, name="Strade di valle", texts=("Le strade sono strette",), **more):
    """A theme with what was said under it."""
    theme = Theme.objects.create(event=event, name=name)
    ThemeSource.objects.bulk_create(ThemeSource(theme=theme, observation=one) for one in say(event, texts, **more))
    return theme


def where(event):
    return dict(ThemeSource.objects.filter(theme__event=event).values_list("observation__text", "theme__name"))
