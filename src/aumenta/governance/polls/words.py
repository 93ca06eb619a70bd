"""The result of a vote as a sentence, with what is missing to pass; or why it can't be computed."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.core.tally.count import Outcome, Reason

OUTCOMES: Final = {
    Outcome.PASSES: gettext_lazy("passes"),
    Outcome.FAILS: gettext_lazy("fails"),
    Outcome.NO_QUORUM: gettext_lazy("no quorum"),
    Outcome.NOT_COMPUTABLE: gettext_lazy("can't be computed"),
}
WHY: Final = {
    Reason.MAJORITY_MET: gettext_lazy("%(for)s in favour, %(majority)s needed."),
    Reason.CHAIR_DECIDED_FOR: gettext_lazy(
        "As many in favour as against (%(for)s): the chair's vote decides, in favour."
    ),
    Reason.MAJORITY_NOT_MET: gettext_lazy("%(for)s in favour, %(majority)s needed: %(short)s missing."),
    Reason.RESIDENTS_NOT_MET: gettext_lazy(
        "The municipalities in favour are enough (%(for)s); their residents are not: "
        "%(residents)s of %(residents_needed)s."
    ),
    Reason.NEITHER_MET: gettext_lazy(
        "%(for)s municipalities in favour of the %(majority)s needed, "
        "with %(residents)s residents of %(residents_needed)s."
    ),
    Reason.TIE: gettext_lazy("As many in favour as against (%(for)s): by this rule a tie fails."),
    Reason.CHAIR_DECIDED_AGAINST: gettext_lazy(
        "As many in favour as against (%(for)s): the chair's vote decides, against."
    ),
    Reason.TOO_FEW_PRESENT: gettext_lazy("%(present)s present: the quorum is %(quorum)s."),
    Reason.COUNTS_DO_NOT_ADD_UP: gettext_lazy("The votes add up to %(sum)s, and the present are %(present)s."),
    Reason.MORE_PRESENT_THAN_MEMBERS: gettext_lazy("%(present)s present, and the members are %(members)s."),
    Reason.MEMBERS_DIFFER: gettext_lazy("The counts speak of another number of members than there are seats."),
    Reason.MEMBERS_UNKNOWN: gettext_lazy("The rule needs the number of members, and it is not known."),
    Reason.CHAIR_UNKNOWN: gettext_lazy("The quorum leaves out the chair, and nobody is entered as chair."),
    Reason.CHAIR_PRESENCE_UNKNOWN: gettext_lazy(
        "The present are just the quorum, which leaves out the chair: it is not known whether the chair is one of them."
    ),
    Reason.CHAIR_VOTE_UNKNOWN: gettext_lazy("The chair decides this tie, and that vote is not known."),
    Reason.RESIDENTS_UNKNOWN: gettext_lazy(
        "The rule asks for a share of the residents, and there is no dated population of every municipality."
    ),
    Reason.NAMES_NEEDED_FOR_RESIDENTS: gettext_lazy(
        "The rule asks which municipalities are in favour: counts are not enough."
    ),
}


def outcome_words(result: Mapping[str, Any]) -> str:
    """«passes», «fails», «no quorum» or «can't be computed», of a result as `frozen` gives it."""
    return str(OUTCOMES[Outcome(result["outcome"])])


def why_words(result: Mapping[str, Any]) -> str:
    """One sentence with the numbers of the result."""
    short = max(0, (result["majority"] or 0) - result["reached"])
    sentence = str(WHY[Reason(result["reason"])]) % {**result, "short": short}
    if result["outcome"] == Outcome.NOT_COMPUTABLE.value:
        return _("Can't be computed. %(why)s") % {"why": sentence}
    return sentence
