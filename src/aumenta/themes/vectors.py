"""Vectors of texts kept in the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from django.db import transaction
from django.utils import timezone

from aumenta.core.synthesis.vectors import Vector
from aumenta.themes.models import TextVector

MOST: Final = 100_000
"""Vectors that are kept (1.5 kB each): beyond them those that were not used for longest go."""
_AT_ONCE: Final = 400
# Parameters of one statement; SQLite takes no more than it was built with, and 250 is below every build's limit.
_ROWS_AT_ONCE: Final = 250


class DatabaseCache:
    """Vectors in the table `TextVector`: what is met once is never encoded again, in no process and after no restart.

    A vector that cannot be read is treated as unknown. The day of the last use is noted once a day.
    """

    def get_many(self, keys: Iterable[str]) -> Mapping[str, Vector]:
        """The vectors that are known of those asked for."""
        today = timezone.localdate()
        known: dict[str, Vector] = {}
        stale: list[str] = []
        for some in _portions(list(keys), _AT_ONCE):
            rows = TextVector.objects.filter(pk__in=some).values_list("key", "numbers", "used_on")
            for key, numbers, used_on in rows:
                raw = bytes(numbers)
                if not raw or len(raw) % 4:
                    continue
                known[key] = np.frombuffer(raw, dtype="<f4")
                if used_on < today:
                    stale.append(key)
        for some in _portions(stale, _AT_ONCE):
            TextVector.objects.filter(pk__in=some).update(used_on=today)
        return known

    def put_many(self, vectors: Mapping[str, Vector]) -> None:
        """Keep these; two processes that compute the same vector keep it once."""
        today = timezone.localdate()
        rows = [TextVector(key=key, numbers=row.astype("<f4").tobytes(), used_on=today) for key, row in vectors.items()]
        with transaction.atomic():
            TextVector.objects.bulk_create(
                rows,
                batch_size=_ROWS_AT_ONCE,
                update_conflicts=True,
                unique_fields=["key"],
                update_fields=["numbers", "used_on"],
            )
        forget_unused()


def forget_unused(most: int = MOST) -> int:
    """Delete the vectors unused for longest beyond `most`; returns how many."""
    too_many = TextVector.objects.count() - most
    if too_many <= 0:
        return 0
    oldest = list(TextVector.objects.order_by("used_on", "key").values_list("pk", flat=True)[:too_many])
    for some in _portions(oldest, _AT_ONCE):
        TextVector.objects.filter(pk__in=some).delete()
    return len(oldest)


def _portions(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
