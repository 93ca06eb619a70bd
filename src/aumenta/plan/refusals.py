"""What a person reads when a verb of the plan refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "no_wording": _("Write the wording: letters or figures are needed."),
    "alias_taken": _("«%(printed)s» means «%(meant)s» already."),
    "places_changed": _(
        "Somebody changed the places of this action while you were choosing: here is how they stand now. Nothing of "
        "yours was saved."
    ),
}
