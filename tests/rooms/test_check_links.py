"""Dead links: asked politely by a job, never a machine of our own network, kept with the day."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from time import sleep
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from aumenta.pages.check_links import AT, _in_turns, ask_for_check, check_links, check_links_nightly, queue_check
from aumenta.pages.links import addresses_in, all_addresses, dead_links, last_check
from aumenta.pages.models import CheckedLink, Page
from aumenta.pages.probe_link import ProbeAnswer, is_public, probe_link
from aumenta.pages.write_page import PageContent, add_page
from aumenta.people.permission import NotAllowedError
from aumenta.plan.models import Action, Link
from tests.cast import a_small_plan, somebody

Outcome = CheckedLink.Outcome
ASKED: list[tuple[str, str]] = []


class Answers(BaseHTTPRequestHandler):
    """A small web: each path answers as it is called."""

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        ASKED.append((method, self.path))
        status = {"/ok": 200, "/gone": 404, "/broken": 500, "/forbidden": 403}.get(self.path, 200)
        if self.path == "/no-head":
            status = 501 if method == "HEAD" else 200
        location = {"/moved": "/ok", "/round": "/round", "/inside": "http://169.254.169.254/latest/"}.get(self.path)
        if location:
            status = 302
        if self.path in {"/drips", "/go-on"}:
            # Never silent for long, and never done.
            for _ in range(200):
                try:
                    self.wfile.write(b"H" if self.path == "/drips" else b"HTTP/1.1 100 Continue\r\n\r\n")
                except OSError:
                    break
                sleep(0.05)
            self.close_connection = True
            return
        if self.path == "/silent":
            self.connection.close()
            return
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def web() -> Iterator[str]:
    ASKED.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def local_only(ip: str, _port: int) -> bool:
    return ip == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/ok", Outcome.ALIVE, 200),
        ("/moved", Outcome.ALIVE, 200),
        ("/no-head", Outcome.ALIVE, 200),
        ("/forbidden", Outcome.ALIVE, 403),
        ("/gone", Outcome.GONE, 404),
        ("/broken", Outcome.BROKEN, 500),
        ("/round", Outcome.BROKEN, 302),
        ("/silent", Outcome.UNREACHABLE, None),
        ("/inside", Outcome.REFUSED, None),
    ],
)
def test_an_address_is_what_it_answers(web: str, path: str, outcome: CheckedLink.Outcome, status: int | None) -> None:
    assert probe_link(web + path, may_ask=local_only) == ProbeAnswer(outcome, status)


@pytest.mark.parametrize("path", ["/drips", "/go-on"])
def test_an_address_that_never_finishes_its_answer_is_left_in_time(
    web: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aumenta.pages.probe_link.LONGEST", 0.5)
    found: list[ProbeAnswer] = []
    asking = threading.Thread(target=lambda: found.append(probe_link(web + path, may_ask=local_only)), daemon=True)
    asking.start()
    asking.join(5)
    assert found == [ProbeAnswer(Outcome.UNREACHABLE)]


def test_a_secure_address_that_never_finishes_its_greeting_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aumenta.pages.probe_link.LONGEST", 0.5)
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        # The beginning of a greeting of 16,000 bytes, a byte at a time: never silent for long, and never done.
        with suppress(OSError):
            while True:
                connection = listening.accept()[0]
                with suppress(OSError):
                    connection.sendall(b"\x16\x03\x03\x3e\x80")
                    for _ in range(200):
                        connection.sendall(b"\x00")
                        sleep(0.05)

    threading.Thread(target=drip, daemon=True).start()
    found: list[ProbeAnswer] = []
    address = f"https://127.0.0.1:{listening.getsockname()[1]}/"
    asking = threading.Thread(target=lambda: found.append(probe_link(address, may_ask=local_only)), daemon=True)
    asking.start()
    asking.join(5)
    listening.close()
    assert found == [ProbeAnswer(Outcome.UNREACHABLE)]


def test_a_name_nobody_looks_up_in_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aumenta.pages.probe_link.LONGEST", 0.3)
    answered = threading.Event()

    def slow(*_args: object, **_other: object) -> list[object]:
        answered.wait(20)
        return []

    monkeypatch.setattr("socket.getaddrinfo", slow)
    found: list[ProbeAnswer] = []
    asking = threading.Thread(
        target=lambda: found.append(probe_link("http://slow.example/", may_ask=local_only)), daemon=True
    )
    asking.start()
    asking.join(5)
    answered.set()
    assert found == [ProbeAnswer(Outcome.UNREACHABLE)]


def test_a_page_that_answers_is_not_fetched_and_one_that_does_not_is_asked_twice(web: str) -> None:
    probe_link(f"{web}/ok", may_ask=local_only)
    probe_link(f"{web}/gone", may_ask=local_only)
    assert ASKED == [("HEAD", "/ok"), ("HEAD", "/gone"), ("GET", "/gone")]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[::7f00:1]/",
        "http://[fec0::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "http://8.8.8.8:22/",
        "http://user:password@8.8.8.8/",
        "file:///etc/passwd",
        "gopher://8.8.8.8/",
        "ftp://8.8.8.8/",
        "http:///",
    ],
)
def test_nothing_but_the_public_web_is_ever_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_args: object, **_named: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr("aumenta.pages.probe_link.socket.create_connection", never)
    assert probe_link(address) == ProbeAnswer(Outcome.REFUSED)


def test_a_name_that_means_another_machine_once_it_was_looked_at_leads_to_the_first(
    web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an attacker's name server does: a public address for who examines it, one of the inside for who asks."""
    port = int(web.rpartition(":")[2])
    asked_inside: list[object] = []
    inside = socket.create_server(("127.0.0.2", port))

    def take() -> None:
        with suppress(OSError):
            while True:
                asked_inside.append(inside.accept()[1])

    threading.Thread(target=take, daemon=True).start()
    look_up, times = socket.getaddrinfo, iter(["127.0.0.1"])

    def turning(host: str, *rest: Any, **named: Any) -> Any:
        return look_up(next(times, "127.0.0.2") if host == "sito.esempio" else host, *rest, **named)

    monkeypatch.setattr("socket.getaddrinfo", turning)
    try:
        answer = probe_link(f"http://sito.esempio:{port}/ok", may_ask=local_only)
    finally:
        inside.close()
    assert (answer, asked_inside) == (ProbeAnswer(Outcome.ALIVE, 200), [])


def test_a_name_with_one_private_address_among_its_addresses_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(2, 1, 6, "", (ip, 80)) for ip in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr("aumenta.pages.probe_link.socket.getaddrinfo", lambda *_a, **_n: rows)
    assert probe_link("http://esempio.it/") == ProbeAnswer(Outcome.REFUSED)
    assert is_public("93.184.216.34", 443)


@pytest.mark.parametrize(
    "address", ["http://", "https://[", "http://esempio.it:porta/", "http://" + "a" * 300 + ".it/"]
)
def test_an_address_that_is_none_never_stops_the_job(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aumenta.pages.probe_link.socket.getaddrinfo", lambda *_a, **_n: [])
    assert probe_link(address).outcome in {Outcome.REFUSED, Outcome.UNREACHABLE}


def test_the_links_of_a_rich_text_are_found_as_they_are_meant() -> None:
    text = '<p><a href="https://a.it/?x=1&amp;y=2#z">a</a> <a href="mailto:x@y.it">b</a> <a href="/it/">c</a></p>'
    assert addresses_in(text) == {"https://a.it/?x=1&y=2"}


def test_hosts_take_turns() -> None:
    addresses = {f"https://{host}.it/{n}" for host in "ab" for n in range(3)}
    assert [address[8] for address in _in_turns(addresses, {})] == list("ababab")


@pytest.mark.django_db
def test_what_answered_is_kept_with_the_day_and_with_the_day_it_last_did(web: str) -> None:
    edition, editor = a_small_plan(), somebody("editor")
    first, second = Action.objects.of(edition)[:2]
    Link.objects.create(action=first, position=1, address=f"{web}/gone#nota", label="Un atto")
    Action.objects.filter(pk=second.pk).update(description_it=f'<p><a href="{web}/ok">x</a></p>')
    body = f'<p><a href="{web}/gone">x</a> <a href="{web}/broken">y</a></p>'
    add_page(person=editor, kind=Page.Kind.PAGE, content=PageContent(title_it="Una pagina", body_it=body))
    CheckedLink.objects.create(address="https://vecchio.it/", outcome="gone", checked_at=timezone.now())
    assert all_addresses() == {f"{web}{path}" for path in ("/gone", "/ok", "/broken")}
    waits: list[float] = []
    counts = check_links(may_ask=local_only, wait=waits.append)
    assert counts == {Outcome.GONE: 1, Outcome.ALIVE: 1, Outcome.BROKEN: 1}
    assert len(waits) == 2
    assert all(0 < wait <= 1 for wait in waits)
    assert not CheckedLink.objects.filter(address="https://vecchio.it/").exists()
    found = dead_links(Action.objects.all(), edition, with_pages=True)
    assert [(one.link.address, [a.code for a in one.sheets], [p.title_it for p in one.pages]) for one in found] == [
        (f"{web}/broken", [], ["Una pagina"]),
        (f"{web}/gone", [first.code], ["Una pagina"]),
    ]
    assert [one.link.address for one in dead_links(Action.objects.all(), edition, with_pages=False)] == [f"{web}/gone"]
    answered = CheckedLink.objects.get(address=f"{web}/ok").alive_at
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        check_links(may_ask=lambda *_: False, wait=waits.append)
        ok = CheckedLink.objects.get(address=f"{web}/ok")
        assert (ok.outcome, ok.alive_at) == ("refused", answered)
        assert last_check() == CheckedLink.objects.order_by("-checked_at").first().checked_at  # type: ignore[union-attr]


@pytest.mark.django_db
def test_links_are_asked_of_every_page_until_it_is_withdrawn() -> None:
    approver = somebody("approver")
    body = '<p><a href="https://esempio.it/pagina">x</a></p>'
    content = PageContent(title_it="Una pagina", summary_it="Una frase.", body_it=body)
    page = add_page(person=approver, kind=Page.Kind.PAGE, content=content)
    Page.objects.filter(pk=page.pk).update(from_at=timezone.now(), was_public=timezone.now())
    CheckedLink.objects.create(address="https://esempio.it/pagina", outcome="gone", checked_at=timezone.now())
    for state, is_asked in ((Page.State.DRAFT, True), (Page.State.PUBLISHED, True), (Page.State.WITHDRAWN, False)):
        Page.objects.filter(pk=page.pk).update(state=state)
        assert all_addresses() == ({"https://esempio.it/pagina"} if is_asked else set())
        assert len(dead_links(Action.objects.all(), None, with_pages=True)) == is_asked


@pytest.mark.django_db
def test_the_command_tells_what_does_not_answer() -> None:
    edition = a_small_plan()
    action = Action.objects.of(edition).first()
    assert action is not None
    Link.objects.create(action=action, position=1, address="http://127.0.0.1:9/", label="")
    told = StringIO()
    call_command("check_links", stdout=told)
    assert "http://127.0.0.1:9/" in told.getvalue()
    assert "1" in told.getvalue().splitlines()[0]


@pytest.mark.django_db
def test_the_worker_is_asked_once_at_a_time_and_only_by_those_who_manage_pages() -> None:
    editor = somebody("editor")
    assert ask_for_check(person=editor) is True
    assert ask_for_check(person=editor) is False
    assert DBTaskResult.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=7)):
        assert ask_for_check(person=editor) is True
    with pytest.raises(NotAllowedError):
        ask_for_check(person=somebody("reader"))


@pytest.mark.django_db
def test_every_night_is_in_the_queue_once_and_puts_the_next_into_it(web: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert queue_check()
    assert not queue_check()
    night = DBTaskResult.objects.get()
    assert night.run_after is not None
    assert timezone.localtime(night.run_after).time() == AT
    monkeypatch.setattr("aumenta.pages.check_links.check_links", lambda **_: 1 / 0)
    DBTaskResult.objects.update(status="RUNNING")
    with pytest.raises(ZeroDivisionError):
        check_links_nightly.call()
    assert DBTaskResult.objects.filter(status="READY").count() == 1


@pytest.mark.django_db
def test_a_night_that_is_over_leaves_the_rest_to_the_next_which_begins_with_them() -> None:
    action = Action.objects.of(a_small_plan()).first()
    assert action is not None
    addresses = [f"http://127.0.0.{n}:9/" for n in range(1, 4)]
    for n, address in enumerate(addresses, start=1):
        Link.objects.create(action=action, position=n, address=address, label="")
    check_links(longest=-1)
    assert not CheckedLink.objects.exists()
    now = timezone.now()
    asked = {addresses[0]: now, addresses[1]: now - timedelta(days=1)}
    assert _in_turns(set(addresses), asked) == [addresses[2], addresses[1], addresses[0]]
