"""The reverse proxies' configurations that ship: their programs accept them, and they stop what they must."""

import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from aumenta.config.bodies import ALLOWANCES, USUAL, allowance_for

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
caddy = pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed")
nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")


class Behind(BaseHTTPRequestHandler):
    """What stands behind the proxy: says who asked, and takes any body."""

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = str(self.headers.get("X-Forwarded-For")).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def behind() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Behind)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the proxy did not start")


@pytest.fixture
def in_front(behind: int, tmp_path: Path) -> Iterator[int]:
    """Caddy with the shipped file on some port, without TLS."""
    port = free_port()
    environment = {
        **os.environ,
        "AUMENTA_SITE": f"http://127.0.0.1:{port}",
        "AUMENTA_UPSTREAM": f"127.0.0.1:{behind}",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    command = ["caddy", "run", "--config", str(DEPLOY / "Caddyfile"), "--adapter", "caddyfile"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as program:
        wait_for(port)
        yield port
        program.kill()


def ask(port: int, method: str = "GET", path: str = "/it/", size: int = 0, **headers: str) -> tuple[int, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(
            method, path, b"x" * size if size else None, {k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@caddy
def test_caddy_vouches_for_the_address_it_was_asked_from_and_for_no_other(in_front: int) -> None:
    assert ask(in_front, X_Forwarded_For="9.9.9.9") == (200, b"127.0.0.1")


@caddy
def test_caddy_passes_bodies_on_as_far_as_their_address_allows(in_front: int) -> None:
    assert ask(in_front, "POST", "/it/", 100_000)[0] == 200
    assert ask(in_front, "POST", "/it/scrivania/immagini/", 5_000_000)[0] == 200
    assert ask(in_front, "POST", "/api/tavolo/scambio", 2_000_000)[0] == 200


@caddy
@pytest.mark.parametrize(
    ("path", "size"), [("/it/", 2_000_000), ("/it/scrivania/immagini/", 24_000_000), ("/api/tavolo/scambio", 6_000_000)]
)
def test_caddy_refuses_bodies_beyond_it(in_front: int, path: str, size: int) -> None:
    try:
        status = ask(in_front, "POST", path, size)[0]
    except (ConnectionError, OSError):
        # It may hang up while the body is still being sent.
        return
    assert status in {413, 502}


@caddy
def test_with_many_held_connections_others_are_served_behind_caddy(in_front: int) -> None:
    with ExitStack() as held:
        for _ in range(300):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", in_front)))
            connection.sendall(b"POST /it/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n\r\nx")
        assert [ask(in_front)[0] for _ in range(20)] == [200] * 20


@nginx
def test_nginx_accepts_the_shipped_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "site.key", tmp_path / "site.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=piano.example.it"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = text.replace("/etc/ssl/certs/piano.example.it.pem", str(certificate))
    text = text.replace("/etc/ssl/private/piano.example.it.key", str(key))
    text = text.replace("/var/log/nginx", str(tmp_path))
    whole = f"pid {tmp_path}/nginx.pid; error_log stderr; events {{}} http {{ access_log off; {text} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
    tried = subprocess.run(
        ["nginx", "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr


SENDS_FILES = {
    "/api/tavolo/foto/x/": "photos",
    "/api/tavolo/scambio": "what a table wrote",
    "/it/scrivania/immagini/": "pictures of pages",
    "/en/scrivania/documenti/": "documents",
    "/it/scrivania/foglio/": "a spreadsheet of sheets",
    "/it/scrivania/contributi/tabella/": "a table of contributions",
    "/it/scrivania/edizioni/carica/": "a plan",
    "/it/scrivania/verbali/": "a minute",
    "/it/scrivania/obiettivi/": "objectives",
    "/it/scrivania/progetti/": "projects",
    "/it/scrivania/voci/3/": "a transcript",
    "/it/scrivania/coerenza/7/": "items of an instrument",
    "/it/scrivania/atti/un-atto/allegati/": "an annex of an act",
    "/it/scrivania/rilevazioni/": "readings of indicators",
    "/it/regia/un-incontro/importa": "stickers of a venue without a line",
    "/it/partecipa/una-consultazione/": "a contribution with its files",
}


def test_every_address_that_takes_more_than_the_usual_is_asked_about() -> None:
    larger = [pattern for pattern, allowance in ALLOWANCES if allowance.most > USUAL.most]
    assert [one.pattern for one in larger if not any(one.match(path) for path in SENDS_FILES)] == []


@pytest.mark.parametrize("path", SENDS_FILES)
def test_both_proxies_let_through_what_the_application_takes_and_hardly_more(path: str) -> None:
    """Whoever is refused by the proxy reads its page, not ours: «413», and a contribution is lost."""
    most = allowance_for(path).most
    for limits in (caddy_limits(), nginx_limits()):
        (limit,) = [size for pattern, size in limits if re.match(pattern, path)]
        assert most <= limit <= most + 2**20, (path, most, limit)


def caddy_limits() -> list[tuple[str, int]]:
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    places = dict(re.findall(r"^\t@(\w+) path_regexp \w+ (\S+)$", text, re.MULTILINE))
    for name, globs in re.findall(r"^\t@(\w+) path (.+)$", text, re.MULTILINE):
        places[name] = "|".join(re.escape(one).replace(r"\*", ".*") for one in globs.split())
    sizes = dict(re.findall(r"request_body @(\w+) \{\s+max_size (\d+)MiB", text))
    return [(pattern, int(sizes[name]) * 2**20) for name, pattern in places.items()]


def nginx_limits() -> list[tuple[str, int]]:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    found = re.findall(r"location ~ (\S+) \{\s+client_max_body_size (\d+)m;", text)
    return [(pattern, int(size) * 2**20) for pattern, size in found]
