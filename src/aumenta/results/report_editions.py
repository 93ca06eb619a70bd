"""What the public reads of the office's words: a numbered copy, taken each time that the office publishes the results.

The figures come from a snapshot; the words are changed at the desk whenever somebody likes. Neither reaches the
public by itself.
"""

from django.db.models import Max
from django.utils import timezone

from aumenta.events.models import Event
from aumenta.people.models import User
from aumenta.results.models import ReportEdition, ReportText, Snapshot

Texts = dict[str, dict[str, str]]
"""Zone's number, or "" for the whole event → {"introduction", "conclusion"}; empty ones are left out."""


def texts_now(event: int) -> Texts:
    """The words as they stand at the desk."""
    rows = ReportText.objects.filter(event=event).order_by("zone__number")
    return {
        "" if number is None else str(number): {"introduction": introduction, "conclusion": conclusion}
        for number, introduction, conclusion in rows.values_list("zone__number", "introduction", "conclusion")
        if introduction or conclusion
    }


def new_edition(*, published_by: User, snapshot: Snapshot) -> ReportEdition:
    """A copy of the words of now for the reports of a state; the latest one where nothing is new in it.

    For the verb that publishes, which has asked for the permission and holds the event.
    """
    texts, latest = texts_now(snapshot.event_id), latest_edition(snapshot)
    if latest is not None and latest.texts == texts:
        return latest
    known = ReportEdition.objects.filter(snapshot__event=snapshot.event_id).aggregate(last=Max("number"))["last"] or 0
    return ReportEdition.objects.create(
        snapshot=snapshot, number=known + 1, texts=texts, published_at=timezone.now(), published_by=published_by
    )


def latest_edition(snapshot: Snapshot) -> ReportEdition | None:
    """The edition of a state that the public reads while it is the public one."""
    return ReportEdition.objects.filter(snapshot=snapshot).order_by("-number").first()


def unpublished_words(event: Event, public: Snapshot | None) -> set[str]:
    """Reports (zone's number, "" for the whole) whose words have changed since the public edition."""
    edition = latest_edition(public) if public else None
    if edition is None:
        return set()
    now = texts_now(event.pk)
    return {zone for zone in {*now, *edition.texts} if now.get(zone) != edition.texts.get(zone)}
