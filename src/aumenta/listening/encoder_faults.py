"""Why a better encoder is not at work, in the reader's language; the core says it in English, for logs."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

_SENTENCES: Final[tuple[tuple[re.Pattern[str], Any], ...]] = tuple(
    (re.compile(pattern, re.DOTALL), sentence)
    for pattern, sentence in (
        (r"the package (?P<package>\S+) is not installed", _("the package %(package)s is not installed")),
        (
            r"(?P<package>\S+): (?P<file>\S+) is damaged; install the package again",
            _("%(package)s: the file %(file)s is damaged; install the package again"),
        ),
        (
            r"(?P<package>\S+): (?P<file>\S+) is missing; install the package again",
            _("%(package)s: the file %(file)s is missing; install the package again"),
        ),
        (
            r"(?P<package>\S+): (?P<file>\S+) cannot be read \(.*\)",
            _("%(package)s: the file %(file)s cannot be read"),
        ),
        (
            r"(?P<package>\S+) gives vectors that make no sense; install the package again",
            _("%(package)s gives vectors that make no sense; install the package again"),
        ),
    )
)


def faults_in_words(skipped: Sequence[str]) -> str:
    """The faults as one sentence; one that is not known stands as it is."""
    return "; ".join(map(_in_words, skipped))


def _in_words(fault: str) -> str:
    for pattern, sentence in _SENTENCES:
        if known := pattern.fullmatch(fault):
            return str(sentence) % known.groupdict()
    return fault
