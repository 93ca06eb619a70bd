"""What tells one state of the public site from another, so that pages kept in memory are made anew."""

from django.db import connections
from django.utils import timezone

from aumenta.activity.models import PublicRevision
from aumenta.pages.models import Page


def public_state() -> str:
    """A short text that changes with every change of something public (`activity.public_revision`), whenever a page's
    moment comes or its end passes, and at midnight, since much of what pages say depends on the day (which edition is
    in force, which events are still to come): the clock is asked, no job has to run. One query, asked for every kept
    page: written by hand, because put together by the ORM it would cost twenty times as much as the database takes to
    answer."""
    connection = connections[Page.objects.db]
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    question = (
        f"SELECT (SELECT number FROM {PublicRevision._meta.db_table}),"  # noqa: S608 - names of tables only
        " COUNT(CASE WHEN from_at <= %s THEN 1 END), COUNT(CASE WHEN until_at <= %s THEN 1 END)"
        f" FROM {Page._meta.db_table} WHERE state = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, [now, now, Page.State.PUBLISHED.value])
        return ".".join(str(part) for part in (timezone.localdate().toordinal(), *cursor.fetchone()))
