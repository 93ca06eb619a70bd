"""People in every role and one object of each sort, public, her own and others': who may see which is asked of every
address."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from aumenta.console.sync import batch_writer
from aumenta.events.models import Event, Observation, TableDevice
from aumenta.governance.models import Body
from aumenta.live import broadcaster
from aumenta.pages.keep_media import document_file, image_file
from aumenta.pages.models import Attachment, Document, Image, Page
from aumenta.people.models import Role, User
from aumenta.plan.models import Chapter, Edition
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import take_snapshot
from aumenta.review.record import record_import
from aumenta.surveys.write_questionnaire import prepare_questionnaire
from aumenta.territory.models import Belt, Municipality, PublishedFigure, Territory, Zone
from aumenta.themes.models import Theme, ThemeSource
from aumenta.voices.models import Contribution
from tests.cast import a_plan, somebody, standing
from tests.events_cast import a_small_event, write_at_once
from tests.governance_cast import a_body, a_public_act, an_instrument
from tests.issues_cast import said_of_issues
from tests.monitoring_cast import a_project, a_published_report, an_indicator_read
from tests.papers_cast import KINDS, paper_place
from tests.surveys_cast import a_questionnaire, finished
from tests.voices_cast import a_consultation

PLACES = re.compile(r"<(?:\w+:)?(\w+)>")
"""What stands in an address: `<slug:slug>` of a path, `(?P<slug>…)` of an expression."""
ROLES = ["stranger", *Role.values]
ELSEWHERE = {
    # The desk has its own table and test; the stock administration is asked below, whole.
    "desk": "tests/doors/test_desk_roles.py",
    # Only while trying out, with DEBUG.
    "style_guide": "tests/browser/test_style_guide.py",
    "admin": "test_the_stock_administration_opens_for_superusers_alone",
}
ASKED = {"site:rate": "?pagina=/it/&voto=5", "site:follow": "?cosa=zona-1"}
"""What an address needs to be asked with."""


@cache
def addresses() -> dict[str, str]:
    """Every named address of the site with its pattern, without those that are asked elsewhere."""
    return {
        name: route
        for name, route in named_addresses()
        if (name.partition(":")[0] not in ELSEWHERE and not route.startswith("it/accesso/")) or name == "own-address"
    }


def named_addresses() -> Iterator[tuple[str, str]]:
    """Every address of the program, by its name and the pattern of its route."""
    yield from _walk(get_resolver(), "", "")


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        where = f"{route}{one.pattern}"
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", where
        else:
            yield from _walk(one, where, f"{space}{one.namespace}:" if one.namespace else space)


@dataclass(frozen=True)
class Things:
    """One object of each sort, all of them public or none."""

    edition: Edition
    older: Edition
    event: Event
    page: Page
    image: Image
    document: Document

    def address(self, name: str) -> str:
        """Where the route is for these things."""
        where = reverse(name, kwargs={key: self.value(key, name) for key in PLACES.findall(addresses()[name])})
        return where + ASKED.get(name, "")

    def value(self, key: str, name: str) -> Any:
        """What stands at this place of the route's address."""
        match key:
            case "label" | "newer" | "older":
                return (self.older if key == "older" else self.edition).label
            case "slug" if name == "site:belt":
                return "montagna"
            case "slug" if name in {"site:act", "site:act_popolo", "site:act_akn", "site:act_annex", "api:act"}:
                return a_public_act().slug
            case "slug":
                return self.event.slug
            case "istat_code" | "code" if key == "istat_code" or name.startswith("site:municipality"):
                return Municipality.objects.earliest("istat_code").istat_code
            case "code" if name in {"site:indicator", "site:indicator_file", "api:indicator", "api:readings"}:
                return an_indicator_read().code
            case "key" | "kind" if name == "place-dossier":
                return "1" if key == "key" else "zone"
            case "key" if name == "api:project":
                return a_project().key
            case "code" if name == "api:framework_items":
                return "pnrr"
            case "code":
                return {
                    "site:axis": "1",
                    "api:strategy": "1.1",
                    "site:strategy": "1.1",
                    "site:indicators_of": "1.1",
                }.get(name, "1.1.1")
            case "name" if name == "media:document":
                return f"{self.document.slug}.pdf"
            case "name":
                return self.page.slug
            case "number" if name in {"site:instrument", "site:instrument_file"}:
                return an_instrument().pk
            case "number" if name == "site:zone_acts":
                return a_body(Body.Kind.ZONE_ASSEMBLY, zone=1).zone.number
            case "number" if name == "site:zone":
                return "1"
            case "year" if "report" in name:
                return a_published_report(self.edition).year
            case "number" if name == "office-yearly-report":
                return a_published_report(self.edition).pk
            case "paper" | "number" if "paper" in name:
                return paper_place(self.edition, key, name)
            case "number" if name == "site:theme":
                return Theme.objects.get(event=self.event).pk
            case "number" if name == "site:project":
                return a_project().pk
            case "number" | "heading" | "place":
                return 1
            case "year":
                return self.edition.first_year
            case "observation":
                return Observation.objects.get(table__event=self.event).pk
            case "digest":
                return self.image.digest
            case "token":
                return "x"
            case "device":
                return TableDevice.objects.get_or_create(
                    table=self.event.tables.get(),
                    defaults={"public_id": uuid4(), "secret_digest": self.event.slug},
                )[0].pk
            case "photo":
                return uuid4()
        fixed = {"day": timezone.localdate().isoformat(), "file_format": "csv", "word": "pnrr", "end": "400.webp"}
        fixed |= {"rest": "niente", "zone": "tutte", "ending": "ods", "way": "ttl", "reference": "2026-abcdef"}
        if key == "kind":
            of_route = {"print-kit": "accesso", "yearly-report": "json", "office-yearly-report": "json"}
            return (of_route | KINDS).get(name, "html")
        return fixed[key]


def some_things(name: str, years: int, word: str, kind: str, people: Mapping[str, User], by: User) -> Things:
    """An edition and the one before, an event with a snapshot, a page with picture and document."""
    state = "public" if (public := word == "public") else "preparation"
    older, edition = (
        a_plan(label=f"{first}-{first + 2}", axes=1, strategies=1, actions=1, state=state)
        for first in (years, years + 3)
    )
    record_import(edition=edition)
    Chapter.objects.create(edition=edition, position=1, title_it="Visione", text_it="<p>Testo.</p>")
    hers = {"facilitator": people["facilitator"], "keeper": people["venue"]} if word == "own" else {}
    event = a_small_event(f"incontro-{name}", **hers)
    at = event.tables.get()
    said = Observation.objects.create(table=at, public_id=uuid4(), text="Più treni", arrival=1, revision=1)
    ThemeSource.objects.create(theme=Theme.objects.create(event=event, name="Treni"), observation=said)
    Event.objects.filter(pk=event.pk).update(
        votes_by_phone=True, published_at=timezone.now() if public else None, edition=edition
    )
    if public:
        Snapshot.objects.get(event=event).delete()
        publish_results(person=by, snapshot=take_snapshot(person=by, event=event))
        finished(a_questionnaire(edition, event.slug))
    else:
        days = {"opens_on": timezone.localdate(), "closes_on": timezone.localdate()}
        prepare_questionnaire(person=by, facts={"title_it": event.slug.replace("-", " "), "edition": edition, **days})
    said_of_issues(edition, 3)
    consultation = a_consultation(edition, slug=event.slug, published_at=timezone.now() if public else None)
    Contribution.objects.create(
        consultation=consultation,
        edition=edition,
        text="Più treni",
        received_on="2026-05-03",
        source="modulo",
        wish="unsigned",
        year=edition.first_year,
        number=1,
    )
    digest = sha256(name.encode()).hexdigest()
    image = Image.objects.create(
        digest=digest, alt_it="Una piazza", alt_en="A square", width=400, height=300, widths=[400], kept_by=by
    )
    document = Document.objects.create(
        digest=digest, slug=f"atto-{name}", title_it="Atto", language="it", kind="pdf", size=1, kept_by=by
    )
    for file in (image_file(image.digest, "400.webp"), document_file(document.digest, "pdf")):
        if not default_storage.exists(file):
            default_storage.save(file, ContentFile(b"x"))
    words = {"title_it": "Titolo", "summary_it": "Una frase.", "body_it": "<p>Testo.</p>", "written_by": by}
    page = Page.objects.create(kind=kind, slug=f"pagina-{name}", image=image, **words)
    Attachment.objects.create(page=page, document=document, position=1)
    if public:
        Page.objects.filter(pk=page.pk).update(state="published", from_at=timezone.now(), was_public=timezone.now())
    return Things(edition, older, event, page, image, document)


def a_territory() -> None:
    """A small one, whose pages are everybody's, with a zone."""
    call_command("load_territory", city="cagliari", stdout=StringIO())
    zone = Zone.objects.create(territory=Territory.objects.get(), number=1, name="Zona inventata")
    PublishedFigure.objects.create(territory=zone.territory, figure="old_age_index", value=1, year=2021, source="x")
    belt = Belt.objects.get_or_create(slug="montagna", defaults={"position": 3})[0]
    Municipality.objects.update(zone=zone, zone_confidence="official", belt=belt, belt_confidence="official")


@dataclass(frozen=True)
class Stage:
    """The people, and what is public and others', the facilitator's and not public, others' and not public."""

    people: dict[str, User]
    things: dict[str, dict[str, Things]]


_stage: list[Stage] = []


def _set_up() -> None:
    a_territory()
    office = somebody("administrator", email="ufficio@esempio.it")
    people = {role: somebody(role) for role in ROLES if role != "stranger"}
    things = {
        word: {
            kind: some_things(f"{word}-{kind}", years + 6 * n, word, kind, people, office)
            for n, kind in enumerate(Page.Kind.values)
        }
        for word, years in (("public", 2001), ("own", 2021), ("others", 2041))
    }
    _stage[:] = [Stage(people, things)]


@pytest.fixture(scope="module", autouse=True)
def whole_stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with standing(django_db_blocker, _set_up):
        yield


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Stage:
    monkeypatch.setattr(batch_writer, "submit", write_at_once)
    # In the tests it is the connection of the test's own transaction.
    monkeypatch.setattr(broadcaster, "close_old_connections", lambda: None)
    return _stage[0]
