"""Every way in which nothing is taken back, an approval or a change to the frame: each met."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve
from aumenta.review.back.undo_approval import UNDO_FOR, undo_approval
from aumenta.review.frame.undo_change import undoing_of
from aumenta.review.models import FrameProposal, Proposal
from aumenta.review.propose import propose
from tests.cast import somebody
from tests.desk_things import a_proposal
from tests.frame_cast import Office
from tests.refusals_met import Refusals

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()


def approved(place: Office) -> Proposal:
    """A proposal for which a judge has decided."""
    made = a_proposal(place.editor, Action.objects.of(place.edition).with_code("1.1.2").get())
    approve(person=place.judge, proposal_id=made.pk, revision=made.revision)
    return Proposal.objects.get(pk=made.pk)


@REFUSALS.get("not_approved")
def an_approval_is_taken_back_twice() -> object:
    place = Office()
    made = approved(place)
    undo_approval(person=place.judge, proposal_id=made.pk)
    return undo_approval(person=place.judge, proposal_id=made.pk)


@REFUSALS.get("approved_too_long_ago")
def an_approval_is_taken_back_after_a_week() -> object:
    place = Office()
    made = approved(place)
    long_ago = timezone.now() - UNDO_FOR - timedelta(minutes=1)
    Proposal.objects.filter(pk=made.pk).update(decided_at=long_ago)
    return undo_approval(person=place.judge, proposal_id=made.pk)


@REFUSALS.get("written_since")
def an_approval_is_taken_back_while_somebody_writes_on() -> object:
    place = Office()
    made = approved(place)
    action = Action.objects.get(pk=made.action_id)
    propose(person=somebody("approver"), action=action, content={**read_content(action), "title_it": "Altro"})
    return undo_approval(person=place.judge, proposal_id=made.pk)


@REFUSALS.get("undo_nothing")
def a_change_is_undone_that_nobody_has_approved() -> object:
    return undoing_of(Office().sent(FrameProposal.Kind.AXIS_TEXT))


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
