"""Contributions are filed under codes of strategies: where those change, they stay with their strategy."""

from collections.abc import Mapping

from django.db.models import Q

from aumenta.plan.models import Edition
from aumenta.voices.models import Contribution


def follow_codes(edition: Edition, codes: Mapping[str, str]) -> None:
    """Write the new codes. Inside the transaction that moved the strategies."""
    filed = Contribution.objects.filter(edition=edition).filter(~Q(asked_strategies="") | Q(strategy_code__in=codes))
    for contribution in filed.only("strategy_code", "asked_strategies"):
        was = (contribution.strategy_code, contribution.asked_strategies)
        contribution.strategy_code = codes.get(was[0], was[0])
        contribution.asked_strategies = ", ".join(codes.get(code, code) for code in was[1].split(", "))
        if was != (contribution.strategy_code, contribution.asked_strategies):
            contribution.save(update_fields=["strategy_code", "asked_strategies"])
