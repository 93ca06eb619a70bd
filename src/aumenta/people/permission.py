"""How a verb refuses somebody who may not do it."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _


class NotAllowedError(PermissionDenied):
    """A verb was refused because of who asked, and the reader is told so. `what` is the code of the rule that
    refused."""

    def __init__(self, what: str = "") -> None:
        self.what = what
        super().__init__(_("You may not do this. If you think you should, ask an administrator of the plan."))


def check_permission(allowed: bool, what: str = "") -> None:
    """Raise NotAllowedError, with a sentence for the person, where `allowed` is false."""
    if not allowed:
        raise NotAllowedError(what)
