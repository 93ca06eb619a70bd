"""What an installation must have before others can reach it, and who is asking behind a proxy."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from aumenta.config.checks import check_public_address
from aumenta.config.logs import shortened
from aumenta.ui.client import client_address
from tests.server_start import start


def found(settings: Any, **words: Any) -> set[str]:
    """The identifiers of what the check says with these settings."""
    usual = {"DEBUG": False, "ALLOWED_HOSTS": ["piano.example.it"], "EMAIL_HOST": "mail.example.it"}
    for name, value in {**usual, **words}.items():
        setattr(settings, name, value)
    return {str(message.id) for message in check_public_address()}


def test_a_site_others_can_reach_needs_a_safe_address_it_answers_to(settings: Any) -> None:
    assert found(settings, PUBLIC_ADDRESS="http://127.0.0.1:8000") == {"aumenta.E001"}
    assert found(settings, PUBLIC_ADDRESS="https://altro.example.it") == {"aumenta.E002"}
    assert found(settings, PUBLIC_ADDRESS="https://piano.example.it") == set()
    assert found(settings, PUBLIC_ADDRESS="https://piano.example.it:8443") == set()
    assert found(settings, PUBLIC_ADDRESS="https://a.example.it", ALLOWED_HOSTS=[".example.it"]) == set()


def test_a_site_without_a_mail_server_is_told_that_mails_reach_nobody(settings: Any) -> None:
    assert found(settings, PUBLIC_ADDRESS="https://piano.example.it", EMAIL_HOST="") == {"aumenta.W001"}


def test_trying_out_on_ones_own_machine_needs_nothing(settings: Any) -> None:
    assert found(settings, ALLOWED_HOSTS=["localhost", "127.0.0.1", "[::1]"], PUBLIC_ADDRESS="http://x") == set()
    assert found(settings, DEBUG=True, PUBLIC_ADDRESS="http://x") == set()


def test_the_server_does_not_start_without_a_safe_address(tmp_path: Path) -> None:
    ended = start(tmp_path, AUMENTA_HOSTS="piano.example.it")
    assert ended.returncode == 2
    assert "aumenta.E001" in ended.stderr
    assert "AUMENTA_PUBLIC_ADDRESS" in ended.stderr


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9, 5.5.5.5", "5.5.5.5"),
        (2, "9.9.9.9, 5.5.5.5, 10.0.0.7", "5.5.5.5"),
        (2, "5.5.5.5", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_behind_proxies_the_address_they_vouch_for_counts_and_not_what_a_reader_wrote(
    settings: Any, proxies: int, forwarded: str, expected: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_what_went_wrong_is_written_to_the_log_of_a_site_that_is_not_tried_out(tmp_path: Path) -> None:
    """With Django's own settings a site without DEBUG says nothing of its faults to anybody."""
    fault = (
        "import django, logging; django.setup()\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError:\n"
        "    path = '/it/eventi/incontro/la-mia-iscrizione/' + 'kY7' * 20 + '/'\n"
        "    logging.getLogger('django.request').error('Internal Server Error: %s', path, exc_info=True)\n"
        "    logging.getLogger('django.request').warning('Not Found: %s', '/wp-login.php')\n"
    )
    environment = {
        **os.environ,
        "AUMENTA_DATA": str(tmp_path),
        "AUMENTA_DEBUG": "0",
        "DJANGO_SETTINGS_MODULE": "aumenta.config.settings",
    }
    told = subprocess.run(
        [sys.executable, "-c", fault], env=environment, capture_output=True, text=True, timeout=120, check=True
    ).stderr
    assert "ERROR django.request: Internal Server Error: /it/eventi/incontro/la-mia-iscrizione/kY7k…/" in told
    assert "ZeroDivisionError" in told
    assert "kY7kY7" not in told
    assert "wp-login" not in told


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("Forbidden: /it/notizie/un-incontro-per-parlare-del-piano-metropolitano/", None),
        ("Not Found: /it/2021-2023/azioni/1.1.1/", None),
        ("x /it/accesso/password/reset/key/5-cz1bq2-0d3f8a9b7c6d5e4f3a2b1c0d9e8f7a6b/ y", "5-cz…"),
        ("/media/immagini/" + "0a" * 32 + "-400.webp", "0a0a…"),
        ("eyJhbGciOiJIUzI1NiJ9 is no address", None),
    ],
)
def test_links_that_open_something_are_shortened_in_the_log_and_nothing_else_is(
    message: str, written: str | None
) -> None:
    said = shortened(message)
    if written is None:
        assert said == message
    else:
        assert written in said
        assert len(said) < len(message)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8310"),
        ("0.0.0.0", "http://127.0.0.1:8310"),
        ("::", "http://[::1]:8310"),
        ("fe80::1", "http://[fe80::1]:8310"),
        ("piano.example.it", "http://piano.example.it:8310"),
    ],
)
def test_qr_codes_of_who_tries_out_lead_to_where_the_site_is_served(host: str, address: str) -> None:
    from aumenta.config.management.commands.serve import served_at

    assert served_at(host, "8310") == address
