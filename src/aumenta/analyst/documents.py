"""Why a document gives no text, in words; shared by the commands that read documents."""

from typing import Final

from aumenta.analyst.language import _
from aumenta.core.documents import DocumentError, DocumentFault

FAULTS: Final = {
    DocumentFault.TOO_LARGE: _("the file is too large: 20 MB at most"),
    DocumentFault.OLD_WORD: _("this is a file of an old Word: save it as DOCX or ODT"),
    DocumentFault.LOCKED: _("the file asks for a password: save it without one"),
    DocumentFault.DAMAGED: _("the file is damaged: save it again and try once more"),
    DocumentFault.WITHOUT_TEXT: _(
        "there is no text in the file: if it is a scan, it needs character recognition first"
    ),
    DocumentFault.UNKNOWN_KIND: _("this is neither text nor PDF, DOCX, ODT or RTF"),
}


def refusal(problem: OSError | DocumentError) -> str:
    """The sentence for a file that can't be opened or gives no text."""
    return FAULTS[problem.fault] if isinstance(problem, DocumentError) else problem.strerror or str(problem)
