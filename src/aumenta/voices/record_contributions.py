"""Written contributions: enter one or many, confirm the strategy of each, join those that repeat another, withdraw."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.tables import Finding
from aumenta.core.text import mend
from aumenta.people.dates import day_in_words
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.plan.models import Edition, Strategy
from aumenta.territory.models import Zone
from aumenta.voices.activity import (
    CONTRIBUTION_BROUGHT_BACK,
    CONTRIBUTION_DECIDED,
    CONTRIBUTION_JOINED,
    CONTRIBUTION_KEPT_PRIVATE,
    CONTRIBUTION_MADE_PUBLISHABLE,
    CONTRIBUTION_RECORDED,
    CONTRIBUTION_WITHDRAWN,
    CONTRIBUTIONS_RECORDED,
)
from aumenta.voices.contributions.number import next_number
from aumenta.voices.contributions.points import make_whole_point
from aumenta.voices.models import Consultation, Contribution
from aumenta.voices.rules import may_keep_contributions

LONGEST: Final = 100_000
EARLIEST: Final = date(1990, 1, 1)
"""No contribution to a plan of ours was received before: a day before it is a slip of the pen."""


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
    consultation: Consultation | None = None,
    asked_publication: bool = False,
) -> Contribution:
    """Keep one text as it came, mended. Refused where it can't be kept, a day still to come included.

    What came by letter or e-mail to a `consultation` is answered like what came by its form: it waits as one point, by
    the same day, and is published only where its sender asked for it (`asked_publication`), without a name.
    """
    check_permission(may_keep_contributions(person))
    made = _kept(
        person=person,
        edition=edition,
        text=text,
        received_on=received_on,
        source=source,
        zone=zone,
        organisation_kind=organisation_kind,
        strategy_code=strategy_code,
        outside=outside,
        private=private or (consultation is not None and not asked_publication),
        more=_sent_to(consultation, edition, received_on, asked_publication and not private),
    )
    if consultation:
        make_whole_point(made)
    _log(CONTRIBUTION_RECORDED, person, made)
    return made


def _sent_to(consultation: Consultation | None, edition: Edition, day: date, asked: bool) -> dict[str, Any]:
    """What a contribution to a consultation has beside its text: its sender's wish, whether it is late, when an answer
    is due."""
    if consultation is None:
        return {}
    if consultation.edition_id != edition.pk:
        raise RefusedError("consultation_of_another_edition")
    if consultation.published_at is None:
        raise RefusedError("consultation_not_published")
    return {
        "consultation": consultation,
        "wish": Contribution.Wish.UNSIGNED if asked else Contribution.Wish.NO,
        "late": day > consultation.closes_on,
        "answer_due": max(day, consultation.closes_on) + timedelta(days=consultation.answer_days),
    }


def _kept(
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
    number: int | None = None,
    more: Mapping[str, Any] | None = None,
) -> Contribution:
    _check_strategy(edition, strategy_code)
    if len(text) > LONGEST:
        raise RefusedError("contribution_too_long", most=LONGEST)
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
        **(more or {}),
    )
    check_facts(made, "contribution_invalid", exclude=["edition", "entered_by", "decided_by"])
    made.year = timezone.localdate().year
    made.number = number or next_number(year=made.year)
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
    _log(CONTRIBUTION_DECIDED, person, contribution, detail=code or "")
    return contribution


@transaction.atomic
def join(*, person: User, contribution: Contribution, same_as: Contribution | None) -> Contribution:
    """Say that it repeats another one of the same edition (None: that it does not). Both stay readable."""
    check_permission(may_keep_contributions(person))
    if same_as is not None:
        same_as = same_as.same_as or same_as
        if same_as.edition_id != contribution.edition_id or same_as.pk == contribution.pk:
            raise RefusedError("repeats_another_edition")
        Contribution.objects.filter(same_as=contribution).update(same_as=same_as)
    contribution.same_as = same_as
    contribution.save(update_fields=["same_as"])
    _log(CONTRIBUTION_JOINED, person, contribution, detail=str(same_as.pk) if same_as else "")
    return contribution


@transaction.atomic
def withdraw(*, person: User, contribution: Contribution, withdrawn: bool = True) -> Contribution:
    """Take it out of every count and suggestion, or bring it back; it is never deleted."""
    check_permission(may_keep_contributions(person))
    if not withdrawn and Contribution.objects.filter(pk=contribution.pk, withdrawn_by_sender=True).exists():
        raise RefusedError("withdrawn_by_its_sender")
    contribution.withdrawn = withdrawn
    contribution.save(update_fields=["withdrawn"])
    _log(CONTRIBUTION_WITHDRAWN if withdrawn else CONTRIBUTION_BROUGHT_BACK, person, contribution)
    touch()
    return contribution


@transaction.atomic
def keep_private(*, person: User, contribution: Contribution, private: bool) -> Contribution:
    """Say that it is not to be published (then it is in no words and no matrix), or that it may be."""
    check_permission(may_keep_contributions(person))
    if not private and contribution.admission != Contribution.Admission.ADMITTED:
        raise RefusedError("not_admitted_yet")
    if not private and contribution.wish == Contribution.Wish.NO:
        raise RefusedError("against_her_wish")
    contribution.private = private
    contribution.save(update_fields=["private"])
    _log(CONTRIBUTION_KEPT_PRIVATE if private else CONTRIBUTION_MADE_PUBLISHABLE, person, contribution)
    touch()
    return contribution


@transaction.atomic
def record_rows(*, person: User, edition: Edition, rows: Sequence[Mapping[str, Any]]) -> list[Contribution]:
    """Keep the contributions with these values, all of them or none."""
    check_permission(may_keep_contributions(person))
    first = next_number(year=timezone.localdate().year, how_many=len(rows))
    made = [_kept(person=person, edition=edition, number=n, **values) for n, values in enumerate(rows, start=first)]
    log(code=CONTRIBUTIONS_RECORDED, person=person, subject=str(len(made)), within=edition.label)
    return made


def _log(code: str, person: User, contribution: Contribution, detail: str = "") -> None:
    log(
        code=code,
        person=person,
        about=contribution,
        subject=contribution.label,
        within=contribution.edition.label,
        detail=detail,
    )


def _check_strategy(edition: Edition, code: str) -> None:
    if code and not Strategy.objects.of(edition).with_code(code).exists():
        raise RefusedError("unknown_strategy_of_edition", strategy=code)


def _check_day(received_on: date) -> None:
    if not EARLIEST <= received_on <= timezone.localdate():
        code = "date_too_early" if received_on < EARLIEST else "date_too_late"
        shown = day_in_words(received_on)
        raise RefusedError("unreadable_table", finding=Finding(code, details={"shown": shown}))
