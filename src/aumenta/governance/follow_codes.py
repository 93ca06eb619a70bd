"""Conditions of opinions name a sheet by its code: where that changes, they name it still."""

from collections.abc import Mapping

from aumenta.governance.models import Condition
from aumenta.plan.models import Edition


def follow_codes(edition: Edition, codes: Mapping[str, str]) -> None:
    """Write the new codes. Inside the transaction that moved the sheets."""
    for condition in Condition.objects.filter(opinion__act__edition=edition, sheet__in=codes):
        condition.sheet = codes[condition.sheet]
        condition.save(update_fields=["sheet"])
