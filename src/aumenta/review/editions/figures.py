"""What an edition holds, in figures: for whoever is about to publish, freeze or remove it."""

from typing import NamedTuple

from django.db.models import Q

from aumenta.plan.models import Action, Edition, Strategy
from aumenta.review.models import Proposal


class Holds(NamedTuple):
    """How many of each; `sparse` where hardly any sheet is written, which the public would take for the whole plan."""

    axes: int
    strategies: int
    actions: int
    without_description: int
    without_summary: int
    earlier_actions: int
    drafts: int
    waiting: int

    @property
    def sparse(self) -> bool:
        """Fewer actions than strategies or than half of the edition before, or most of them without a description."""
        few = self.actions < max(self.strategies, self.earlier_actions / 2)
        return few or self.without_description > self.actions / 2


def held_by(edition: Edition) -> Holds:
    """What the edition holds now, in six queries."""
    actions = Action.objects.filter(strategy__axis__edition=edition)
    proposals = Proposal.objects.filter(edition=edition)
    earlier = edition.earlier
    return Holds(
        axes=edition.axes.count(),
        strategies=Strategy.objects.filter(axis__edition=edition).count(),
        actions=actions.count(),
        without_description=actions.filter(description_it="").count(),
        without_summary=actions.filter(summary_it="").count(),
        earlier_actions=Action.objects.filter(strategy__axis__edition=earlier).count() if earlier else 0,
        drafts=proposals.filter(Q(state="draft") | Q(state="sent_back")).count(),
        waiting=proposals.filter(state="submitted").count(),
    )
