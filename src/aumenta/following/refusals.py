"""What the verbs of `following` refuse, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "nothing_to_follow": _("There is nothing here to follow: it may have been withdrawn."),
    "following_is_over": _("This link is no longer valid: ask to follow once more."),
}
