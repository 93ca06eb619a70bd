"""Reads a plan in a process of its own (`core/apart.py`): PDF and pages that somebody sends, and a layout whose
expressions may never come to an end."""

import base64
import json
from collections.abc import Sequence

from aumenta.core.apart import ApartError, run_apart
from aumenta.core.extraction.document import ExtractionError
from aumenta.core.extraction.joined_files import JoinedFiles
from aumenta.core.extraction.json_format import document_from_json
from aumenta.core.extraction.reading import ReadPlan


def contents_read_apart(contents: Sequence[tuple[str, bytes]], *, layout: tuple[str, str] | None = None) -> ReadPlan:
    """As `reading.read_contents` with `partial`; `layout` is the name and the TOML of one. Errors: those of
    `read_contents` and of `layout_from_text`, `too_laborious`, `busy_reading`."""
    named = ", ".join(name for name, _content in contents)
    sent = {
        "contents": [(name, base64.b64encode(content).decode()) for name, content in contents],
        "layout": layout,
    }
    try:
        found = json.loads(run_apart(["-m", "aumenta.core.extraction.read_here"], json.dumps(sent).encode()))
    except ApartError as fault:
        raise ExtractionError("busy_reading" if fault.busy else "too_laborious", path=named) from fault
    except ValueError as fault:
        raise ExtractionError("too_laborious", path=named) from fault
    if "code" in found:
        raise ExtractionError(found["code"], **found["params"])
    files = JoinedFiles([(name, text) for name, text in found["files"]])
    return ReadPlan(document_from_json(json.dumps(found["plan"])), files)
