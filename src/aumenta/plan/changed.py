"""What to call when a sheet, an edition or what they are shown with changed."""

from django.db.models import F, QuerySet

from aumenta.activity.public_revision import touch
from aumenta.plan.models import Edition


def changed(editions: QuerySet[Edition]) -> None:
    """These editions read differently from now on: what is worked out of them is made anew (`revision`), and so are
    the public's pages. Verbs call it inside their transaction."""
    editions.update(revision=F("revision") + 1)
    touch()
