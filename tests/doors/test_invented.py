"""What is invented, for a demonstration or a rehearsal, says so wherever it is named: pages, feeds, calendars, mails,
prints, files."""

import io
import re
import zipfile
from datetime import timedelta
from html import unescape
from io import StringIO

import pypdfium2
import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override

from aumenta.events import create_event
from aumenta.events.models import Badge, BadgeHolder, Event, Registration, StickerCount, Venue
from aumenta.events.participants.registration_mail import message_to
from aumenta.pages.models import Page
from aumenta.people.models import User
from aumenta.plan.models import Edition
from aumenta.results import send_reports
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import publish_results
from aumenta.results.take_snapshot import take_snapshot
from aumenta.territory.models import Municipality
from tests.cast import somebody, standing
from tests.events_cast import a_small_event, table
from tests.public_addresses import EXAMPLES, SMALL, acts_of_turin, two_plans

TITLES = {"it": "Dalle strategie alle azioni", "en": "From strategies to actions"}
MARKS = {"it": "(inventato)", "en": "(invented)"}
MAILS = ("confirmed", "waiting", "promoted", "moved", "changed", "again")

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _a_demonstration(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, demonstration):
        yield


def demonstration() -> None:
    two_plans()
    call_command("load_territory", city="torino", stdout=StringIO())
    acts_of_turin()
    event = a_small_event("prova-1")
    event.title_it, event.title_en = TITLES["it"], TITLES["en"]
    event.invented, event.votes_by_phone, event.published_at = True, True, timezone.now()
    event.save()
    by = User.objects.filter(grants__role="approver").first()
    create_event.set_strategies(person=by, event=event, edition=Edition.objects.get(label=SMALL["label"]))
    create_event.set_sessions(person=by, event=event, sessions=create_event.default_sessions())
    StickerCount.objects.create(
        table=table(event),
        session_code=event.sessions.filter(kind="stickers").first().code,
        strategy_code=event.strategies.first().code,
        count=3,
    )
    Venue.objects.filter(event=event).update(municipality=Municipality.objects.get(istat_code="001168"))
    create_event.add_badges(person=by, table=table(event), how_many=2)
    made = Registration.objects.create(
        event=event, name="Ada Prova", email="ada@esempio.it", table=table(event), wants_report=True
    )
    badge = Badge.objects.filter(table=table(event)).first()
    BadgeHolder.objects.create(badge=badge, registration=made, forget_on=event.forget_people_on)
    publish_results(person=by, snapshot=take_snapshot(person=by, event=event))


def unmarked(text: str, language: str) -> list[str]:
    """Where the title of the event stands without the word that says it is invented, with what is around it."""
    text = " ".join(unescape(text).replace("\\n", " ").split())
    found = [(m.start(), m.end()) for title in TITLES.values() for m in re.finditer(re.escape(title), text)]
    return [text[max(0, a - 60) : b + 30] for a, b in found if not text[b:].lstrip().startswith(tuple(MARKS.values()))]


def as_text(content: bytes) -> str:
    """What a person reads in a page, a PDF or a zipped document."""
    if content.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    if content.startswith(b"PK"):
        packed = zipfile.ZipFile(io.BytesIO(content))
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    return content.decode().replace("\r\n ", "")


EVERYWHERE = [one for some in EXAMPLES.values() for one in some]
OF_EVENTS = [
    *(one for one in EVERYWHERE if "/eventi/" in one),
    "/dati-aperti/",
    "/territorio/comuni/001168/",
    "/eventi/prova-1/incontro.ics",
    "/eventi/prova-1/esiti.xlsx",
    "/eventi/prova-1/esiti.json",
    "/eventi/prova-1/temi.csv",
    "/eventi/prova-1/bollini/",
    "/cerca/?q=dalle+strategie+alle",
    "/cerca/suggerimenti/?q=dalle+strategie",
    "/eventi/prova-1/esiti/tutte.html",
    "/eventi/prova-1/esiti/tutte.pdf",
    "/eventi/prova-1/esiti/1.odt",
]


CASES = [*(("it", one) for one in EVERYWHERE), *((language, one) for language in ("it", "en") for one in OF_EVENTS)]


@pytest.mark.parametrize(("language", "place"), dict.fromkeys(CASES))
def test_an_invented_event_says_so_wherever_the_public_meets_its_name(client, place, language):
    answer = client.get(f"/{language}{place}".format(**SMALL), follow=True)
    assert answer.status_code == 200
    assert unmarked(as_text(answer.content), language) == []


@pytest.mark.parametrize(
    "place",
    [
        "/eventi/",
        "/eventi/prova-1/",
        "/eventi/prova-1/esiti/",
        "/eventi/prova-1/incontro.ics",
        "/dati-aperti/",
        "/territorio/comuni/001168/",
        "/eventi/prova-1/esiti/tutte.pdf",
        "/cerca/?q=dalle+strategie+alle",
    ],
)
def test_the_marks_are_really_there(client, place):
    # Without this the test above would pass where the name is never shown.
    assert MARKS["it"] in " ".join(as_text(client.get(f"/it{place}").content).split())


@pytest.mark.parametrize("file", ["esiti.csv", "temi.csv", "esiti.json", "temi.json", "esiti.xlsx"])
def test_every_file_of_its_results_says_so(client, file):
    Snapshot.objects.exclude(published_at=None).get()
    content = as_text(client.get(f"/it/eventi/prova-1/{file}").content)
    if "\n" in content.strip() or not file.endswith("csv"):
        assert MARKS["it"] in content


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("kind", MAILS)
def test_every_mail_about_it_says_so(kind, language):
    person = Registration.objects.select_related("event", "table__venue").get()
    with override(language):
        message = message_to(kind, person)
    attached = [part[1] if isinstance(part, tuple) else part.get_content() for part in message.attachments]
    for text in (message.subject, message.body, *[one for one in attached if isinstance(one, str)]):
        assert unmarked(text.replace("\r\n ", ""), language) == []
    assert MARKS[language] in message.subject
    assert MARKS[language] in message.body


def test_the_mail_with_its_report_says_so(settings, django_capture_on_commit_callbacks):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    by = somebody("approver")
    with django_capture_on_commit_callbacks(execute=True):
        send_reports.send_reports(person=by, snapshot=Snapshot.objects.exclude(published_at=None).get())
    [message] = mail.outbox
    assert MARKS["it"] in message.subject
    assert unmarked(message.subject + " " + message.body, "it") == []


@pytest.mark.parametrize("kind", ["manifesti", "fogli", "accesso", "partecipanti", "cartellini"])
def test_every_print_for_its_tables_says_so(client, kind):
    client.force_login(somebody("approver"))
    content = client.get(f"/it/stampe/prova-1/{kind}.pdf").content
    assert unmarked(as_text(content), "it") == []


def test_every_page_of_the_demonstration_says_that_it_is_invented(client):
    for page in Page.objects.public():
        for language, word in (("it", r"inventat[oa]"), ("en", "invented")):
            where = "notizie" if page.kind == Page.Kind.NEWS else "pagine"
            assert re.search(word, as_text(client.get(f"/{language}/{where}/{page.slug}/").content))
    assert re.search(r"inventat[oa]", as_text(client.get("/it/notizie/atom.xml").content))


def test_a_real_event_carries_no_mark(client):
    Event.objects.create(
        process=Event.objects.get().process,
        slug="vero",
        title_it="Incontro vero",
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=2),
        published_at=timezone.now(),
        forget_people_on=timezone.localdate(),
    )
    assert MARKS["it"] not in as_text(client.get("/it/eventi/vero/").content)
