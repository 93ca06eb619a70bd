"""What the pages of sent files, readings or projects, have alike: a preview to look at before anything is taken."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from django.http import HttpRequest

from aumenta.core.text import whole_number

SHOWN: Final = 200
"""How many of each kind are listed."""


class Preview(Protocol):
    """What taking a file in would do."""

    @property
    def new(self) -> Sequence[Any]:
        """What is not known yet."""

    @property
    def changed(self) -> Sequence[Any]:
        """What is known otherwise."""

    @property
    def n_refused(self) -> int:
        """How many rows will not do."""


def in_figures(preview: Preview) -> dict[str, Any]:
    """For the page: the preview, the figures that the form sends back, and how many of each kind are not listed, for
    no list ends in silence."""
    counts = {"new": len(preview.new), "changed": len(preview.changed), "refused": preview.n_refused}
    return {
        "preview": preview,
        "looked_at": f"{counts['new']},{counts['changed']}",
        "more": {name: max(0, count - SHOWN) for name, count in counts.items()},
    }


def seen_figures(request: HttpRequest) -> tuple[int, int]:
    """The figures that the form sent back; such as no preview has where it sent none."""
    seen = [whole_number(one) for one in request.POST.get("looked_at", "").split(",")]
    return (seen[0], seen[1]) if len(seen) == 2 and seen[0] is not None and seen[1] is not None else (-1, -1)
