"""What a person reads when a verb of the questionnaires refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.core.survey.questions import Problem
from aumenta.people.refusals import RefusedError, Sentence, facts_sentence

PROBLEMS: Final[Mapping[str, Sentence]] = {
    "no_questions": _("There is no question yet: add one first."),
    "too_many_questions": _("A questionnaire has at most %(what)s questions."),
    "code_twice": _("Two questions are called “%(question)s”: give one of them another code."),
    "column_twice": _(
        "“%(what)s” is a question and an answer or row of “%(question)s”: give the question another code."
    ),
    "bad_code": _("“%(question)s” can't be a code: it begins with a letter and has letters, figures and underscores."),
    "no_text": _("The question “%(question)s” has no text in Italian."),
    "too_long": _("A text of the question “%(question)s” is longer than %(what)s characters."),
    "options_number": _("The question “%(question)s” needs 2 to %(what)s answers to choose from."),
    "rows_number": _("The question “%(question)s” needs 1 to %(what)s rows."),
    "options_twice": _("The question “%(question)s” has an answer or a row twice, or one without text."),
    "scale_ends": _("The scale of “%(question)s” needs a first and a last figure, at most 10 apart."),
    "number_ends": _("The least number of “%(question)s” is greater than its greatest: exchange them."),
    "other_kind": _("“%(question)s” was asked as another kind of question: give the new question a code of its own."),
    "condition_loops": _("The condition of “%(question)s” leads back to itself: nobody would ever be asked."),
    "condition_of_nothing": _("“%(question)s” depends on “%(what)s”, which is no question."),
    "condition_comes_later": _("“%(question)s” depends on “%(what)s”, which comes later: move it before."),
    "condition_value": _("“%(question)s” depends on answers that “%(what)s” does not have: choose among its own."),
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong with a questionnaire, and where."""
    return str(PROBLEMS[problem.code]) % {"question": problem.question, "what": problem.what}


def _problems(error: RefusedError) -> str:
    return " ".join(problem_sentence(one) for one in error.params["problem"])


SENTENCES: Final[Mapping[str, Sentence]] = {
    "questionnaire_invalid": facts_sentence,
    "questionnaire_wrong": _problems,
    "questionnaire_ends_first": _("The questionnaire ends before it begins: change one of the two days."),
    "questionnaire_not_open": _("This questionnaire takes no replies today."),
    "questionnaire_is_closed": _("This questionnaire is closed: what it brought does not change any more."),
    "questionnaire_is_open": _("This questionnaire is open already."),
    "questionnaire_of_hidden_edition": _("The edition is not public yet: publish it first."),
    "questions_changed_meanwhile": _("A colleague has changed the questions meanwhile: look again. Nothing was saved."),
    "reply_sent_twice": _("This form was sent already: your reply is kept."),
    "reply_is_empty": _("Answer at least one question."),
    "reply_not_from_paper": _("Only what the office typed from paper is mended or taken back: who replied is nobody."),
    "results_are_published": _(
        "The results are on the site: take them off first, or they would not be what was given."
    ),
    "questionnaire_was_opened": _("This questionnaire has been asked: close it instead, what was replied stays."),
    "invitation_needed": _("This questionnaire is by invitation: open the link that you were sent."),
    "invitation_used": _("This invitation has been used: one reply each. If it was not you, write to the office."),
    "invitations_number": _("Ask for 1 to %(most)s invitations."),
    "results_before_closing": _("Close the questionnaire first: results that grow would say who came last."),
    "results_not_published": _("The results are not on the site."),
    "no_reply_yet": _("No reply has come: there is nothing to publish."),
}
