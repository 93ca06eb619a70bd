"""Opens the next edition from one that exists: every sheet copied, each tied to the one it continues."""

from typing import Any

from django.db import models, transaction

from aumenta.activity.log import log
from aumenta.core.text.years import edition_label
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import (
    Action,
    ActionContinuation,
    ActionPlace,
    Alignment,
    AlignmentProposal,
    Axis,
    AxisEditor,
    Chapter,
    ContinuationKind,
    Edition,
    Example,
    Involvement,
    Link,
    Responsibility,
    SheetRow,
    Strategy,
    StrategyAlignment,
    StrategyContinuation,
)
from aumenta.review.activity import OPENED
from aumenta.review.editions.rename import years_of
from aumenta.review.models import Version
from aumenta.review.record import record_import
from aumenta.review.rules import may_manage_editions


@transaction.atomic
def open_edition(*, person: User, source: Edition, label: str, title_it: str, title_en: str = "") -> Edition:
    """A new edition in preparation that says what `source` says, with the same editors and responsibilities.

    The public goes on reading the old one. Raises NotAllowedError; RefusedError «bad_label», «label_taken» or
    «title_required».
    """
    check_permission(may_manage_editions(person), "open_edition")
    label = edition_label(label)
    first_year, last_year = years_of(label)
    if Edition.objects.filter(label=label).exists():
        raise RefusedError("label_taken", label=label)
    if not title_it.strip():
        raise RefusedError("title_required")
    edition = Edition.objects.create(
        plan=source.plan,
        label=label,
        title_it=title_it.strip(),
        title_en=title_en.strip(),
        first_year=first_year,
        last_year=last_year,
        state=Edition.State.PREPARATION,
        opened_from=source,
    )
    strategies = _copy_strategies(source, edition)
    actions = _copy_actions(source, strategies)
    # Proposed goals come along with what the office decided, as proposed places do: what it declined stays declined.
    for model in (Example, Link, SheetRow, Involvement, Alignment, AlignmentProposal, ActionPlace, Responsibility):
        _copy_rows(model, actions)
    Chapter.objects.bulk_create(
        Chapter(edition=edition, **_values(chapter, "edition")) for chapter in source.chapters.order_by("pk")
    )
    record_import(edition=edition, origin=Version.Origin.OPENED)
    log(code=OPENED, person=person, about=edition, within=edition.label, subject=label, detail=source.label)
    return edition


def _copy_strategies(source: Edition, edition: Edition) -> dict[int, Strategy]:
    """Axes, strategies and their alignments; returns the new strategies by the keys of the old."""
    copies: dict[int, Strategy] = {}
    for axis in source.axes.prefetch_related("strategies__alignments", "charges"):
        new_axis = Axis.objects.create(edition=edition, **_values(axis, "edition"))
        AxisEditor.objects.bulk_create(AxisEditor(axis=new_axis, person_id=c.person_id) for c in axis.charges.all())
        for strategy in axis.strategies.all():
            copy = Strategy.objects.create(axis=new_axis, **_values(strategy, "axis"))
            StrategyAlignment.objects.bulk_create(
                StrategyAlignment(strategy=copy, item_id=row.item_id) for row in strategy.alignments.all()
            )
            StrategyContinuation.objects.create(older=strategy, newer=copy, kind=ContinuationKind.KEPT, confirmed=True)
            copies[strategy.pk] = copy
    return copies


def _copy_actions(source: Edition, strategies: dict[int, Strategy]) -> dict[int, Action]:
    old = list(Action.objects.filter(strategy__axis__edition=source).order_by("pk"))
    new = Action.objects.bulk_create(
        Action(strategy=strategies[action.strategy_id], **_values(action, "strategy")) for action in old
    )
    ActionContinuation.objects.bulk_create(
        ActionContinuation(older=before, newer=after, kind=ContinuationKind.KEPT, confirmed=True)
        for before, after in zip(old, new, strict=True)
    )
    return {before.pk: after for before, after in zip(old, new, strict=True)}


def _copy_rows(model: type[models.Model], actions: dict[int, Action]) -> None:
    # In the order they were made: what has one position twice keeps its order in the copy.
    rows: Any = model._default_manager.filter(action__in=actions).order_by("pk")
    model._default_manager.bulk_create(model(action=actions[row.action_id], **_values(row, "action")) for row in rows)


def _values(row: models.Model, parent: str) -> dict[str, Any]:
    """All that a row says, but for its key and what it is part of: a field added later is copied too."""
    fields = row._meta.concrete_fields
    return {f.attname: getattr(row, f.attname) for f in fields if not f.primary_key and f.name != parent}
