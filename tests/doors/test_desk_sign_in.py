"""Signing in: by password and one-time code, locked after failures, only for those who have an account."""

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from aumenta.people.models import Grant, Role, User
from aumenta.people.refusals import RefusedError
from aumenta.review.make_demo_accounts import close_demo_accounts, make_demo_accounts
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db
LOGIN = "/it/accesso/login/"
RIGHT = "una parola lunga"


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


def test_the_right_password_leads_to_the_desk(client: Client) -> None:
    person = somebody("editor")
    answer = sign_in(client, person.email, RIGHT)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("desk:inbox")
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_a_wrong_password_says_so_and_lets_nobody_in(client: Client) -> None:
    person = somebody("editor")
    assert sign_in(client, person.email, "sbagliata davvero").status_code == 200
    assert client.get(reverse("desk:inbox")).status_code == 302


def test_after_five_failures_even_the_right_password_waits(client: Client) -> None:
    person = somebody("editor")
    for _ in range(6):
        answer = sign_in(client, person.email.upper(), "sbagliata davvero")
    assert answer.status_code == 429
    assert "Troppi tentativi" in answer.content.decode()
    assert sign_in(client, person.email, RIGHT).status_code == 429
    assert client.get(reverse("desk:inbox")).status_code == 302


def test_a_lock_on_one_account_leaves_the_others_open(client: Client) -> None:
    locked, other = somebody("editor"), somebody("reader")
    for _ in range(5):
        sign_in(client, locked.email, "sbagliata davvero")
    assert sign_in(Client(), other.email, RIGHT).status_code == 302


def test_nobody_makes_an_account_for_herself(client: Client) -> None:
    client.post("/it/accesso/signup/", {"email": "io@esempio.it", "password1": RIGHT, "password2": RIGHT})
    assert not User.objects.exists()


def test_with_a_one_time_code_the_password_alone_is_not_enough(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal import auth
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time

    # A code holds for half a minute, which a busy machine may take to ask for it.
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: 1_800_000_000))

    person = somebody("administrator")
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(person, secret)
    assert Authenticator.objects.filter(user=person).exists()
    answer = sign_in(client, person.email, RIGHT)
    assert answer.headers["Location"].startswith("/it/accesso/2fa/authenticate/")
    assert client.get(reverse("desk:inbox")).status_code == 302
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post("/it/accesso/2fa/authenticate/", {"code": code})
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_one_time_codes_and_passkeys_can_be_set_up(client: Client) -> None:
    client.force_login(somebody("reader"))
    page = client.get("/it/accesso/2fa/").content.decode()
    assert "/it/accesso/2fa/totp/activate/" in page
    assert "/it/accesso/2fa/webauthn/add/" in page


def test_demo_accounts_are_one_for_each_role_and_sign_in(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    a_small_plan()
    accounts = make_demo_accounts()
    assert sorted(Grant.objects.values_list("role", flat=True)) == sorted(role.value for role in Role)
    for account in accounts:
        assert sign_in(Client(), account.email, account.password).status_code == 302


def test_demo_accounts_refuse_to_exist_without_debug(client: Client, settings: Any) -> None:
    settings.DEBUG = True
    account = make_demo_accounts()[0]
    settings.DEBUG = False
    with pytest.raises(RefusedError):
        make_demo_accounts()
    assert sign_in(client, account.email, account.password).status_code == 403
    assert client.get(reverse("desk:inbox")).status_code == 302
    assert close_demo_accounts() == len(Role)
    assert not User.objects.filter(is_active=True).exists()


def test_the_console_makes_an_administrator(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("una parola molto lunga\n"))
    call_command("create_admin", "Capo@Esempio.it", "--password-stdin", stdout=io.StringIO())
    assert User.objects.get().grants.get().role == "administrator"
    assert sign_in(client, "capo@esempio.it", "una parola molto lunga").status_code == 302


@pytest.mark.parametrize(("email", "password"), [("capo", "una parola molto lunga"), ("capo@esempio.it", "corta")])
def test_the_console_refuses_a_bad_address_or_a_weak_password(
    monkeypatch: pytest.MonkeyPatch, email: str, password: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    with pytest.raises(CommandError):
        call_command("create_admin", email, "--password-stdin")
    assert not User.objects.exists()


class Gateway(BaseHTTPRequestHandler):
    """The least an OpenID Connect provider is: its description, its tokens, who the person is."""

    email: ClassVar[str] = ""

    def do_GET(self) -> None:
        here = f"http://{self.headers['Host']}"
        if "well-known" in self.path:
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            self.answer({"issuer": here, **{f"{name}_endpoint": f"{here}/{path}" for name, path in names.items()}})
        else:
            self.answer({"sub": "RSSMRA80A01L219M", "email": self.email, "email_verified": True, "name": "Mario Rossi"})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "t", "token_type": "Bearer", "expires_in": 60})

    def answer(self, data: dict[str, Any]) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def gateway(settings: Any) -> Iterator[type[Gateway]]:
    """A provider on this machine, set up as docs/how-to/settings.md says."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    app = {
        "provider_id": "gateway",
        "name": "SPID",
        "client_id": "c",
        "secret": "s",
        "settings": {"server_url": address},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield Gateway
    server.shutdown()
    server.server_close()


def come_through(client: Client, gateway: type[Gateway], email: str) -> Any:
    """Sign in at the gateway as the person with this address, and come back."""
    gateway.email = email
    away = client.post("/it/accesso/oidc/gateway/login/")
    state = parse_qs(urlsplit(away.headers["Location"]).query)["state"][0]
    return client.get("/it/accesso/oidc/gateway/login/callback/", {"code": "x", "state": state})


def test_a_gateway_opens_an_account_that_exists(client: Client, gateway: type[Gateway]) -> None:
    person = somebody("editor")
    assert "SPID" in client.get(LOGIN).content.decode()
    assert come_through(client, gateway, person.email).status_code == 302
    assert client.get(reverse("desk:inbox")).status_code == 200


def test_a_gateway_makes_no_account(client: Client, gateway: type[Gateway]) -> None:
    come_through(client, gateway, "sconosciuta@esempio.it")
    assert not User.objects.exists()
    assert client.get(reverse("desk:inbox")).status_code == 302


def test_without_a_gateway_the_page_offers_none(client: Client) -> None:
    assert "oidc" not in client.get(LOGIN).content.decode()
