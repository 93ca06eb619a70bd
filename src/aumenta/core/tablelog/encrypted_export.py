"""The encrypted file a table exports when the network never came back.

The file is JSON: a header in clear (format, table) and the operations, sealed with AES-256-GCM under the table's own
key. The console makes it with the browser's WebCrypto; the desk opens it here. The header is authenticated with the
content, so a file cannot be passed off as another table's.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from os import urandom
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aumenta.core.tablelog.operation import Operation

FORMAT = "aumenta-table-1"


class BadFileError(ValueError):
    """A file that cannot be opened. `code`: not-ours, damaged (also: sealed with another table's key)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def file_table(content: bytes) -> str:
    """Which table a sealed file says it belongs to; raises BadFileError("not-ours") when it is no such file."""
    return str(_envelope(content)["table"])


def decrypt(content: bytes, key: bytes) -> list[dict[str, Any]]:
    """The records in a sealed file, unchecked; raises BadFileError. `key`: the table's 32 bytes."""
    envelope = _envelope(content)
    try:
        nonce = base64.b64decode(envelope["nonce"], validate=True)
        sealed = base64.b64decode(envelope["sealed"], validate=True)
        clear = AESGCM(key).decrypt(nonce, sealed, _bound(envelope["table"]))
        records = json.loads(clear)
    except (InvalidTag, ValueError, binascii.Error) as fault:
        raise BadFileError("damaged") from fault
    if not isinstance(records, list):
        raise BadFileError("damaged")
    return records


def encrypt(operations: Iterable[Operation], table: str, key: bytes) -> bytes:
    """The same file as the console makes, for the rehearsal and for tests."""
    clear = json.dumps([operation.as_json() for operation in operations]).encode()
    nonce = urandom(12)
    sealed = AESGCM(key).encrypt(nonce, clear, _bound(table))
    envelope = {
        "format": FORMAT,
        "table": table,
        "nonce": base64.b64encode(nonce).decode(),
        "sealed": base64.b64encode(sealed).decode(),
    }
    return json.dumps(envelope).encode()


def _bound(table: str) -> bytes:
    return f"{FORMAT}:{table}".encode()


def _envelope(content: bytes) -> dict[str, str]:
    try:
        envelope = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise BadFileError("not-ours") from fault
    fields = ("format", "table", "nonce", "sealed")
    if not isinstance(envelope, dict) or any(not isinstance(envelope.get(name), str) for name in fields):
        raise BadFileError("not-ours")
    if envelope["format"] != FORMAT:
        raise BadFileError("not-ours")
    return envelope
