"""Many cells of the grid judged at once: all of them or none, and none that somebody judged otherwise meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from aumenta.governance.coherence.keep import judge
from aumenta.governance.models import InstrumentVersion, Tie
from aumenta.people.models import User
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition


@dataclass(frozen=True)
class Marked:
    """A cell as the page sent it: what it had shown, and what it is to be."""

    action: int
    item: int
    was: str
    kind: str


@transaction.atomic
def judge_cells(
    *, person: User, edition: Edition, version: InstrumentVersion, cells: Sequence[Marked], reason: str = ""
) -> list[str]:
    """Judge the cells that were marked in the grid; `reason` is why those marked so are not pertinent. A cell that a
    colleague judged otherwise meanwhile is left as it stands, and its name is returned.

    Raises NotAllowedError; RefusedError «cell_gone», «conflict_in_its_sheet» and those of `judge`; nothing is half
    written.
    """
    actions = Action.objects.of(edition).in_bulk([one.action for one in cells])
    items = version.items.in_bulk([one.item for one in cells])
    there = {(tie.action_id, tie.item_id): tie for tie in Tie.objects.filter(action__in=actions, item__in=items)}
    lost = []
    for one in cells:
        action, item = actions.get(one.action), items.get(one.item)
        if action is None or item is None:
            raise RefusedError("cell_gone")
        if one.kind == Tie.Kind.CONFLICTS:
            raise RefusedError("conflict_in_its_sheet", sheet=action.code, item=item)
        tie = there.get((action.pk, item.pk))
        now = tie.kind if tie else ""
        if now == one.kind:
            continue
        if now != one.was:
            lost.append(f"{action.code} · {item.code}")
            continue
        # The one reason of the page is that of what is not pertinent: of the others it would say nothing.
        words = reason.strip() if one.kind == Tie.Kind.NOT_PERTINENT else ""
        judge(person=person, action=action, item=item, kind=one.kind, reason=words or (tie.reason if tie else ""))
    return lost
