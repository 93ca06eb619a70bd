"""The verbs by which the office puts the rule of a body right, and confirms that it is so written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.tally.rule import TallyError, read_rule
from aumenta.governance.activity import RULE_CHANGED, RULE_CONFIRMED
from aumenta.governance.keep_mandates import refuse_backwards
from aumenta.governance.models import BodyRule
from aumenta.governance.rules import keeps_all_bodies, may_keep_body
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError


@transaction.atomic
def change_rule(
    *,
    person: User,
    rule: BodyRule,
    record: Mapping[str, Any],
    citation: str,
    from_day: date | None = None,
    to_day: date | None = None,
    doubt: str = "",
) -> BodyRule:
    """Put another rule in the place of this one; it waits to be confirmed again.

    Raises NotAllowedError; RefusedError «bad_rule», «citation_required», «ends_before_it_begins».
    """
    check_permission(may_keep_body(person, rule.body), "change_rule")
    try:
        read_rule(record)
    except TallyError as fault:
        raise RefusedError("bad_rule", key=fault.key, value=fault.value) from None
    if not citation.strip():
        raise RefusedError("citation_required")
    if from_day is not None:
        refuse_backwards(from_day, to_day)
    kept: BodyRule = BodyRule.objects.select_for_update(of=("self",)).select_related("body").get(pk=rule.pk)
    kept.record, kept.citation, kept.doubt = dict(record), citation.strip(), doubt.strip()
    kept.from_day, kept.to_day, kept.confirmed_on, kept.confirmed_by = from_day, to_day, None, None
    kept.save()
    log(code=RULE_CHANGED, person=person, about=kept)
    touch()
    return kept


@transaction.atomic
def confirm_rule(*, person: User, rule: BodyRule) -> BodyRule:
    """Say that the rule stands so where its citation says. Raises NotAllowedError."""
    check_permission(keeps_all_bodies(person), "confirm_rule")
    kept: BodyRule = BodyRule.objects.select_for_update(of=("self",)).select_related("body").get(pk=rule.pk)
    if kept.confirmed_on is None:
        kept.confirmed_on, kept.confirmed_by = timezone.localdate(), person
        kept.save(update_fields=["confirmed_on", "confirmed_by"])
        log(code=RULE_CONFIRMED, person=person, about=kept)
        touch()
    return kept
