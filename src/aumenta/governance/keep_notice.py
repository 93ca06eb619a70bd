"""How many days before a session its notice goes out, by the rules of a body."""

from django.db import transaction

from aumenta.activity.log import log
from aumenta.governance.activity import NOTICE_SET
from aumenta.governance.models import Body
from aumenta.governance.rules import may_keep_body
from aumenta.people.models import User
from aumenta.people.permission import check_permission


@transaction.atomic
def set_notice(*, person: User, body: Body, days: int | None) -> Body:
    """Say how many days there are between the notice and the session; None where it is not known. Raises
    NotAllowedError."""
    check_permission(may_keep_body(person, body), "set_notice")
    kept = Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    kept.notice_days = days
    kept.save(update_fields=["notice_days"])
    log(code=NOTICE_SET, person=person, about=kept, detail=str(days or "-"))
    return kept
