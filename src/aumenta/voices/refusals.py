"""What a person reads when a verb of the voices refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import RefusedError, Sentence


def _invalid(error: RefusedError) -> str:
    return " ".join(error.params["problem"].messages)


SENTENCES: Final[Mapping[str, Sentence]] = {
    "contribution_too_long": _("The text is longer than %(most)s characters."),
    "contribution_invalid": _invalid,
    "repeats_another_edition": _("A contribution can only repeat another one about the same edition."),
    "unknown_strategy_of_edition": _("This edition has no strategy %(strategy)s."),
    "no_column_of_texts": _("The first row must name the columns, one of them «testo». Found: %(there)s."),
    "too_many_contributions": _("More than %(most)s rows: divide the table."),
    "nothing_chosen": _("Choose what to do."),
}
