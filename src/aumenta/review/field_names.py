"""The fields of a sheet as a person calls them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIELD_LABELS: Final[Mapping[str, Any]] = {
    "title_it": _("Title in Italian"),
    "title_en": _("Title in English"),
    "summary_it": _("Summary in Italian"),
    "summary_en": _("Summary in English"),
    "for_whom_it": _("What it means for whom, in Italian"),
    "for_whom_en": _("What it means for whom, in English"),
    "description_it": _("Description in Italian"),
    "description_en": _("Description in English"),
    "examples": _("Examples"),
    "actors": _("Actors"),
    "alignments": _("Frameworks and instruments"),
    "links": _("Links"),
    "rows": _("Other rows"),
}
THE_FIELD: Final[Mapping[str, Any]] = {
    "title_it": _("the title in Italian"),
    "title_en": _("the title in English"),
    "summary_it": _("the summary in Italian"),
    "summary_en": _("the summary in English"),
    "for_whom_it": _("what it means for whom in Italian"),
    "for_whom_en": _("what it means for whom in English"),
    "description_it": _("the description in Italian"),
    "description_en": _("the description in English"),
    "examples": _("the examples"),
    "actors": _("the actors"),
    "alignments": _("the frameworks and instruments"),
    "links": _("the links"),
    "rows": _("the other rows"),
    # Not of the sheet, but of what is written in its form.
    "reason": _("the reason of the change"),
}


def listed(words: Sequence[str]) -> str:
    """Words as a person lists them: «a, b and c»."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def field_names(names: Iterable[str]) -> str:
    """The fields as a person names them: «the title in Italian and the actors»; «its text» where none is given."""
    return listed([str(THE_FIELD[name]) for name in names]) or gettext("its text")
