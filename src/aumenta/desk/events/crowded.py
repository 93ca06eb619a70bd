"""What is said where more people were seated than there are seats: nobody is sent away, and somebody finds chairs."""

from django.utils.translation import gettext as _

from aumenta.events.models import Table
from aumenta.events.queries import crowds


def crowded(table: Table) -> list[str]:
    """A sentence for the table and one for the event, where either has more people registered than seats."""
    at_table = _(
        "%(table)s has more people (%(people)s) than seats (%(seats)s): add chairs, or seat somebody at another table."
    )
    in_event = _(
        "The event has more people (%(people)s) than seats (%(seats)s): if the rooms hold them all, raise its seats."
    )
    return [
        (at_table if crowd.table else in_event) % {"table": crowd.table, "people": crowd.people, "seats": crowd.seats}
        for crowd in crowds(table)
    ]
