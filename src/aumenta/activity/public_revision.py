"""The one number that grows whenever anything changes that the public can see: pages kept in memory are told apart by
it, and so are the answers readers' browsers hold."""

from django.db.models import F

from aumenta.activity.models import PublicRevision


def touch() -> None:
    """Something looks different to the public from now on. Verbs call it inside their transaction, as the last thing
    that is locked."""
    if not PublicRevision.objects.filter(pk=1).update(number=F("number") + 1):
        PublicRevision.objects.get_or_create(pk=1)
        PublicRevision.objects.filter(pk=1).update(number=F("number") + 1)


def one_at_a_time() -> None:
    """Wait for whoever else changes what is public, and let others wait until the transaction ends."""
    PublicRevision.objects.get_or_create(pk=1)
    PublicRevision.objects.select_for_update(no_key=True).get(pk=1)
