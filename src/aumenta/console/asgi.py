"""A short way for the exchange: 500 posts a second have no use for sessions, cookies, languages and page caches.

The chain of middleware costs ten times what keeping an entry does. The device's secret is checked here as in the view.
"""

import json

from aumenta.console.exchange import answer_exchange
from aumenta.ui.asgi import Application, Receive, Scope, Send

ADDRESS = "/api/tavolo/scambio"
LARGEST_BODY = 4 * 1024 * 1024


def with_exchange(application: Application) -> Application:
    """`application`, with posts to the exchange answered before they reach it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != ADDRESS or scope["method"] != "POST":
            await application(scope, receive, send)
            return
        content = await _read(receive)
        if content is None:
            status, body = 413, {"code": "too-large"}
        else:
            authorization = dict(scope["headers"]).get(b"authorization", b"").decode("latin-1")
            status, body = await answer_exchange(content, authorization)
        text = json.dumps(body, separators=(",", ":")).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(text)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": text})

    return answer


async def _read(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            return None
        if not message.get("more_body"):
            return b"".join(parts)
