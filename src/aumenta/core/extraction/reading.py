"""Opening a published plan: what kind of file it is, its text, and the plan in it."""

from __future__ import annotations

from pathlib import Path

from aumenta.core.extraction.document import PlanDocument


def read_plan(path: Path | str, *, partial: bool = False) -> PlanDocument:
    """Read a plan from its text, its PDF or the JSON of `PlanDocument.to_json`.

    With `partial` a document whose sheets are not all there is read as far as it goes, and what is missing is
    listed in `problems`; without it such a document raises `ExtractionError("incomplete")`.
    """
    content = Path(path).read_bytes()
    if content.lstrip()[:1] == b"{":
        return PlanDocument.from_json(content)
    raise NotImplementedError(f"reading text comes next (partial={partial})")
