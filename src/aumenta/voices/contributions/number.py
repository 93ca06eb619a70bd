"""The year-progressive numbers of contributions: one after the other, without a gap, whoever sends at once."""

from aumenta.voices.models import ContributionCounter


def next_number(*, year: int, how_many: int = 1) -> int:
    """The first of `how_many` new numbers of a year. Called inside the transaction that keeps what they are for: where
    that fails, the numbers are given to the next. Others wait meanwhile."""
    ContributionCounter.objects.get_or_create(year=year)
    counter = ContributionCounter.objects.select_for_update().get(year=year)
    first = counter.last + 1
    ContributionCounter.objects.filter(pk=counter.pk).update(last=counter.last + how_many)
    return first
