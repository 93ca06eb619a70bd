"""The verb by which the office says how the authority is reached."""

from collections.abc import Mapping

from django.db import transaction

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.contacts.activity import OFFICE_SET
from aumenta.contacts.models import Office
from aumenta.contacts.queries import office
from aumenta.contacts.rules import may_set_office
from aumenta.people.models import User
from aumenta.people.permission import check_permission


@transaction.atomic
def set_office(*, person: User, facts: Mapping[str, str]) -> Office:
    """Put these values in place of those there were; fields that are not named stay.

    Raises NotAllowedError for whoever does not administer, ValidationError for an address that is none.
    """
    check_permission(may_set_office(person))
    changed = office()
    for name, value in facts.items():
        setattr(changed, name, value)
    changed.full_clean(validate_unique=False)
    changed.save()
    log(code=OFFICE_SET, person=person, about=changed)
    touch()
    return changed
