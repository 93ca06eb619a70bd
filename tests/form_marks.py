"""The mark of a form of the public site, as if it had been shown some time ago."""

import time

from django.core import signing

from aumenta.site.guarded_form import GuardedForm


def shown(form: type[GuardedForm], seconds_ago: float = 60, key: str = "k" * 32) -> str:
    """Of less than nothing: a form that comes back before anybody could fill it in, however slow the machine is."""
    return signing.dumps([str(time.time() - seconds_ago), key], salt=form.salt)
