"""Keeps what goes with an action that is taken out, and puts it back as it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector

from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from aumenta.plan.renumbering import codes_changed
from aumenta.plan.sheet_content import read_content
from aumenta.review.models import FrameProposal, RemovedSheet, Version
from aumenta.review.record import record_version

KEPT: Final = timedelta(days=90)
"""For how long a sheet can be put back; its versions stay."""
_NOT_KEPT: Final = frozenset({"review.presence"})
"""Rows that say nothing once the sheet is gone: whose browser had its form open."""


def keep_removed(action: Action, reason: str) -> RemovedSheet:
    """Keep an action and every row that its deletion takes along; to be called right before it."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=action)
    collector.collect([action])
    gone: list[models.Model] = [action]
    deleted: list[Iterable[models.Model]] = [*collector.data.values(), *collector.fast_deletes]
    for rows in deleted:
        gone += [row for row in rows if row != action and row._meta.label_lower not in _NOT_KEPT]
    # A list of rows or a queryset for each field.
    updates: dict[Any, Any] = collector.field_updates
    loose = [
        [field.model._meta.label_lower, field.attname, [row.pk for rows in parts for row in rows]]
        for (field, _value), parts in updates.items()
    ]
    strategy = action.strategy
    return RemovedSheet.objects.create(
        edition=strategy.axis.edition,
        strategy=strategy,
        code=action.code,
        title_it=action.title_it,
        title_en=action.title_en,
        reason=reason.strip()[:500],
        rows=serializers.serialize("python", gone),
        loose=loose,
    )


def removed_of(change: FrameProposal) -> RemovedSheet:
    """The sheet that a change would put back. Raises as `refuse_put_back` does."""
    kept = RemovedSheet.objects.filter(edition=change.edition, code=change.code).select_related("strategy").first()
    refuse_put_back(kept, change.code)
    assert kept is not None
    return kept


def refuse_put_back(kept: RemovedSheet | None, code: str) -> None:
    """Raise RefusedError «removed_too_long_ago» (or put back already), «frame_thing_gone» (its strategy) or
    «code_taken»."""
    if kept is None:
        raise RefusedError("removed_too_long_ago", code_of=code)
    if kept.strategy is None:
        raise RefusedError("frame_thing_gone")
    if kept.strategy.actions.filter(number=kept.rows[0]["fields"]["number"]).exists():
        raise RefusedError("code_taken", code_of=code)


def put_back(kept: RemovedSheet, change: FrameProposal | None = None) -> Action:
    """Write the rows again; what they pointed to and is gone meanwhile stays away. The caller holds the edition."""
    assert kept.strategy is not None
    for row in serializers.deserialize("python", kept.rows):
        if _still_possible(row.object):
            row.save(force_insert=True)
    action = Action.objects.get(pk=kept.rows[0]["pk"])
    for label, name, keys in kept.loose:
        apps.get_model(label)._default_manager.filter(pk__in=keys).update(**{name: action.pk})
    approval: dict[str, Any] = {}
    if change is not None:
        approval = {"author": change.author, "approved_by": change.decided_by, "reason": change.reason}
    action = Action.objects.select_related("strategy__axis__edition").get(pk=action.pk)
    record_version(
        action=action,
        content=read_content(action),
        origin=Version.Origin.APPROVED if change else Version.Origin.OPENED,
        **approval,
    )
    if action.code != kept.code:
        codes_changed(kept.edition, {kept.code: action.code})
    kept.delete()
    return action


def can_be_put_back(edition: Edition) -> models.QuerySet[RemovedSheet]:
    """The sheets taken out of an edition, without what went with them, newest first."""
    return RemovedSheet.objects.filter(edition=edition, strategy__isnull=False).defer("rows", "loose")


def forget_removed(now: datetime) -> int:
    """Delete what was kept for longer than KEPT; returns how many."""
    return RemovedSheet.objects.filter(removed_at__lt=now - KEPT).delete()[0]


def _still_possible(row: models.Model) -> bool:
    """Whether everything it points to is there; a key that may be empty is emptied instead."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        if not isinstance(field, models.ForeignKey) or key is None or field.remote_field.model is Action:
            continue
        if field.remote_field.model._default_manager.filter(pk=key).exists():
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    return True
