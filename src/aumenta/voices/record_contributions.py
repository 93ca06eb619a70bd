"""Written contributions: enter one or many, confirm the strategy of each, join those that repeat another, withdraw."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aumenta.core.tables import Finding
from aumenta.core.tables.sentences import say
from aumenta.core.text import mend
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Zone
from aumenta.voices.models import Contribution
from aumenta.voices.rules import may_keep_contributions

LONGEST: Final = 100_000
EARLIEST: Final = date(1990, 1, 1)
"""No contribution to a plan of ours was received before: a day before it is a slip of the pen."""


class CannotRecordError(Exception):
    """A contribution that cannot be kept as it is; the text is for the person who entered it."""


@transaction.atomic
def record_contribution(
    *,
    person: User,
    edition: Edition,
    text: str,
    received_on: date,
    source: str,
    zone: Zone | None = None,
    organisation_kind: str = "",
    strategy_code: str = "",
    outside: bool = False,
    private: bool = False,
) -> Contribution:
    """Keep one text as it came, mended. CannotRecordError where it can't be kept, a day still to come included."""
    check_permission(may_keep_contributions(person))
    _check_strategy(edition, strategy_code)
    if len(text) > LONGEST:
        raise CannotRecordError(_("The text is longer than %(most)s characters.") % {"most": LONGEST})
    _check_day(received_on)
    made = Contribution(
        edition=edition,
        text=mend(text).strip(),
        zone=zone,
        organisation_kind=organisation_kind,
        received_on=received_on,
        source=" ".join(source.split()),
        strategy_code="" if outside else strategy_code,
        outside=outside,
        private=private,
        entered_by=person,
        decided_by=person if strategy_code or outside else None,
    )
    try:
        made.full_clean(exclude=["edition", "entered_by", "decided_by"])
    except ValidationError as problem:
        raise CannotRecordError(" ".join(problem.messages)) from problem
    made.save()
    return made


@transaction.atomic
def decide(*, person: User, contribution: Contribution, code: str | None) -> Contribution:
    """Confirm the strategy it concerns: its code, "" for outside the plan, None to take the choice back."""
    check_permission(may_keep_contributions(person))
    if code:
        _check_strategy(contribution.edition, code)
    contribution.strategy_code, contribution.outside = code or "", code == ""
    contribution.decided_by = None if code is None else person
    contribution.save(update_fields=["strategy_code", "outside", "decided_by"])
    return contribution


@transaction.atomic
def join(*, person: User, contribution: Contribution, same_as: Contribution | None) -> Contribution:
    """Say that it repeats another one of the same edition (None: that it does not). Both stay readable."""
    check_permission(may_keep_contributions(person))
    if same_as is not None:
        same_as = same_as.same_as or same_as
        if same_as.edition_id != contribution.edition_id or same_as.pk == contribution.pk:
            raise CannotRecordError(_("A contribution can only repeat another one about the same edition."))
        Contribution.objects.filter(same_as=contribution).update(same_as=same_as)
    contribution.same_as = same_as
    contribution.save(update_fields=["same_as"])
    return contribution


@transaction.atomic
def withdraw(*, person: User, contribution: Contribution, withdrawn: bool = True) -> Contribution:
    """Take it out of every count and suggestion, or bring it back; it is never deleted."""
    check_permission(may_keep_contributions(person))
    contribution.withdrawn = withdrawn
    contribution.save(update_fields=["withdrawn"])
    return contribution


@transaction.atomic
def keep_private(*, person: User, contribution: Contribution, private: bool) -> Contribution:
    """Say that it is not to be published (then it is in no words and no matrix), or that it may be."""
    check_permission(may_keep_contributions(person))
    contribution.private = private
    contribution.save(update_fields=["private"])
    return contribution


@transaction.atomic
def record_rows(*, person: User, edition: Edition, rows: Sequence[Mapping[str, Any]]) -> list[Contribution]:
    """Keep the contributions with these values, all of them or none."""
    check_permission(may_keep_contributions(person))
    return [record_contribution(person=person, edition=edition, **values) for values in rows]


def _check_strategy(edition: Edition, code: str) -> None:
    if code and not Strategy.objects.of(edition).with_code(code).exists():
        raise CannotRecordError(_("This edition has no strategy %(code)s.") % {"code": code})


def _check_day(received_on: date) -> None:
    if not EARLIEST <= received_on <= timezone.localdate():
        code = "date_too_early" if received_on < EARLIEST else "date_too_late"
        shown = date_format(received_on, "SHORT_DATE_FORMAT")
        raise CannotRecordError(say(Finding(code, details={"shown": shown}), _))
