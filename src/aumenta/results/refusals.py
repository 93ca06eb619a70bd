"""What a person reads when a verb of the results refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "results_not_public": _("Publish the results first: the mail leads to the public reports."),
    "failure_reason_required": _("Say why it failed, such as what the returned mail says."),
    "event_not_public": _("Publish the event's page first: the results stand on it."),
    "words_of_private_voices": _(
        "Nothing was frozen: only voices not to be published say these words of a theme: %(themes)s. "
        "Open the theme, give it another name and other keywords, then freeze again."
    ),
    "private_words_in_state": _(
        "Nothing was published: only voices not to be published say these words of a theme: %(themes)s. "
        "In the regia give the theme another name and other keywords, freeze again, and publish the new state."
    ),
    "nothing_to_take_out": _("There is nothing to take out: no public voice has been marked since."),
    "private_voice_in_state": _(
        "Nothing was published: a table has marked an observation of this state as not to be published, or has "
        "withdrawn it. In the regia freeze again, and publish the new state."
    ),
    "removed_photo_in_state": _(
        "Nothing was published: a table has removed a photo of this state. In the regia freeze again, and publish "
        "the new state."
    ),
}
