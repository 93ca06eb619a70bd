"""Why a better encoder is not at work, in the reader's language."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.core.synthesis.encoders import Fault

SENTENCES: Final = {
    Fault.NOT_INSTALLED: _("the package %(package)s is not installed"),
    Fault.MISSING: _("%(package)s: the file %(file)s is missing; install the package again"),
    Fault.UNREADABLE: _("%(package)s: the file %(file)s cannot be read"),
    Fault.DAMAGED: _("%(package)s: the file %(file)s is damaged; install the package again"),
    Fault.SENSELESS: _("%(package)s gives vectors that make no sense; install the package again"),
    Fault.NO_START: _("%(package)s does not start"),
}


def faults_in_words(skipped: Sequence[Sequence[str]]) -> str:
    """The encoders passed over (`Skipped`, or its three fields as kept with proposals) as one sentence."""
    return "; ".join(map(_in_words, skipped))


def _in_words(skipped: Sequence[str]) -> str:
    if isinstance(skipped, str):  # proposals kept before November 2026 have the sentence itself
        return skipped
    fault, package, file = skipped
    return str(SENTENCES[Fault[fault]]) % {"package": package, "file": file}
