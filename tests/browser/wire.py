"""A network that can be cut for real: a relay between the browser and the test's own server.

What a browser offers to play at being offline is told to each of its pages and workers one by one: a tab that opens, or
a service worker that starts again, is online for a moment. Nothing gets through a relay that is cut.
"""

import socket
import struct
import threading
from contextlib import suppress
from time import time
from urllib.parse import urlsplit

# Closing a socket with this sends a reset: the other side knows at once, and nothing of it waits in a queue.
RESET = (socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
AT_ONCE = 65_536


class Wire:
    """Passes bytes on until it is cut. `address` is where the browser finds the server behind it."""

    def __init__(self, server: str) -> None:
        parts = urlsplit(server)
        assert parts.hostname is not None
        assert parts.port is not None
        self._server = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        # Guards everything below: a connection is either let in before a cut, and ends with it, or is refused.
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._is_cut = False
        self._deaf_to: bytes | None = None
        self._refused = threading.Condition(self._lock)
        self._times_refused = 0
        self.cuts: list[list[float]] = []
        threading.Thread(target=self._listen, name="wire", daemon=True).start()

    def cut(self) -> None:
        """From now on nothing arrives, and nobody hears an answer that was still to come."""
        with self._lock:
            self._cut()

    def mend(self) -> None:
        """From now on whoever tries gets through."""
        with self._lock:
            self._is_cut = False
            if self.cuts and len(self.cuts[-1]) == 1:
                self.cuts[-1].append(time())

    def cut_before_the_answer_to(self, request: str) -> None:
        """Let the next request that begins with `request`, such as «POST /api/», reach the server, and be cut then.

        The server has done what it was asked and has begun to answer; of its answer not a byte arrives.
        """
        with self._lock:
            self._deaf_to = request.encode("ascii")

    def wait_until_cut(self, seconds: float = 40) -> None:
        """Return when the wire is cut, by whatever; fails after `seconds`."""
        with self._lock:
            assert self._refused.wait_for(lambda: self._is_cut, seconds), "the wire was never cut"

    def wait_until_refused(self, seconds: float = 40) -> None:
        """Return when somebody has tried to get through since the last cut, in vain; fails after `seconds`."""
        with self._lock:
            assert self._refused.wait_for(lambda: self._times_refused > 0, seconds), "nobody tried"

    def was_cut_at(self, moment: float) -> bool:
        """Whether the wire was cut at a moment, in seconds since 1970, or so shortly before that the news is late."""
        return any(begin <= moment <= (end[0] + 2 if end else moment) for begin, *end in self.cuts)

    def close(self) -> None:
        """Cut for good."""
        with self._lock:
            self._cut()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _cut(self) -> None:
        if not self._is_cut:
            self._is_cut = True
            self._times_refused = 0
            self.cuts.append([time()])
        for one in self._sockets:
            _reset(one)
        self._sockets.clear()
        self._refused.notify_all()

    def _listen(self) -> None:
        while True:
            try:
                browser, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                if self._is_cut:
                    self._times_refused += 1
                    self._refused.notify_all()
                    _reset(browser)
                    continue
                try:
                    server = socket.create_connection(self._server)
                except OSError:
                    _reset(browser)
                    continue
                self._sockets |= {browser, server}
            deaf = threading.Event()
            for source, sink, asks in ((browser, server, True), (server, browser, False)):
                threading.Thread(
                    target=self._pass_on, args=(source, sink, asks, deaf), name="wire", daemon=True
                ).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, asks: bool, deaf: threading.Event) -> None:
        with suppress(OSError):
            while some := source.recv(AT_ONCE):
                with self._lock:
                    if asks and self._deaf_to is not None and some.startswith(self._deaf_to):
                        self._deaf_to = None
                        deaf.set()
                    if not asks and deaf.is_set():
                        self._cut()
                        return
                sink.sendall(some)
        # One side has ended: so does the other, and both threads with it.
        with self._lock:
            for one in (source, sink):
                self._sockets.discard(one)
        for one in (source, sink):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


def _reset(one: socket.socket) -> None:
    with suppress(OSError):
        one.setsockopt(*RESET)
    with suppress(OSError):
        # Wakes the thread that waits for bytes of this socket, which closing alone does not.
        one.shutdown(socket.SHUT_RDWR)
    one.close()
