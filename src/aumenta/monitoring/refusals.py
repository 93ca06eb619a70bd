"""What a person reads when a verb of the monitoring refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aumenta.core.readings.sentences import say_where
from aumenta.people.refusals import RefusedError, Sentence, facts_sentence


def _finding(error: RefusedError) -> str:
    return f"{error.params['file']}: {say_where(error.params['finding'], gettext)}"


SENTENCES: Final[Mapping[str, Sentence]] = {
    "unreadable_readings": _finding,
    "indicator_invalid": facts_sentence,
    "indicator_changed_meanwhile": _(
        "Somebody changed this card while you were writing: nothing was saved. Open it in another window, compare, and "
        "write your changes again."
    ),
    "reading_invalid": facts_sentence,
    "file_of_readings_gone": _("This file was taken in or put aside meanwhile: send it again."),
    "readings_changed_meanwhile": _(
        "Since you looked, the readings have changed: the file now has %(new)s new ones and %(changed)s changed ones. "
        "Look again, then confirm."
    ),
    "reason_for_changes": _("The file changes %(changed)s readings: write why."),
    "reading_there_already": _(
        "%(place)s, %(period)s has a reading already: correct that one, so that the value before stays readable."
    ),
    "reason_for_correction": _("Write why the reading is corrected: readers see it beside the old value."),
    "nothing_corrected": _("The reading says this already: nothing was changed."),
    "nothing_to_carry_over": _(
        "Nothing is left to be tied to edition %(edition)s: confirm first which strategies and actions go on in it."
    ),
    "project_invalid": facts_sentence,
    "project_of_a_file": _("This project came from a file: send the corrected file, or the next one would undo this."),
    "project_changed_meanwhile": _(
        "Somebody changed this project while you were writing: nothing was saved. Reload the page and write again."
    ),
    "project_of_the_future": _("A day in it is still to come: write the day the figures were stated."),
    "project_paid_over_planned": _(
        "More is paid than the project costs: put the whole amount right, or what was paid."
    ),
    "milestone_changed_meanwhile": _(
        "Somebody changed this milestone while you were writing: nothing was saved. Reload the page and write again."
    ),
    "report_invalid": facts_sentence,
    "report_not_a_draft": _("This report is frozen: nothing in it changes any more."),
    "report_not_frozen": _("This report is not frozen: freeze it first, look at it, then publish it."),
    "report_public": _("This report is public: it stays as it is."),
    "report_day_to_come": _("The day of the report, %(day)s, is still to come: freeze it from that day on."),
    "report_text_changed_meanwhile": _(
        "Somebody changed this text while you were writing: nothing was saved. Yours is in the form; what is kept now "
        "begins with “%(begins)s”. Copy yours, reload the page, and put both together."
    ),
    "goalposts_frozen": _("The goalposts of edition %(edition)s are frozen: they never move."),
    "nothing_to_freeze": _("No indicator of edition %(edition)s has readings from which goalposts could be made."),
    "state_invalid": facts_sentence,
    "implementation_invalid": facts_sentence,
    "milestone_invalid": facts_sentence,
    "milestone_reported": _(
        "Updates say where “%(title)s” stands: it stays as it is. Write another milestone for what is new."
    ),
    "milestone_of_another_action": _("One of the milestones belongs to another action: load the page again."),
    "progress_of_the_future": _("An update says how far an action had come: its day can't lie in the future."),
    "progress_before_the_last": _(
        "A later update, as of %(day)s, is public already: write one as of that day or later."
    ),
    "progress_invalid": facts_sentence,
    "progress_decided_meanwhile": _("Somebody has decided on this update meanwhile: nothing was changed."),
    "answer_required": _("Write what is missing: who sent the update reads it."),
    "round_invalid": facts_sentence,
    "objective_invalid": facts_sentence,
    "objective_row": _(
        "Row %(row)s, column “%(column)s”: “%(shown)s” will not do. Nothing of the table was taken: mend it, then send "
        "it again."
    ),
    "objective_in_a_circle": _(
        "%(parent)s can't stand above it: a PIAO objective stands under one of the DUP, an operational one under a "
        "strategic one."
    ),
}
