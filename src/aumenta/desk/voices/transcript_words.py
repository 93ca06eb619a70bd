"""What is said of a transcript that was read: what was left out, and what should be looked at."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from aumenta.core.documents import LeftOutKind
from aumenta.core.transcripts import ProblemKind

NOT_READ: Final = {
    LeftOutKind.IMAGE: _("a picture"),
    LeftOutKind.COMMENT: _("a comment"),
    LeftOutKind.DELETION: _("words deleted with tracked changes"),
    LeftOutKind.HEADER: _("head or foot of the pages"),
    LeftOutKind.NOTE: _("a note"),
    LeftOutKind.TEXT_BOX: _("a box beside the text"),
    LeftOutKind.PAGE_WITHOUT_TEXT: _("a page without text: a scan, perhaps"),
    LeftOutKind.BROKEN_CUE: _("a subtitle whose times can't be read"),
    LeftOutKind.CUE_NOTE: _("a block that is no subtitle"),
}
PROBLEMS: Final = {
    ProblemKind.NO_SPEAKERS: _("nobody is named as speaking"),
    ProblemKind.PERHAPS_A_SPEAKER: _("«{text}» comes once only: is it who speaks?"),
    ProblemKind.NAMES_ALIKE: _("these names are very alike: one person, or two? {text}"),
    ProblemKind.OVERLAP: _("this subtitle starts before the one above has ended"),
    ProblemKind.SAME_NAME_AT_ONCE: _("«{text}» speaks twice at once: two people of one name?"),
    ProblemKind.BACKWARDS: _("this subtitle starts before the one above"),
    ProblemKind.ENDS_BEFORE_IT_STARTS: _("this subtitle ends before it starts: its end was left out"),
    ProblemKind.EMPTY_CUE: _("this subtitle has no words"),
    ProblemKind.DAMAGED_LETTERS: _("letters that could not be read: {text}"),
    ProblemKind.MARKUP: _("there is markup of web pages in the text: it is kept as it is written"),
}


def in_words(read: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What was not read and what to look at, each with its sentence."""
    return {
        "not_read": [{**one, "sentence": str(NOT_READ[LeftOutKind(one["kind"])])} for one in read["not_read"]],
        "problems": [
            {**one, "sentence": str(PROBLEMS[ProblemKind(one["kind"])]).format(text=one["text"])}
            for one in read["problems"]
        ],
    }
