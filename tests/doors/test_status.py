"""The site says the truth about itself to whoever watches it, whatever is away."""

import shutil
from collections import namedtuple
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.mailing.pulse import send_heartbeat
from aumenta.plan.search.prepare_meaning import prepare_meaning

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example.it"


def told(client: Client) -> tuple[int, str, dict[str, str]]:
    """Status, overall state, and the parts that are not well with their reasons."""
    answer = client.get("/status/ready")
    parts = answer.json()["parts"]
    return answer.status_code, answer.json()["state"], {n: p["reason"] for n, p in parts.items() if p["state"] != "ok"}


def test_a_process_that_answers_says_so_and_is_never_kept(client: Client) -> None:
    answer = client.get("/status")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_all_is_well_where_a_worker_is_heard_and_nothing_waits(client: Client) -> None:
    send_heartbeat("one")
    assert told(client) == (200, "ok", {})


def test_without_a_worker_the_site_serves_and_says_that_mails_wait(client: Client) -> None:
    assert told(client) == (200, "degraded", {"worker": "no worker is heard"})


def test_a_job_that_should_have_begun_long_ago_is_told_and_one_that_is_due_later_is_not(client: Client) -> None:
    send_heartbeat("one")
    prepare_meaning.using(run_after=timezone.now() + timedelta(hours=1)).enqueue()
    prepare_meaning.enqueue()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=30))
    assert told(client) == (200, "degraded", {"queue": "1 jobs wait"})


@pytest.mark.parametrize(
    ("free", "status", "state", "reasons"),
    [
        (600 * 1024 * 1024, 200, "ok", {}),
        (100_000_000, 200, "degraded", {"data": "100 MB left"}),
        (1_000_000, 503, "down", {"data": "1 MB left"}),
    ],
)
def test_a_disk_that_fills_is_told_before_and_when_nothing_can_be_kept(
    client: Client, monkeypatch: pytest.MonkeyPatch, free: int, status: int, state: str, reasons: dict[str, str]
) -> None:
    send_heartbeat("one")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12 - free, free))
    assert told(client) == (status, state, reasons)


def test_without_its_database_the_site_is_down_and_says_which_part(client: Client, monkeypatch: Any) -> None:
    def away() -> None:
        raise OperationalError("could not connect to server at 10.0.0.7 as piano")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        answer = client.get("/status/ready")
    assert answer.status_code == 503
    assert answer.json()["parts"]["database"] == {"state": "down", "reason": "OperationalError"}
    assert b"10.0.0.7" not in answer.content


def test_without_a_mail_server_a_site_that_others_reach_says_so(client: Client, settings: Any) -> None:
    send_heartbeat("one")
    settings.DEBUG, settings.EMAIL_HOST = False, ""
    assert told(client)[2] == {"mail": "no mail server is set"}


def test_whoever_watches_a_process_is_not_sent_to_the_proxy(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_REDIRECT_EXEMPT = True, [r"^status(/ready)?$"]
    assert client.get("/robots.txt").status_code == 301
    assert client.get("/status").status_code == 200
    assert client.get("/status/ready").status_code == 200
