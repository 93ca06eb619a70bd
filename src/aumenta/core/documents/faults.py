"""Why a document gives no text."""

from enum import StrEnum


class DocumentFault(StrEnum):
    """Why a document gives no text; doors say it in the reader's language."""

    TOO_LARGE = "too_large"
    OLD_WORD = "old_word"
    LOCKED = "locked"
    DAMAGED = "damaged"
    WITHOUT_TEXT = "without_text"
    UNKNOWN_KIND = "unknown_kind"
    BUSY = "busy"


class DocumentError(ValueError):
    """A document that gives no text: `fault` says why."""

    def __init__(self, fault: DocumentFault) -> None:
        self.fault = fault
        super().__init__(fault.value)
