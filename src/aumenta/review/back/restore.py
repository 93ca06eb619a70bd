"""Brings an earlier version back, as a proposal like any other."""

from django.db import transaction
from django.utils.translation import gettext as _

from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose


@transaction.atomic
def restore(*, person: User, version: Version) -> Proposal:
    """Open a draft that says what `version` said. Raises what `propose` raises, and RefusedError «sheet_gone»."""
    if version.action is None:
        raise RefusedError("sheet_gone", code_of_sheet=version.code)
    reason = _("Back to version %(number)d") % {"number": version.number}
    return propose(person=person, action=version.action, content=version.content, reason=reason)
