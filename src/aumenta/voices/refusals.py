"""What a person reads when a verb of the voices refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import RefusedError, Sentence


def _invalid(error: RefusedError) -> str:
    return " ".join(error.params["problem"].messages)


SENTENCES: Final[Mapping[str, Sentence]] = {
    "contribution_too_long": _("The text is longer than %(most)s characters."),
    "contribution_invalid": _invalid,
    "repeats_another_edition": _("A contribution can only repeat another one about the same edition."),
    "unknown_strategy_of_edition": _("This edition has no strategy %(strategy)s."),
    "no_column_of_texts": _("The first row must name the columns, one of them «testo». Found: %(there)s."),
    "too_many_contributions": _("More than %(most)s rows: divide the table."),
    "contribution_empty": _("Write what you want to say: there is no text."),
    "contribution_part_empty": _("Write the text about each strategy you chose, or choose no strategy there."),
    "contribution_too_many_parts": _("You may write about %(most)s strategies at once: send the others apart."),
    "contribution_sent_twice": _("This form was sent already. To send another contribution press the button again."),
    "consultation_not_open": _("This consultation takes no contributions today."),
    "consultation_invalid": _invalid,
    "consultation_ends_first": _("The consultation ends before it begins: change one of the two dates."),
    "consultation_answer_days": _("An answer is due after 1 to 366 days."),
    "consultation_has_contributions": _("Somebody has written already: the edition can't be changed any more."),
    "consultation_in_use": _("It is on the site, or somebody has written to it: then it is kept."),
    "consultation_of_another_edition": _("The consultation is about another edition: choose the edition it is about."),
    "consultation_not_published": _("The consultation has not been published: nobody can have written to it."),
    "consultation_of_hidden_edition": _("The edition is not public yet: publish it first."),
    "organisation_without_name": _("Write the name of the organisation."),
    "attachments_too_many": _("Send at most %(most)s files."),
    "attachment_empty": _("«%(name)s» is empty."),
    "attachment_too_large": _("«%(name)s» is too large: a file may have %(most)s MB."),
    "attachment_wrong_kind": _(
        "«%(name)s» is none of the kinds we can keep: send a PDF, ODT, ODS, DOCX or XLSX, or a JPEG, PNG or WebP."
    ),
    "attachment_damaged": _("«%(name)s» is damaged or protected by a password: it can't be opened."),
    "attachment_has_macros": _("«%(name)s» holds a program (macros, scripts): save it without and send it again."),
    "attachment_lies": _("«%(name)s» is in truth a %(kind)s file: give it its right name and send it again."),
    "no_reason_why_not_admitted": _("Write why it is not admitted: who sent it reads the reason."),
    "not_admitted_yet": _("Admit the contribution first: what is not admitted is not published."),
    "against_her_wish": _("Who sent it does not want it to be published."),
    "withdrawn_by_its_sender": _("Who sent it has withdrawn it: only she can send it again."),
    "contribution_gone": _("This contribution was erased."),
    "not_to_be_answered": _("Only contributions that are admitted and not withdrawn are answered."),
    "points_are_answered": _("A point of it has an answer already: take the answer away before you divide it anew."),
    "too_many_points": _("A contribution has at most %(most)s points."),
    "point_in_other_words": _("«%(point)s…» does not stand in the contribution: copy the words as they were written."),
    "no_point_chosen": _("Choose what to answer."),
    "points_of_two_editions": _("One answer is about one edition: choose contributions to the same one."),
    "point_answered_already": _("Contribution %(point)s has an answer already."),
    "answer_empty": _("Choose an outcome and write the answer."),
    "answer_too_long": _("The text is longer than %(most)s characters."),
    "answer_passed_to_nobody": _("Write to which authority it was passed on."),
    "answer_without_sheet": _("Choose the sheet in which it stands: one of a public edition."),
    "words_not_in_sheet": _(
        "These words do not stand in sheet %(sheet)s, version %(number)s: copy them as the public reads them."
    ),
    "answer_changed_meanwhile": _("Somebody has changed this answer meanwhile: read it again. Nothing was saved."),
    "answer_is_published": _("This answer is published: take it off the site before you change it."),
    "answer_is_not_published": _("This answer is not published."),
    "writer_does_not_review": _("You wrote in this answer: somebody else has to review it."),
    "no_remark_on_answer": _("Write what is to be mended."),
    "no_answer_reviewed": _("No answer is ready: write answers and let somebody else review them first."),
    "talk_invalid": _invalid,
    "talk_without_day": _("Write the day on which it was held."),
    "talk_in_the_future": _("The day is still to come: write one that is past, or today."),
    "speaker_label_taken": _("Somebody in this talk is called «%(label)s» already: choose another label."),
    "label_is_the_name": _("The label says the name: choose another, such as «Voce 1»."),
    "consent_without_text": _("Write what she agreed to and by which version of the text."),
    "speaker_is_erased": _("She was erased on request: nothing more is noted of her."),
    "talk_is_never_quoted": _("This talk is never quoted: change its confidentiality first."),
    "no_consent_to_quote": _("%(label)s did not agree to take part and to be quoted: note the consents first."),
    "transcript_taken_in_before": _("This very file was taken in before."),
    "transcript_too_many_turns": _("More than %(most)s turns: divide the transcript."),
    "transcript_too_many_speakers": _(
        "More than %(most)s people seem to speak: a list, perhaps, or a text with colons. Send the transcript alone."
    ),
    "transcript_too_long": _("The text is longer than %(most)s characters: divide the transcript."),
    "transcript_is_gone": _("Somebody took this transcript in, or deleted it: send it again."),
    "transcript_too_large": _("The file is too large: 20 MB at most."),
    "transcript_busy": _("Several files are being read at this moment: send it again in a minute."),
    "attachment_busy": _("Several files are being read at this moment: send it again in a minute."),
    "transcript_old_word": _("This is a file of an old Word: save it as DOCX or ODT."),
    "transcript_locked": _("The file asks for a password: save it without one."),
    "transcript_damaged": _("The file is damaged: save it again and try once more."),
    "transcript_without_text": _("There is no text in it (a scan, perhaps): send a file with text."),
    "transcript_unknown_kind": _("This is neither text nor PDF, DOCX, ODT, RTF, VTT or SRT."),
    "passage_without_words": _("Choose the words of the passage: none of the text is marked."),
    "memo_too_long": _("The note is longer than %(most)s characters."),
    "too_many_passages": _("This text has %(most)s passages already: take some off first."),
    "text_is_not_read": _("Only what was held, admitted and not withdrawn or erased is read for its passages."),
    "second_reading_is_finished": _("This second reading is finished: its passages don't change any more."),
    "not_of_this_reading": _("This passage was marked in another reading: it is not yours to change."),
    "she_read_it_first": _("You marked passages here yourself: somebody else has to read it a second time."),
    "nobody_read_it_first": _("Nobody has marked a passage here yet: there is nothing to compare with."),
    "no_second_reading": _("You have begun no second reading of it."),
    "nothing_chosen": _("Choose what to do."),
}
