"""The verb by which the office writes a project that no official file brings."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.monitoring.activity import PROJECT_WRITTEN
from aumenta.monitoring.models import Project
from aumenta.monitoring.rules import may_keep_projects
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError, check_facts
from aumenta.territory.models import Municipality


@transaction.atomic
def write_project(
    *,
    person: User,
    project: Project | None = None,
    facts: Mapping[str, Any],
    municipalities: Collection[Municipality],
    seen: str = "",
) -> Project:
    """Write a new project, or other facts for one that the office wrote. What came from a file is changed by a file
    alone, or the next one would undo it without a word. `seen` is the `project_digest` of what she had before her.

    Raises NotAllowedError, RefusedError: project_of_a_file, project_changed_meanwhile, project_invalid,
    project_of_the_future (a day to come), project_paid_over_planned.
    """
    check_permission(may_keep_projects(person))
    kept = Project.objects.select_for_update(no_key=True).get(pk=project.pk) if project else Project()
    if kept.file_id is not None:
        raise RefusedError("project_of_a_file")
    if seen and project_digest(kept) != seen:
        raise RefusedError("project_changed_meanwhile")
    for name, value in facts.items():
        setattr(kept, name, value)
    today = timezone.localdate()
    if kept.as_of > today or (kept.paid_on and kept.paid_on > today):
        raise RefusedError("project_of_the_future")
    # What official files declare is shown as they declare it; the office's own figures have to agree.
    if kept.paid is not None and kept.planned is not None and kept.paid > kept.planned:
        raise RefusedError("project_paid_over_planned")
    check_facts(kept, "project_invalid")
    kept.save()
    kept.municipalities.set(municipalities)
    log(code=PROJECT_WRITTEN, person=person, about=kept, subject=kept.key)
    touch()
    return kept


def project_digest(project: Project) -> str:
    """What tells a project apart from what it was before somebody changed it."""
    facts = [str(getattr(project, field.attname)) for field in Project._meta.concrete_fields]
    places = sorted(project.municipalities.values_list("pk", flat=True)) if project.pk else []
    return hashlib.sha256(json.dumps([facts, places]).encode()).hexdigest()[:16]
