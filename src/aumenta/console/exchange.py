"""One exchange, from bytes to answer: the same for the view and for the short way that the ASGI server takes."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aumenta.console.sync import Batch, batch_writer
from aumenta.events.tables.append_operations import MOST_AT_ONCE

MOST_CURSOR, MOST_WAITING = 2**53, 2**31 - 1
_parser = ThreadPoolExecutor(max_workers=1, thread_name_prefix="parser")
UNKNOWN_DEVICE = {"code": "unknown-device"}


async def answer_exchange(content: bytes, authorization: str) -> tuple[int, dict[str, Any]]:
    """Status and answer for what a device sent."""
    # Some milliseconds for a full batch: not on the event loop, where everybody else would wait.
    body = await asyncio.get_running_loop().run_in_executor(_parser, read_body, content)
    records = body.get("operations", [])
    cursor, waiting = body.get("cursor", 0), body.get("waiting", 0)
    if not isinstance(records, list) or not _is_count(cursor, MOST_CURSOR) or not _is_count(waiting, MOST_WAITING):
        return 400, {"code": "bad-request"}
    if len(records) > MOST_AT_ONCE:
        return 413, {"code": "too-many", "most": MOST_AT_ONCE}
    answer = await batch_writer.submit(
        Batch(secret=bearer(authorization), cursor=cursor, records=records, waiting=waiting, size=len(content))
    )
    if not answer.recognised:
        return 401, UNKNOWN_DEVICE
    # The device keeps what it sent and tries again.
    return (429, {"code": answer.wait}) if answer.wait else (200, answer.as_json())


def read_body(content: bytes) -> dict[str, Any]:
    """The JSON object in a request; one that no view accepts where there is none."""
    try:
        body = json.loads(content or b"{}")
    except (ValueError, RecursionError):
        return {"operations": None}
    return body if isinstance(body, dict) else {"operations": None}


def bearer(authorization: str) -> str:
    """The secret in an Authorization header."""
    scheme, _, secret = authorization.partition(" ")
    return secret if scheme == "Bearer" else ""


def _is_count(value: object, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
