"""Two names of one thing become one everywhere: in sheets, drafts and lists; what was approved keeps its words.

A new version says of each sheet that only the name changed. Old versions are not touched: the name that went is a
wording of the other from then on, so they are still read.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from django.db import transaction

from aumenta.activity.log import log
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import changes_names
from aumenta.plan.change_names import Meant, keep_wording
from aumenta.plan.changed import changed
from aumenta.plan.models import (
    Action,
    Actor,
    ActorAlias,
    AlignmentProposal,
    Edition,
    FrameworkItem,
    ItemAlias,
    StrategyAlignment,
)
from aumenta.plan.sheet_content import SheetContent, normal_content, read_content
from aumenta.plan.write_sheet import write_sheet
from aumenta.review.activity import NAMES_MERGED
from aumenta.review.models import Proposal, Version
from aumenta.review.record import record_version, version_now


class Uses(NamedTuple):
    """Where a name is used: how many sheets of how many editions, open proposals, other wordings."""

    sheets: int
    editions: int
    proposals: int
    wordings: int


def uses_of(meant: Meant) -> Uses:
    """What a merger would touch, in figures."""
    actions = _actions(meant)
    return Uses(
        sheets=actions.count(),
        editions=actions.values("strategy__axis__edition").distinct().count(),
        proposals=sum(1 for proposal in Proposal.objects.open() if _names(proposal.content, meant)),
        wordings=meant.aliases.count(),
    )


@transaction.atomic
def merge_names(*, person: User, gone: Meant, kept: Meant) -> Meant:
    """Let `kept` stand wherever `gone` stands, and let `gone` go; its names become wordings of `kept`.

    Raises NotAllowedError; RefusedError «merge_with_itself» (also for two of different kinds).
    """
    check_permission(changes_names(person), "names")
    if gone == kept or type(gone) is not type(kept) or _framework(gone) != _framework(kept):
        raise RefusedError("merge_with_itself")
    for action in list(_actions(gone).select_related("strategy__axis__edition")):
        _in_sheet(action, gone, kept)
    for proposal in Proposal.objects.open():
        if _names(proposal.content, gone):
            Proposal.objects.filter(pk=proposal.pk).update(content=_replaced(proposal.content, gone, kept))
    if isinstance(gone, FrameworkItem):
        for row in StrategyAlignment.objects.filter(item=gone):
            StrategyAlignment.objects.get_or_create(strategy_id=row.strategy_id, item_id=kept.pk)
            row.delete()
        gone.children.update(parent=kept)
        # What the office declined stays declined under the name that stays.
        known = AlignmentProposal.objects.filter(item_id=kept.pk).values("action")
        AlignmentProposal.objects.filter(item=gone).exclude(action__in=known).update(item_id=kept.pk)
    for alias in gone.aliases.all():
        keep_wording(alias.printed, kept)
    keep_wording(gone.name_it, kept)
    if isinstance(gone, FrameworkItem) and gone.code:
        keep_wording(gone.code, kept)
    log(code=NAMES_MERGED, person=person, about=kept, subject=f"«{gone}» → «{kept}»")
    (ActorAlias.objects.filter(actor=gone) if isinstance(gone, Actor) else ItemAlias.objects.filter(item=gone)).delete()
    gone.delete()
    changed(Edition.objects.all())
    return kept


def _in_sheet(action: Action, gone: Meant, kept: Meant) -> None:
    before = version_now(action)
    content = write_sheet(action=action, content=_replaced(read_content(action), gone, kept))
    after = record_version(
        action=action, content=content, origin=Version.Origin.IMPORTED, reason=f"«{gone}» → «{kept}»"
    )
    # A draft that starts from the version before has seen all but the name, which changes in it too.
    Proposal.objects.open().filter(action=action, base=before).update(base=after)


def _actions(meant: Meant) -> Any:
    if isinstance(meant, Actor):
        return Action.objects.filter(involvements__actor=meant).distinct()
    return Action.objects.filter(alignments__item_id=meant.pk).distinct()


def _framework(meant: Meant) -> int:
    return meant.framework_id if isinstance(meant, FrameworkItem) else 0


def _names(content: SheetContent, meant: Meant) -> bool:
    return any(_is(row, meant) for row in content[_field(meant)])


def _field(meant: Meant) -> Literal["actors", "alignments"]:
    return "actors" if isinstance(meant, Actor) else "alignments"


def _is(row: Mapping[str, Any], meant: Meant) -> bool:
    if isinstance(meant, Actor):
        return bool(row["actor"] == meant.slug)
    return (row["framework"], row["item"]) == (meant.framework.code, meant.slug)


def _replaced(content: SheetContent, gone: Meant, kept: Meant) -> SheetContent:
    """The content with the one name for the other, once where it had both; the wording of the sheet stays beside it."""
    field = _field(gone)
    key = "actor" if field == "actors" else "item"
    held: Iterable[Mapping[str, Any]] = content[field]
    rows: list[Mapping[str, Any]] = []
    seen: set[tuple[str, ...]] = set()
    for row in held:
        row = {**row, key: kept.slug, "printed": row["printed"] or gone.name_it} if _is(row, gone) else row
        mark = (row.get("framework", ""), row[key], row.get("role", ""))
        if not row[key] or mark not in seen:
            rows.append(row)
        seen.add(mark)
    return normal_content({**content, field: rows})
