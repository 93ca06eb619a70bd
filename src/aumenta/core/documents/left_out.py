"""What stands in a document and is not in the text that was read of it: shown before a text is taken."""

from enum import StrEnum
from typing import NamedTuple


class LeftOutKind(StrEnum):
    """What was not read."""

    IMAGE = "image"
    COMMENT = "comment"
    DELETION = "deletion"
    HEADER = "header"
    NOTE = "note"
    TEXT_BOX = "text_box"
    PAGE_WITHOUT_TEXT = "page_without_text"
    BROKEN_CUE = "broken_cue"
    CUE_NOTE = "cue_note"


class LeftOut(NamedTuple):
    """One thing that was not read: its kind, the line or page where there is one, its words (none of a picture)."""

    kind: LeftOutKind
    line: int | None
    text: str
