"""Why the verbs of `governance` refuse, as sentences that say what to do."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import facts_sentence

SENTENCES: Final[Mapping[str, Any]] = {
    "duty_invalid": facts_sentence,
    "duty_settled_meanwhile": _("Somebody settled this duty meanwhile: reload the page."),
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
    "bad_rule": _("The rule can't be read: “%(key)s” is “%(value)s”."),
    "citation_required": _("Write where the rule is written: law, statute or regulation, with the article."),
    "step_not_open": _("“%(step)s” is not possible now: the act is “%(state)s”. Look at its road for what is open."),
    "step_before_another": _(
        "The day %(day)s comes before “%(step)s” (%(last)s): steps follow one another. Change the date."
    ),
    "step_in_the_future": _("The day %(day)s is in the future (today is %(today)s): note a step once it was taken."),
    "object_required": _("Write what the act is about."),
    "text_required": _("Paste the text, or choose a dated version of the edition."),
    "text_of_another_act": _("This very text is already that of another act: “%(act)s”. Choose another text."),
    "text_unchanged": _("The text is the same as before: nothing to amend."),
    "condition_of_another_act": _("That condition was set for another act: choose one of this act."),
    "step_reason_required": _("Write the reason: it stays in the history of the act."),
    "heard_required": _("Write who was heard."),
    "due_too_soon": _(
        "%(due)s is too soon: who is asked must have at least %(least)s days from the deposit. Choose a later day."
    ),
    "opinion_given_already": _("This opinion was given on %(day)s already."),
    "opinion_before_request": _("An opinion can't be given (%(day)s) before it was asked for (%(asked)s)."),
    "conditions_required": _("“Favourable with conditions” needs its conditions: write at least one, one a line."),
    "because_required": _("Write why: without a reason the answer is not one."),
    "binding_is_binding": _("The opinion of %(body)s is binding: the act can't depart from it."),
    "vote_of_another_act": _("Choose the vote of this body on the whole text of this act."),
    "vote_not_closed": _("The vote is still open: close it first."),
    "vote_undecided": _("What this vote comes to can't be computed: open it to read why."),
    "not_ready": _("The act can't be decided on yet. %(list)s"),
    "text_voted_differs": _("The text that was voted is not the text of now: put the text of now to the vote."),
    "number_required": _("Write the number of the act."),
    "year_differs": _("The number %(number)s has another year than the date %(day)s: correct one of the two."),
    "number_taken": _("%(body)s already has an act with the number %(number)s of %(year)s: choose another number."),
    "published_before_act": _("The act is of %(act_day)s: it can't be published on %(day)s, before that."),
    "board_too_short": _(
        "An act stays on the notice board for %(days)s days, the first included: until %(least)s at least."
    ),
    "not_enforceable_yet": _("It is enforceable on %(day)s, not before."),
    "convened_after_session": _("The session of %(held)s can't be convened after it, on %(convened)s."),
    "municipality_gone": _("%(seat)s is not a municipality of this body on %(day)s: merged, dissolved, or elsewhere."),
    "delegate_beside_mayor": _("For %(municipality)s %(name)s is there already: one vote for each municipality."),
    "office_over": _("%(name)s did not hold that office on %(day)s."),
    "office_elsewhere": _("%(name)s does not stand for %(seat)s: choose somebody of that municipality."),
    "hours_overlap": _("%(name)s is there until %(left)s: write an hour from then on."),
    "not_in_the_room": _("%(name)s is not in the room: enter the arrival first."),
    "leaves_before_arriving": _("%(name)s arrived at %(arrived)s: the departure comes after that."),
    "bad_mark": _("“%(mark)s” is no possible attendance."),
    "voted_already": _("%(name)s has voted in this session: take that vote away first, or enter a departure."),
    "voter_absent": _("%(name)s was not in the room at that moment: enter the arrival, or take the vote away."),
    "room_without_vote": _(
        "Nothing was entered for %(n)s in the room (%(names)s): enter a vote, “present, not voting”, or the departure."
    ),
    "room_differs": _("%(present)s present are written, and %(room)s are in the room: correct one of the two."),
    "attendance_needed": _("Enter first who is there: without that, those who are absent would vote too."),
    "nobody_left": _("Everybody in the room has a vote already."),
    "vote_open_already": _("The vote is open: correct it here."),
    "vote_decided_on": _(
        "“%(act)s” was decided on by this vote: it stays as it is. An error is put right by a new act of the body."
    ),
    "annex_empty": _("The file is empty: choose it again."),
    "annex_title_required": _("Write what the file is."),
    "annex_too_large": _("The file is too large: an annex may have %(most)s MB."),
    "annex_wrong_kind": _("An annex is a PDF, an OpenDocument or an Office file: this is something else."),
    "annex_damaged": _("The file is damaged or protected by a password: it can't be opened."),
    "annex_has_macros": _("The file holds a program (macros): save it without and send it again."),
    "annex_twice": _("This very file is already an annex of the act: “%(title)s”."),
    "annex_signed": _("“%(title)s” is signed: it stays as it is. Add the corrected file beside it."),
    "annex_decided_on": _("The act was decided on with “%(title)s”: it stays. Add the corrected file beside it."),
    "instrument_name_required": _("Write the name of the instrument."),
    "version_required": _("Write which version it is, such as 2023-2025."),
    "version_twice": _("%(instrument)s already has a version %(version)s: choose another name."),
    "horizon_before_start": _(
        "It can't look at %(horizon)s and be in force only since %(day)s: correct one of the two."
    ),
    "items_columns": _("The table needs the columns “codice” and “titolo”; it has: %(there)s."),
    "too_many_items": _("More than %(most)s items: divide the table."),
    "item_row": _("Row %(row)s: write a code (30 characters at most) and a title."),
    "item_twice": _("Row %(row)s: the code %(item)s is already in row %(first)s."),
    "item_parent_unknown": _("Row %(row)s: %(item)s is part of “%(parent)s”, which is not in the table."),
    "item_municipality_unknown": _(
        "Row %(row)s: there is no municipality “%(name)s”: write its name or its ISTAT code, several with a semicolon "
        "between them."
    ),
    "item_level_unknown": _("There is no level “%(level)s”: there are %(known)s."),
    "bad_tie": _("“%(kind)s” is no possible tie."),
    "tie_reason_required": _("Write why: %(item)s."),
    "conflict_needs_owner": _("A conflict needs who settles it and until when: %(item)s."),
    "items_without_words": _("No item of %(instrument)s has a title of its own to read: load its items first."),
    "plan_being_read": _("The plan is being read for the first time: ask again in a minute."),
    "too_many_cells": _("More than %(most)s cells at once: save some of them first."),
    "cell_gone": _("A cell of this page is no longer there: reload the page, then mark it again."),
    "conflict_in_its_sheet": _(
        "%(sheet)s, %(item)s: a conflict needs a reason, who settles it and until when. Enter it on the page of the "
        "sheet."
    ),
    "ties_changed_meanwhile": _("Somebody else judged this sheet meanwhile: look at it again, then write."),
    "not_in_conflict": _("There is no open conflict here."),
    "observation_words_required": _("Write what is observed."),
    "sheet_unknown": _("The edition of this act has no sheet %(sheet)s: correct the code, or leave it empty."),
    "notice_too_short": _(
        "Between the notice and the session there are %(days)s days, and this body asks for %(least)s: change the "
        "date, or say that it is urgent."
    ),
    "guest_votes": _("%(name)s attends without a vote: take that line away."),
    "mandate_over": _("The mandate of %(name)s does not cover %(day)s: nobody votes before or after the mandate."),
    "not_in_roll": _("“%(name)s” is not in the roll of this session."),
    "vote_twice_on_the_same": _("The same question was put to the vote in this session already: give it another name."),
    "act_of_another_body": _(
        "This is an act of another body (%(body)s): here only an opinion on it can be voted, once it was asked for."
    ),
    "vote_closed": _("The vote is closed: nothing more is entered."),
    "secret_by_name": _("In this vote nobody's name is kept: enter counts only."),
    "bad_option": _("“%(option)s” is no possible vote."),
    "names_not_counts": _("This vote is by name: enter what each did, the counts follow."),
    "counts_differ": _("The votes add up to %(sum)s, and the present are %(present)s: correct one of the numbers."),
    "too_many_present": _("%(present)s present are more than the %(members)s who have a vote."),
    "nothing_voted": _("Nothing has been entered yet: enter the votes, then close."),
    "declared_differs": _(
        "The minutes declare other numbers than were entered (%(list)s). Correct them, or close and keep both."
    ),
    "counts_unreadable": _("Write whole numbers from 0 on: nothing was entered."),
    "name_twice": _("%(name)s votes twice in this minute: correct the text, then read it again."),
    "name_without_seat": _("Say who “%(name)s” is: the name is not in the roll of that day."),
    "minute_required": _("Paste the text of the minute, or choose a file."),
    "minute_busy": _("Several files are being read at this moment: send it again in a minute."),
    "annex_busy": _("Several files are being read at this moment: send it again in a minute."),
    "minute_unreadable": _(
        "This file gives no text: it is empty, protected by a password, or a picture. Paste the text instead."
    ),
}
