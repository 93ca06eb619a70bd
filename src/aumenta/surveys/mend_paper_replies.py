"""The verbs by which the office mends what it typed from paper, and takes back what was typed by mistake.

What came by a link is of nobody and never touched. What is published does not change under who reads it.
"""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.survey.answers import Answers
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.surveys.activity import PAPER_REPLY_CORRECTED, PAPER_REPLY_TAKEN_BACK
from aumenta.surveys.models import Questionnaire, Reply
from aumenta.surveys.rules import may_keep_questionnaires


@transaction.atomic
def correct_reply(*, person: User, reply: Reply, answers: Answers) -> Reply:
    """Put these answers in place of those that were typed; they answer the version that the paper had. Raises
    NotAllowedError; RefusedError where it is not from paper, says nothing, or the results are on the site."""
    check_permission(may_keep_questionnaires(person))
    found, questionnaire = _locked(reply)
    if not answers:
        raise RefusedError("reply_is_empty")
    if found.answers != answers:
        found.answers = dict(answers)
        found.save(update_fields=["answers"])
        log(code=PAPER_REPLY_CORRECTED, person=person, about=questionnaire)
    return found


@transaction.atomic
def take_reply_back(*, person: User, reply: Reply) -> None:
    """Delete a reply that was typed by mistake or twice. Raises NotAllowedError; RefusedError where it is not from
    paper, or the results are on the site."""
    check_permission(may_keep_questionnaires(person))
    found, questionnaire = _locked(reply)
    found.delete()
    log(code=PAPER_REPLY_TAKEN_BACK, person=person, about=questionnaire)


def _locked(reply: Reply) -> tuple[Reply, Questionnaire]:
    questionnaire = Questionnaire.objects.select_for_update(of=("self",)).get(versions__replies=reply)
    found = Reply.objects.select_related("version").get(pk=reply.pk)
    if found.way != Reply.Way.PAPER:
        raise RefusedError("reply_not_from_paper")
    if questionnaire.results_published_at:
        raise RefusedError("results_are_published")
    return found, questionnaire
