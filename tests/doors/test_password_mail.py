"""Who forgot her password: the office's words, its signature, and a link only where it leads somewhere."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.cast import a_person

pytestmark = pytest.mark.django_db
RESET = "/it/accesso/password/reset/"


@pytest.fixture(autouse=True)
def _the_worker_sends_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def asked(client: Client) -> tuple[str, str]:
    """Subject and text of the mail that comes."""
    a_person("ada@esempio.it", full_name="Ada")
    assert client.post(RESET, {"email": "ada@esempio.it"}).status_code == 302
    (sent,) = mail.outbox
    return str(sent.subject), str(sent.body)


def test_the_mail_says_what_was_asked_and_is_signed_by_the_office(client: Client, settings: object) -> None:
    settings.PUBLIC_ADDRESS = "https://piano.esempio.it"  # type: ignore[attr-defined]
    settings.DEFAULT_FROM_EMAIL = "Ufficio di piano di Esempia <piano@esempio.it>"  # type: ignore[attr-defined]
    subject, body = asked(client)
    assert subject == "Scegli la nuova password di Aumenta"
    assert body.startswith("Hai chiesto una nuova password per Aumenta.")
    assert body.rstrip().endswith("-- \nUfficio di piano di Esempia")
    assert "esempio.it/" in body
    assert re.search(r"https://piano\.esempio\.it/it/accesso/password/reset/key/\S+/", body)
    for clumsy in ("Ciao", "Grazie", "reset della", "&#x27;"):
        assert clumsy not in body


def test_no_link_is_sent_that_leads_to_the_readers_own_machine(client: Client, settings: object) -> None:
    settings.DEBUG = False  # type: ignore[attr-defined]
    for address in ("http://127.0.0.1:8000", "http://localhost", "http://[::1]:8000"):
        settings.PUBLIC_ADDRESS = address  # type: ignore[attr-defined]
        mail.outbox.clear()
        client.post(RESET, {"email": a_person(f"{len(address)}@esempio.it").email})
        (sent,) = mail.outbox
        assert "http" not in str(sent.body)
        assert "chiedi un nuovo invito" in str(sent.body)


def test_the_link_opens_the_account_and_a_worn_one_says_what_to_do(client: Client, settings: object) -> None:
    settings.PUBLIC_ADDRESS = "https://piano.esempio.it"  # type: ignore[attr-defined]
    _subject, body = asked(client)
    found = re.search(r"https?://[^/]+(/it/accesso/password/reset/key/\S+/)", body)
    assert found is not None
    form = client.get(found[1], follow=True)
    assert "Scegli questa password" in form.content.decode()
    new = {"password1": "quattro parole molto lunghe", "password2": "quattro parole molto lunghe"}
    done = client.post(form.redirect_chain[-1][0], new, follow=True)
    assert done.status_code == 200
    worn = Client().get(found[1], follow=True).content.decode()
    assert "non è più valido" in worn


def test_whoever_has_no_account_gets_no_mail_and_reads_the_same_page(client: Client) -> None:
    answer = client.post(RESET, {"email": "nessuno@esempio.it"}, follow=True)
    assert not mail.outbox
    page = answer.content.decode()
    assert "Se l’indirizzo che hai scritto ha un account" in page
    assert f'href="{reverse("site:contact")}"' in page, "whom to write to is a link"
