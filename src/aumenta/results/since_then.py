"""What happened after a state was taken: entries that arrived late, and voices that must not be public any more."""

from aumenta.events.models import Event, Observation, TableOperation
from aumenta.events.tables.project_log import project_log
from aumenta.results.models import Snapshot


def late_entries(snapshot: Snapshot) -> int:
    """Entries of the tables which the centre received after this state was taken."""
    return (
        TableOperation.objects.counted()
        .filter(table__event=snapshot.event_id, received_at__gt=snapshot.taken_at)
        .count()
    )


def marked_since(event: Event) -> list[int]:
    """Voices that the public state quotes and that a table has marked since as not to be published, or withdrawn."""
    public = Snapshot.objects.filter(event=event).exclude(published_at=None).first()
    if public is None:
        return []
    project_log(event)
    quoted = {one.id for one in public.read().observations}
    gone = Observation.objects.filter(table__event=event).exclude(private=False, withdrawn=False)
    return sorted(quoted.intersection(gone.order_by().values_list("pk", flat=True)))
