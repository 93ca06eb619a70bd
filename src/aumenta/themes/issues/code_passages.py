"""The verbs by which who reads gives a passage to issues, and takes it from them."""

from collections.abc import Collection
from typing import Final

from django.db import transaction

from aumenta.core.text.anchors import Span
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.themes.models import Coding, Issue
from aumenta.voices.models import Contribution, Passage, Statement
from aumenta.voices.passages.mark import check_may_change, mark_passage, take_mark_off
from aumenta.voices.rules import may_keep_contributions

MOST_ISSUES: Final = 10
"""Of one passage."""


@transaction.atomic
def code_passage(
    *, person: User, text: Statement | Contribution, span: Span, issues: Collection[Issue], memo: str = ""
) -> Passage:
    """Mark these words and give them to issues of the same edition. Raises NotAllowedError; RefusedError."""
    check_permission(may_keep_contributions(person))
    edition = text.talk.edition_id if isinstance(text, Statement) else text.edition_id
    if not issues:
        raise RefusedError("no_issue_chosen")
    if len(issues) > MOST_ISSUES:
        raise RefusedError("too_many_issues_of_a_passage", most=MOST_ISSUES)
    if any(one.edition_id != edition or one.parent_id is None or not one.active for one in issues):
        raise RefusedError("issue_out_of_use")
    passage = mark_passage(person=person, text=text, span=span, memo=memo)
    for issue in issues:
        Coding.objects.get_or_create(passage=passage, issue=issue)
    return passage


@transaction.atomic
def take_from_issue(*, person: User, coding: Coding) -> None:
    """Take a passage from an issue; one that is given to none any more goes, unless somebody noted something on it.

    Raises NotAllowedError; RefusedError where it is of a second reading that is finished or not hers.
    """
    check_permission(may_keep_contributions(person))
    passage = coding.passage
    check_may_change(person, passage)
    if passage.codings.count() == 1 and not passage.memo:
        take_mark_off(person=person, passage=passage)
        return
    coding.delete()
