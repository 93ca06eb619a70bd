"""Whether the sheet moved on while somebody was writing, and what changed meanwhile."""

from aumenta.plan.models import Action
from aumenta.plan.sheet_content import FIELDS
from aumenta.review.models import Version
from aumenta.review.refusals import StaleBaseError


def changed_fields(old: dict[str, object], new: dict[str, object]) -> list[str]:
    """The names of the fields in which two contents differ, in the sheet's order."""
    return [name for name in FIELDS if old.get(name) != new.get(name)]


def refuse_stale_base(action: Action, base: int) -> None:
    """Raise StaleBaseError, with the newer versions and the fields they changed, where `base` is not the newest."""
    versions = list(
        Version.objects.filter(action=action, number__gte=base)
        .select_related("author", "approved_by")
        .order_by("number")
    )
    newer = [version for version in versions if version.number > base]
    # A sheet that only got another code says what it said.
    if newer and (versions[0].number != base or versions[0].content_hash != newer[-1].content_hash):
        error = StaleBaseError(newer)
        if versions[0].number == base:
            error.params["fields"] = changed_fields(versions[0].content, newer[-1].content)
        raise error
