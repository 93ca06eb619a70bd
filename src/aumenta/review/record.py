"""Records what a sheet says as a version: after an approval, an import, or when an edition is opened."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from aumenta.people.models import User
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import SheetContent, content_hash, read_content, read_contents
from aumenta.review.models import Headings, Version
from aumenta.review.queries import headings_of


def record_version(
    *,
    action: Action,
    content: SheetContent,
    origin: Version.Origin,
    author: User | None = None,
    approved_by: User | None = None,
    reason: str = "",
) -> Version:
    """Add the next version of a sheet. The caller holds the action's lock."""
    latest = Version.objects.latest_of(action)
    return Version.objects.create(
        edition=action.strategy.axis.edition,
        action=action,
        code=action.code,
        number=latest.number + 1 if latest else 1,
        origin=origin,
        content=content,
        content_hash=content_hash(content),
        author=author,
        approved_by=approved_by,
        reason=reason[:500],
    )


def version_now(action: Action) -> Version:
    """The version the public reads; a sheet never recorded is recorded as it is. The caller holds the action's lock."""
    latest = Version.objects.latest_of(action)
    return latest or record_version(action=action, content=read_content(action), origin=Version.Origin.IMPORTED)


@transaction.atomic
def record_import(
    *, edition: Edition, at: datetime | None = None, origin: Version.Origin = Version.Origin.IMPORTED
) -> int:
    """Record every sheet of an edition that says something else than its latest version, and the titles of its axes
    and strategies where they changed; returns how many sheets.

    To be called after whatever writes sheets without a proposal: an import, the opening of an edition. For the console
    and for other verbs, which have checked who may.
    """
    actions = Action.objects.filter(strategy__axis__edition=edition)
    contents = read_contents(actions)
    newest: dict[int, tuple[int, str]] = {}
    for action_id, number, digest in (
        Version.objects.filter(action__in=actions).order_by("number").values_list("action", "number", "content_hash")
    ):
        newest[action_id] = (number, digest)
    moment = at or timezone.now()
    versions = []
    for action in actions.select_related("strategy__axis"):
        digest = content_hash(contents[action.pk])
        number, held = newest.get(action.pk, (0, ""))
        if digest != held:
            versions.append(
                Version(
                    edition=edition,
                    action=action,
                    code=action.code,
                    number=number + 1,
                    origin=origin,
                    content=contents[action.pk],
                    content_hash=digest,
                    made_at=moment,
                )
            )
    Version.objects.bulk_create(versions)
    _record_headings(edition, moment)
    return len(versions)


def _record_headings(edition: Edition, moment: datetime) -> None:
    """Keep what the edition, its axes and strategies are called, where that is not what was kept last."""
    content = headings_of(edition)
    digest = content_hash(content)
    last = Headings.objects.filter(edition=edition).order_by("-made_at", "-pk").first()
    if last is None or last.content_hash != digest:
        Headings.objects.create(edition=edition, content=content, content_hash=digest, made_at=moment)


def current_content(action: Action) -> SheetContent:
    """What the sheet says now: its latest version, or the sheet itself where none was recorded yet."""
    latest = Version.objects.latest_of(action)
    content: SheetContent = latest.content if latest else read_content(action)
    return content
