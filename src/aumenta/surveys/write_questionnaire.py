"""The verbs by which the office prepares a questionnaire, writes its questions, opens and closes it, and shows what it
brought."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.survey.questions import Problem, Question, as_json, problems
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.people.short_names import free_slug
from aumenta.surveys.activity import (
    QUESTIONNAIRE_CHANGED,
    QUESTIONNAIRE_CLOSED,
    QUESTIONNAIRE_DROPPED,
    QUESTIONNAIRE_OPENED,
    QUESTIONNAIRE_PREPARED,
    QUESTIONS_WRITTEN,
    RESULTS_HIDDEN,
    RESULTS_PUBLISHED,
)
from aumenta.surveys.models import Questionnaire, QuestionnaireVersion, Reply
from aumenta.surveys.rules import may_keep_questionnaires, may_publish_questionnaires

TAKEN_WORDS: Final = frozenset({"invito"})
"""Words that stand in addresses beside the short names of questionnaires."""
BEFORE_OPENING: Final = {"no_questions"}
"""What may be wrong while the questions are being written."""


@transaction.atomic
def prepare_questionnaire(*, person: User, facts: Mapping[str, Any]) -> Questionnaire:
    """A new one that nobody sees yet. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_questionnaires(person))
    made = Questionnaire(**facts)
    made.slug = free_slug(
        made.title_it, Questionnaire.objects.all(), longest=50, nothing="questionario", taken=TAKEN_WORDS
    )
    _check(made)
    made.save()
    log(code=QUESTIONNAIRE_PREPARED, person=person, about=made)
    return made


@transaction.atomic
def change_questionnaire(*, person: User, questionnaire: Questionnaire, facts: Mapping[str, Any]) -> Questionnaire:
    """Put these facts in place of those there were; who it is open to and its edition stay once it is open.

    Raises NotAllowedError; RefusedError.
    """
    check_permission(may_keep_questionnaires(person))
    found = _locked(questionnaire)
    if found.closed_at:
        raise RefusedError("questionnaire_is_closed")
    fixed = {"edition", "invited_only"} if found.opened_at else set()
    for name, value in facts.items():
        if name not in fixed:
            setattr(found, name, value)
    _check(found)
    found.save()
    log(code=QUESTIONNAIRE_CHANGED, person=person, about=found)
    touch()
    return found


@transaction.atomic
def write_questions(
    *, person: User, questionnaire: Questionnaire, questions: Sequence[Question], seen: int
) -> QuestionnaireVersion:
    """Keep these questions as the version that is being written; one is begun where all are frozen. `seen` is the
    revision its author saw. Raises NotAllowedError; RefusedError with all that is wrong."""
    check_permission(may_keep_questionnaires(person))
    found = _locked(questionnaire)
    if found.closed_at:
        raise RefusedError("questionnaire_is_closed")
    wrong = [
        one for one in (*problems(questions), *_of_another_kind(found, questions)) if one.code not in BEFORE_OPENING
    ]
    if wrong:
        raise RefusedError("questionnaire_wrong", problem=wrong)
    version = found.written
    if (version.revision if version else 0) != seen:
        raise RefusedError("questions_changed_meanwhile")
    if version is None:
        last = found.versions.order_by("-number").values_list("number", flat=True).first() or 0
        version = QuestionnaireVersion(questionnaire=found, number=last + 1)
    version.content, version.written_by = as_json(questions), person
    version.revision += 1
    version.save()
    log(code=QUESTIONS_WRITTEN, person=person, about=found)
    return version


@transaction.atomic
def open_questionnaire(*, person: User, questionnaire: Questionnaire) -> Questionnaire:
    """Freeze the version that is written and ask it from now on; the first time, show the questionnaire to the public.

    Raises NotAllowedError; RefusedError where nothing is written, or it can't be asked.
    """
    check_permission(may_publish_questionnaires(person))
    found = _locked(questionnaire)
    if found.closed_at:
        raise RefusedError("questionnaire_is_closed")
    if not found.edition.is_public:
        raise RefusedError("questionnaire_of_hidden_edition")
    version = found.written
    if version is None:
        raise RefusedError("questionnaire_is_open") if found.opened_at else _nothing_written()
    if wrong := [*problems(version.questions), *_of_another_kind(found, version.questions)]:
        raise RefusedError("questionnaire_wrong", problem=wrong)
    kept = json.dumps(version.content, sort_keys=True, ensure_ascii=False)
    version.sha256, version.frozen_at = hashlib.sha256(kept.encode()).hexdigest(), timezone.now()
    version.save(update_fields=["sha256", "frozen_at"])
    if found.opened_at is None:
        found.opened_at = timezone.now()
        found.save(update_fields=["opened_at"])
    log(code=QUESTIONNAIRE_OPENED, person=person, about=found, detail=str(version.number))
    touch()
    return found


def _nothing_written() -> RefusedError:
    return RefusedError("questionnaire_wrong", problem=[Problem("no_questions")])


@transaction.atomic
def close_questionnaire(*, person: User, questionnaire: Questionnaire) -> Questionnaire:
    """Take no reply any more, for good. Raises NotAllowedError; RefusedError."""
    check_permission(may_publish_questionnaires(person))
    found = _locked(questionnaire)
    if found.opened_at is None:
        raise RefusedError("questionnaire_not_open")
    if found.closed_at:
        raise RefusedError("questionnaire_is_closed")
    found.closed_at = timezone.now()
    found.save(update_fields=["closed_at"])
    log(code=QUESTIONNAIRE_CLOSED, person=person, about=found)
    touch()
    return found


@transaction.atomic
def publish_results(*, person: User, questionnaire: Questionnaire) -> Questionnaire:
    """Let everybody read what it brought, small counts left out. Raises NotAllowedError; RefusedError."""
    check_permission(may_publish_questionnaires(person))
    found = _locked(questionnaire)
    if found.closed_at is None:
        raise RefusedError("results_before_closing")
    if not Reply.objects.filter(version__questionnaire=found).exists():
        raise RefusedError("no_reply_yet")
    found.results_published_at = timezone.now()
    found.save(update_fields=["results_published_at"])
    log(code=RESULTS_PUBLISHED, person=person, about=found)
    touch()
    return found


@transaction.atomic
def hide_results(*, person: User, questionnaire: Questionnaire) -> Questionnaire:
    """Take the results off the site. Raises NotAllowedError; RefusedError."""
    check_permission(may_publish_questionnaires(person))
    found = _locked(questionnaire)
    if found.results_published_at is None:
        raise RefusedError("results_not_published")
    found.results_published_at = None
    found.save(update_fields=["results_published_at"])
    log(code=RESULTS_HIDDEN, person=person, about=found)
    touch()
    return found


@transaction.atomic
def drop_questionnaire(*, person: User, questionnaire: Questionnaire) -> None:
    """Delete one that was never opened, with its questions and invitations. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_questionnaires(person))
    found = _locked(questionnaire)
    if found.opened_at is not None:
        raise RefusedError("questionnaire_was_opened")
    log(code=QUESTIONNAIRE_DROPPED, person=person, about=found)
    found.delete()


def _of_another_kind(questionnaire: Questionnaire, questions: Sequence[Question]) -> list[Problem]:
    """The questions that were asked as another kind: replies of both would stand in one column and in one result."""
    asked = {
        one.code: one.kind for version in questionnaire.versions.exclude(frozen_at=None) for one in version.questions
    }
    return [Problem("other_kind", one.code) for one in questions if asked.get(one.code, one.kind) is not one.kind]


def _locked(questionnaire: Questionnaire) -> Questionnaire:
    return Questionnaire.objects.select_for_update(of=("self",)).select_related("edition").get(pk=questionnaire.pk)


def _check(questionnaire: Questionnaire) -> None:
    check_facts(questionnaire, "questionnaire_invalid", validate_constraints=False)
    if questionnaire.opens_on > questionnaire.closes_on:
        raise RefusedError("questionnaire_ends_first")
