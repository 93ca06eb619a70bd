"""Whatever can be set wrongly is refused in one sentence: the variable, what it is, what to write."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from aumenta.config.environment import OF_TESTS, PACKAGE, PREFIX, VARIABLES
from tests.database import ROOT
from tests.server_start import AUMENTA, settings_with, start

GATEWAY = {"OIDC_ADDRESS": "https://gateway.example.it", "OIDC_CLIENT": "x", "OIDC_SECRET": "y"}
WRONG: dict[str, list[dict[str, str]]] = {
    "DATA": [{"DATA": ""}, {"DATA": "  "}, {"DATA": str(PACKAGE / "var")}, {"DATA": "/proc/none"}],
    "DATABASE_URL": [
        {"DATABASE_URL": url}
        for url in ("piano", "mysql://u:p@host/x", "postgres://", "postgres://u:segreta@host:porta/x", "sqlite://")
    ],
    "DEBUG": [{"DEBUG": "si"}, {"DEBUG": "2"}],
    "SECRET_KEY": [{"SECRET_KEY": "x"}, {"SECRET_KEY": "a" * 40}],
    "SECOND_FACTOR": [{"SECOND_FACTOR": "yes"}],
    "HOSTS": [{"HOSTS": "https://piano.example.it"}, {"HOSTS": "piano.example.it:8000"}, {"HOSTS": "a b"}],
    "ORIGINS": [{"ORIGINS": "piano.example.it"}, {"ORIGINS": "https://piano.example.it/it/"}],
    "PUBLIC_ADDRESS": [
        {"PUBLIC_ADDRESS": address}
        for address in ("piano.example.it", "ftp://piano.example.it", "https://", "https://a b.it", "https://x.it:y")
    ],
    "BACKUPS": [{"BACKUPS": "backups"}, {"BACKUPS": str(PACKAGE / "backups")}],
    "BACKUP_KEY": [{"BACKUP_KEY": "age1"}, {"BACKUP_KEY": "AGE-SECRET-KEY-1QQQQ"}, {"BACKUP_KEY": "ssh-ed25519 AAAA"}],
    "BACKUPS_KEPT": [{"BACKUPS_KEPT": "0"}, {"BACKUPS_KEPT": "un mese"}],
    "TABLE_DAYS": [{"TABLE_DAYS": "-1"}, {"TABLE_DAYS": "366"}, {"TABLE_DAYS": "due"}, {"TABLE_DAYS": "٣"}],
    "API_PER_MINUTE": [{"API_PER_MINUTE": "molte"}, {"API_PER_MINUTE": "-1"}],
    "PROXIES": [{"PROXIES": "10"}, {"PROXIES": "1.5"}],
    "MAIL_HOST": [{"MAIL_HOST": "smtp://mail.example.it"}, {"MAIL_HOST": "mail.example.it:25"}],
    "MAIL_PORT": [{"MAIL_PORT": "smtp"}, {"MAIL_PORT": "0"}, {"MAIL_PORT": "70000"}],
    "MAIL_SECURITY": [{"MAIL_SECURITY": "ssl"}, {"MAIL_SECURITY": "1"}],
    "MAIL_TIMEOUT": [{"MAIL_TIMEOUT": "0"}, {"MAIL_TIMEOUT": "un minuto"}],
    "MAIL_PASSWORD": [{"MAIL_USER": "piano"}],
    "MAIL_FROM": [{"MAIL_FROM": "Piano strategico"}, {"MAIL_FROM": "piano@"}],
    "OIDC_ADDRESS": [{"OIDC_ADDRESS": "gateway.example.it"}],
    "OIDC_CLIENT": [{**GATEWAY, "OIDC_CLIENT": ""}],
    "OIDC_SECRET": [{**GATEWAY, "OIDC_SECRET": ""}],
    "OIDC_STRONG": [{"OIDC_STRONG": "on"}],
}
ANY_TEXT = {"FORMER_SECRET_KEYS", "MAIL_USER", "OIDC_NAME"}
CASES = [(name, case) for name, cases in WRONG.items() for case in cases]


def test_every_variable_has_values_that_are_refused_or_takes_any_text() -> None:
    assert set(WRONG) | ANY_TEXT == VARIABLES
    assert not set(WRONG) & ANY_TEXT


@pytest.mark.parametrize(("name", "given"), CASES, ids=[f"{name}-{n}" for n, (name, _case) in enumerate(CASES)])
def test_a_wrong_value_is_one_sentence_with_the_variable_and_what_to_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, given: dict[str, str]
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_with(monkeypatch, tmp_path, given)
    sentence = str(refused.value)
    assert sentence.startswith(f"{PREFIX}{name} ")
    assert sentence.endswith((".", "?"))
    assert "\n" not in sentence
    assert "segreta" not in sentence, "no password is repeated"
    monkeypatch.setenv("LANG", "it_IT.UTF-8")
    with pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_path(str(PACKAGE / "config" / "settings.py"))
    assert str(refused.value) != sentence, "in the language of the console"


def test_a_name_that_nothing_reads_is_refused_with_the_one_that_was_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(ImproperlyConfigured, match="Did you mean AUMENTA_PUBLIC_ADDRESS"):
        settings_with(monkeypatch, tmp_path, {"PUBLIC_ADRESS": "https://piano.example.it"})
    assert not OF_TESTS & VARIABLES


def test_what_tests_and_measurements_read_may_be_set() -> None:
    read = re.compile(r'environ(?:\.get\(|\[)"AUMENTA_(\w+)"')
    there = (path.read_text() for folder in ("tests", "tools", "benchmarks") for path in (ROOT / folder).rglob("*.py"))
    assert {name for text in there for name in read.findall(text)} <= OF_TESTS | VARIABLES


def test_spaces_around_names_and_values_are_no_part_of_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    given = {"HOSTS": " piano.example.it , www.example.it,", "ORIGINS": " https://piano.example.it ", "DEBUG": " 1 "}
    read = settings_with(monkeypatch, tmp_path, given)
    assert read["ALLOWED_HOSTS"] == ["piano.example.it", "www.example.it"]
    assert read["CSRF_TRUSTED_ORIGINS"] == ["https://piano.example.it"]
    assert read["DEBUG"] is True


@pytest.mark.parametrize(
    ("security", "port", "starttls", "tls"),
    [("none", 25, False, False), ("starttls", 587, True, False), ("tls", 465, False, True)],
)
def test_mail_has_user_password_encryption_and_an_end_of_patience(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, security: str, port: int, *, starttls: bool, tls: bool
) -> None:
    given = {"MAIL_HOST": "mail.example.it", "MAIL_USER": "piano", "MAIL_PASSWORD": "p w", "MAIL_SECURITY": security}
    read = settings_with(monkeypatch, tmp_path, given)
    assert (read["EMAIL_HOST_USER"], read["EMAIL_HOST_PASSWORD"]) == ("piano", "p w")
    assert (read["EMAIL_PORT"], read["EMAIL_USE_TLS"], read["EMAIL_USE_SSL"]) == (port, starttls, tls)
    assert read["EMAIL_TIMEOUT"] == 20


def test_a_program_that_was_installed_keeps_its_data_outside_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from aumenta.config import environment

    monkeypatch.setattr(environment, "PACKAGE", tmp_path / "lib" / "python3.11" / "site-packages" / "aumenta")
    monkeypatch.delenv("AUMENTA_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert environment.data_folder("DATA") == tmp_path / "data" / "aumenta"
    assert (tmp_path / "data" / "aumenta").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"AUMENTA_MAIL_PORT": "smtp"}, "AUMENTA_MAIL_PORT"),
        ({"AUMENTA_DATABASE_URL": "postgres://nobody:segreta@127.0.0.1:9/none"}, "AUMENTA_DATABASE_URL"),
        ({}, "aumenta prepare"),
    ],
)
def test_the_server_says_in_one_line_why_it_does_not_start(tmp_path: Path, given: dict[str, str], words: str) -> None:
    """A wrong value, a database that can't be reached, one without the tables of this version."""
    ended = start(tmp_path, **given)
    assert ended.returncode == 2, ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert "segreta" not in ended.stderr


def test_any_command_says_so_too(tmp_path: Path) -> None:
    environment = {**os.environ, "AUMENTA_DATA": str(tmp_path), "AUMENTA_DEBUG": "forse", "LANG": "it_IT.UTF-8"}
    ended = subprocess.run(
        [sys.executable, AUMENTA, "prepare"], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 2
    assert ended.stderr == "AUMENTA_DEBUG è «forse»: scrivi 1 per sì o 0 per no.\n"
