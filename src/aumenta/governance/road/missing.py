"""What an act still lacks before the Council may vote on it, as sentences: nothing of it is stored."""

from datetime import date

from django.utils.translation import gettext as _

from aumenta.governance.models import Act, Opinion
from aumenta.governance.road.texts import unexplained
from aumenta.people.dates import short_day


def missing(act: Act, day: date) -> list[str]:
    """Every reason why the vote would be refused on a day; empty where it may be taken.

    Mandatory opinions must be asked and waited for; a binding one decides; every condition must be met, every
    observation answered, every difference of the text explained, and the social bodies heard.
    """
    found: list[str] = []
    opinions = list(act.opinions.select_related("body", "text").prefetch_related("conditions"))
    if not any(one.binding for one in opinions):
        found.append(_("The binding opinion of the Conference has not been asked for."))
    if not any(not one.binding for one in opinions):
        found.append(_("The mandatory opinions of the zones have not been asked for."))
    for one in opinions:
        found += _of_opinion(one, day)
    if not act.hearings.filter(held_on__lte=day).exists():
        found.append(_("No hearing of the social bodies is entered."))
    found += [
        _("Text %(number)s differs from the one before it, and no opinion, amendment or condition explains it.")
        % {"number": one.number}
        for one in unexplained(act)
    ]
    return found


def _of_opinion(one: Opinion, day: date) -> list[str]:
    words = {"body": one.body, "due": short_day(one.due_on)}
    standing = one.standing(day)
    found: list[str] = []
    if standing == "waiting":
        words["due"] = short_day(one.due_on, "al")
        found.append(_("%(body)s has time for its opinion until %(due)s.") % words)
    elif one.binding and standing == "silent":
        found.append(_("%(body)s has not given its binding opinion (due on %(due)s).") % words)
    if one.outcome == Opinion.Outcome.CONTRARY and one.binding:
        found.append(_("%(body)s is contrary, and its opinion is binding.") % words)
    elif one.outcome == Opinion.Outcome.CONTRARY and not one.departing.strip():
        found.append(_("%(body)s is contrary: write why the act departs from its opinion.") % words)
    if one.outcome == Opinion.Outcome.NO_QUORUM and one.binding:
        found.append(_("%(body)s had no quorum: its binding opinion is missing.") % words)
    for condition in one.conditions.all():
        which = {**words, "number": condition.number}
        if not condition.answer:
            found.append(_("Point %(number)s of %(body)s has no answer.") % which)
        elif one.binding and not condition.is_met:
            found.append(_("Condition %(number)s of %(body)s is not met.") % which)
    return found
