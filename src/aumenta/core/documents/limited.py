"""Looks at somebody's file, and reads it, in a process of its own (`core/apart.py`).

What does not come to its end there is taken as damaged. Whoever serves pages opens no document otherwise; a test goes
through all of them.
"""

import json

from aumenta.core.apart import ApartError, run_apart
from aumenta.core.documents import kinds
from aumenta.core.documents.faults import DocumentError, DocumentFault
from aumenta.core.documents.kinds import BUSY, DAMAGED, HAS_MACROS, KINDS, WRONG_KIND
from aumenta.core.documents.left_out import LeftOut, LeftOutKind
from aumenta.core.documents.reading import Document


def kind_looked_at_apart(data: bytes) -> str:
    """As `kinds.kind_of_document`; DAMAGED where the process did not come to its end, BUSY where it never began."""
    try:
        # The file alone, not its package: nothing else of ours is loaded there.
        found = run_apart([str(kinds.__file__)], data).decode("ascii", "replace")
    except ApartError as fault:
        return BUSY if fault.busy else DAMAGED
    return found if found in KINDS | {WRONG_KIND, DAMAGED, HAS_MACROS} else DAMAGED


def document_read_apart(content: bytes) -> Document:
    """As `reading.read_document`. Raises DocumentError, also where the process did not come to its end."""
    try:
        found = json.loads(run_apart(["-m", "aumenta.core.documents.read_here"], content))
    except ApartError as fault:
        raise DocumentError(DocumentFault.BUSY if fault.busy else DocumentFault.DAMAGED) from fault
    except ValueError as fault:
        raise DocumentError(DocumentFault.DAMAGED) from fault
    if "fault" in found:
        raise DocumentError(DocumentFault(found["fault"]))
    left_out = tuple(LeftOut(LeftOutKind(kind), line, text) for kind, line, text in found.pop("left_out"))
    return Document(left_out=left_out, **found)
