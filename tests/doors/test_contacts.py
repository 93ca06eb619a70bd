"""What people write arrives and gets a receipt, ratings know nothing of anybody, the foot says how to write."""

import re

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from aumenta.contacts.answer_message import delete_message, mark_answered
from aumenta.contacts.models import Message, PageRating
from aumenta.contacts.queries import rated_pages
from aumenta.contacts.rate_page import rate_page
from aumenta.contacts.send_message import send_message
from aumenta.contacts.set_office import set_office
from aumenta.people.permission import NotAllowedError
from aumenta.site.contacts import forms
from aumenta.ui.caching import forget_pages
from tests import form_marks
from tests.cast import a_plan, somebody

pytestmark = pytest.mark.django_db
LETTER = {
    "subject": "accessibility",
    "text": "Non riesco ad aprire la tabella",
    "name": "Ada Rossi",
    "email": "ada@esempio.it",
    "read_notice": "on",
}


@pytest.fixture(autouse=True)
def _mails_at_once(settings) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    forget_pages()


def shown() -> str:
    """The mark of a form that was shown a minute ago."""
    return form_marks.shown(forms.ContactForm)


def test_a_message_reaches_office_and_desk_and_who_wrote_gets_a_receipt(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    set_office(person=somebody("administrator"), facts={"email": "piano@ente.esempio.it"})
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/it/contatti/", LETTER | {"shown": shown()}, follow=True)
    reference = Message.objects.get().reference
    assert reference in answer.content.decode()
    to_office, receipt = sorted(mail.outbox, key=lambda one: one.to != ["piano@ente.esempio.it"])
    assert to_office.reply_to == ["ada@esempio.it"]
    assert "Non riesco ad aprire la tabella" in to_office.body
    assert receipt.to == ["ada@esempio.it"]
    assert reference in receipt.subject
    desk = Client()
    desk.force_login(somebody("approver"))
    assert "Non riesco ad aprire la tabella" in desk.get("/it/scrivania/messaggi/").content.decode()


def test_without_an_address_of_the_office_the_message_waits_at_the_desk_and_the_receipt_still_leaves(
    django_capture_on_commit_callbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send_message(name="Ada", email="ada@esempio.it", subject="plan", text="Ciao", language="en")
    assert [one.to for one in mail.outbox] == [["ada@esempio.it"]]
    assert "your message has arrived" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nessuno"}, "email"),
        ({"text": ""}, "text"),
        ({"website": "https://spam.esempio"}, "campo nascosto"),
        ({"shown": "falso"}, "aperta troppo a lungo"),
        ({"read_notice": ""}, "informativa"),
    ],
)
def test_what_cannot_be_sent_is_said_and_nothing_is_kept(client: Client, wrong: dict[str, str], said: str) -> None:
    answer = client.post("/it/contatti/", LETTER | {"shown": shown()} | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert LETTER["name"] in answer.content.decode(), "what was written is not lost"
    assert not Message.objects.exists()


def test_after_ten_messages_from_one_network_the_door_closes_for_a_while(client: Client) -> None:
    answers = [client.post("/it/contatti/", LETTER | {"shown": shown()}).status_code for _n in range(11)]
    assert answers == [302] * 10 + [429]


def test_a_strangers_mailbox_is_not_filled_with_receipts(client: Client, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for n in range(7):
            client.post("/it/contatti/", LETTER | {"text": f"Lettera {n}", "shown": shown()})
    assert Message.objects.count() == 7, "what was written arrives"
    assert len(mail.outbox) == 5


def test_a_page_is_rated_in_two_steps_and_nothing_of_a_person_is_kept(client: Client) -> None:
    a_plan(actions=3)
    page = client.get("/it/2021-2023/azioni/").content.decode()
    step = re.search(r'<form[^>]*action="/it/valuta/"[^>]*>.*?</form>', page, re.DOTALL)
    assert step
    assert 'name="voto" value="2"' in step.group()
    second = client.get("/it/valuta/", {"pagina": "/it/2021-2023/azioni/", "voto": "2"}).content.decode()
    assert "Le informazioni non sono chiare" in second
    assert not PageRating.objects.exists(), "looking keeps nothing"
    sent = {"page": "/it/2021-2023/azioni/", "stars": "2", "reason": "unclear", "note": "Troppe sigle"}
    assert "Grazie" in client.post("/it/valuta/", sent | {"shown": shown()}, follow=True).content.decode()
    rating = PageRating.objects.get()
    assert {field.name for field in PageRating._meta.fields} == {
        *("id", "path", "language", "stars", "reason", "note", "on")
    }
    assert (rating.path, rating.language, rating.stars) == ("/2021-2023/azioni/", "it", 2)
    desk = Client()
    desk.force_login(somebody("approver"))
    assert "Troppe sigle" in desk.get("/it/scrivania/valutazioni/").content.decode()


@pytest.mark.parametrize("query", ["voto=9&pagina=/it/", "voto=3", "voto=3&pagina=https://altrove.esempio/", ""])
def test_a_rating_of_nothing_is_no_page(client: Client, query: str) -> None:
    assert client.get(f"/it/valuta/?{query}").status_code == 404


def test_a_reason_that_was_not_offered_is_refused() -> None:
    with pytest.raises(ValidationError):
        rate_page(path="/", language="it", stars=5, reason="unclear")


def test_pages_with_most_poor_ratings_come_first() -> None:
    for path, stars in (("/a/", 5), ("/a/", 4), ("/b/", 1), ("/b/", 5)):
        rate_page(path=path, language="it", stars=stars)
    assert [(one.path, one.ratings, one.mean, one.poor) for one in rated_pages()] == [
        ("/b/", 2, 3.0, 1),
        ("/a/", 2, 4.5, 0),
    ]


def test_the_foot_of_every_page_has_the_addresses_or_says_that_they_are_missing(client: Client) -> None:
    a_plan(actions=3)
    for address in ("/it/", "/it/accessibilita/", "/it/niente/", "/it/accesso/login/"):
        assert "da completare a cura dell’ente" in client.get(address).content.decode().replace("&#x27;", "'"), address
    facts = {
        "address": "Corso Inghilterra 7",
        "pec": "protocollo@cert.esempio.it",
        "transparency": "https://esempio.it/trasparenza",
        "socials": "Mastodon https://sociale.esempio/@ente",
        "phone": "011 000",
        "email": "piano@esempio.it",
        "name_it": "Ufficio di piano",
        "accessibility": "https://form.agid.gov.it/view/prova",
    }
    set_office(person=somebody("administrator"), facts=facts)
    page = client.get("/it/").content.decode()
    for said in ("Corso Inghilterra 7", "protocollo@cert.esempio.it", "https://esempio.it/trasparenza", ">Mastodon<"):
        assert said in page
    assert "/it/contatti/" in page
    assert "/it/accesso/login/" in page


def test_only_the_office_reads_answers_and_deletes() -> None:
    message = send_message(name="Ada", email="ada@esempio.it", subject="plan", text="Ciao", language="it")
    for act in (mark_answered, delete_message):
        with pytest.raises(NotAllowedError):
            act(person=somebody("editor"), message=message)
    with pytest.raises(NotAllowedError):
        set_office(person=somebody("approver"), facts={})
    approver = somebody("approver")
    mark_answered(person=approver, message=message)
    message.refresh_from_db()
    assert message.answered_by == approver
    delete_message(person=approver, message=message)
    assert not Message.objects.exists()


def test_a_weakness_is_reported_where_security_txt_says(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    contact = re.search(r"^Contact: \S+?(/it/contatti/)$", text, re.MULTILINE)
    assert contact
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)
    assert client.get(contact.group(1)).status_code == 200


@pytest.mark.parametrize(("role", "led"), [("administrator", True), ("approver", False)])
def test_who_reads_messages_is_led_to_the_authority_s_addresses_only_where_she_may_write_them(
    role: str, led: bool
) -> None:
    desk = Client()
    desk.force_login(somebody(role))
    page = desk.get("/it/scrivania/messaggi/").content.decode()
    assert "nessun indirizzo" in page or "non ha ancora un indirizzo" in page
    assert ("/it/scrivania/recapiti/" in page) is led
    assert (desk.get("/it/scrivania/recapiti/").status_code == 200) is led
