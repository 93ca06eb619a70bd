"""What a person reads of a minute that was read: how somebody attended, and what cannot be right in it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.core.minutes import words as minutes
from aumenta.core.minutes.reading import MinutesProblem

STATES: Final = {state: _(words) for state, words in minutes.STATES.items()}
PROBLEMS: Final = {kind: _(sentence) for kind, sentence in minutes.PROBLEMS.items()}


def problem_words(problem: MinutesProblem) -> str:
    """One sentence of what cannot be right."""
    sentence = PROBLEMS.get(problem.kind)
    return str(sentence) % {"text": problem.text} if sentence else problem.text
