"""Attacks on accounts that exist: another address, a renamed demonstration, a debug page others can reach."""

import re
import time
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from aumenta.activity.models import ActivityEntry
from aumenta.config.checks import check_public_address
from aumenta.people.change_address import VALID
from aumenta.people.models import User
from aumenta.review.make_demo_accounts import make_demo_accounts
from tests.cast import a_person, a_small_plan, somebody
from tests.server_start import start

pytestmark = pytest.mark.django_db
RIGHT = "una parola lunga"
CHANGE = "/it/scrivania/io/indirizzo/"


@pytest.fixture(autouse=True)
def _mails_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def person(client: Client) -> User:
    made = somebody("approver")
    client.force_login(made)
    return made


def ask(client: Client, email: str, password: str = RIGHT) -> Any:
    return client.post(CHANGE, {"email": email, "password": password})


def link_in_mail(to: str) -> str:
    body = next(str(m.body) for m in reversed(mail.outbox) if m.to == [to])
    found = re.search(r"/it/scrivania/io/indirizzo/\S+", body)
    assert found is not None
    return found[0]


def address_of(person: User) -> str:
    return User.objects.get(pk=person.pk).email


@pytest.mark.django_db(transaction=True)
def test_an_address_changes_with_the_password_by_the_link_and_the_former_one_is_told(
    client: Client, person: User
) -> None:
    before = person.email
    assert ask(client, "nuova@esempio.it").status_code == 302
    assert address_of(person) == before
    assert [m.to for m in mail.outbox] == [[before], ["nuova@esempio.it"]]
    link = link_in_mail("nuova@esempio.it")
    client.get(link)
    assert address_of(person) == before
    client.post(link)
    assert address_of(person) == "nuova@esempio.it"
    assert mail.outbox[-1].to == [before]
    assert ActivityEntry.objects.filter(code="people.address", person_id=person.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_without_the_password_nothing_is_sent_and_nothing_changes(client: Client, person: User) -> None:
    ask(client, "nuova@esempio.it", "sbagliata davvero")
    assert not mail.outbox
    assert [ask(client, "nuova@esempio.it", "sbagliata").status_code for _ in range(12)][-1] == 429


@pytest.mark.django_db(transaction=True)
def test_a_link_is_void_for_somebody_else_after_a_new_password_and_when_it_was_changed(
    client: Client, person: User
) -> None:
    before = person.email
    ask(client, "nuova@esempio.it")
    link = link_in_mail("nuova@esempio.it")
    other = Client()
    other.force_login(a_person("altro@esempio.it"))
    other.post(link)
    client.post(link.rstrip("/")[:-3] + "abc/")
    person.set_password("un'altra parola lunga")
    person.save()
    client.force_login(person)
    client.post(link)
    assert address_of(person) == before
    assert not User.objects.filter(email="nuova@esempio.it").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("late", "address"), [(-60, "nuova@esempio.it"), (60, "prima@esempio.it")])
def test_a_link_to_another_address_is_good_for_a_day(client: Client, late: int, address: str) -> None:
    person = somebody("approver", email="prima@esempio.it")
    client.force_login(person)
    ask(client, "nuova@esempio.it")
    link = link_in_mail("nuova@esempio.it")
    with mock.patch("django.core.signing.time.time", return_value=time.time() + VALID.total_seconds() + late):
        client.post(link)
    assert address_of(person) == address


@pytest.mark.django_db(transaction=True)
def test_asking_does_not_tell_who_else_has_an_account(client: Client, person: User) -> None:
    a_person("altro@esempio.it")
    taken, free = ask(client, "altro@esempio.it"), ask(client, "libera@esempio.it")
    assert (taken.status_code, taken.headers["Location"]) == (free.status_code, free.headers["Location"])
    assert ["altro@esempio.it"] not in [m.to for m in mail.outbox]


def test_the_sign_ins_own_page_of_addresses_leads_to_ours(client: Client, person: User) -> None:
    assert client.get("/it/accesso/email/").headers["Location"] == CHANGE
    client.post("/it/accesso/email/", {"action_add": "", "email": "nuova@esempio.it"})
    assert address_of(person) == person.email


def test_roles_are_given_only_by_whoever_signed_in_a_moment_ago(client: Client) -> None:
    administrator, other = somebody("administrator"), somebody("reader")
    client.force_login(administrator)
    give = {"verb": "give", "role-role": "approver"}
    answer = client.post(reverse("desk:change_person", args=[other.pk]), give)
    assert answer.status_code == 302
    assert "reauthenticate" in answer.headers["Location"]
    assert not other.grants.filter(role="approver").exists()


def test_a_renamed_demo_account_opens_nothing_without_debug(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    a_small_plan()
    account = next(one for one in make_demo_accounts() if one.email.startswith("approvazione"))
    User.objects.filter(email=account.email).update(email="vera@comune.example.it")
    settings.DEBUG = False
    sign_in = {"login": "vera@comune.example.it", "password": account.password}
    assert client.post("/it/accesso/login/", sign_in).status_code == 403
    assert client.get(reverse("desk:inbox")).status_code == 302


def test_debug_with_a_safe_public_address_does_not_start(settings: Any, tmp_path: Path) -> None:
    settings.DEBUG, settings.PUBLIC_ADDRESS = True, "https://piano.example.it"
    assert [message.id for message in check_public_address()] == ["aumenta.E003"]
    ended = start(tmp_path, AUMENTA_DEBUG="1", AUMENTA_PUBLIC_ADDRESS="https://piano.example.it")
    assert ended.returncode == 2
    assert "aumenta.E003" in ended.stderr


def test_an_address_that_cannot_be_one_is_refused(client: Client, person: User) -> None:
    assert ask(client, "nuova").status_code == 200
    with pytest.raises(ValidationError):
        User(email="nuova").full_clean()
