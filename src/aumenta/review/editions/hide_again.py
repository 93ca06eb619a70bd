"""An edition published by mistake goes back into preparation, for as long as hardly anybody can have built on it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.review.activity import HIDDEN_AGAIN
from aumenta.review.lock import lock_edition
from aumenta.review.rules import may_manage_editions

MAY_BE_HIDDEN: Final = timedelta(hours=24)
"""How long after it was published an edition can be taken back: a slip is seen the same day, a citation lasts."""


def hideable_until(edition: Edition) -> datetime | None:
    """Until when it can be hidden again; None where that is over, or where it was never published at the desk."""
    if not edition.is_public or edition.public_since is None:
        return None
    end = edition.public_since + MAY_BE_HIDDEN
    return end if timezone.now() < end else None


@transaction.atomic
def hide_again(*, person: User, edition: Edition) -> Edition:
    """Take an edition off the public site, into preparation; its sheets, versions and proposals stay as they are.

    Raises NotAllowedError; RefusedError «not_public» or «too_late_to_hide».
    """
    check_permission(may_manage_editions(person), "publish")
    edition = lock_edition(edition.pk, must_be_open=False)
    if not edition.is_public:
        raise RefusedError("not_public", edition=edition.label)
    if hideable_until(edition) is None:
        hours = int(MAY_BE_HIDDEN.total_seconds() // 3600)
        raise RefusedError("too_late_to_hide", edition=edition.label, hours=hours)
    Edition.objects.filter(pk=edition.pk).update(state=Edition.State.PREPARATION, public_since=None)
    changed(Edition.objects.filter(pk=edition.pk))
    log(code=HIDDEN_AGAIN, person=person, about=edition, within=edition.label, subject=edition.label)
    edition.state, edition.public_since = Edition.State.PREPARATION, None
    return edition
