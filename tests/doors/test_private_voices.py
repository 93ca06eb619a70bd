"""What is private is published nowhere: each way a voice is hidden or taken out, before and after it was derived,
through the table's own protocol; each route by which an event's voices leave the office."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from uuid import UUID, uuid4

import pypdfium2
import pytest
from django.test import Client
from PIL import Image

from aumenta.events.models import Event, Observation, Photo
from aumenta.events.tables.append_operations import append_operations
from aumenta.events.tables.keep_photo import keep_photo
from aumenta.events.tables.project_log import project_log
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.slides import slides_of
from aumenta.results.take_snapshot import take_snapshot
from aumenta.themes.group_themes import place
from aumenta.themes.matrix_queries import statements_of, theme_matrix
from aumenta.themes.models import Theme
from aumenta.themes.theme_queries import theme_rows
from aumenta.themes.voices_of_themes import Voice
from aumenta.themes.word_queries import About, words_of
from aumenta.voices.models import Contribution
from aumenta.voices.record_contributions import keep_private, record_contribution, withdraw
from tests.cast import somebody
from tests.events_cast import Device, an_event, table, zones

pytestmark = pytest.mark.django_db

SECRET, OPEN, ELSEWHERE = "zanzibarre", "biciclette", "montagna"
WAYS = {"marked private": "private", "withdrawn": "withdrawn"}
ABOUT: tuple[tuple[About, str], ...] = (("event", ""), ("zone", "1"), ("strategy", "1.1"))
TIMES = ("with its words", "before anybody looked", "after it was derived")


class Morning:
    """A morning at two tables: four voices that anybody may read, four that must be read by nobody."""

    def __init__(self) -> None:
        self.office: User = somebody("approver")
        self.event: Event = an_event(by=self.office)
        self.here, self.there = Device(table(self.event, 1)), Device(table(self.event, 3))
        self.hidden: list[str] = []

    def send(self) -> None:
        """Hand over what waits, as the console does."""
        for device, number in ((self.here, 1), (self.there, 3)):
            waiting = device.to_send()
            at = table(self.event, number)
            kept = append_operations(table=at, records=[operation.as_json() for operation in waiting]).kept
            assert len(kept) == len(waiting)
            device.confirmed(kept)

    def play(self, way: str, time: str) -> None:
        """Say everything, and hide what is to be hidden in this way at this time."""
        for n in range(4):
            self.here.say(f"Più {OPEN} in città, corsia {n}", strategy="1.1")
            self.there.say(f"Strade di {ELSEWHERE}, curva {n}", strategy="2.1")
            key = str(uuid4())
            self.hidden.append(key)
            if time == "with its words":
                self.here.set(WAYS[way], key, True)
            self.here.set("place", key, {"strategy": "1.1", "question": "q1"})
            self.here.set("text", key, f"La signora {SECRET} teme la strada, numero {n}")
        self.send()
        self.group(also_hidden=time == "after it was derived")
        if time != "with its words":
            self.hide(way)

    def group(self, *, also_hidden: bool) -> None:
        """A theme with open voices and one of hidden ones alone; grouping derives what has come."""
        if not also_hidden:
            return
        project_log(self.event)
        keys = {
            word: list(Observation.objects.filter(text__contains=word).values_list("pk", flat=True))
            for word in (OPEN, SECRET)
        }
        place(person=self.office, event=self.event, observations=keys[OPEN], theme=None, name="Spostarsi")
        place(person=self.office, event=self.event, observations=keys[SECRET], theme=None, name="Paure")

    def hide(self, way: str) -> None:
        """Mark them now, by an operation of the table."""
        for key in self.hidden:
            self.here.set(WAYS[way], key, True)
        self.send()


@pytest.fixture
def morning() -> Morning:
    return Morning()


@pytest.mark.parametrize("time", TIMES)
@pytest.mark.parametrize("way", WAYS)
def test_no_state_slide_or_word_holds_a_voice_that_is_hidden(morning: Morning, way: str, time: str) -> None:
    morning.play(way, time)
    event = morning.event
    taken = take_snapshot(person=morning.office, event=event)
    state = taken.read()
    told = {
        "state": json.dumps(taken.content),
        "slides": " ".join(map(str, slides_of(taken, "it"))),
        **{
            f"words of {about} {which}": " ".join(one.word for one in words_of(event, about, which, "tables").words)
            for about, which in ABOUT
        },
    }
    for route, text in told.items():
        assert SECRET not in text.lower(), route
        assert OPEN in text.lower(), f"{route} shows what may be shown"
    hidden = set(Observation.objects.filter(text__contains=SECRET).values_list("pk", flat=True))
    assert len(hidden) == 4
    assert not hidden & {one.id for one in state.observations}
    assert not hidden & {key for theme in state.themes for key in theme.sources}
    assert "Paure" not in {theme.name for theme in state.themes}
    assert (sum(state.not_published.values()) > 0) == (way == "marked private"), "marked ones are counted"


@pytest.mark.parametrize("way", WAYS)
def test_a_voice_taken_out_counts_in_no_theme_and_one_marked_counts_unquoted(morning: Morning, way: str) -> None:
    morning.play(way, "after it was derived")
    project_log(morning.event)
    rows = {row["name"]: row for row in theme_rows(morning.event)}
    assert len(rows["Spostarsi"]["sources"]) == 4
    counted = 0 if way == "withdrawn" else 4
    assert (len(rows["Paure"]["sources"]), rows["Paure"]["private"]) == (counted, counted)
    found = theme_matrix(morning.event, "zone")
    told = statements_of(morning.event, tuple(found.voices))
    assert len(told) == 4 + counted
    # A page that was counted a moment before must not quote what was taken out since.
    every = tuple(Voice(False, key) for key in Observation.objects.values_list("pk", flat=True))
    assert [SECRET in one["text"] for one in statements_of(morning.event, every)].count(True) == counted
    assert all(one["private"] for one in told if SECRET in one["text"])


def public_addresses(event: Event, number: int) -> Iterator[tuple[str, bool]]:
    """Every address at which a state is read, and whether the words of voices stand there."""
    for language in ("it", "en"):
        yield f"/{language}/eventi/{event.slug}/", False
        yield f"/{language}/eventi/{event.slug}/esiti/", False
        for zone in ("tutte", "1"):
            yield f"/{language}/eventi/{event.slug}/esiti/{zone}.html", True
    for kind in ("pdf", "odt"):
        yield f"/it/eventi/{event.slug}/esiti/1.{kind}", True
    yield f"/it/regia/{event.slug}/stati/{number}/", True
    yield f"/it/regia/{event.slug}/stati/{number}/?scarica", True
    yield f"/it/regia/{event.slug}/stati/{number}/diapositive.pdf", True
    yield f"/it/regia/{event.slug}/parole/", True
    yield f"/it/regia/{event.slug}/parole/?di=zone:1", True
    for kind in ("svg", "xlsx", "ods"):
        yield f"/it/regia/{event.slug}/matrice.{kind}", False


def words_in(content: bytes) -> str:
    """What a person reads in a file."""
    if content.startswith(b"%PDF"):
        return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)).lower()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            return " ".join(folder.read(name).decode("utf-8", "replace") for name in folder.namelist()).lower()
    return content.decode().lower()


@pytest.mark.parametrize("way", WAYS)
def test_no_page_and_no_file_of_an_event_holds_a_voice_that_is_hidden(
    morning: Morning, way: str, client: Client
) -> None:
    morning.play(way, "after it was derived")
    taken = take_snapshot(person=morning.office, event=morning.event)
    publish_results(person=morning.office, snapshot=Snapshot.objects.select_related("event").get(pk=taken.pk))
    client.force_login(morning.office)
    for address, with_voices in public_addresses(morning.event, taken.number):
        answer = client.get(address)
        assert answer.status_code == 200, address
        told = words_in(answer.content)
        assert SECRET not in told, address
        assert not with_voices or OPEN in told, f"{address} shows what may be shown"


@pytest.mark.parametrize("way", WAYS)
def test_a_voice_hidden_a_minute_before_publishing_is_not_published(morning: Morning, way: str) -> None:
    morning.play(way, "with its words")
    said = morning.here.say(f"Anche qui {ELSEWHERE}")
    morning.send()
    taken = take_snapshot(person=morning.office, event=morning.event)
    morning.here.set(WAYS[way], said, True)
    morning.send()
    before = Snapshot.objects.select_related("event").get(pk=taken.pk)
    with pytest.raises(RefusedError):
        publish_results(person=morning.office, snapshot=before)
    assert not Snapshot.objects.exclude(published_at=None).exists()
    again = take_snapshot(person=morning.office, event=morning.event)
    publish_results(person=morning.office, snapshot=Snapshot.objects.select_related("event").get(pk=again.pk))


def test_a_theme_whose_words_became_private_is_neither_frozen_nor_published(morning: Morning) -> None:
    said = [morning.here.say(f"La signora {SECRET} teme la strada, numero {n}") for n in range(3)]
    morning.here.say(f"Più {OPEN}")
    morning.send()
    project_log(morning.event)
    keys = list(Observation.objects.values_list("pk", flat=True))
    place(person=morning.office, event=morning.event, observations=keys, theme=None, name=f"Signora {SECRET}")
    taken = take_snapshot(person=morning.office, event=morning.event)
    for key in said:
        morning.here.set("private", key, True)
    morning.send()
    with pytest.raises(RefusedError, match="private_words_in_state"):
        publish_results(person=morning.office, snapshot=Snapshot.objects.select_related("event").get(pk=taken.pk))
    with pytest.raises(RefusedError):
        take_snapshot(person=morning.office, event=morning.event)


def a_photo(morning: Morning) -> tuple[str, str]:
    """The photo of a poster, announced and sent; its identifier and its digest."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "JPEG")
    content, key = file.getvalue(), str(uuid4())
    digest = hashlib.sha256(content).hexdigest()
    morning.here.set("photo", key, {"sha256": digest, "caption": "Il manifesto", "removed": False})
    morning.send()
    keep_photo(table=table(morning.event), public_id=UUID(key), content=content)
    return key, digest


def test_a_photo_that_was_removed_is_in_no_state_and_a_state_with_it_is_not_published(morning: Morning) -> None:
    key, digest = a_photo(morning)
    taken = take_snapshot(person=morning.office, event=morning.event)
    assert [photo.caption for photo in taken.read().photos] == ["Il manifesto"]
    morning.here.set("photo", key, {"sha256": digest, "caption": "Il manifesto", "removed": True})
    morning.send()
    with pytest.raises(RefusedError):
        publish_results(person=morning.office, snapshot=Snapshot.objects.select_related("event").get(pk=taken.pk))
    assert take_snapshot(person=morning.office, event=morning.event).read().photos == ()
    assert Photo.objects.get().removed


def test_a_photo_removed_before_its_file_came_is_in_no_state(morning: Morning) -> None:
    key, digest = a_photo(morning)
    morning.here.set("photo", key, {"sha256": digest, "caption": "", "removed": True})
    morning.send()
    assert take_snapshot(person=morning.office, event=morning.event).read().photos == ()


def hide_at_once(office: User, event: Event, text: str) -> Contribution:
    """A letter that comes with the wish not to be published."""
    assert event.edition is not None
    return record_contribution(
        person=office, edition=event.edition, text=text, received_on=date(2026, 5, 3), source="posta", private=True
    )


def hide_later(office: User, event: Event, text: str) -> Contribution:
    """A letter whose writer says so afterwards."""
    letter = hide_at_once(office, event, text)
    keep_private(person=office, contribution=letter, private=False)
    return keep_private(person=office, contribution=letter, private=True)


def take_out(office: User, event: Event, text: str) -> Contribution:
    """A letter that was withdrawn."""
    letter = hide_at_once(office, event, text)
    keep_private(person=office, contribution=letter, private=False)
    return withdraw(person=office, contribution=letter)


@pytest.mark.parametrize("hide", [hide_at_once, hide_later, take_out])
def test_a_letter_that_is_private_or_withdrawn_is_in_no_word_and_in_no_matrix(
    hide: Callable[[User, Event, str], Contribution], morning: Morning
) -> None:
    from aumenta.themes.put_into_theme import put_into_theme

    event, office = morning.event, morning.office
    theme = Theme.objects.create(event=event, name="Posta")
    assert event.edition is not None
    shown = record_contribution(
        person=office,
        edition=event.edition,
        text=f"Più {OPEN}",
        received_on=date(2026, 5, 3),
        source="posta",
        zone=zones(1)[0],
        strategy_code="1.1",
    )
    letters = [shown, *(hide(office, event, f"La signora {SECRET}, {n}") for n in range(3))]
    for letter in letters:
        put_into_theme(person=office, contribution=letter, event=event, theme=theme)
        Contribution.objects.filter(pk=letter.pk).update(zone=zones(1)[0], strategy_code="1.1")
    for about, which in ABOUT:
        found = words_of(event, about, which, "written")
        assert found.here == 1, about
        assert {one.word for one in found.words} <= {OPEN, "più"}
    for by in ("zone", "organisation"):
        matrix = theme_matrix(event, by)
        assert [voice.key for voice in matrix.voices] == [shown.pk]
        assert [one["text"] for one in statements_of(event, matrix.voices)] == [f"Più {OPEN}"]
