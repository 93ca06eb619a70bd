"""The worker's part of the search: vectors of what an edition says, worked out before anybody has to wait for them."""

from django_tasks import task

from aumenta.mailing.queued import queue_once
from aumenta.plan.changed import changed
from aumenta.plan.models import Edition
from aumenta.plan.search.documents import read_documents
from aumenta.plan.search.vectors import meaning_of


@task()
def prepare_meaning() -> None:
    """Work out and keep the vectors that are missing, of every edition; its kept pages are made anew then."""
    for edition in Edition.objects.all():
        documents = read_documents(edition)
        if documents and meaning_of(documents, compute=False) is None and meaning_of(documents, compute=True):
            changed(Edition.objects.filter(pk=edition.pk))


def queue_meaning() -> bool:
    """See to it that the worker does so soon; whether it had to be asked."""
    return queue_once(prepare_meaning)
