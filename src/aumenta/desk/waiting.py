"""What waits in a session until it is written: the form carries a mark of what its reader has seen.

There is one session for all windows of a browser. Whoever reads one document in one window and another in a second
one must not write the second with the button of the first.
"""

import hashlib

from aumenta.desk.access import DeskRequest
from aumenta.people.refusals import RefusedError

FIELD = "read"


def mark_of(kept: str) -> str:
    """The mark of what waits, as the session keeps it."""
    return hashlib.sha256(kept.encode()).hexdigest()[:32]


def check_mark(request: DeskRequest, kept: str) -> None:
    """Raise RefusedError «other_document_waits» where the form that was sent was shown with something else."""
    if request.POST.get(FIELD, "") != mark_of(kept):
        raise RefusedError("other_document_waits")
