"""Attacks on the sign-in, each from two sides: it stops whoever attacks and lets the honest in."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.desk.people.sign_in_limits import CODE_ANYWHERE, LIMITS, PASSWORD_ANYWHERE, PASSWORD_NETWORK
from aumenta.people.account_mail import send_sealed_mail
from aumenta.people.models import Attempt, User
from aumenta.people.rate_limit import Limit, forget_old_attempts, network_of, note_attempt
from tests.cast import a_person, somebody

pytestmark = pytest.mark.django_db
LOGIN, CODES = "/it/accesso/login/", "/it/accesso/2fa/authenticate/"
RIGHT, SECRET = "una parola lunga", "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _mails_at_once(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture(autouse=True)
def _the_clock_of_codes_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code holds for half a minute, which a busy machine may take to ask for it."""
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: 1_800_000_000))


def sign_in(client: Client, email: str, password: str, address: str = "192.0.2.1") -> Any:
    return client.post(LOGIN, {"login": email, "password": password}, REMOTE_ADDR=address)


def wrong(email: str, times: int, *, client: Client | None = None, address: str = "192.0.2.1") -> list[int]:
    return [sign_in(client or Client(), email, "sbagliata davvero", address).status_code for _ in range(times)]


def right_code() -> str:
    return str(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))


def guesser(person: User, address: str = "192.0.2.1") -> Client:
    """Somebody who knows the password, and has no codes."""
    client = Client(REMOTE_ADDR=address)
    assert sign_in(client, person.email, RIGHT, address).headers["Location"].startswith(CODES)
    return client


def test_codes_can_be_guessed_five_times_and_then_the_right_one_opens_nothing() -> None:
    person = somebody("administrator")
    TOTP.activate(person, SECRET)
    client = guesser(person)
    tried = [client.post(CODES, {"code": "000000"}).status_code for _ in range(6)]
    assert tried == [200] * 5 + [429]
    client.post(CODES, {"code": right_code()})
    assert client.get(reverse("desk:inbox")).status_code == 302
    # A new pending sign-in does not begin a new count.
    again = guesser(person)
    assert again.post(CODES, {"code": right_code()}).status_code == 429


def test_codes_guessed_from_many_networks_stop_at_ten_and_the_owner_is_told_and_still_gets_in(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person = somebody("administrator")
    TOTP.activate(person, SECRET)
    home = guesser(person, "198.51.100.7")
    assert home.post(CODES, {"code": right_code()}, REMOTE_ADDR="198.51.100.7").status_code == 302
    home.post("/it/accesso/logout/")
    outcomes = []
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(CODE_ANYWHERE.most + 3):
            client = guesser(person, f"192.0.2.{number + 1}")
            outcomes.append(client.post(CODES, {"code": "000000"}).status_code)
    assert outcomes.count(200) == CODE_ANYWHERE.most
    assert [m.to for m in mail.outbox if "2fa" not in m.subject] == [[person.email]]
    with time_machine.travel(timezone.now() + timedelta(seconds=90)):
        assert sign_in(home, person.email, RIGHT, "198.51.100.7").status_code == 302
        home.post(CODES, {"code": right_code()}, REMOTE_ADDR="198.51.100.7")
    assert home.get(reverse("desk:inbox")).status_code == 200


def test_a_code_that_was_used_opens_nothing_in_another_process_either() -> None:
    """Each process remembered the codes that were sent to it, and two serve."""
    person = somebody("administrator")
    TOTP.activate(person, SECRET)
    assert guesser(person).post(CODES, {"code": right_code()}).status_code == 302
    cache.clear()  # The other process knows nothing of it.
    thief = guesser(person, "198.51.100.9")
    assert thief.post(CODES, {"code": right_code()}).status_code == 200
    assert thief.get(reverse("desk:inbox")).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(seconds=91)):
        cache.clear()
        assert guesser(person, "198.51.100.9").post(CODES, {"code": right_code()}).status_code == 302


def test_five_wrong_passwords_stop_the_network_that_sent_them_and_no_other() -> None:
    person = somebody("editor")
    assert wrong(person.email, 6) == [200] * 5 + [429]
    assert wrong(person.email.upper(), 1) == [429]
    assert sign_in(Client(), person.email, RIGHT).status_code == 429
    assert sign_in(Client(), person.email, RIGHT, "198.51.100.7").status_code == 302


def test_many_networks_together_stop_at_the_accounts_limit_and_its_owners_browser_stays_open() -> None:
    person = somebody("editor")
    home = Client()
    assert sign_in(home, person.email, RIGHT, "198.51.100.7").status_code == 302
    home.post("/it/accesso/logout/")
    outcomes = [code for number in range(10) for code in wrong(person.email, 5, address=f"203.0.113.{number}")]
    assert outcomes.count(200) == PASSWORD_ANYWHERE.most
    assert sign_in(Client(), person.email, RIGHT, "192.0.2.200").status_code == 429
    assert sign_in(home, person.email, RIGHT, "198.51.100.7").status_code == 302


def test_an_owner_in_a_new_browser_under_attack_gets_in_by_a_link_from_her_mailbox(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://piano.example.it"
    person = somebody("editor")
    for number in range(10):
        wrong(person.email, 5, address=f"203.0.113.{number}")
    fresh = Client()
    assert sign_in(fresh, person.email, RIGHT, "198.51.100.9").status_code == 429
    fresh.post("/it/accesso/password/reset/", {"email": person.email})
    link = re.search(r"/it/accesso/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link is not None
    form = fresh.get(link[0], follow=True)
    chosen = {"password1": "un'altra parola lunga", "password2": "un'altra parola lunga"}
    assert fresh.post(form.redirect_chain[-1][0], chosen).status_code == 302
    assert sign_in(fresh, person.email, "un'altra parola lunga", "198.51.100.9").status_code == 302


def test_one_network_that_tries_many_accounts_is_stopped_and_others_are_not() -> None:
    person = somebody("editor")
    outcomes = [wrong(f"nome{number}@esempio.it", 1)[0] for number in range(PASSWORD_NETWORK.most + 5)]
    assert outcomes.count(200) == PASSWORD_NETWORK.most
    assert outcomes[-1] == 429
    assert sign_in(Client(), person.email, RIGHT, "198.51.100.7").status_code == 302


def test_a_subscriber_of_ipv6_has_one_network_however_many_addresses() -> None:
    person = somebody("editor")
    outcomes = [wrong(person.email, 1, address=f"2001:db8:1:2::{number:x}")[0] for number in range(1, 8)]
    assert outcomes == [200] * 5 + [429] * 2
    assert sign_in(Client(), person.email, RIGHT, "2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("fe80::1%eth0", "fe80::2", True),
        ("<script>", "", True),
    ],
)
def test_networks_are_told_apart_by_what_a_subscriber_gets(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


def test_behind_a_proxy_wrong_passwords_stop_whoever_sends_them_and_nobody_else(settings: Any) -> None:
    settings.PROXIES = 1
    somebody("editor")
    people = [a_person(f"p{number}@esempio.it") for number in range(3)]
    attacker = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 192.0.2.66")
    for number in range(PASSWORD_NETWORK.most + 5):
        attacker.post(LOGIN, {"login": f"nome{number}@esempio.it", "password": "sbagliata"})
    for number, person in enumerate(people):
        honest = Client(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
        assert honest.post(LOGIN, {"login": person.email, "password": RIGHT}).status_code == 302


def test_what_is_refused_is_not_counted_so_nobody_keeps_a_limit_closed_by_knocking() -> None:
    limit, now = Limit("prova", 2, timedelta(minutes=10)), timezone.now()
    assert note_attempt(limit=limit, subject="a", now=now)
    assert note_attempt(limit=limit, subject="a", now=now)
    for second in range(20):
        assert note_attempt(limit=limit, subject="a", now=now + timedelta(seconds=second)) is None
    assert note_attempt(limit=limit, subject="b", now=now)
    assert note_attempt(limit=limit, subject="a", now=now + timedelta(minutes=10, seconds=1))


def test_attempts_hold_no_address_and_leave_after_a_day() -> None:
    wrong("nessuno@esempio.it", 1, address="192.0.2.99")
    rows = list(Attempt.objects.values_list("what", "subject"))
    assert rows
    assert not any("192.0.2" in text or "nessuno" in text for row in rows for text in row)
    assert forget_old_attempts(timezone.now() + timedelta(days=1, hours=1)) == len(rows)


def test_a_reset_mails_an_account_thrice_an_hour_and_no_stranger_and_always_says_the_same() -> None:
    person = somebody("editor")
    answers = [Client().post("/it/accesso/password/reset/", {"email": person.email}) for _ in range(5)]
    stranger = Client().post("/it/accesso/password/reset/", {"email": "estranea@esempio.it"})
    assert {(a.status_code, a.headers["Location"]) for a in [*answers, stranger]} == {
        (302, "/it/accesso/password/reset/done/")
    }
    assert [m.to for m in mail.outbox] == [[person.email]] * 3


def test_neither_a_slow_nor_a_failing_mail_server_tells_whose_address_has_an_account(settings: Any) -> None:
    """The mail was sent while the browser waited: an account answered later than a stranger, or with a fault."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND, settings.PUBLIC_ADDRESS = "tests.no_such_server.Backend", "https://piano.example.it"
    person = somebody("editor")
    answers = [
        Client(raise_request_exception=False).post("/it/accesso/password/reset/", {"email": email})
        for email in (person.email, "estranea@esempio.it")
    ]
    assert [a.status_code for a in answers] == [302, 302]
    waiting = DBTaskResult.objects.get(task_path__endswith="send_sealed_mail")
    assert person.email not in str(waiting.args_kwargs)
    assert "reset" not in str(waiting.args_kwargs)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send_sealed_mail.func(*waiting.args_kwargs["args"])
    assert mail.outbox[-1].to == [person.email]
    assert "/accesso/password/reset/key/" in mail.outbox[-1].body


def test_the_link_of_a_reset_leads_to_the_public_address_whatever_host_was_asked(settings: Any) -> None:
    settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["*"], "https://piano.example.it"
    person = somebody("editor")
    Client().post("/it/accesso/password/reset/", {"email": person.email}, HTTP_HOST="evil.example")
    body = str(mail.outbox[0].body)
    assert "https://piano.example.it/it/accesso/password/reset/key/" in body
    assert "evil.example" not in body


def test_every_address_of_the_sign_in_that_takes_a_post_has_a_limit_or_a_reason_not_to() -> None:
    without = {
        "account_logout": "ends a session",
        "account_inactive": "a page",
        "account_email": "never reached: it leads to the desk's own form",
        "account_confirm_login_code": "signing in by a mailed code is not switched on",
        "account_email_verification_sent": "a page",
        "account_confirm_email": "its key is signed",
        "account_reset_password_done": "a page",
        "account_reset_password_from_key_done": "a page",
        "mfa_index": "a page",
        "mfa_view_recovery_codes": "asks for the password first",
        "mfa_generate_recovery_codes": "asks for the password first",
        "mfa_download_recovery_codes": "asks for the password first",
        "mfa_deactivate_totp": "asks for the password first",
        "mfa_list_webauthn": "a page",
        "mfa_add_webauthn": "asks for the password first",
        "mfa_remove_webauthn": "asks for the password first",
        "mfa_edit_webauthn": "asks for the password first",
        "openid_connect_login": "leads to the gateway",
        "openid_connect_callback": "the gateway's answer is signed",
        "socialaccount_login_cancelled": "a page",
        "socialaccount_login_error": "a page",
        "socialaccount_connections": "a page",
    }
    names = {
        str(name)
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(("account_", "mfa_", "socialaccount_", "openid_connect"))
    }
    assert names == set(without) | {name for name in LIMITS if not name.startswith("desk:")}


def test_one_time_code_secrets_are_not_readable_in_the_database() -> None:
    person = somebody("administrator")
    TOTP.activate(person, SECRET)
    assert SECRET not in str(Authenticator.objects.get(user=person).data)
    client = guesser(person)
    client.post(CODES, {"code": right_code()})
    assert client.get(reverse("desk:inbox")).status_code == 200


@pytest.mark.parametrize("role", ["administrator", "approver"])
def test_who_decides_comes_no_further_than_the_page_of_the_second_factor(settings: Any, role: str) -> None:
    settings.SECOND_FACTOR = True
    person = somebody(role)
    client = Client()
    sign_in(client, person.email, RIGHT)
    assert client.get(reverse("desk:inbox")).headers["Location"] == reverse("mfa_index")
    assert client.post(reverse("desk:people"), {"email": "x@esempio.it"}).status_code == 403
    assert client.get(reverse("regia-events")).headers["Location"] == reverse("mfa_index")
    assert client.get("/it/").status_code == 200
    TOTP.activate(person, SECRET)
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_other_roles_need_no_second_factor(settings: Any) -> None:
    settings.SECOND_FACTOR = True
    client = Client()
    sign_in(client, somebody("editor").email, RIGHT)
    assert client.get(reverse("desk:inbox")).status_code == 200
