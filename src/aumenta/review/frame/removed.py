"""Keeps what goes with an axis, a strategy or an action that is taken out, and puts it back as it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.deletion import Collector

from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.plan.renumbering import codes_changed
from aumenta.plan.sheet_content import read_content
from aumenta.review.frame.texts import edition_of
from aumenta.review.models import FrameProposal, RemovedSheet, Version
from aumenta.review.record import record_version

KEPT: Final = timedelta(days=90)
"""For how long it can be put back; versions stay."""
_PARENT: Final = {"axis": "edition", "strategy": "axis", "action": "strategy"}
"""Kind → the field that names what such a thing is part of."""
_NOT_KEPT: Final = frozenset({"review.presence"})
"""Rows that say nothing once the sheet is gone: whose browser had its form open."""


def keep_removed(thing: Axis | Strategy | Action, reason: str) -> RemovedSheet:
    """Keep it and every row that its deletion takes along; to be called right before it."""
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=thing)
    collector.collect([thing])
    gone: list[models.Model] = [thing]
    deleted: list[Iterable[models.Model]] = [*collector.data.values(), *collector.fast_deletes]
    for rows in deleted:
        gone += [row for row in rows if row != thing and row._meta.label_lower not in _NOT_KEPT]
    # A list of rows or a queryset for each field.
    updates: dict[Any, Any] = collector.field_updates
    loose = [
        [field.model._meta.label_lower, field.attname, [row.pk for rows in parts for row in rows]]
        for (field, _value), parts in updates.items()
    ]
    kind = kind_of(thing)
    parent = getattr(thing, _PARENT[kind])
    return RemovedSheet.objects.create(
        kind=kind,
        edition=parent if isinstance(parent, Edition) else edition_of(parent),
        axis=parent if isinstance(parent, Axis) else None,
        strategy=parent if isinstance(parent, Strategy) else None,
        code=thing.code,
        title_it=thing.title_it,
        title_en=thing.title_en,
        reason=reason.strip()[:500],
        rows=serializers.serialize("python", gone),
        loose=loose,
    )


def kind_of(thing: Axis | Strategy | Action) -> RemovedSheet.Kind:
    """Its kind."""
    return RemovedSheet.Kind(thing._meta.model_name or "")


def removed_of(change: FrameProposal) -> RemovedSheet:
    """What a change would put back. Raises as `refuse_put_back` does."""
    kept = can_be_put_back(change.edition, whole=True).filter(code=change.code, kind=change.kind.removeprefix("back_"))
    return _possible(kept.first(), change.code)


def _possible(kept: RemovedSheet | None, code: str) -> RemovedSheet:
    refuse_put_back(kept, code)
    assert kept is not None
    return kept


def refuse_put_back(kept: RemovedSheet | None, code: str) -> None:
    """Raise RefusedError «removed_too_long_ago» (or put back already), «frame_thing_gone» (its strategy) or
    «code_taken»."""
    if kept is None:
        raise RefusedError("removed_too_long_ago", code_of=code)
    if kept.parent is None:
        raise RefusedError("frame_thing_gone")
    beside = _model(kept)._default_manager.filter(**{_PARENT[kept.kind]: kept.parent})
    if beside.filter(number=kept.rows[0]["fields"]["number"]).exists():
        raise RefusedError("code_taken", code_of=code)


def _model(kept: RemovedSheet) -> type[Axis | Strategy | Action]:
    models_of: dict[str, type[Axis | Strategy | Action]] = {"axis": Axis, "strategy": Strategy, "action": Action}
    return models_of[kept.kind]


def put_back(kept: RemovedSheet, change: FrameProposal | None = None) -> Axis | Strategy | Action:
    """Write the rows again; what they pointed to and is gone meanwhile stays away. The caller holds the edition."""
    assert kept.parent is not None
    for row in serializers.deserialize("python", kept.rows):
        if _still_possible(row.object):
            row.save(force_insert=True)
    key = kept.rows[0]["pk"]
    for label, name, keys in kept.loose:
        apps.get_model(label)._default_manager.filter(pk__in=keys).update(**{name: key})
    thing = _model(kept)._default_manager.get(pk=key)
    if isinstance(thing, Action):
        _record(thing, change)
    if thing.code != kept.code:
        codes_changed(kept.edition, {kept.code: thing.code})
    kept.delete()
    return thing


def _record(action: Action, change: FrameProposal | None) -> None:
    approval: dict[str, Any] = {}
    if change is not None:
        approval = {"author": change.author, "approved_by": change.decided_by, "reason": change.reason}
    record_version(
        action=action,
        content=read_content(action),
        origin=Version.Origin.APPROVED if change else Version.Origin.OPENED,
        **approval,
    )


def can_be_put_back(edition: Edition, *, whole: bool = False) -> models.QuerySet[RemovedSheet]:
    """What was taken out of an edition and has a place in it still, newest first; without what went with it unless
    `whole`."""
    has_a_place = models.Q(kind="axis") | models.Q(axis__isnull=False) | models.Q(strategy__isnull=False)
    kept = RemovedSheet.objects.filter(edition=edition).select_related("edition", "axis__edition", "strategy__axis")
    return kept if whole else kept.filter(has_a_place).defer("rows", "loose")


def forget_removed(now: datetime) -> int:
    """Delete what was kept for longer than KEPT; returns how many."""
    return RemovedSheet.objects.filter(removed_at__lt=now - KEPT).delete()[0]


def _still_possible(row: models.Model) -> bool:
    """Whether everything it points to is there; a key that may be empty is emptied instead."""
    for field in row._meta.concrete_fields:
        key = getattr(row, field.attname)
        # What was taken out is written first, so that what hung on it finds it.
        if not isinstance(field, models.ForeignKey) or key is None:
            continue
        if field.remote_field.model._default_manager.filter(pk=key).exists():
            continue
        if not field.null:
            return False
        setattr(row, field.attname, None)
    return True
