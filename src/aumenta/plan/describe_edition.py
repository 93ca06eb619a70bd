"""What the office says of a whole edition: whether it is in force, its source, the licence of its texts."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.rules import is_administrator
from aumenta.plan.activity import EDITION_DESCRIBED
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition


@dataclass(frozen=True)
class EditionFacts:
    """What is said of an edition beside its texts; `standing` is one of `Edition.Standing` or empty."""

    standing: str = ""
    in_force_since: date | None = None
    standing_it: str = ""
    standing_en: str = ""
    source: str = ""
    licence: str = ""
    licence_address: str = ""


@transaction.atomic
def describe_edition(*, person: User, edition: Edition, facts: EditionFacts) -> Edition:
    """Say this of the edition. Where it is in force already, none that was before is any longer.

    Raises NotAllowedError for whoever does not administer, ValidationError where a proposal is said to be in force
    since some day, or a text is too long.
    """
    check_permission(is_administrator(person), "editions")
    for name, value in vars(facts).items():
        setattr(edition, name, value)
    edition.full_clean()
    edition.save(update_fields=list(vars(facts)))
    touched = Edition.objects.filter(pk=edition.pk)
    since = edition.in_force_since
    if edition.standing == Edition.Standing.IN_FORCE and (since is None or since <= timezone.localdate()):
        others = Edition.objects.filter(plan=edition.plan, standing=Edition.Standing.IN_FORCE).exclude(pk=edition.pk)
        if since is not None:
            others = others.exclude(in_force_since__gt=since)
        touched |= Edition.objects.filter(pk__in=list(others.values_list("pk", flat=True)))
        others.update(standing=Edition.Standing.PAST)
    log(code=EDITION_DESCRIBED, person=person, about=edition, subject=edition.label, within=edition.label)
    changed(touched)
    return edition
