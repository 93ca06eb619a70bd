"""Counts what changes for the public, so that pages kept in memory are made anew."""

from django.db import connections
from django.db.models import F
from django.utils import timezone

from aumenta.pages.models import Page, Revision


def touch() -> None:
    """Something here looks different to the public from now on. Verbs call it inside their transaction."""
    if not Revision.objects.filter(pk=1).update(number=F("number") + 1):
        Revision.objects.get_or_create(pk=1)
        Revision.objects.filter(pk=1).update(number=F("number") + 1)


def public_state() -> str:
    """A short text that changes with every change of something public and whenever a page's moment comes or its end
    passes: the clock is asked, no job has to run. One query, asked for every kept page: written by hand, because put
    together by the ORM it would cost twenty times as much as the database takes to answer."""
    connection = connections[Page.objects.db]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    question = (
        f"SELECT (SELECT number FROM {Revision._meta.db_table}),"  # noqa: S608 - names of tables only
        " COUNT(CASE WHEN from_at <= %s THEN 1 END), COUNT(CASE WHEN until_at <= %s THEN 1 END)"
        f" FROM {Page._meta.db_table} WHERE state = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [now, now, Page.State.RELEASED.value])
        return ".".join(str(number) for number in cursor.fetchone())
