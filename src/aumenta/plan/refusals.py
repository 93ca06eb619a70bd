"""What a person reads when a verb of the plan refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "no_wording": _("Write the wording: letters or figures are needed."),
    "alias_taken": _("“%(printed)s” means “%(meant)s” already."),
    "wording_too_long": _("The wording has %(length)s characters and may have %(most)s: shorten it."),
    "alias_means_other": _("“%(printed)s” means “%(other)s” already: nothing was changed."),
    "name_is_another": _("“%(printed)s” is a name of “%(other)s” already: merge the two instead."),
    "merge_with_itself": _("Choose another name: something can't be merged with itself."),
    "places_changed": _(
        "Somebody changed the places of this action while you were choosing: here is how they stand now. Nothing of "
        "yours was saved."
    ),
    # An import, at the desk or at the console.
    "not_an_edition": _(
        "“%(label)s” is not an edition: write its first and last year with a hyphen, such as 2021-2023. They are from "
        "1950 to 2150, thirty at most."
    ),
    "no_strategies": _(
        "The document “%(title)s” holds no strategy, so there is nothing to import: check that it is the plan."
    ),
    "unknown_framework": _(
        "Action %(sheet)s is aligned to the framework “%(framework)s”, which no table describes: ask the "
        "computer office to add it first. Nothing was written."
    ),
    "too_long": _(
        "At %(sheet)s a title or name is longer than %(longest)s characters (“%(text)s…”): probably a paragraph "
        "was read as one. Correct the layout or the document. Nothing was written."
    ),
    "other_years": _(
        "The document calls itself “%(title)s”, which is edition %(printed)s and not %(label)s: load it as "
        "%(printed)s. Nothing was written."
    ),
    "known_plan": _(
        "Nearly all strategies of the document are in edition %(other)s already: if it is that edition, load "
        "it as %(other)s instead of %(label)s. Nothing was written."
    ),
    "wrong_edition": _(
        "This is not edition %(label)s: only %(alike)s of the %(found)s strategies of the document have a title "
        "that edition %(label)s knows. Name the edition the document belongs to. Nothing was written."
    ),
}
