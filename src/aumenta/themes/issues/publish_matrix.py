"""The verbs by which the matrix of issues is published as it stands, and taken off the site."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Edition
from aumenta.themes.activity import MATRIX_PUBLISHED, MATRIX_WITHDRAWN
from aumenta.themes.issues.matrix import publishable
from aumenta.themes.models import Coding, IssueMatrix
from aumenta.voices.models import Passage
from aumenta.voices.rules import may_publish_consultations


def published_matrix(edition: Edition) -> IssueMatrix | None:
    """The one that anybody may read."""
    return IssueMatrix.objects.filter(edition=edition, withdrawn_at=None).first()


@transaction.atomic
def publish_matrix(*, person: User, edition: Edition) -> IssueMatrix:
    """Freeze the counts of today, small ones left out, in place of those published before. Raises NotAllowedError;
    RefusedError where nothing was given to an issue, or nothing has changed since."""
    check_permission(may_publish_consultations(person))
    Edition.objects.select_for_update().only("pk").get(pk=edition.pk)
    content = publishable(edition)
    if not Coding.objects.filter(issue__edition=edition, passage__in=Passage.objects.counted()).exists():
        raise RefusedError("nothing_to_count")
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    before = published_matrix(edition)
    if before and before.sha256 == digest:
        raise RefusedError("matrix_is_the_same")
    IssueMatrix.objects.filter(edition=edition, withdrawn_at=None).update(withdrawn_at=timezone.now())
    made = IssueMatrix.objects.create(edition=edition, content=content, sha256=digest, published_by=person)
    log(code=MATRIX_PUBLISHED, person=person, about=edition, subject=edition.label)
    touch()
    return made


@transaction.atomic
def withdraw_matrix(*, person: User, edition: Edition) -> None:
    """Take the counts off the site. Raises NotAllowedError; RefusedError where none are there."""
    check_permission(may_publish_consultations(person))
    if not IssueMatrix.objects.filter(edition=edition, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        raise RefusedError("no_matrix_published")
    log(code=MATRIX_WITHDRAWN, person=person, about=edition, subject=edition.label)
    touch()
