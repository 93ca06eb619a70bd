"""A dated version whose title, date or act was written wrongly: those are put right, what was sealed is not."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.review.activity import CORRECTED
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
        raise RefusedError("day_to_come", day=date_format(dated))


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
