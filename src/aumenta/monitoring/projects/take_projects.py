"""The verbs of a file of projects: send it, look at what it would do, take it in, put it aside."""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.core.tables import TableError
from aumenta.monitoring.activity import PROJECTS_PUT_ASIDE, PROJECTS_SENT, PROJECTS_TAKEN
from aumenta.monitoring.models import Project, SourceFile
from aumenta.monitoring.projects.read_projects import ReadProject, Refused, read_projects
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError

FORMAT: Final = "progetti"
BATCH: Final = 500


@dataclass
class ProjectsPreview:
    """What taking the file in would do; `changed` with the names of the facts that change."""

    new: list[ReadProject] = field(default_factory=list)
    changed: list[tuple[Project, ReadProject, list[str]]] = field(default_factory=list)
    same: int = 0
    refused: list[Refused] = field(default_factory=list)

    @property
    def n_refused(self) -> int:
        """How many rows will not do."""
        return len(self.refused)


def send_projects(*, person: User | None, name: str, data: bytes, retrieved_on: date) -> SourceFile:
    """Keep a file of projects to be looked at; nothing is taken from it yet. `person` is None where the system loads
    its own. Raises NotAllowedError, RefusedError: unreadable_table."""
    if person is not None:
        check_permission(may_keep_projects(person))
    # Read before anything is locked: nobody who writes waits for it.
    _read(data)
    kept = SourceFile(
        name=name[:200],
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        format=FORMAT,
        retrieved_on=retrieved_on,
        content=zlib.compress(data),
        entered_by=person,
    )
    with transaction.atomic():
        kept.save()
        log(code=PROJECTS_SENT, person=person, about=kept)
    return kept


def _read(data: bytes) -> Any:
    try:
        return read_projects(data, today=timezone.localdate())
    except TableError as problem:
        raise RefusedError("unreadable_table", finding=problem.finding) from None


def look_at_projects(*, file: SourceFile) -> ProjectsPreview:
    """What taking the file in would do. Raises RefusedError: file_of_readings_gone, unreadable_table."""
    if file.taken_at or not file.content or file.format != FORMAT:
        raise RefusedError("file_of_readings_gone")
    read = _read(zlib.decompress(bytes(file.content)))
    known = {one.key: one for one in Project.objects.prefetch_related("municipalities")}
    preview = ProjectsPreview(refused=read.refused)
    for one in read.projects:
        there = known.get(one.facts["key"])
        if there is None:
            preview.new.append(one)
        elif changes := _changes(there, one):
            preview.changed.append((there, one, changes))
        else:
            preview.same += 1
    return preview


def _changes(there: Project, one: ReadProject) -> list[str]:
    found = [name for name, value in one.facts.items() if getattr(there, name) != value]
    if {place.pk for place in there.municipalities.all()} != one.places:
        found.append("municipalities")
    return found


def take_projects(
    *, person: User | None, file: SourceFile, looked_at: tuple[int, int] | None = None
) -> ProjectsPreview:
    """Take in what is new and what has changed; what was refused stays out, ties to actions stay.

    Raises NotAllowedError, RefusedError: file_of_readings_gone, unreadable_table, readings_changed_meanwhile.
    """
    if person is not None:
        check_permission(may_keep_projects(person))
    # Read and compared before anything is locked; what it was compared with must be the same once it is.
    known = _known()
    preview = look_at_projects(file=SourceFile.objects.get(pk=file.pk))
    if looked_at is not None and looked_at != (len(preview.new), len(preview.changed)):
        raise RefusedError("readings_changed_meanwhile", new=len(preview.new), changed=len(preview.changed))
    _write(person, file, preview, known)
    return preview


def _known() -> list[Any]:
    """The projects as they are, and where they lie."""
    lie = Project.municipalities.through.objects.order_by("pk").values_list("project", "municipality")
    return [list(Project.objects.order_by("pk").values_list()), list(lie)]


@transaction.atomic
def _write(person: User | None, file: SourceFile, preview: ProjectsPreview, known: list[Any]) -> None:
    file = SourceFile.objects.select_for_update(no_key=True).get(pk=file.pk)
    if file.taken_at or not file.content:
        raise RefusedError("file_of_readings_gone")
    if known != _known():
        raise RefusedError("readings_changed_meanwhile", new=len(preview.new), changed=len(preview.changed))
    made = Project.objects.bulk_create([Project(file=file, **one.facts) for one in preview.new], batch_size=BATCH)
    for there, one, _names in preview.changed:
        for name, value in one.facts.items():
            setattr(there, name, value)
        there.file = file
    changed = [there for there, _one, _names in preview.changed]
    names = [*(preview.changed[0][1].facts if changed else []), "file"]
    Project.objects.bulk_update(changed, names, batch_size=100)
    _place(zip(made, preview.new, strict=True))
    _place((there, one) for there, one, _names in preview.changed)
    file.taken_at, file.content = timezone.now(), b""
    file.save(update_fields=["taken_at", "content"])
    log(code=PROJECTS_TAKEN, person=person, about=file, detail=f"{len(preview.new)} + {len(preview.changed)}")
    touch()


def _place(pairs: Iterable[tuple[Project, ReadProject]]) -> None:
    """Put projects where their file says they lie."""
    through = Project.municipalities.through
    kept = list(pairs)
    rows = [(project.pk, place) for project, one in kept for place in one.places]
    through.objects.filter(project__in=[project.pk for project, _one in kept]).delete()
    through.objects.bulk_create(
        (through(project_id=project, municipality_id=place) for project, place in rows), batch_size=BATCH
    )


@transaction.atomic
def put_projects_aside(*, person: User, file: SourceFile) -> None:
    """Delete a file of which nothing was taken. Raises NotAllowedError, RefusedError: file_of_readings_gone."""
    check_permission(may_keep_projects(person))
    if not SourceFile.objects.filter(pk=file.pk, taken_at__isnull=True).exists():
        raise RefusedError("file_of_readings_gone")
    log(code=PROJECTS_PUT_ASIDE, person=person, about=file)
    SourceFile.objects.filter(pk=file.pk).delete()
