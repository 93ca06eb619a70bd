"""Sheets and strategies are followed under their codes: where those change, whoever follows them follows them still."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, urlencode

from aumenta.following.models import Subscription
from aumenta.plan.models import Edition

_KINDS: Final = ("azione", "strategia")
_CODED: Final = ("asse", "strategia")
"""The filters of a question that go by codes of the plan."""


def _question_with(key: str, codes: Mapping[str, str]) -> str:
    """The key of a question with the new codes among its filters, in the order of a key."""
    label, _slash, asked = key.partition("/")
    pairs = [(word, codes.get(value, value) if word in _CODED else value) for word, value in parse_qsl(asked)]
    words = list(dict.fromkeys(word for word, _value in pairs))
    ordered = sorted(pairs, key=lambda pair: (words.index(pair[0]), pair[1]))
    return f"{label}/{urlencode(ordered)}"


def follow_codes(edition: Edition, codes: Mapping[str, str]) -> None:
    """Write the new codes. Inside the transaction that moved them."""
    keys = {f"{edition.label}/{old}": f"{edition.label}/{new}" for old, new in codes.items()}
    found = [(one.pk, keys[one.key]) for one in Subscription.objects.filter(kind__in=_KINDS, key__in=keys)]
    questions = Subscription.objects.filter(kind="filtri", key__startswith=f"{edition.label}/")
    renamed = ((one.pk, one.key, _question_with(one.key, codes)) for one in questions)
    found += [(pk, key) for pk, old, key in renamed if key != old]
    # Two that change codes with each other may be followed by one address: for a moment neither has its key.
    for pk, _key in found:
        Subscription.objects.filter(pk=pk).update(key=f"-{pk}")
    for pk, key in found:
        Subscription.objects.filter(pk=pk).update(key=key)
