"""Writes a content into an action: the only way an approved text reaches the plan.

Called by the verbs of `review`, which hold the lock and have checked who may.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from aumenta.plan.changed import changed
from aumenta.plan.models import (
    Action,
    Actor,
    Alignment,
    Edition,
    Example,
    FrameworkItem,
    Involvement,
    Link,
    SheetRow,
)
from aumenta.plan.names import Names
from aumenta.plan.sheet_content import (
    TEXTS,
    ActorRow,
    AlignmentRow,
    ExampleRow,
    LabelledRow,
    LinkRow,
    ListName,
    SheetContent,
    read_content,
)


@transaction.atomic
def write_sheet(*, action: Action, content: SheetContent) -> SheetContent:
    """Make the action's sheet say `content` (normal form, without problems); returns what the sheet says afterwards.

    The two differ only where the content brings new actors or items: those are made, and get their short names.
    The edition's revision grows, so that no cached page goes on saying the old text.
    """
    held = read_content(action)
    if held != content:
        different: list[str] = [name for name in TEXTS if held[name] != content[name]]
        for text in TEXTS:
            setattr(action, text, content[text])
        if "title_it" in different and action.title_proposed:
            action.title_proposed = False  # a person has written it
            different.append("title_proposed")
        if different:
            action.save(update_fields=different)
        writers: dict[ListName, Callable[[Action, Any], None]] = {
            "examples": _write_examples,
            "actors": _write_actors,
            "alignments": _write_alignments,
            "links": _write_links,
            "rows": _write_rows,
        }
        for name, write in writers.items():
            if held[name] != content[name]:
                write(action, content[name])
        held = read_content(action)
    changed(Edition.objects.filter(axes__strategies__actions=action))
    return held


def _write_examples(action: Action, rows: list[ExampleRow]) -> None:
    action.examples.all().delete()
    Example.objects.bulk_create(Example(action=action, position=n, **row) for n, row in enumerate(rows, start=1))


def _write_links(action: Action, rows: list[LinkRow]) -> None:
    action.links.all().delete()
    Link.objects.bulk_create(Link(action=action, position=n, **row) for n, row in enumerate(rows, start=1))


def _write_rows(action: Action, rows: list[LabelledRow]) -> None:
    action.rows.all().delete()
    SheetRow.objects.bulk_create(SheetRow(action=action, position=n, **row) for n, row in enumerate(rows, start=1))


def _write_actors(action: Action, rows: list[ActorRow]) -> None:
    known = {actor.slug: actor for actor in Actor.objects.filter(slug__in=[row["actor"] for row in rows])}
    names = Names() if any(not row["actor"] for row in rows) else None
    chosen: dict[int, tuple[Actor, str]] = {}
    for row in rows:
        # A new name may turn out to be another wording of an actor that the row before named: once is enough.
        meant = names.actors(row["printed"]) if names and not row["actor"] else [known[row["actor"]]]
        for actor in meant:
            chosen.setdefault(actor.pk, (actor, row["printed"]))
    action.involvements.all().delete()
    Involvement.objects.bulk_create(
        Involvement(action=action, actor=actor, printed=printed, position=n)
        for n, (actor, printed) in enumerate(chosen.values(), start=1)
    )


def _write_alignments(action: Action, rows: list[AlignmentRow]) -> None:
    slugs = [row["item"] for row in rows]
    known = {
        (item.framework.code, item.slug): item
        for item in FrameworkItem.objects.filter(slug__in=slugs).select_related("framework")
    }
    names = Names() if any(not row["item"] for row in rows) else None
    chosen: dict[tuple[int, str], str] = {}
    for row in rows:
        if names and not row["item"]:
            meant = names.items(row["framework"], row["printed"])
        else:
            meant = [known[row["framework"], row["item"]]]
        for item in meant:
            chosen.setdefault((item.pk, row["role"]), row["printed"])
    action.alignments.all().delete()
    Alignment.objects.bulk_create(
        Alignment(action=action, item_id=item, role=role, printed=printed, position=n)
        for n, ((item, role), printed) in enumerate(chosen.items(), start=1)
    )
