"""Freezes an edition as a dated version with a hash, reopens it for its update, publishes it."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.plan.sheet_content import content_hash
from aumenta.review.activity import FROZEN, PUBLISHED, UPDATING
from aumenta.review.editions.correct_release import refuse_bad_act, refuse_day_to_come
from aumenta.review.lock import lock_edition
from aumenta.review.models import Proposal, Release
from aumenta.review.queries import structure_of
from aumenta.review.record import record_import
from aumenta.review.rules import may_manage_editions


@transaction.atomic
def freeze(
    *,
    person: User,
    edition: Edition,
    title_it: str,
    dated: date,
    title_en: str = "",
    act: str = "",
    act_address: str = "",
) -> Release:
    """Seal what the edition says now, by the act that adopts it: no proposal is approved until it is reopened; drafts
    stay.

    Raises NotAllowedError; RefusedError «frozen», «title_required», «words_too_long», «bad_act_address»,
    «day_to_come», or «waiting» while proposals wait for a decision.
    """
    check_permission(may_manage_editions(person), "freeze")
    edition = lock_edition(edition.pk)
    if not title_it.strip():
        raise RefusedError("title_required")
    refuse_bad_act(act, act_address)
    refuse_day_to_come(dated)
    waiting = Proposal.objects.filter(edition=edition, state=Proposal.State.SUBMITTED).count()
    if waiting:
        raise RefusedError("waiting", count=waiting)
    record_import(edition=edition)
    structure = structure_of(edition)
    last = edition.releases.aggregate(last=Max("number"))["last"] or 0
    release = Release.objects.create(
        edition=edition,
        number=last + 1,
        title_it=title_it.strip(),
        title_en=title_en.strip(),
        dated=dated,
        act=act.strip(),
        act_address=act_address.strip(),
        frozen_by=person,
        structure=structure,
        content_hash=content_hash(structure),
    )
    Edition.objects.filter(pk=edition.pk).update(frozen_at=release.frozen_at)
    changed(Edition.objects.filter(pk=edition.pk))
    log(
        code=FROZEN,
        person=person,
        about=edition,
        within=edition.label,
        subject=f"{edition.label}, {release.title_it}",
        detail=release.content_hash,
    )
    return release


@transaction.atomic
def reopen(*, person: User, edition: Edition) -> Edition:
    """Let proposals be approved again, towards the next dated version. Raises NotAllowedError, RefusedError
    «not_frozen»."""
    check_permission(may_manage_editions(person), "reopen")
    edition = lock_edition(edition.pk, must_be_open=False)
    if edition.frozen_at is None:
        raise RefusedError("not_frozen", edition=edition.label)
    Edition.objects.filter(pk=edition.pk).update(frozen_at=None)
    log(code=UPDATING, person=person, about=edition, within=edition.label, subject=edition.label)
    edition.frozen_at = None
    return edition


@transaction.atomic
def publish(*, person: User, edition: Edition) -> Edition:
    """Let everybody read an edition in preparation, and what its sheets say from now on. Raises NotAllowedError;
    RefusedError «already_public» or «empty_edition»."""
    check_permission(may_manage_editions(person), "publish")
    edition = lock_edition(edition.pk, must_be_open=False)
    if edition.is_public:
        raise RefusedError("already_public", edition=edition.label)
    if not edition.axes.filter(strategies__isnull=False).exists():
        raise RefusedError("empty_edition", edition=edition.label)
    # Recorded now: what sheets without a version say is what the public reads from this moment on.
    record_import(edition=edition)
    now = timezone.now()
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.PUBLIC, public_since=now)
    changed(Edition.objects.filter(pk=edition.pk))
    log(code=PUBLISHED, person=person, about=edition, within=edition.label, subject=edition.label)
    edition.state, edition.public_since = Edition.State.PUBLIC, now
    return edition
