"""Attacks on the rooms of governance, voices and contacts: others' acts, drafts, hidden editions, others' mails."""

import json
from datetime import date, timedelta
from io import StringIO
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory

from aumenta.config import bodies
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.text import can_be_kept
from aumenta.following.subjects import SUBJECTS
from aumenta.governance.models import Act, Body, Opinion, Vote
from aumenta.governance.polls.hold import close_vote, convene, enter_votes, put_to_vote
from aumenta.governance.road import before_vote
from aumenta.people.rate_limit import Limit
from aumenta.people.refusals import RefusedError
from aumenta.plan.find.place_filters import catalogue_with_places
from aumenta.plan.find.search_query import read
from aumenta.plan.models import Edition
from aumenta.site.contacts import forms as contact_forms
from aumenta.site.following.forms import FollowForm
from aumenta.site.voices import views
from aumenta.site.voices.forms import ContributionForm
from aumenta.ui.guards.odd_requests import OddRequestsMiddleware
from aumenta.voices.contributions.consultations import change_consultation
from aumenta.voices.models import Answer, Contribution, ContributionAttachment
from tests import form_marks
from tests.cast import a_plan, a_small_plan, somebody
from tests.governance_cast import a_body, a_public_act, a_secretary, a_session, an_act, chief
from tests.voices_cast import a_consultation, a_photo, admitted, an_answer

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
PUBLIC = ("/it/atti/", "/it/atti/elenco.json", "/it/atti/atom.xml", "/it/atti/comuni/997001/")
LURE = "Vinci su evil.example ora"


def all_read(client: Client, *addresses: str) -> str:
    return " ".join(client.get(address).content.decode() for address in addresses)


def test_an_act_withdrawn_before_its_deposit_is_never_public(client: Client) -> None:
    act = an_act(points="Segreto del bozzolo")
    before_vote.withdraw(person=chief(), act=act, day=DAY, note="Cominciato per errore")
    own = [f"/it/atti/{act.slug}/{end}" for end in ("", "popolo.json", "akn.xml")]
    assert [client.get(address).status_code for address in own] == [404] * 3
    assert act.object_it not in all_read(client, *PUBLIC)
    act.refresh_from_db()
    assert not act.is_public


def test_an_act_withdrawn_after_its_deposit_stays_in_the_register(client: Client) -> None:
    act = an_act()
    before_vote.deposit(person=chief(), act=act, day=DAY, words="Il piano ha tre obiettivi.")
    before_vote.withdraw(person=chief(), act=act, day=DAY, note="Si rifà")
    assert client.get(f"/it/atti/{act.slug}/").status_code == 200
    assert act.object_it in all_read(client, "/it/atti/")
    act.refresh_from_db()
    assert act.is_public


def a_session_of(body: Body) -> Any:
    return convene(person=chief(), body=body, held_on=date(2026, 6, 2))


def test_a_secretary_puts_nothing_onto_the_page_of_another_bodys_act(client: Client) -> None:
    act, other = a_public_act(), a_body(Body.Kind.SPOKESPERSONS)
    meets = a_session_of(other)
    client.force_login(a_secretary(other))
    sent = {"act": act.pk, "subject": "whole", "question": LURE, "method": "counts"}
    answer = client.post(f"/it/scrivania/sedute/{meets.pk}/", sent)
    assert answer.status_code == 409
    assert not Vote.objects.exists()
    for subject in Vote.Subject.values:
        with pytest.raises(RefusedError, match="act_of_another_body"):
            put_to_vote(person=chief(), session=meets, act=act, question=LURE, subject=subject)


def test_a_body_that_was_asked_votes_its_opinion_and_the_council_its_act() -> None:
    act, zone = an_act(), a_body(Body.Kind.ZONE_ASSEMBLY, zone=1)
    Opinion.objects.create(act=act, body=zone, binding=False, asked_on=DAY, due_on=DAY + timedelta(15))
    meets = a_session_of(zone)
    assert put_to_vote(person=chief(), session=meets, act=act, subject="opinion").act == act
    with pytest.raises(RefusedError, match="act_of_another_body"):
        put_to_vote(person=chief(), session=meets, act=act, subject="whole")
    assert put_to_vote(person=chief(), session=a_session(), act=act).act == act


def test_how_a_municipality_voted_on_a_draft_is_not_public(client: Client) -> None:
    conference = a_body(Body.Kind.CONFERENCE)
    act = Act.objects.create(body=conference, slug="bozza", object_it="Bozza segreta", kind="other")
    vote = put_to_vote(person=chief(), session=a_session_of(conference), act=act, question="Sulla bozza segreta")
    enter_votes(person=chief(), vote=vote, votes={"997001": "for"})
    close_vote(person=chief(), vote=vote)
    assert "bozza segreta" not in all_read(client, *PUBLIC)
    Act.objects.filter(pk=act.pk).update(state=Act.State.RECORDED)
    client.force_login(chief())
    assert "bozza segreta" in all_read(client, "/it/atti/comuni/997001/")


def test_signs_that_no_xml_holds_break_no_file_of_an_act(client: Client) -> None:
    act = a_public_act()
    Act.objects.filter(pk=act.pk).update(object_it="Og\x01getto\uffff", points="Punto\x0b\ufffe", number="1\x02")
    for address in (f"/it/atti/{act.slug}/akn.xml", "/it/atti/atom.xml"):
        assert ElementTree.fromstring(client.get(address).content) is not None


def test_a_consultation_tells_nothing_of_an_edition_that_is_hidden(client: Client) -> None:
    consultation = a_consultation(a_small_plan())
    address = f"/it/partecipa/{consultation.slug}/"
    assert client.get(address).status_code == 200
    assert consultation.title_it in all_read(client, "/it/partecipa/")
    Edition.objects.update(state="preparation")
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": "x"}).status_code == 404
    assert consultation.title_it not in all_read(client, "/it/partecipa/")


def test_a_public_consultation_is_not_moved_onto_a_hidden_edition() -> None:
    consultation = a_consultation(a_small_plan())
    hidden = Edition.objects.create(
        plan=consultation.edition.plan, label="2033-2035", first_year=2033, last_year=2035, title_it="In preparazione"
    )
    assert not hidden.is_public
    with pytest.raises(RefusedError, match="consultation_of_hidden_edition"):
        change_consultation(person=somebody("approver"), consultation=consultation, facts={"edition": hidden})


@pytest.mark.parametrize("named", ["999999", "x", "another's"])
def test_a_point_that_is_not_the_answers_drops_nothing(client: Client, named: str) -> None:
    """A point that had meanwhile been given another answer had the whole answer deleted, for all of its points."""
    consultation, office = a_consultation(a_small_plan()), somebody("editor")
    mine, other = (an_answer(admitted(consultation, text), office) for text in ("Più treni", "Più autobus"))
    client.force_login(office)
    key = str(other.claims.get().pk) if named == "another's" else named
    client.post(f"/it/scrivania/risposte/{mine.pk}/", {"verb": "drop", "claim": key, "revision": mine.revision})
    assert [one.claims.count() for one in Answer.objects.order_by("pk")] == [1, 1]
    client.post(f"/it/scrivania/risposte/{mine.pk}/", {"verb": "drop", "claim": str(mine.claims.get().pk)})
    assert not Answer.objects.filter(pk=mine.pk).exists(), "its own is dropped"


@pytest.fixture
def mails_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.mark.usefixtures("mails_at_once")
@pytest.mark.parametrize("door", ["contact", "contribution"])
def test_no_stranger_writes_mails_in_our_name(
    client: Client, door: str, django_capture_on_commit_callbacks: Any
) -> None:
    """Whoever types somebody's address sends her a receipt, and not one word of her own with it."""
    victim = "vittima@esempio.it"
    usual = {"text": LURE, "name": LURE, "email": victim, "read_notice": "on"}
    if door == "contact":
        a_plan()
        address = "/it/contatti/?pagina=/it/evil.example/"
        mark = form_marks.shown(contact_forms.ContactForm)
        sent = {**usual, "subject": "other", "shown": mark, "page": "/it/evil.example/"}
    else:
        address = f"/it/partecipa/{a_consultation(a_small_plan()).slug}/"
        sent = {**usual, "kind": "person", "wish": "no", "shown": form_marks.shown(ContributionForm, key="k" * 32)}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, sent).status_code == 302
    (receipt,) = [one for one in mail.outbox if one.to == [victim]]
    assert "evil" not in f"{receipt.subject} {receipt.body} {receipt.extra_headers}"
    # The honest side: it says that something arrived, its number, and where to read it.
    number = Contribution.objects.get().label if door == "contribution" else ""
    assert number in receipt.subject
    assert "arrivato" in receipt.body


@pytest.mark.usefixtures("mails_at_once")
@pytest.mark.parametrize("kind", sorted(SUBJECTS))
def test_who_asks_to_follow_something_puts_no_words_into_the_mail_that_asks(
    client: Client, kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    """The words of a search stood in the mail, and its subject, that anybody has sent to any address."""
    a_plan()
    call_command("load_territory", city="cagliari", stdout=StringIO())
    asked = read(QueryDict(urlencode({"q": LURE, "asse": "1"})), catalogue_with_places(Edition.objects.get())).to_follow
    words = {"ricerca": f"2021-2023/{LURE}", "filtri": f"2021-2023/{asked}", "azione": "2021-2023/1.1.1"}
    about = quote(f"{kind}-{words.get(kind, LURE)}")
    sent = {"email": "vittima@esempio.it", "rhythm": "weekly", "read_notice": "on"}
    sent["shown"] = form_marks.shown(FollowForm)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/it/segui/?cosa={about}", sent)
    # What is nothing of the plan's is not followed, and nobody is written to.
    assert (answer.status_code, len(mail.outbox)) == ((302, 1) if kind in words else (404, 0))
    for one in mail.outbox:
        assert "evil" not in f"{one.subject} {one.body} {one.extra_headers}"
        assert "2021-2023" in one.subject if kind != "azione" else "1.1.1" in one.subject


def test_files_from_one_network_end_and_words_go_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """4 MB each, some hundred an hour: they filled the disk of the server, and stay for years."""
    monkeypatch.setattr(views, "FILES", Limit("contribution-files", 3, timedelta(days=1)))
    address = f"/it/partecipa/{a_consultation(a_small_plan()).slug}/"

    def send(number: int, files: int, **more: Any) -> int:
        mark = form_marks.shown(ContributionForm, key=f"{number}" * 32)
        sent = {"text": f"Testo {number}", "kind": "person", "wish": "no", "read_notice": "on", "shown": mark}
        attached = [SimpleUploadedFile(f"{n}.jpg", a_photo()) for n in range(files)]
        return client.post(address, {**sent, "attachments": attached}, **more).status_code

    assert [send(1, 2), send(2, 1), send(3, 1)] == [302, 302, 429]
    assert send(4, 0) == 302
    assert send(5, 1, REMOTE_ADDR="192.0.2.77") == 302
    assert ContributionAttachment.objects.count() == 4


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "django_language"])
def test_a_cookie_with_a_sign_no_database_takes_is_none(client: Client, name: str) -> None:
    a_plan()
    cookie = f'{name}="\\000aaaaaaaaaaaaaaaa"'
    seen: list[dict[str, str]] = []

    def answer(request: HttpRequest) -> HttpResponse:
        seen.append(dict(request.COOKIES))
        return HttpResponse()

    request = RequestFactory().get("/it/", headers={"cookie": f"{cookie}; other=b"})
    assert "\x00" in request.COOKIES[name]
    OddRequestsMiddleware(answer)(RequestFactory().get("/it/", headers={"cookie": f"{cookie}; other=b"}))
    assert seen == [{"other": "b"}]
    assert client.get("/it/scrivania/", headers={"cookie": cookie}).status_code == 302
    assert not bodies._signed_in(cookie.encode())


def test_no_plan_brings_signs_that_no_database_takes() -> None:
    plan = {"format": "aumenta-plan/1", "title": "Pi\x00ano \ud800", "axes": [{"number": 1, "title": "As\x00se"}]}
    document = document_from_json(json.dumps(plan))
    assert can_be_kept(document.title + document.axes[0].title)
