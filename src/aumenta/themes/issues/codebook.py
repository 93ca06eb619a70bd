"""The verbs that change headings and issues: add, change, join, split, take out of use; each writes down its step."""

from collections.abc import Collection, Mapping
from typing import Final

from django.db import transaction
from django.db.models import Max

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.plan.models import Action, Edition
from aumenta.themes.activity import ISSUE_ADDED, ISSUE_CHANGED, ISSUE_DROPPED, ISSUE_MERGED, ISSUE_SPLIT
from aumenta.themes.issues.steps import note_step
from aumenta.themes.models import Coding, Issue, IssueAction, IssueStep
from aumenta.voices.rules import may_keep_contributions

WORDS: Final = ("title_it", "title_en", "guide", "state", "state_reason_it", "state_reason_en")
"""What `change_issue` takes, besides the heading and the actions."""
MOST: Final = 500
"""Headings and issues of one edition."""


@transaction.atomic
def add_issue(*, person: User, edition: Edition, parent: Issue | None, words: Mapping[str, str]) -> Issue:
    """Add an issue under a heading, or a heading where there is no `parent`. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    _lock(edition)
    _check_heading(edition, parent)
    if Issue.objects.filter(edition=edition).count() >= MOST:
        raise RefusedError("too_many_issues", most=MOST)
    issue = Issue(edition=edition, parent=parent, position=_free(edition, parent), **_clean(words))
    _check(issue)
    issue.save()
    note_step(issue, IssueStep.Verb.ADD, person, before={"active": False}, after={"active": True})
    log(code=ISSUE_ADDED, person=person, about=issue, subject=str(issue))
    touch()
    return issue


@transaction.atomic
def change_issue(
    *,
    person: User,
    issue: Issue,
    words: Mapping[str, str],
    parent: Issue | None = None,
    actions: Collection[Action] | None = None,
    seen: int | None = None,
) -> Issue:
    """Put these words in place of those there were; move it under `parent`, where it is an issue; say which `actions`
    answer it.

    `seen` is the last step its author saw (0: none): refused («issue_changed_meanwhile») where there is a later one.
    Raises NotAllowedError; RefusedError.
    """
    check_permission(may_keep_contributions(person))
    _lock(issue.edition)
    issue = _in_use(issue)
    last = issue.steps.order_by("-pk").values_list("pk", flat=True).first() or 0
    if seen is not None and seen != last:
        raise RefusedError("issue_changed_meanwhile")
    before = {name: getattr(issue, name) for name in WORDS}
    for name, value in _clean(words).items():
        setattr(issue, name, value)
    if parent and issue.parent_id and parent.pk != issue.parent_id:
        _check_heading(issue.edition, parent)
        before |= {"parent_id": issue.parent_id, "position": issue.position}
        issue.position = _free(issue.edition, parent)
        issue.parent = parent
    _check(issue)
    after = {name: getattr(issue, name) for name in before}
    answers = _answer(issue, actions)
    if issue.state == Issue.State.ANSWERED and not issue.answers.exists():
        raise RefusedError("issue_answered_by_nothing")
    changed = [name for name in before if before[name] != after[name]]
    if not changed and not answers:
        return issue
    issue.save()
    was, is_now = {name: before[name] for name in changed}, {name: after[name] for name in changed}
    if answers:
        was["actions"], is_now["actions"] = answers
    note_step(issue, IssueStep.Verb.CHANGE, person, before=was, after=is_now)
    log(code=ISSUE_CHANGED, person=person, about=issue, subject=str(issue))
    touch()
    return issue


@transaction.atomic
def merge_issue(*, person: User, issue: Issue, into: Issue) -> Issue:
    """Give all passages of an issue to another one; it stays, out of use. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    _lock(issue.edition)
    issue, into = _in_use(issue), _in_use(into)
    if issue.pk == into.pk or issue.parent_id is None or into.parent_id is None or issue.edition_id != into.edition_id:
        raise RefusedError("issues_dont_join")
    there = Coding.objects.filter(issue=into).values("passage")
    # What both were given to stays with the one that goes out of use: taking the step back finds it there.
    moved = list(Coding.objects.filter(issue=issue).exclude(passage__in=there).values_list("pk", flat=True))
    Coding.objects.filter(pk__in=moved).update(issue=into)
    Issue.objects.filter(pk=issue.pk).update(active=False, merged_into=into)
    note_step(
        issue,
        IssueStep.Verb.MERGE,
        person,
        before={"active": True, "merged_into_id": None},
        after={"active": False, "merged_into_id": into.pk},
        codings=dict.fromkeys(moved, (issue.pk, into.pk)),
    )
    log(code=ISSUE_MERGED, person=person, about=issue, subject=str(issue), detail=into.code)
    touch()
    return into


@transaction.atomic
def split_issue(*, person: User, issue: Issue, codings: Collection[int], words: Mapping[str, str]) -> Issue:
    """Take some passages of an issue into a new one under the same heading. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    _lock(issue.edition)
    issue = _in_use(issue)
    chosen = list(Coding.objects.filter(issue=issue, pk__in=list(codings)).values_list("pk", flat=True))
    if issue.parent_id is None or not chosen:
        raise RefusedError("no_passage_to_split")
    new = Issue(
        edition=issue.edition, parent=issue.parent, position=_free(issue.edition, issue.parent), **_clean(words)
    )
    _check(new)
    new.save()
    Coding.objects.filter(pk__in=chosen).update(issue=new)
    note_step(
        new,
        IssueStep.Verb.SPLIT,
        person,
        before={"active": False},
        after={"active": True},
        codings=dict.fromkeys(chosen, (issue.pk, new.pk)),
    )
    log(code=ISSUE_SPLIT, person=person, about=new, subject=str(new), detail=issue.code)
    touch()
    return new


@transaction.atomic
def drop_issue(*, person: User, issue: Issue) -> Issue:
    """Take an issue without passages, or a heading without issues, out of use. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    _lock(issue.edition)
    issue = _in_use(issue)
    if issue.codings.exists() or issue.issues.filter(active=True).exists():
        raise RefusedError("issue_is_not_empty")
    Issue.objects.filter(pk=issue.pk).update(active=False)
    note_step(issue, IssueStep.Verb.DROP, person, before={"active": True}, after={"active": False})
    log(code=ISSUE_DROPPED, person=person, about=issue, subject=str(issue))
    touch()
    return issue


def _lock(edition: Edition) -> None:
    # Who works on one codebook takes turns: each step sees what the one before it left.
    Edition.objects.select_for_update().only("pk").get(pk=edition.pk)


def _in_use(issue: Issue) -> Issue:
    found = Issue.objects.select_related("parent", "edition").filter(pk=issue.pk, active=True).first()
    if found is None:
        raise RefusedError("issue_out_of_use")
    return found


def _check_heading(edition: Edition, parent: Issue | None) -> None:
    if parent is not None and (parent.edition_id != edition.pk or parent.parent_id is not None or not parent.active):
        raise RefusedError("no_such_heading")


def _free(edition: Edition, parent: Issue | None) -> int:
    """The position after the last, those out of use counted: a code is given once."""
    last = Issue.objects.filter(edition=edition, parent=parent).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _clean(words: Mapping[str, str]) -> dict[str, str]:
    lines = {"title_it", "title_en", "state"}
    return {
        name: " ".join(words[name].split()) if name in lines else words[name].strip() for name in WORDS if name in words
    }


def _check(issue: Issue) -> None:
    if issue.state in {Issue.State.NOT_OURS, Issue.State.CONTRADICTED} and not issue.state_reason_it:
        raise RefusedError("issue_state_without_reason")
    check_facts(issue, "issue_invalid", exclude=["edition", "parent", "merged_into"], validate_constraints=False)


def _answer(issue: Issue, actions: Collection[Action] | None) -> tuple[list[int], list[int]] | None:
    """Tie these actions to the issue and no others; the keys before and after, None where nothing changed."""
    if actions is None:
        return None
    if (
        Action.objects.filter(pk__in=[one.pk for one in actions])
        .exclude(strategy__axis__edition=issue.edition_id)
        .exists()
    ):
        raise RefusedError("action_of_another_edition")
    before: list[int] = sorted(issue.answers.values_list("action_id", flat=True))
    after: list[int] = sorted({one.pk for one in actions})
    if before == after:
        return None
    issue.answers.exclude(action__in=after).delete()
    IssueAction.objects.bulk_create(IssueAction(issue=issue, action_id=key) for key in after if key not in before)
    return before, after
