"""A dated version whose title, date or act was written wrongly: those are put right, what was sealed is not; and one
that was sealed by mistake: taken away while nobody can have cited it."""

from datetime import date, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.dates import day_in_words
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.review.activity import CORRECTED, UNSEALED
from aumenta.review.lock import lock_edition
from aumenta.review.models import Release
from aumenta.review.rules import may_manage_editions


def refuse_bad_act(act: str, act_address: str) -> None:
    """Raises RefusedError «words_too_long» or «bad_act_address»."""
    if len(act) > (most := Release._meta.get_field("act").max_length or 0):
        raise RefusedError("words_too_long", length=len(act), most=most)
    if act_address:
        try:
            URLValidator(schemes=["http", "https"])(act_address)
        except ValidationError:
            raise RefusedError("bad_act_address", address=act_address) from None
        if len(act_address) > (most := Release._meta.get_field("act_address").max_length or 0):
            raise RefusedError("words_too_long", length=len(act_address), most=most)


def refuse_day_to_come(dated: date) -> None:
    """Raises RefusedError «day_to_come»: an act has the day on which it was adopted."""
    if dated > timezone.localdate():
        raise RefusedError("day_to_come", day=day_in_words(dated))


MAY_BE_REMOVED: Final = timedelta(hours=24)
"""How long after it was sealed a dated version of a public edition can be taken back: see hide_again.py."""


def removable(release: Release) -> bool:
    """Whether it can still be taken away: the last of its edition, and nobody outside can have cited it.

    While the edition is in preparation nobody reads it; once it is public, a slip is seen within a day.
    """
    if Release.objects.filter(edition=release.edition_id, number__gt=release.number).exists():
        return False
    return not release.edition.is_public or timezone.now() < release.frozen_at + MAY_BE_REMOVED


@transaction.atomic
def remove_release(*, person: User, release: Release) -> None:
    """Take away a dated version that was sealed by mistake, and open its edition again; sheets and versions stay.

    Raises NotAllowedError; RefusedError «release_stays» or «release_gone».
    """
    check_permission(may_manage_editions(person), "remove_release")
    edition = lock_edition(release.edition_id, must_be_open=False)
    held = Release.objects.filter(pk=release.pk).select_related("edition").first()
    if held is None:
        raise RefusedError("release_gone")
    if not removable(held):
        hours = int(MAY_BE_REMOVED.total_seconds() // 3600)
        raise RefusedError("release_stays", hours=hours)
    if edition.frozen_at == held.frozen_at:
        Edition.objects.filter(pk=edition.pk).update(frozen_at=None)
    log(
        code=UNSEALED,
        person=person,
        about=edition,
        within=edition.label,
        subject=f"{edition.label}, {held.title_it}",
        detail=held.content_hash,
    )
    held.delete()
    changed(Edition.objects.filter(pk=edition.pk))


@transaction.atomic
def correct_release(
    *,
    person: User,
    release: Release,
    title_it: str,
    dated: date,
    title_en: str = "",
    act: str = "",
    act_address: str = "",
) -> Release:
    """Put right what a dated version is called, its date and the act that adopted it; its seal stays.

    Raises NotAllowedError; RefusedError «title_required», «words_too_long», «bad_act_address» or «day_to_come».
    """
    check_permission(may_manage_editions(person), "correct_release")
    refuse_day_to_come(dated)
    if not title_it.strip():
        raise RefusedError("title_required")
    for title in (title_it, title_en):
        if len(title.strip()) > (most := Release._meta.get_field("title_it").max_length or 0):
            raise RefusedError("words_too_long", length=len(title), most=most)
    refuse_bad_act(act, act_address)
    was = f"{release.title_it}, {release.dated:%Y-%m-%d}"
    release.title_it, release.title_en, release.dated = title_it.strip(), title_en.strip(), dated
    release.act, release.act_address = act.strip(), act_address.strip()
    release.save(update_fields=["title_it", "title_en", "dated", "act", "act_address"])
    changed(Edition.objects.filter(pk=release.edition_id))
    log(
        code=CORRECTED,
        person=person,
        about=release.edition,
        within=release.edition.label,
        subject=f"{release.edition.label}, {release.title_it}",
        detail=was,
    )
    return release
