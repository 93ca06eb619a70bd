"""Forget whose badge was whose, and who registered, on the day the event promised."""

from datetime import date

from django.db import transaction

from aumenta.listening.models import BadgeHolder, Registration


@transaction.atomic
def forget_people(*, today: date) -> int:
    """Delete every badge-person tie whose date has come, and the registrations of events whose date has come.

    What the tables said stays: it was never tied to a person. Returns how many registrations were deleted. Nobody's
    permission is asked: the promise was made to the participants.
    """
    BadgeHolder.objects.filter(forget_on__lte=today).delete()
    deleted, _by_model = Registration.objects.filter(event__forget_people_on__lte=today).delete()
    return deleted
