"""A mail server on this machine that takes mails or refuses them, for tests that want a real refusal."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Catcher(socketserver.ThreadingTCPServer):
    """Says 250 to everything, or `answer` to a recipient while it is set; keeps what it took."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.answer = ""
        self.taken: list[str] = []
        self.refused: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: Catcher

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 catcher")
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").strip()
            verb = line[:4].upper()
            if verb == "RCPT" and self.server.answer:
                self.server.refused.append(line[9:-1])
                self.say(f"{self.server.answer} <{line[9:-1]}> not here")
            elif verb == "DATA":
                self.say("354 go on")
                body = []
                for part in self.rfile:
                    if part.strip() == b".":
                        break
                    body.append(part.decode("utf-8", "replace"))
                self.server.taken.append("".join(body))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 good")


@contextmanager
def a_catcher() -> Iterator[Catcher]:
    """A server that lives for a test."""
    with Catcher() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()
