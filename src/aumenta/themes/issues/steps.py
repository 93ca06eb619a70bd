"""The history of the codebook: every step written down, and any of them taken back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.themes.activity import ISSUE_STEP_TAKEN_BACK
from aumenta.themes.models import Coding, Issue, IssueAction, IssueStep
from aumenta.voices.rules import may_keep_contributions

FIELDS = "fields"
CODINGS = "codings"


def note_step(
    issue: Issue,
    verb: IssueStep.Verb,
    person: User,
    *,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    codings: Mapping[int, tuple[int, int]] | None = None,
    undoes: IssueStep | None = None,
) -> IssueStep:
    """Write a step down: the fields of the issue before and after it, each passage that went from one to another."""
    moves = codings or {}
    return IssueStep.objects.create(
        edition_id=issue.edition_id,
        issue=issue,
        verb=verb,
        before={FIELDS: dict(before), CODINGS: {str(key): pair[0] for key, pair in moves.items()}},
        after={FIELDS: dict(after), CODINGS: {str(key): pair[1] for key, pair in moves.items()}},
        by=person,
        undoes=undoes,
    )


@transaction.atomic
def take_back(*, person: User, step: IssueStep) -> IssueStep:
    """Undo one step; what others changed since stays as they left it. Undoing an undo does the step again.

    Raises NotAllowedError; RefusedError where it was taken back, everything has changed since, or an issue that would
    go out of use has passages that came later.
    """
    check_permission(may_keep_contributions(person))
    Edition.objects.select_for_update().only("pk").get(pk=step.edition_id)
    if IssueStep.objects.filter(undoes=step).exists():
        raise RefusedError("step_taken_back")
    issue = Issue.objects.get(pk=step.issue_id)
    fields = _fields_back(issue, step)
    if fields.get("active") and issue.parent and not issue.parent.active:
        raise RefusedError("no_such_heading")
    codings = _codings_back(step, issue.pk if fields.get("active") else None)
    if not fields and not codings:
        raise RefusedError("changed_since")
    for key, (_now, back) in codings.items():
        Coding.objects.filter(pk=key).update(issue_id=back)
    if fields.get("active") is False and (issue.codings.exists() or issue.issues.filter(active=True).exists()):
        raise RefusedError("issue_is_not_empty")
    was = {name: _value(issue, name) for name in fields}
    _put(issue, fields)
    done = note_step(issue, IssueStep.Verb.UNDO, person, before=was, after=fields, codings=codings, undoes=step)
    log(code=ISSUE_STEP_TAKEN_BACK, person=person, about=issue, subject=str(issue))
    touch()
    return done


def _value(issue: Issue, name: str) -> Any:
    if name == "actions":
        return sorted(issue.answers.values_list("action_id", flat=True))
    return getattr(issue, name)


def _fields_back(issue: Issue, step: IssueStep) -> dict[str, Any]:
    """The fields that still are as the step left them, with what they were before it."""
    return {
        name: step.before[FIELDS][name] for name, value in step.after[FIELDS].items() if _value(issue, name) == value
    }


def _codings_back(step: IssueStep, woken: int | None) -> dict[int, tuple[int, int]]:
    """The passages that still are where the step put them: where they are, and where they go back."""
    now = dict(Coding.objects.filter(pk__in=[int(key) for key in step.after[CODINGS]]).values_list("pk", "issue_id"))
    wanted = {int(key): target for key, target in step.before[CODINGS].items()}
    # Nothing is ever given to an issue that nobody sees.
    alive = {woken, *Issue.objects.in_use().filter(pk__in=wanted.values()).values_list("pk", flat=True)}
    twice = _given_twice(wanted)
    placed = {int(key): place for key, place in step.after[CODINGS].items()}
    return {
        key: (place, wanted[key])
        for key, place in placed.items()
        if now.get(key) == place and wanted[key] in alive and key not in twice
    }


def _given_twice(wanted: Mapping[int, int]) -> set[int]:
    """The codings whose passage somebody gave anew to the issue it would go back to."""
    passages = dict(Coding.objects.filter(pk__in=wanted).values_list("pk", "passage_id"))
    there = set(Coding.objects.filter(issue__in=wanted.values()).values_list("passage_id", "issue_id"))
    return {key for key, target in wanted.items() if (passages.get(key), target) in there}


def _put(issue: Issue, fields: Mapping[str, Any]) -> None:
    actions = fields.get("actions")
    plain = {name: value for name, value in fields.items() if name != "actions"}
    if plain:
        Issue.objects.filter(pk=issue.pk).update(**plain)
    if actions is not None:
        issue.answers.exclude(action__in=actions).delete()
        held = set(issue.answers.values_list("action_id", flat=True))
        IssueAction.objects.bulk_create(IssueAction(issue=issue, action_id=key) for key in actions if key not in held)
