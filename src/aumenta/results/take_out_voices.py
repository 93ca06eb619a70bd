"""Take voices out of what is public, in one step: a table has marked them after the office published."""

from collections import Counter
from dataclasses import replace

from django.db import transaction
from django.db.models import Max

from aumenta.activity.log import log
from aumenta.events.models import Event, Observation, Photo
from aumenta.events.rules import may_publish
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.results.activity import VOICES_TAKEN_OUT
from aumenta.results.event_snapshot import EventSnapshot, ThemeRow
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.since_then import marked_since
from aumenta.results.take_snapshot import digest_of
from aumenta.themes.confidential_words import private_words_in
from aumenta.themes.word_queries import words_by_zone


@transaction.atomic
def take_out_voices(*, person: User, event: Event) -> Snapshot:
    """The public state once more without the voices marked since, under the next number, and public in its place.

    All else stays as it was frozen. With the voices go themes that had no other, and those whose name or keywords only
    they say; the telling words of each zone are told anew, and photos that a table has removed go too. The state that
    was public stays with the office, not public.
    Refused where there is nothing to take out.
    """
    check_permission(may_publish(person))
    Event.objects.select_for_update().only("pk").get(pk=event.pk)
    public = Snapshot.objects.filter(event=event).exclude(published_at=None).first()
    gone = frozenset(marked_since(event))
    if public is None or not gone:
        raise RefusedError("nothing_to_take_out")
    content = without(public.read(), gone, event).as_json()
    last = event.snapshots.aggregate(last=Max("number"))["last"] or 0
    made = Snapshot.objects.create(
        event=event,
        number=last + 1,
        # What it says is of the moment of the state it was made from: entries that came later are not in it.
        taken_at=public.taken_at,
        taken_by=person,
        content=content,
        sha256=digest_of(content),
    )
    publish_results(person=person, snapshot=made)
    log(code=VOICES_TAKEN_OUT, person=person, about=event, detail=str(len(gone)))
    return made


def without(state: EventSnapshot, gone: frozenset[int], event: Event) -> EventSnapshot:
    """`state` as if the voices `gone` had been marked before it was taken."""
    withdrawn = set(Observation.objects.filter(pk__in=gone, withdrawn=True).values_list("pk", flat=True))
    marked = gone - withdrawn
    hidden = Counter(zone for one in state.observations if one.id in marked for zone in (0, *one.zones))
    before = {**state.not_published, 0: state.hidden_in(None)}
    themes = [lessened for theme in state.themes if (lessened := _lessened(theme, gone)).sources]
    refused = private_words_in(event, {n: f"{theme.name}. {theme.keywords}" for n, theme in enumerate(themes)})
    removed = set(Photo.objects.filter(table__event=event, removed=True).values_list("file", flat=True))
    return replace(
        state,
        observations=tuple(one for one in state.observations if one.id not in gone),
        not_published=dict(sorted((Counter(before) + hidden).items())),
        themes=tuple(theme for n, theme in enumerate(themes) if n not in refused),
        words=words_by_zone(event),
        photos=tuple(photo for photo in state.photos if photo.file not in removed),
    )


def _lessened(theme: ThemeRow, gone: frozenset[int]) -> ThemeRow:
    left = tuple(key for key in theme.sources if key not in gone)
    return replace(theme, sources=left, private=theme.private + len(theme.sources) - len(left))
