"""What a person reads of a minute that was read: how somebody attended and voted, and what cannot be right in it.

English here; `core/locale` holds the Italian.
"""

from typing import Final

from aumenta.core.catalog import gettext_noop
from aumenta.core.minutes.attendance import AttendanceState

STATES: Final[dict[AttendanceState, str]] = {
    AttendanceState.PRESENT: gettext_noop("there"),
    AttendanceState.ABSENT: gettext_noop("absent"),
    AttendanceState.WITHOUT_VOTE: gettext_noop("without a vote"),
}
PROBLEMS: Final[dict[str, str]] = {
    "present_differ_from_attendance": gettext_noop(
        "The vote counts other people present than the attendance names (%(text)s)."
    ),
    "more_votes_than_present": gettext_noop("There are more votes than people present (%(text)s)."),
    "votes_do_not_add_up": gettext_noop("The votes do not add up (%(text)s)."),
    "names_differ_from_count": gettext_noop("There are other names than were counted (%(text)s)."),
    "name_twice": gettext_noop("%(text)s votes twice."),
    "absent_votes": gettext_noop("%(text)s is absent in the attendance, and votes."),
    "votes_without_right": gettext_noop("%(text)s attends without a vote, and votes."),
    "act_with_two_dates": gettext_noop("One act has two dates: %(text)s."),
    "impossible_date": gettext_noop("There is no such date: %(text)s."),
    "year_differs_from_date": gettext_noop("The year of the number is not that of the date: %(text)s."),
    "no_attendance": gettext_noop("No attendance was found in this text."),
    "no_vote": gettext_noop("No vote was found in this text."),
}
OPTIONS: Final[dict[str, str]] = {
    "for": gettext_noop("in favour"),
    "against": gettext_noop("against"),
    "abstained": gettext_noop("abstaining"),
    "not_voting": gettext_noop("not voting"),
}
