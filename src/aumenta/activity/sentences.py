"""What entries of the log say to a person. Each room brings its own words, from its `activity.py`."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from aumenta.activity.models import ActivityEntry

Text = Any
"""A text to translate when it is read: what `gettext_lazy` gives."""


class Words(NamedTuple):
    """How a code reads: `label` in lists of what can happen, `sentence` with %(who)s and %(subject)s in the log, and
    `detail` for a note that is kept as data."""

    label: Text
    sentence: Text
    detail: Callable[[str], str] | None = None


_WORDS: Final[dict[str, Words]] = {}


def register_words(words: Mapping[str, Words]) -> None:
    """Add the words of a room; its `apps.py` calls this once. Raises ValueError for a code that another room has."""
    if taken := sorted(code for code in words if _WORDS.get(code, words[code]) is not words[code]):
        raise ValueError(f"Codes of the activity log that two rooms use: {', '.join(taken)}")
    _WORDS.update(words)


def known_codes() -> dict[str, str]:
    """Every code that has words, with its label in the reader's language, in the order the rooms brought them."""
    return {code: str(words.label) for code, words in _WORDS.items()}


def activity_sentence(entry: ActivityEntry) -> str:
    """One entry of the log as a sentence; one whose code no room knows any more says the code itself."""
    who = str(entry.person) if entry.person else _("The system")
    words = _WORDS.get(entry.code)
    sentence = str(words.sentence) if words else f"%(who)s: {entry.code} %(subject)s"
    # What happened is noted once, with Italian marks around titles: each reader sees those of her language.
    marks = str.maketrans({"«": _("“"), "»": _("”")})
    return sentence % {"who": who, "subject": entry.subject.translate(marks)}


def activity_detail(entry: ActivityEntry) -> str:
    """What the log notes beside the sentence, as a person reads it."""
    words = _WORDS.get(entry.code)
    return words.detail(entry.detail) if words and words.detail else entry.detail
