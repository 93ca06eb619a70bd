"""Why the verbs of `governance` refuse, as sentences that say what to do."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final[Mapping[str, Any]] = {
    "holder_required": _("Write the name and surname of who holds the office."),
    "ends_before_it_begins": _("The last day (%(last)s) comes before the first (%(first)s): change one of the two."),
    "mandate_twice": _("%(name)s already sits in this body at that time, since %(since)s: end that mandate first."),
    "chair_twice": _("%(name)s already chairs this body at that time: end that mandate first."),
    "body_of_municipalities": _(
        "In this body the municipalities sit: write who stands for each of them on the page of the municipality."
    ),
    "seats_full": _("All %(seats)s seats are taken on %(day)s: end a mandate before you enter another."),
    "replaced_elsewhere": _("The substitution does not fit: %(name)s sits in another body, or still sits on that day."),
    "mandate_ended_already": _("This mandate ended on %(day)s already."),
    "head_twice": _("%(municipality)s already has %(name)s at its head at that time: end that office first."),
    "outside_municipality": _(
        "%(municipality)s did not exist on all those days (since %(since)s, until %(until)s): change the dates."
    ),
    "delegate_too_early": _(
        "Before %(day)s only a deputy mayor could stand in for a mayor: choose another office or another date."
    ),
    "bad_rule": _("The rule can't be read: «%(key)s» is «%(value)s»."),
    "citation_required": _("Write where the rule is written: law, statute or regulation, with the article."),
}
