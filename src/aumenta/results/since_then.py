"""What happened after a state was taken: entries that arrived late, and voices that must not be public any more."""

from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.core.tablelog import operation
from aumenta.events.models import Event, Observation, TableOperation
from aumenta.events.queries import tables_overview
from aumenta.events.tables.project_log import project_log
from aumenta.results.models import Snapshot

_OF_STICKERS: Final = frozenset({operation.STICKERS, operation.PHONES})


class Late(NamedTuple):
    """What tables sent after a state was taken, each thing once: a voice is its text, its place and its mark."""

    voices: int
    counts: int
    """Strategies whose stickers were counted, or counted anew, at one table."""
    others: int
    """Head counts, badges, choices, photos."""

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self)


def late_entries(snapshot: Snapshot) -> Late:
    """What the centre received of the tables after this state was taken."""
    came = TableOperation.objects.counted().filter(table__event=snapshot.event_id, received_at__gt=snapshot.taken_at)
    things: dict[str, set[tuple[int, str, str]]] = {"voices": set(), "counts": set(), "others": set()}
    for table, what, key in came.order_by().values_list("table", "what", "key").distinct():
        if what in operation.OF_A_VOICE:
            things["voices"].add((table, "", key))
        elif what in _OF_STICKERS:
            things["counts"].add((table, "", key))
        else:
            things["others"].add((table, what, key))
    return Late(**{name: len(found) for name, found in things.items()})


def late_words(snapshot: Snapshot) -> str:
    """The same as a sentence for the office and the regia, with every figure that is another one by now; "" where
    nothing came."""
    late = late_entries(snapshot)
    if not late.total:
        return ""
    parts = [
        ngettext("%(n)s voice", "%(n)s voices", late.voices) % {"n": late.voices} if late.voices else "",
        ngettext("%(n)s count of stickers", "%(n)s counts of stickers", late.counts) % {"n": late.counts}
        if late.counts
        else "",
        ngettext("%(n)s other entry", "%(n)s other entries", late.others) % {"n": late.others} if late.others else "",
    ]
    what = ", ".join(filter(None, parts))
    came = _("After version %(number)s the tables sent: %(what)s.") % {"number": snapshot.number, "what": what}
    return " ".join([came, *_figures_now(snapshot)])


def _figures_now(snapshot: Snapshot) -> list[str]:
    """Each figure of the state that is not the one on the screen of the tables."""
    rows, state = tables_overview(snapshot.event), snapshot.read()
    figures = (
        (_("People: %(then)s in that version, %(now)s now."), state.people, "people"),
        (_("Stickers: %(then)s in that version, %(now)s now."), sum(t.stickers for t in state.tables), "stickers"),
        (
            _("Voices: %(then)s in that version, %(now)s now."),
            sum(t.observations for t in state.tables),
            "observations",
        ),
    )
    found = []
    for words, then, key in figures:
        now = sum(row[key] for row in rows)
        if now != then:
            found.append(words % {"then": then, "now": now})
    return found


def marked_since(event: Event) -> list[int]:
    """Voices that the public state quotes and that a table has marked since as not to be published, or withdrawn."""
    public = Snapshot.objects.filter(event=event).exclude(published_at=None).first()
    if public is None:
        return []
    project_log(event)
    quoted = {one.id for one in public.read().observations}
    gone = Observation.objects.filter(table__event=event).exclude(private=False, withdrawn=False)
    return sorted(quoted.intersection(gone.order_by().values_list("pk", flat=True)))
