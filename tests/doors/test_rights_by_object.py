"""docs/roles.md, «The other doors»: every address outside of the desk, in every role, on three kinds of object.

*Public* is what the office has published and is not hers; *own* is not published and hers, where a thing can be
hers: an event in which she leads a table; *others'* is neither. What no line names is refused: a new address fails.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from aumenta.console.sync import batch_writer
from aumenta.events.models import Event, Observation, Table, TableDevice
from aumenta.events.participants.links import link_of
from aumenta.events.tables.open_table import open_table
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
from tests.events_cast import a_participant, a_small_event, write_at_once
from tests.governance_cast import a_body, a_public_act, an_instrument
from tests.issues_cast import said_of_issues
from tests.monitoring_cast import a_project, a_published_report, an_indicator_read
from tests.papers_cast import KINDS, paper_place
from tests.surveys_cast import a_questionnaire, finished
from tests.voices_cast import a_consultation

pytestmark = pytest.mark.django_db

PLACES = re.compile(r"<(?:\w+:)?(\w+)>")
"""What stands in an address: `<slug:slug>` of a path, `(?P<slug>…)` of an expression."""
DOC = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
ROLES = ["stranger", *Role.values]
HEAD = "| address | what it is | "
ELSEWHERE = {
    # The desk has its own table and test; the stock administration is asked below, whole.
    "desk": "tests/doors/test_desk_roles.py",
    # Only while trying out, with DEBUG.
    "style_guide": "tests/browser/test_style_guide.py",
    "admin": "test_the_stock_administration_opens_for_superusers_alone",
}
SIGNING_IN = frozenset(
    "account_login account_logout account_inactive account_signup account_reauthenticate account_email "
    "account_email_verification_sent account_change_password account_set_password account_reset_password "
    "account_confirm_login_code account_confirm_email account_reset_password_from_key_done "
    "account_reset_password_from_key account_reset_password_done mfa_index mfa_authenticate mfa_reauthenticate "
    "mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes mfa_generate_recovery_codes "
    "mfa_download_recovery_codes mfa_list_webauthn mfa_add_webauthn mfa_reauthenticate_webauthn mfa_remove_webauthn "
    "mfa_edit_webauthn mfa_login_webauthn socialaccount_login_cancelled socialaccount_login_error "
    "socialaccount_signup socialaccount_connections openid_connect_login openid_connect_callback".split()
)
"""What allauth brings: a new release that adds a way in stops here until somebody has looked at it."""
ASKED = {"site:rate": "?pagina=/it/&voto=5", "site:follow": "?cosa=zona-1"}
"""What an address needs to be asked with."""


@cache
def addresses() -> dict[str, str]:
    """Every named address of the site with its pattern, without those that are asked elsewhere."""
    return {
        name: route
        for name, route in _walk(get_resolver(), "", "")
        if (name.partition(":")[0] not in ELSEWHERE and not route.startswith("it/accesso/")) or name == "own-address"
    }


def _walk(resolver: URLResolver, route: str, space: str) -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        where = f"{route}{one.pattern}"
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", where
        else:
            yield from _walk(one, where, f"{space}{one.namespace}:" if one.namespace else space)


def table() -> dict[str, dict[str, str]]:
    """The second table of the docs: what each role may do at each address."""
    _desk, _title, text = DOC.read_text(encoding="utf-8").partition("## The other doors")
    rows = {}
    for line in text.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            rows[cells[0].strip("`")] = dict(zip(ROLES, cells[2:], strict=True))
    return rows


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


def let_in(client: Client, address: str, **headers: str) -> bool:
    """Whether the address answers with anything but a refusal; what it did is undone."""
    with transaction.atomic():
        answer = client.get(address, headers=headers)
        if answer.status_code == 405:
            answer = client.post(address, "{}", content_type="application/json", headers=headers)
        if answer.status_code == 405:
            answer = client.put(address, b"x", headers=headers)
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{address}: {answer.status_code}"
    if answer.status_code in {401, 403, 404}:
        return False
    if "sessionid" in client.cookies:
        # What somebody signed in was shown stays in no cache that others share.
        kept = answer.headers["Cache-Control"]
        if "private" not in kept and "no-store" not in kept:
            assert Client().get(address).status_code == 200, f"{address}: {kept}, but not for a stranger"
    return "/login/" not in answer.headers.get("Location", "")


EXPECTED = {
    "yes": (True, True, True),
    "public": (True, False, False),
    "own": (False, True, False),
    "no": (False, False, False),
    # Nobody's role opens what a secret or a signed link opens.
    "device": (False, False, False),
    "link": (False, False, False),
}


def test_the_table_of_the_docs_has_every_address_and_no_other() -> None:
    head = next(line for line in DOC.read_text(encoding="utf-8").splitlines() if line.startswith(f"{HEAD}stranger"))
    assert [cell.strip() for cell in head.removeprefix(HEAD).strip("| ").split("|")] == ROLES
    assert set(table()) == set(addresses())
    assert set(ROLES) == {"stranger", *Role.values}, "a new role has its column"


def test_nothing_that_signing_in_brings_is_there_unseen() -> None:
    there = {
        name
        for name, route in _walk(get_resolver(), "", "")
        if route.startswith("it/accesso/") and name != "own-address"
    }
    # Views of one package that have no name lead to those that have.
    assert there - {"None"} == SIGNING_IN


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_the_table_says_and_nothing_else(
    stage: Stage, client: Client, role: str, refused_in_short: None
) -> None:
    if role != "stranger":
        client.force_login(stage.people[role])
    wrong = []
    let = cache(partial(let_in, client))
    for name, cells in table().items():
        kind = Page.Kind.NEWS.value if name == "site:news_piece" else Page.Kind.PAGE.value
        found = tuple(let(some[kind].address(name)) for some in stage.things.values())
        if found != EXPECTED[cells[role]]:
            wrong.append(f"{name}: {cells[role]}, but public, own, others' are {found}")
    assert not wrong, "\n".join(wrong)


def test_a_device_reaches_its_own_table_and_nothing_of_another(stage: Stage, client: Client) -> None:
    here, there = (Table.objects.get(event=stage.things[word]["page"].event) for word in ("public", "others"))
    secret = open_table(code=here.code, pin=here.pin, device=uuid4(), now=timezone.now()).secret
    bearer = {"authorization": f"Bearer {secret}"}
    for name in (name for name, cells in table().items() if cells["stranger"] == "device"):
        assert let_in(client, stage.things["public"]["page"].address(name), **bearer), name
    answer = client.post(reverse("console-settings"), "{}", content_type="application/json", headers=bearer).json()
    assert answer["settings"]["table"] == str(here.public_id)
    entry = {name: str(uuid4()) for name in ("id", "device", "key")}
    entry |= {"table": str(there.public_id), "verb": "set", "what": "text", "value": "Altrui"}
    sent = client.post(
        reverse("console-exchange"),
        {"operations": [{**entry, "clock": 1}]},
        content_type="application/json",
        headers=bearer,
    )
    assert sent.json()["kept"] == []
    assert sent.json()["refused"][0]["code"] == "other-table"


def test_the_link_in_a_mail_opens_one_registration_of_one_event(stage: Stage, client: Client) -> None:
    mine, other = (stage.things[word]["page"].event for word in ("public", "others"))
    token = link_of(a_participant(mine.slug))
    assert client.get(reverse("site:my_registration", args=[mine.slug, token])).status_code == 200
    assert client.get(reverse("site:my_registration", args=[other.slug, token])).status_code == 404
    assert client.get(reverse("site:my_registration", args=[mine.slug, f"{token}x"])).status_code == 404


@pytest.mark.parametrize("role", ROLES)
def test_the_stock_administration_opens_for_superusers_alone(stage: Stage, client: Client, role: str) -> None:
    if role != "stranger":
        client.force_login(stage.people[role])
    pages = [reverse(f"admin:{name}") for name in ("index", "people_user_changelist", "events_event_changelist")]
    assert [let_in(client, page) for page in pages] == [False, False, False]
