"""What the activity log says of the verbs of `themes`: their codes, and a sentence for each.

A theme is said by its number: its name may have words that only voices not to be published say, and what is in the log
is never taken out of it.
"""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.activity.sentences import Words

OBSERVATIONS_PLACED: Final = "theme.placed"
THEME_RENAMED: Final = "theme.renamed"
THEMES_MERGED: Final = "theme.merged"
THEME_SPLIT: Final = "theme.split"
STEP_TAKEN_BACK: Final = "theme.step_taken_back"
SUGGESTIONS_ACCEPTED: Final = "theme.suggestions_accepted"
REGROUPING_ASKED: Final = "theme.regrouping_asked"
REGROUPING_ACCEPTED: Final = "theme.regrouping_accepted"
REGROUPING_FORGOTTEN: Final = "theme.regrouping_forgotten"
STRATEGY_CONFIRMED: Final = "observation.strategy"
CONTRIBUTION_PLACED: Final = "contribution.theme"
ISSUE_ADDED: Final = "issue.added"
ISSUE_CHANGED: Final = "issue.changed"
ISSUE_MERGED: Final = "issue.merged"
ISSUE_SPLIT: Final = "issue.split"
ISSUE_DROPPED: Final = "issue.dropped"
ISSUE_STEP_TAKEN_BACK: Final = "issue.step_taken_back"
MATRIX_PUBLISHED: Final = "issue.matrix_published"
MATRIX_WITHDRAWN: Final = "issue.matrix_withdrawn"
PAPER_BEGUN: Final = "paper.begun"
PAPER_CHANGED: Final = "paper.changed"
PAPER_COMMENTED: Final = "paper.commented"
PAPER_DROPPED: Final = "paper.dropped"
PAPER_FROZEN: Final = "paper.frozen"
PAPER_PUBLISHED: Final = "paper.published"
PAPER_WITHDRAWN: Final = "paper.withdrawn"

WORDS: Final[Mapping[str, Words]] = {
    OBSERVATIONS_PLACED: Words(
        _("put observations into themes"), _("%(who)s put observations into themes of the event %(subject)s")
    ),
    THEME_RENAMED: Words(_("renamed a theme"), _("%(who)s changed name or keywords of theme no. %(subject)s")),
    THEMES_MERGED: Words(_("merged themes"), _("%(who)s merged theme no. %(subject)s into another one")),
    THEME_SPLIT: Words(_("split a theme"), _("%(who)s split theme no. %(subject)s")),
    STEP_TAKEN_BACK: Words(
        _("took back a step of the grouping"), _("%(who)s took back a step of the grouping of the event %(subject)s")
    ),
    SUGGESTIONS_ACCEPTED: Words(
        _("accepted proposed themes"), _("%(who)s accepted proposed themes of the event %(subject)s")
    ),
    REGROUPING_ASKED: Words(
        _("asked for a new grouping"), _("%(who)s let the observations of the event %(subject)s be grouped anew")
    ),
    REGROUPING_ACCEPTED: Words(
        _("accepted differences of a new grouping"),
        _("%(who)s accepted differences of the new grouping of the event %(subject)s"),
    ),
    REGROUPING_FORGOTTEN: Words(
        _("left the grouping as it was"), _("%(who)s threw away the new grouping of the event %(subject)s")
    ),
    STRATEGY_CONFIRMED: Words(
        _("said which strategy an observation concerns"),
        _("%(who)s said which strategy observation no. %(subject)s concerns"),
    ),
    CONTRIBUTION_PLACED: Words(
        _("put a contribution into a theme"),
        _("%(who)s said to which theme contribution no. %(subject)s belongs"),
    ),
    ISSUE_ADDED: Words(_("added an issue"), _("%(who)s added the issue “%(subject)s”")),
    ISSUE_CHANGED: Words(_("changed an issue"), _("%(who)s changed the issue “%(subject)s”")),
    ISSUE_MERGED: Words(_("joined an issue to another"), _("%(who)s joined the issue “%(subject)s” to another")),
    ISSUE_SPLIT: Words(_("split an issue"), _("%(who)s split an issue: “%(subject)s” is new")),
    ISSUE_DROPPED: Words(_("took an issue out of use"), _("%(who)s took the issue “%(subject)s” out of use")),
    ISSUE_STEP_TAKEN_BACK: Words(
        _("took back a step of the codebook"), _("%(who)s took back a step about the issue “%(subject)s”")
    ),
    MATRIX_PUBLISHED: Words(
        _("published the matrix of issues"), _("%(who)s published the matrix of issues of %(subject)s")
    ),
    MATRIX_WITHDRAWN: Words(
        _("took the matrix of issues off the site"), _("%(who)s took the matrix of issues of %(subject)s off the site")
    ),
    PAPER_BEGUN: Words(_("began a position paper"), _("%(who)s began the paper “%(subject)s”")),
    PAPER_CHANGED: Words(_("changed a position paper"), _("%(who)s changed the paper “%(subject)s”")),
    PAPER_COMMENTED: Words(_("commented on a position paper"), _("%(who)s commented on the paper “%(subject)s”")),
    PAPER_DROPPED: Words(_("deleted a position paper"), _("%(who)s deleted the paper “%(subject)s”")),
    PAPER_FROZEN: Words(_("froze a version of a position paper"), _("%(who)s froze a version of “%(subject)s”")),
    PAPER_PUBLISHED: Words(
        _("published a version of a position paper"), _("%(who)s published a version of “%(subject)s”")
    ),
    PAPER_WITHDRAWN: Words(
        _("took a version of a position paper off the site"),
        _("%(who)s took a version of “%(subject)s” off the site"),
    ),
}
