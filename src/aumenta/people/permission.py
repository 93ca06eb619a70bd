"""How a verb refuses somebody who may not do it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


def check_permission(allowed: bool) -> None:
    """Raise PermissionDenied, with a sentence for the person, where `allowed` is false."""
    if not allowed:
        raise PermissionDenied(_("Your account may not do this. Ask an administrator of the plan."))
