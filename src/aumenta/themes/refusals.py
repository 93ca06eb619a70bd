"""What a person reads when a verb of the themes refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from aumenta.people.refusals import RefusedError, Sentence, facts_sentence


def _moved(error: RefusedError) -> str:
    sentence = ngettext(
        "%(n)s of these observations was put elsewhere meanwhile (%(where)s) by a colleague. Move it all the same?",
        "%(n)s of these observations were put elsewhere meanwhile (%(where)s) by a colleague. Move them all the same?",
        error.params["n"],
    )
    return sentence % error.params


SENTENCES: Final[Mapping[str, Sentence]] = {
    "issue_invalid": facts_sentence,
    "issue_changed_meanwhile": _("A colleague has changed this issue meanwhile: read it again. Nothing was saved."),
    "issue_out_of_use": _("One of these issues is out of use, a heading, or of another edition: choose another one."),
    "issues_dont_join": _("An issue joins another issue of the same edition: choose one that is not a heading."),
    "issue_is_not_empty": _("There are passages or issues in it still: join it to another, or take them out first."),
    "issue_state_without_reason": _("Write why: this state is shown on the site with its reason."),
    "issue_answered_by_nothing": _("Choose at least one action that answers it."),
    "no_such_heading": _("This heading is not in use in this edition: choose another one."),
    "no_passage_to_split": _("Choose at least one passage of this issue for the new one."),
    "no_issue_chosen": _("Choose the issue to which the passage belongs."),
    "too_many_issues": _("An edition has at most %(most)s headings and issues: join some first."),
    "too_many_issues_of_a_passage": _("A passage belongs to at most %(most)s issues."),
    "action_of_another_edition": _("An issue is answered by actions of its own edition."),
    "nothing_to_count": _("No passage was given to an issue of this edition yet: there is nothing to publish."),
    "matrix_is_the_same": _("Nothing has changed since the matrix was published."),
    "no_matrix_published": _("No matrix of this edition is on the site."),
    "theme_name_required": _("Give the theme a name."),
    "theme_of_another_event": _("This theme belongs to another event."),
    "theme_gone": _("Somebody has just merged or emptied this theme. Look at the list again."),
    "theme_into_itself": _("A theme cannot be merged into itself."),
    "observation_required": _("Choose at least one observation."),
    "renamed_meanwhile": _(
        "Nothing was changed: a colleague has renamed this theme meanwhile, to “%(name)s” (%(keywords)s). "
        "Press Save again to put your words in place of those."
    ),
    "moved_meanwhile": _moved,
    "nothing_to_split": _("Choose at least one observation of this theme to split off."),
    "observation_gone": _("This observation is no longer there."),
    "observations_gone": _("One of these observations belongs to another event or is no longer there."),
    "step_gone": _("This step is no longer there."),
    "step_taken_back": _("This step has already been taken back."),
    "changed_since": _("Others have changed all of this since: it cannot be taken back any more."),
    "unknown_strategy_of_event": _("This event has no strategy %(strategy)s."),
    "suggestions_changed": _("The proposals have changed meanwhile. Look at them again."),
    "nothing_left": _("Nothing of this is left to accept: somebody has placed it already."),
    "differences_changed": _("The list of differences has changed meanwhile: nothing was done. Read it again."),
    "number_of_groups": _("Ask for 1 to %(most)s themes."),
    "number_of_headings": _("Write 2 to %(most)s headings, one a line."),
    "heading_too_long": _("“%(heading)s…” is longer than %(most)s characters."),
    "event_of_another_edition": _("The event is about another edition of the plan."),
    "chosen_theme_gone": _("This theme is no longer there: choose another one."),
    "paper_invalid": facts_sentence,
    "paper_has_versions": _("A version of this paper was frozen: the paper stays."),
    "paper_has_parts": _("The paper has parts already: an outline is proposed for an empty one."),
    "nothing_to_propose": _(
        "There is nothing to propose yet: no passage was given to an issue, no results are public."
    ),
    "paper_too_long": _("A paper has at most %(most)s parts."),
    "too_many_sources": _("A part cites at most %(most)s sources."),
    "paper_part_changed": _("A colleague has changed this part meanwhile: look again. Nothing was saved."),
    "verdict_without_strategy": _("Say which strategy it is about, and what becomes of it."),
    "source_of_another_edition": _("A source or the strategy is of another edition of the plan."),
    "source_not_published": _("A theme or a questionnaire is cited once its results are on the site."),
    "passage_does_not_count": _("One of the passages is no longer there, or stands for nobody."),
    "comment_without_words": _("Write the comment."),
    "paper_without_parts": _("The paper has no parts yet."),
    "part_without_words": _("Part %(number)s has no words in Italian: write them, or take the part out."),
    "part_without_source": _("Part %(number)s cites nothing: give it a source, or mark it as the office’s own words."),
    "comments_are_open": _("Parts with open comments: %(n)s. Settle them first."),
    "paper_is_the_same": _("Nothing has changed since version %(number)s."),
    "paper_of_hidden_edition": _("The edition is not public yet: publish it first."),
    "version_is_public": _("This version is on the site already."),
    "version_not_public": _("This version is not on the site."),
}
