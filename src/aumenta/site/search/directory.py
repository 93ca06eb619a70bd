"""Everything on the site that has a name and a page, kept in each process until something public changes.

Names answer while somebody types; the texts of what is no action (strategies, events, news, pages) are searched by
words and everyday words. Making it costs about a dozen queries, using it none.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, override

from aumenta.core.process_cache import ProcessCache
from aumenta.core.search import Engine, Passage, Synonym, words
from aumenta.core.search.reading import OUTSIDE
from aumenta.core.text import plain_text
from aumenta.events.models import Event
from aumenta.governance.models import Act
from aumenta.pages.models import Page
from aumenta.pages.revision import public_state
from aumenta.people.reader import in_language
from aumenta.plan.find.catalogue import ADDRESS_WORDS
from aumenta.plan.models import Axis, Edition, Strategy
from aumenta.plan.search.engines import PlanSearch, search_of
from aumenta.plan.search.synonyms import read_synonyms
from aumenta.territory.models import Municipality, OtherName, Territory, Zone


class Kind(IntEnum):
    """What a thing is; of two that answer alike the one with the lower number stands first."""

    PLACE = 1
    FRAMEWORK = 2
    AXIS = 3
    STRATEGY = 4
    BODY = 5
    ACTION = 6
    ACT = 7
    EVENT = 8
    NEWS = 9
    PAGE = 10
    WORDS = 11


@dataclass(frozen=True, slots=True)
class Target:
    """Where a thing is shown: a route of the site, its arguments, its query."""

    route: str
    arguments: tuple[str, ...] = ()
    query: str = ""

    @property
    def address(self) -> str:
        """The address in the page's language."""
        return reverse(f"site:{self.route}", args=self.arguments) + self.query


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A thing with a name. `names` are all it goes by, folded, each between blanks; `under` is how another name of it
    is written where this entry is for that name."""

    kind: Kind
    name_it: str
    name_en: str
    target: Target
    names: tuple[str, ...]
    code: str = ""
    under: str = ""
    about_it: str = ""
    about_en: str = ""

    @property
    def name(self) -> str:
        """Code and name in the page's language, the Italian name where there is no other."""
        name = in_language(self.name_it, self.name_en)
        return f"{self.code} · {name}" if self.code else name


@dataclass(frozen=True)
class Directory:
    """The things of one edition and of the site around it; `texts` searches `described`, by position."""

    plan: PlanSearch
    entries: list[DirectoryEntry]
    described: list[DirectoryEntry]
    texts: Engine
    by_key: dict[str, DirectoryEntry] = field(default_factory=dict)


def folded(text: str) -> str:
    """The words of a text without case, accents and signs, between blanks."""
    return f" {' '.join(word.plain for word in words(text))} "


def _entry(kind: Kind, name_it: str, name_en: str, target: Target, *, code: str = "", **more: str) -> DirectoryEntry:
    names = tuple(dict.fromkeys(folded(f"{code} {name}") for name in (name_it, name_en) if name))
    return DirectoryEntry(kind, name_it, name_en, target, names, code, **more)


def _places(territory: Territory) -> Iterator[tuple[str, DirectoryEntry]]:
    """Municipalities and zones by key, then their other names under the empty key."""
    targets: dict[str, tuple[str, Target]] = {}
    for istat, name in Municipality.objects.of(territory).current().values_list("istat_code", "name"):
        targets[f"m:{istat}"] = (name, Target("municipality", (istat,)))
    for number, name in Zone.objects.filter(territory=territory).values_list("number", "name"):
        targets[f"z:{number}"] = (f"{number} {name}", Target("zone", (str(number),)))
    for key, (name, target) in targets.items():
        # A zone goes by its name and its number, a municipality by its name and its ISTAT code.
        code = key.partition(":")[2]
        names = tuple(dict.fromkeys((folded(name.removeprefix(f"{code} ")), f" {code} ", f" {code.lstrip('0')} ")))
        yield key, DirectoryEntry(Kind.PLACE, name, "", target, names)
    rows = OtherName.objects.filter(municipality__territory=territory) | OtherName.objects.filter(
        zone__territory=territory
    )
    for istat, number, name in rows.values_list("municipality__istat_code", "zone__number", "name"):
        known = targets.get(f"m:{istat}" if istat else f"z:{number}")
        if known:
            yield "", DirectoryEntry(Kind.PLACE, known[0], "", known[1], (folded(name),), under=name)


def _frameworks_and_bodies(edition: Edition, plan: PlanSearch) -> Iterator[tuple[str, DirectoryEntry]]:
    """A framework leads to its matrix, an item of it and a body to their actions."""
    for key, thing in plan.things.items():
        code, slash, item = key.partition("/")
        word = "attore" if code == "actor" else ADDRESS_WORDS.get(code, code)
        if slash:
            target = Target("actions", (edition.label,), f"?{urlencode({word: item})}")
        else:
            target = Target("framework", (edition.label, word))
        kind = Kind.BODY if code == "actor" else Kind.FRAMEWORK
        names = tuple(dict.fromkeys(folded(name) for name in (thing.name_it, thing.name_en, *thing.names) if name))
        yield key, DirectoryEntry(kind, thing.name_it, thing.name_en, target, names)


def _parts_of_the_plan(edition: Edition) -> Iterator[DirectoryEntry]:
    for axis in Axis.objects.filter(edition=edition).order_by("number"):
        target = Target("axis", (edition.label, axis.code))
        yield _entry(Kind.AXIS, axis.title_it, axis.title_en, target, code=axis.code, **_about(axis, "purpose"))
    for one in Strategy.objects.of(edition):
        target = Target("strategy", (edition.label, one.code))
        yield _entry(Kind.STRATEGY, one.title_it, one.title_en, target, code=one.code, **_about(one, "purpose"))


def _actions(edition: Edition, plan: PlanSearch) -> Iterator[DirectoryEntry]:
    for one in plan.documents:
        target = Target("action", (edition.label, one.code))
        yield _entry(Kind.ACTION, one.titles["it"], one.titles["en"], target, code=one.code)


def _around_the_plan() -> Iterator[DirectoryEntry]:
    """Published events, then the news and pages that are public now."""
    for event in Event.objects.exclude(published_at=None).order_by("-starts_at"):
        target, told = Target("event", (event.slug,)), event.titles
        entry = _entry(Kind.EVENT, told["title_it"], told["title_en"], target, **_about(event, "summary"))
        yield _said_cancelled(entry) if event.cancelled_at else entry
    for page in Page.objects.public().order_by("-from_at", "pk"):
        kind, route = (Kind.NEWS, "news_piece") if page.kind == Page.Kind.NEWS else (Kind.PAGE, "page")
        about = {f"about_{one}": plain_text(getattr(page, f"body_{one}")) for one in ("it", "en")}
        yield _entry(kind, page.title_it, page.title_en, Target(route, (page.slug,)), **about)


def _acts() -> Iterator[DirectoryEntry]:
    """Public acts, by what they are about and by their number."""
    for act in Act.objects.exclude(state=Act.State.DRAFTING).order_by("-day", "pk"):
        number = f"{act.number}/{act.year}" if act.number and act.year else ""
        about = {f"about_{one}": f"{number} {act.points}" for one in ("it", "en")}
        entry = _entry(Kind.ACT, act.object_it, act.object_en, Target("act", (act.slug,)), **about)
        yield replace(entry, names=(*entry.names, folded(number))) if number else entry


SECTIONS: Final = (
    ("events_by_month", "Calendario degli incontri", "Calendar of events", "mese eventi agenda iCal month"),
    ("how_made", "Come si fa il piano", "How the plan is made", "fasi percorso processo documenti phases process"),
    ("consultations", "Partecipa", "Take part", "consultazione contributo osservazioni consultation contribution"),
    ("acts", "Atti", "Acts", "delibere deliberazioni pareri votazioni resolutions opinions votes"),
    ("open_data", "Dati aperti", "Open data", "scarica file csv excel dataset download"),
    (
        "contact",
        "Contatti",
        "Contacts",
        "telefono indirizzo PEC e-mail reclamo write telephone address",
    ),
)
"""Pages of the site that are looked for by what they are: route, names, other words for it."""


def _sections() -> Iterator[DirectoryEntry]:
    for route, name_it, name_en, words_for_it in SECTIONS:
        about = {f"about_{one}": words_for_it for one in ("it", "en")}
        yield _entry(Kind.PAGE, name_it, name_en, Target(route), **about)


def _said_cancelled(entry: DirectoryEntry) -> DirectoryEntry:
    """Found by the same name, with the news beside it."""
    return replace(entry, name_it=_marked(entry.name_it, "it"), name_en=_marked(entry.name_en, "en"))


def _marked(name: str, language: str) -> str:
    with override(language):
        return f"{name} ({gettext('cancelled')})" if name else ""


def _about(thing: Axis | Strategy | Event, text: str) -> dict[str, str]:
    return {f"about_{language}": plain_text(getattr(thing, f"{text}_{language}")) for language in ("it", "en")}


def _everyday_words(synonyms: list[Synonym]) -> Iterator[DirectoryEntry]:
    """What people write instead of the plan's words leads to the results of a search for it."""
    for one in synonyms:
        for written in one.written:
            target = Target("search", (), f"?{urlencode({'q': written})}")
            yield DirectoryEntry(Kind.WORDS, written, written, target, (folded(written),))


def make_directory(edition: Edition) -> Directory:
    """Read all that is to be found beside the texts of the actions."""
    plan = search_of(edition)
    territory = Territory.objects.home()
    places = list(_places(territory)) if territory else []
    keyed = dict(_frameworks_and_bodies(edition, plan)) | {key: entry for key, entry in places if key}
    described = [*_parts_of_the_plan(edition), *_acts(), *_around_the_plan(), *_sections()]
    named = [entry for key, entry in places if not key]
    synonyms = read_synonyms()
    entries = [*keyed.values(), *named, *described, *_actions(edition, plan), *_everyday_words(synonyms)]
    texts = Engine([list(_passages(entry)) for entry in described], synonyms=_spelled_out(synonyms))
    return Directory(plan, entries, described, texts, keyed)


def _spelled_out(synonyms: list[Synonym]) -> list[Synonym]:
    """The everyday words that mean other words: names of frameworks are no words of an event, and what no sheet of the
    plan deals with, such as a telephone number or a resolution, may well be a page of the site."""
    return [one for one in synonyms if not any(meaning.startswith(("@", OUTSIDE)) for meaning in one.meaning)]


def _passages(entry: DirectoryEntry) -> Iterator[Passage]:
    yield Passage(f"{entry.code} {entry.name_it}".strip(), "it", 3)
    yield Passage(entry.about_it, "it")
    yield Passage(entry.name_en, "en", 3)
    yield Passage(entry.about_en, "en")


DIRECTORIES: Final[ProcessCache[int, Directory]] = ProcessCache.of_the_process(8)


def directory(edition: Edition) -> Directory:
    """The directory of an edition as it is now; one query where nothing changed."""
    return DIRECTORIES.get(edition.pk, lambda: make_directory(edition), (edition.revision, public_state()))
