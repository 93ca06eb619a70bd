"""What is said of a transcript that was read: what was left out, and what to look at. English here; `core/locale` holds
the Italian, and whoever shows a sentence hands in the function that translates.
"""

from collections.abc import Callable
from typing import Final

from aumenta.core.catalog import gettext_noop
from aumenta.core.documents import LeftOutKind
from aumenta.core.transcripts.transcript import ProblemKind

NOT_READ: Final[dict[LeftOutKind, str]] = {
    LeftOutKind.IMAGE: gettext_noop("a picture"),
    LeftOutKind.COMMENT: gettext_noop("a comment"),
    LeftOutKind.DELETION: gettext_noop("words deleted with tracked changes"),
    LeftOutKind.HEADER: gettext_noop("head or foot of the pages"),
    LeftOutKind.NOTE: gettext_noop("a note"),
    LeftOutKind.TEXT_BOX: gettext_noop("a box beside the text"),
    LeftOutKind.PAGE_WITHOUT_TEXT: gettext_noop("a page without text: a scan, perhaps"),
    LeftOutKind.BROKEN_CUE: gettext_noop("a subtitle whose times can't be read"),
    LeftOutKind.CUE_NOTE: gettext_noop("a block that is no subtitle"),
}
PROBLEMS: Final[dict[ProblemKind, str]] = {
    ProblemKind.NO_SPEAKERS: gettext_noop("nobody is named as speaking"),
    ProblemKind.PERHAPS_A_SPEAKER: gettext_noop("“{text}” comes once only: is it who speaks?"),
    ProblemKind.NAMES_ALIKE: gettext_noop("these names are very alike: one person, or two? {text}"),
    ProblemKind.OVERLAP: gettext_noop("this subtitle starts before the one above has ended"),
    ProblemKind.SAME_NAME_AT_ONCE: gettext_noop("“{text}” speaks twice at once: two people of one name?"),
    ProblemKind.BACKWARDS: gettext_noop("this subtitle starts before the one above"),
    ProblemKind.ENDS_BEFORE_IT_STARTS: gettext_noop("this subtitle ends before it starts: its end was left out"),
    ProblemKind.EMPTY_CUE: gettext_noop("this subtitle has no words"),
    ProblemKind.DAMAGED_LETTERS: gettext_noop("letters that could not be read: {text}"),
    ProblemKind.MARKUP: gettext_noop("there is markup of web pages in the text: it is kept as it is written"),
}


def say_not_read(kind: LeftOutKind, translate: Callable[[str], str]) -> str:
    """What it is that was not read, in a few words."""
    return translate(NOT_READ[kind])


def say_problem(kind: ProblemKind, text: str, translate: Callable[[str], str]) -> str:
    """What to look at; `text` is the name or the letters it is about."""
    return translate(PROBLEMS[kind]).format(text=text)
