"""Writes the activity log. Verbs call it inside their transaction: what did not happen is not logged."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model

from aumenta.activity.models import ActivityEntry


def log(
    *,
    code: str,
    person: AbstractBaseUser | None,
    about: Model | None = None,
    subject: str = "",
    within: str = "",
    detail: str = "",
) -> ActivityEntry:
    """Add one entry: `person` did what `code` says (None: the system did), to `about`, which `subject` calls by name
    (its own words where nothing is given), in `within`."""
    return ActivityEntry.objects.create(
        code=code,
        person_id=person.pk if person is not None else None,
        subject_kind=about._meta.label_lower if about is not None else "",
        subject_key=str(about.pk) if about is not None else "",
        subject=(subject or (str(about) if about is not None else ""))[:300],
        within=within[:200],
        detail=detail,
    )
