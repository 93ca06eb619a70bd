"""Leaves a redirect where a page was, when its address changes."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.pages.activity import REDIRECT_ADDED
from aumenta.pages.models import Redirect
from aumenta.people.models import User


@transaction.atomic
def follow_page(*, person: User, old: str, new: str) -> None:
    """`old` leads to `new`, and so does whatever led to `old`: never a chain, never a loop.

    For the verb that moved the page, which has checked who may.
    """
    Redirect.objects.filter(old=new).delete()
    Redirect.objects.filter(new=old).update(new=new)
    Redirect.objects.update_or_create(old=old, defaults={"new": new, "made_by": person})
    log(code=REDIRECT_ADDED, person=person, subject=f"{old} → {new}")
