"""Which sheets an item of an instrument may have to do with, as the synthesis reads the words of both: proposals that
stand apart from what people judged, and that nothing counts."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.core.synthesis.statements import read
from aumenta.core.synthesis.suggest import PlanIndex
from aumenta.governance.activity import TIES_PROPOSED
from aumenta.governance.models import InstrumentItem, InstrumentVersion, TieProposal
from aumenta.governance.rules import may_see_coherence
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from aumenta.themes.plan_texts import actions_plan_soon

MOST: Final = 3
"""Sheets proposed for an item: one that goes with everything says nothing."""


def propose_ties(*, person: User, edition: Edition, version: InstrumentVersion) -> int:
    """Read the titles of a version's items against the sheets of an edition and keep what is near; what was proposed
    before is replaced. Returns how many proposals there are.

    Raises NotAllowedError; RefusedError «items_without_words» where no item has a title of its own, «plan_being_read»
    where the plan is being read for the first time.
    """
    check_permission(may_see_coherence(person), "propose_ties")
    items = [one for one in version.items.exclude(level=InstrumentItem.Level.WHOLE) if read(one.title_it).readable]
    if not items:
        raise RefusedError("items_without_words", instrument=version)
    plan = actions_plan_soon(edition)
    if plan == "preparing":
        raise RefusedError("plan_being_read")
    return _keep(person, edition, version, _near(plan, items, edition) if plan else [])


def _near(plan: PlanIndex, items: list[InstrumentItem], edition: Edition) -> list[TieProposal]:
    """The nearest sheets of each item, none where nothing in the plan is about it."""
    actions = {one.code: one for one in Action.objects.of(edition).select_related("strategy__axis")}
    today = timezone.localdate()
    found = []
    for item, one in zip(items, plan.suggest([item.title_it for item in items]), strict=True):
        if one.outside:
            continue
        concerned = [match for match in one.ranked if match is one.ranked[0] or match.group in one.also]
        found += [
            TieProposal(
                action=actions[match.group], item=item, found_words="; ".join(match.words[:6])[:300], found_on=today
            )
            for match in concerned[:MOST]
            if match.group in actions
        ]
    return found


@transaction.atomic
def _keep(person: User, edition: Edition, version: InstrumentVersion, found: list[TieProposal]) -> int:
    InstrumentVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    TieProposal.objects.filter(item__version=version, action__strategy__axis__edition=edition).delete()
    TieProposal.objects.bulk_create(found)
    log(code=TIES_PROPOSED, person=person, about=version, subject=str(version), detail=str(len(found)))
    return len(found)
