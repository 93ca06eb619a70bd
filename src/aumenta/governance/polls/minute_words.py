"""What a person reads of a minute that was read: how somebody attended, and what cannot be right in it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.core.minutes.attendance import AttendanceState
from aumenta.core.minutes.reading import MinutesProblem

STATES: Final = {
    AttendanceState.PRESENT: _("there"),
    AttendanceState.ABSENT: _("absent"),
    AttendanceState.WITHOUT_VOTE: _("without a vote"),
}
PROBLEMS: Final = {
    "present_differ_from_attendance": _("The vote counts other people present than the attendance names (%(text)s)."),
    "more_votes_than_present": _("There are more votes than people present (%(text)s)."),
    "votes_do_not_add_up": _("The votes do not add up (%(text)s)."),
    "names_differ_from_count": _("There are other names than were counted (%(text)s)."),
    "name_twice": _("%(text)s votes twice."),
    "absent_votes": _("%(text)s is absent in the attendance, and votes."),
    "votes_without_right": _("%(text)s attends without a vote, and votes."),
    "act_with_two_dates": _("One act has two dates: %(text)s."),
    "impossible_date": _("There is no such date: %(text)s."),
    "year_differs_from_date": _("The year of the number is not that of the date: %(text)s."),
    "no_attendance": _("No attendance was found in this text."),
    "no_vote": _("No vote was found in this text."),
}


def problem_words(problem: MinutesProblem) -> str:
    """One sentence of what cannot be right."""
    sentence = PROBLEMS.get(problem.kind)
    return str(sentence) % {"text": problem.text} if sentence else problem.text
