"""Accounts: invited by mail, put right, closed and opened again; nobody's words are signed with another's name."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client, TestCase

from aumenta.people.account_mail import send_account_mail
from aumenta.people.accounts import add_organisation, add_person, change_own_account, close_account, give_role
from aumenta.people.correct_account import correct_account, invite_again, reopen_account
from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mails_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def test_whoever_is_invited_chooses_her_first_password_by_the_link_in_the_mail(client: Client) -> None:
    administrator = somebody("administrator")
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = add_person(person=administrator, email="Nuova@Esempio.it", full_name=" Anna  Neri ")
    assert (made.email, made.full_name) == ("nuova@esempio.it", "Anna Neri")
    (message,) = mail.outbox
    assert message.to == ["nuova@esempio.it"]
    assert str(administrator) in message.body
    path = re.search(r"https?://[^/\s]+(/\S+)", str(message.body).split("qui:")[1])
    assert path is not None
    form = client.get(path[1], follow=True)
    assert form.status_code == 200
    chosen = {"password1": "una parola molto lunga", "password2": "una parola molto lunga"}
    client.post(form.redirect_chain[-1][0], chosen)
    made.refresh_from_db()
    assert made.check_password("una parola molto lunga")
    again = Client().get(path[1], follow=True).content.decode()
    assert "password1" not in again, "the link works once"


def test_an_invitation_is_sent_again_only_to_those_who_have_no_password_yet() -> None:
    administrator = somebody("administrator")
    made = add_person(person=administrator, email="nuova@esempio.it", full_name="Anna Neri")
    with TestCase.captureOnCommitCallbacks(execute=True):
        invite_again(person=administrator, whose=made)
    assert [message.to for message in mail.outbox] == [["nuova@esempio.it"]]
    with pytest.raises(RefusedError, match="has_password"):
        invite_again(person=administrator, whose=administrator)
    close_account(person=administrator, whose=made)
    made.refresh_from_db()
    with pytest.raises(RefusedError, match="closed_account"):
        invite_again(person=administrator, whose=made)


def test_a_wrong_address_is_put_right_and_both_addresses_hear_of_it() -> None:
    administrator, reader = somebody("administrator"), somebody("reader")
    before = reader.email
    with TestCase.captureOnCommitCallbacks(execute=True):
        correct_account(
            person=administrator, whose=reader, full_name="Franca Villa", email="giusta@esempio.it", language="en"
        )
    reader.refresh_from_db()
    assert (reader.email, reader.full_name, reader.language) == ("giusta@esempio.it", "Franca Villa", "en")
    assert {address for message in mail.outbox for address in message.to} == {before, "giusta@esempio.it"}
    for wrong, code in (
        ({"email": administrator.email}, "email_taken"),
        ({"email": "senza chiocciola"}, "bad_email"),
        ({"full_name": "x" * 151}, "name_too_long"),
        ({"language": "xx"}, "unknown_language"),
    ):
        held = {"full_name": "Franca", "email": "giusta@esempio.it", "language": "it"}
        with pytest.raises(RefusedError) as refused:
            correct_account(person=administrator, whose=reader, **{**held, **wrong})
        assert refused.value.code == code
    with pytest.raises(NotAllowedError):
        correct_account(person=reader, whose=administrator, full_name="x", email="x@esempio.it", language="it")


def test_a_closed_account_is_opened_again_with_its_roles() -> None:
    administrator, editor = somebody("administrator"), somebody("editor")
    close_account(person=administrator, whose=editor)
    assert not User.objects.get(pk=editor.pk).is_active
    reopen_account(person=administrator, whose=editor)
    assert User.objects.get(pk=editor.pk).is_active
    assert [grant.role for grant in editor.grants.all()] == ["editor"]


def test_no_name_is_cut_in_silence() -> None:
    administrator = somebody("administrator")
    for attempt in (
        lambda: add_person(person=administrator, email="lunga@esempio.it", full_name="x" * 151),
        lambda: add_organisation(person=administrator, name_it="x" * 301),
        lambda: add_organisation(person=administrator, name_it="x", name_en="x" * 301),
        lambda: change_own_account(person=administrator, full_name="x" * 151, language="it"),
    ):
        with pytest.raises(RefusedError, match="name_too_long"):
            attempt()
    assert not User.objects.filter(email="lunga@esempio.it").exists()


def test_no_role_is_chosen_before_somebody_chooses_one(client: Client) -> None:
    administrator, reader = somebody("administrator"), somebody("reader")
    client.force_login(administrator)
    page = client.get(f"/it/scrivania/persone/{reader.pk}/").content.decode()
    chooser = page.split('name="role-role"')[1].split("</select>")[0]
    assert "selected" not in chooser.split('value="administrator"')[1]
    assert 'value="" selected' in chooser


def test_who_answers_for_a_sheet_is_reached_from_the_sheet(client: Client) -> None:
    a_small_plan()
    client.force_login(somebody("administrator"))
    page = client.get("/it/scrivania/schede/2021-2023/1.1.1/").content.decode()
    assert "/it/scrivania/schede/2021-2023/1.1.1/responsabili/" in page


def _link_in(body: object) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", str(body).split("qui:")[1])
    assert found is not None
    return found[1]


def _corrected(administrator: User, whose: User, email: str) -> User:
    with TestCase.captureOnCommitCallbacks(execute=True):
        return correct_account(
            person=administrator, whose=whose, full_name=whose.full_name, email=email, language=whose.language
        )


def _opens(path: str) -> bool:
    return "password1" in Client().get(path, follow=True).content.decode()


def test_an_invitation_that_went_to_a_wrong_address_is_sent_anew_and_its_link_dies() -> None:
    administrator = somebody("administrator")
    with TestCase.captureOnCommitCallbacks(execute=True):
        made = add_person(person=administrator, email="sbagliata@esempio.it", full_name="Anna Neri")
    wrong = _link_in(mail.outbox.pop().body)
    assert _opens(wrong)
    _corrected(administrator, made, "giusta@esempio.it")
    (message,) = mail.outbox
    assert message.to == ["giusta@esempio.it"], "whoever reads at the wrong address hears no more of it"
    assert _opens(_link_in(message.body))
    assert not _opens(wrong)


def test_an_invitation_that_waited_to_be_sent_again_goes_to_no_address_that_was_wrong() -> None:
    administrator = somebody("administrator")
    made = add_person(person=administrator, email="sbagliata@esempio.it", full_name="Anna Neri")
    _corrected(administrator, made, "giusta@esempio.it")
    mail.outbox.clear()
    send_account_mail.call(made.pk, "invitation", "sbagliata@esempio.it", "", 1, str(administrator))
    assert not mail.outbox
    made = User.objects.get(pk=made.pk)
    close_account(person=administrator, whose=made)
    send_account_mail.call(made.pk, "invitation", "giusta@esempio.it", "", 1, str(administrator))
    assert not mail.outbox, "nor to an account that was closed meanwhile"
    with TestCase.captureOnCommitCallbacks(execute=True):
        reopen_account(person=administrator, whose=made)
    assert _opens(_link_in(mail.outbox.pop().body)), "opened again, she is invited: there is no password she had"


def test_by_an_address_an_account_had_before_nobody_gets_in_or_asks_for_a_password(client: Client) -> None:
    administrator, reader = somebody("administrator"), somebody("reader")
    before = reader.email
    client.post("/it/accesso/login/", {"login": before, "password": "una parola lunga"})
    assert "_auth_user_id" in client.session
    client.logout()
    mail.outbox.clear()
    client.post("/it/accesso/password/reset/", {"email": before})
    assert len(mail.outbox) == 1
    _corrected(administrator, reader, "giusta@esempio.it")
    mail.outbox.clear()
    client.post("/it/accesso/password/reset/", {"email": before})
    assert not mail.outbox
    client.post("/it/accesso/login/", {"login": before, "password": "una parola lunga"})
    assert "_auth_user_id" not in client.session
    client.post("/it/accesso/login/", {"login": "giusta@esempio.it", "password": "una parola lunga"})
    assert "_auth_user_id" in client.session


def test_the_desk_says_that_the_invitation_went_out_anew(client: Client) -> None:
    administrator = somebody("administrator")
    made = add_person(person=administrator, email="sbagliata@esempio.it", full_name="Anna Neri")
    client.force_login(administrator)
    client.post("/it/accesso/reauthenticate/", {"password": "una parola lunga"})
    sent = {
        "verb": "correct",
        "account-full_name": "Anna Neri",
        "account-email": "giusta@esempio.it",
        "account-language": "it",
    }
    page = client.post(f"/it/scrivania/persone/{made.pk}/cambia/", sent, follow=True).content.decode()
    assert "giusta@esempio.it" in page
    assert "non è più valido" in page


def test_an_account_that_was_closed_or_removed_gets_no_mail_however_long_one_waited() -> None:
    administrator, reader = somebody("administrator"), somebody("reader")
    close_account(person=administrator, whose=reader)
    mail.outbox.clear()
    for kind in ("role_changed", "address_given", "address_changed", "reopened", "wrong_codes", "invitation"):
        send_account_mail.call(reader.pk, kind, reader.email, "/it/", 1, "Ada")
        send_account_mail.call(10_000, kind, "nessuno@esempio.it", "/it/", 1, "Ada")
    with TestCase.captureOnCommitCallbacks(execute=True):
        give_role(person=administrator, to=User.objects.get(pk=reader.pk), role="facilitator")
    assert not mail.outbox
