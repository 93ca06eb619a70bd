"""Which bodies a secretary keeps."""

from collections.abc import Iterable

from django.db import transaction

from aumenta.activity.log import log
from aumenta.governance.activity import SECRETARY_SET
from aumenta.governance.models import Body, BodySecretary
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.rules import manages_people


@transaction.atomic
def set_secretaries(*, person: User, secretary: User, bodies: Iterable[Body]) -> None:
    """Make these, and no others, the bodies she keeps. Raises NotAllowedError."""
    check_permission(manages_people(person), "people")
    chosen = {body.pk: body for body in bodies}
    BodySecretary.objects.filter(person=secretary).exclude(body__in=chosen).delete()
    held = set(BodySecretary.objects.filter(person=secretary).values_list("body_id", flat=True))
    BodySecretary.objects.bulk_create(
        BodySecretary(body=chosen[pk], person=secretary) for pk in chosen if pk not in held
    )
    names = ", ".join(body.name_it for body in chosen.values())
    log(code=SECRETARY_SET, person=person, about=secretary, subject=f"{secretary}: {names or '-'}")
