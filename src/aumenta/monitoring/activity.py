"""What the activity log says of the verbs of `monitoring`: their codes, and a sentence for each."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

INDICATOR_WRITTEN: Final = "indicator.written"
READINGS_SENT: Final = "readings.sent"
READINGS_TAKEN: Final = "readings.taken"
READINGS_PUT_ASIDE: Final = "readings.put_aside"
READING_ENTERED: Final = "reading.entered"
READING_CORRECTED: Final = "reading.corrected"
GOALPOSTS_FROZEN: Final = "goalposts.frozen"
PLACES_MEASURED: Final = "measured_places.prepared"
ACTION_STATE_WRITTEN: Final = "action_state.written"
IMPLEMENTATION_SET: Final = "implementation.set"
MILESTONE_WRITTEN: Final = "milestone.written"
MILESTONE_DROPPED: Final = "milestone.dropped"
PROGRESS_SENT: Final = "progress.sent"
PROGRESS_APPROVED: Final = "progress.approved"
PROGRESS_SENT_BACK: Final = "progress.sent_back"
ROUND_SET: Final = "round.set"
ROUND_CANCELLED: Final = "round.cancelled"
OBJECTIVE_WRITTEN: Final = "objective.written"
OBJECTIVES_LOADED: Final = "objectives.loaded"
PROJECTS_SENT: Final = "projects.sent"
PROJECTS_TAKEN: Final = "projects.taken"
PROJECTS_PUT_ASIDE: Final = "projects.put_aside"
INDICATORS_CARRIED_OVER: Final = "indicators.carried_over"
PROJECT_WRITTEN: Final = "project.written"
PROJECT_TIES_PROPOSED: Final = "project_ties.proposed"
PROJECT_TIE_DECIDED: Final = "project_tie.decided"
REPORT_BEGUN: Final = "yearly_report.begun"
REPORT_WRITTEN: Final = "yearly_report.written"
REPORT_DROPPED: Final = "yearly_report.dropped"
REPORT_FROZEN: Final = "yearly_report.frozen"
REPORT_OPENED: Final = "yearly_report.opened"
REPORT_PUBLISHED: Final = "yearly_report.published"

WORDS: Final[Mapping[str, Words]] = {
    INDICATOR_WRITTEN: Words(_("wrote the card of an indicator"), _("%(who)s wrote the card of indicator %(subject)s")),
    READINGS_SENT: Words(_("sent a file of readings"), _("%(who)s sent the file of readings %(subject)s")),
    READINGS_TAKEN: Words(_("took readings from a file"), _("%(who)s took readings from the file %(subject)s")),
    READINGS_PUT_ASIDE: Words(
        _("put a file of readings aside"), _("%(who)s put the file of readings %(subject)s aside")
    ),
    READING_ENTERED: Words(_("entered a reading"), _("%(who)s entered the reading %(subject)s")),
    READING_CORRECTED: Words(_("corrected a reading"), _("%(who)s corrected the reading %(subject)s")),
    GOALPOSTS_FROZEN: Words(
        _("froze the goalposts of composites"), _("%(who)s froze the goalposts of composites of edition %(subject)s")
    ),
    PLACES_MEASURED: Words(
        _("prepared the places of readings"), _("%(who)s prepared the places of readings of %(subject)s")
    ),
    ACTION_STATE_WRITTEN: Words(
        _("wrote a word for how far actions have come"),
        _("%(who)s wrote the word “%(subject)s” for how far actions have come"),
    ),
    IMPLEMENTATION_SET: Words(
        _("said who carries an action out"), _("%(who)s said who carries action %(subject)s out")
    ),
    MILESTONE_WRITTEN: Words(_("wrote a milestone"), _("%(who)s wrote the milestone %(subject)s")),
    MILESTONE_DROPPED: Words(_("took a milestone away"), _("%(who)s took the milestone %(subject)s away")),
    PROGRESS_SENT: Words(_("reported on an action"), _("%(who)s reported on action %(subject)s")),
    PROGRESS_APPROVED: Words(_("approved an update"), _("%(who)s approved the update on action %(subject)s")),
    PROGRESS_SENT_BACK: Words(_("sent an update back"), _("%(who)s sent the update on action %(subject)s back")),
    ROUND_SET: Words(
        _("put a round of updates on the calendar"), _("%(who)s put the round of updates %(subject)s on the calendar")
    ),
    OBJECTIVE_WRITTEN: Words(_("wrote an objective"), _("%(who)s wrote the objective %(subject)s")),
    OBJECTIVES_LOADED: Words(_("took a table of objectives"), _("%(who)s took a table of objectives for %(subject)s")),
    PROJECTS_SENT: Words(_("sent a file of projects"), _("%(who)s sent the file of projects %(subject)s")),
    PROJECTS_TAKEN: Words(_("took projects from a file"), _("%(who)s took projects from the file %(subject)s")),
    PROJECTS_PUT_ASIDE: Words(
        _("put a file of projects aside"), _("%(who)s put the file of projects %(subject)s aside")
    ),
    INDICATORS_CARRIED_OVER: Words(
        _("carried indicators over to an edition"), _("%(who)s carried indicators over to edition %(subject)s")
    ),
    PROJECT_WRITTEN: Words(_("wrote a project"), _("%(who)s wrote the project %(subject)s")),
    PROJECT_TIES_PROPOSED: Words(
        _("let actions be proposed for projects"), _("%(who)s let actions of %(subject)s be proposed for projects")
    ),
    PROJECT_TIE_DECIDED: Words(
        _("decided on a project and an action"), _("%(who)s decided on the project and action %(subject)s")
    ),
    REPORT_BEGUN: Words(_("began a yearly report"), _("%(who)s began the yearly report %(subject)s")),
    REPORT_WRITTEN: Words(_("wrote in a yearly report"), _("%(who)s wrote in the yearly report %(subject)s")),
    REPORT_DROPPED: Words(
        _("dropped the draft of a yearly report"), _("%(who)s dropped the draft of the yearly report %(subject)s")
    ),
    REPORT_FROZEN: Words(_("froze a yearly report"), _("%(who)s froze the yearly report %(subject)s")),
    REPORT_OPENED: Words(
        _("opened a frozen yearly report again"), _("%(who)s opened the frozen yearly report %(subject)s again")
    ),
    REPORT_PUBLISHED: Words(_("published a yearly report"), _("%(who)s published the yearly report %(subject)s")),
    ROUND_CANCELLED: Words(_("cancelled a round of updates"), _("%(who)s cancelled the round of updates %(subject)s")),
}
