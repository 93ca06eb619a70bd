"""Sheets and strategies are followed under their codes: where those change, whoever follows them follows them still."""

from collections.abc import Mapping
from typing import Final

from aumenta.following.models import Subscription
from aumenta.plan.models import Edition

_KINDS: Final = ("azione", "strategia")


def follow_codes(edition: Edition, codes: Mapping[str, str]) -> None:
    """Write the new codes. Inside the transaction that moved them."""
    keys = {f"{edition.label}/{old}": f"{edition.label}/{new}" for old, new in codes.items()}
    found = [(one.pk, keys[one.key]) for one in Subscription.objects.filter(kind__in=_KINDS, key__in=keys)]
    # Two that change codes with each other may be followed by one address: for a moment neither has its key.
    for pk, _key in found:
        Subscription.objects.filter(pk=pk).update(key=f"-{pk}")
    for pk, key in found:
        Subscription.objects.filter(pk=pk).update(key=key)
