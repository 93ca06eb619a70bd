"""An approval pressed by mistake is taken back by one press: of a sheet at once, of the frame by a proposal."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Axis, Strategy
from aumenta.plan.renumbering import code_now
from aumenta.plan.sheet_content import SheetContent, read_content
from aumenta.review.approve import approve, send_back
from aumenta.review.back.undo_approval import UNDO_FOR, undo_approval
from aumenta.review.editions.freeze import freeze
from aumenta.review.frame.decide_change import approve_change, submit_change
from aumenta.review.frame.propose_change import propose_to_put_back
from aumenta.review.frame.texts import texts_of
from aumenta.review.frame.undo_change import may_undo_change, propose_to_undo
from aumenta.review.models import FrameProposal, Proposal, RemovedSheet, Version
from aumenta.review.propose import propose
from aumenta.review.submit import submit
from tests.cast import somebody
from tests.desk_things import a_proposal
from tests.frame_cast import Kind, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def approved(office: Office) -> tuple[Proposal, SheetContent]:
    """A proposal on 1.1.2 that was approved, and what the sheet said before."""
    before = read_content(office.action)
    made = a_proposal(office.editor, office.action)
    approve(person=office.judge, proposal_id=made.pk, revision=made.revision)
    made.refresh_from_db()
    return made, before


def test_one_press_gives_the_sheet_its_words_back_and_the_proposal_to_the_approvers(
    office: Office, client: Client
) -> None:
    made, before = approved(office)
    numbers = Version.objects.filter(action=office.action).count()
    client.force_login(office.judge)
    page = client.get(reverse("desk:proposal", args=[made.pk])).content.decode()
    address = reverse("desk:undo_approval", args=[made.pk])
    assert f'action="{address}"' in page
    client.post(address)
    made.refresh_from_db()
    assert (made.state, made.version, made.decided_by) == ("submitted", None, None)
    assert read_content(Action.objects.get(pk=office.action.pk)) == before
    # Nothing of the history is lost: the version that was approved, and the one that says again what was before it.
    versions = list(Version.objects.filter(action=office.action).order_by("number"))
    assert len(versions) == numbers + 1
    assert [one.origin for one in versions[-2:]] == ["approved", "undone"]
    assert versions[-1].content == before
    assert address not in client.get(reverse("desk:proposal", args=[made.pk])).content.decode()
    # It waits as it did: it can be sent back, or approved again.
    approve(person=office.judge, proposal_id=made.pk, revision=made.revision)
    undo_approval(person=office.judge, proposal_id=made.pk)
    assert send_back(person=office.judge, proposal_id=made.pk, revision=made.revision, answer="No").state == "sent_back"


def test_its_writers_and_the_other_approvers_are_told(
    office: Office, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    made, _before = approved(office)
    other = somebody("approver")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        undo_approval(person=office.judge, proposal_id=made.pk)
    assert {one.to[0] for one in mail.outbox} == {office.editor.email, other.email}
    assert {one.subject for one in mail.outbox} == {"Approvazione annullata: scheda 1.1.2"}


def test_whoever_wrote_in_it_and_whoever_does_not_decide_takes_no_approval_back(office: Office) -> None:
    made, _before = approved(office)
    for stranger in (office.editor, somebody("reader"), somebody("referent")):
        with pytest.raises(NotAllowedError):
            undo_approval(person=stranger, proposal_id=made.pk)
    hers = a_proposal(office.judge, Action.objects.of(office.edition).with_code("1.1.1").get())
    other = somebody("approver")
    approve(person=other, proposal_id=hers.pk, revision=hers.revision)
    with pytest.raises(RefusedError, match="own_proposal"):
        undo_approval(person=office.judge, proposal_id=hers.pk)


@pytest.mark.parametrize("why", ["not_approved", "written_since", "newer", "frozen", "approved_too_long_ago"])
def test_what_was_written_or_sealed_since_is_never_overwritten(why: str, office: Office) -> None:
    made, _before = approved(office)
    now = timezone.now()
    if why == "not_approved":
        undo_approval(person=office.judge, proposal_id=made.pk)
    elif why == "written_since":
        propose(person=office.editor, action=office.action, content=read_content(office.action))
    elif why == "newer":
        action = Action.objects.get(pk=office.action.pk)
        draft = propose(person=office.editor, action=action, content={**read_content(action), "title_it": "Altro"})
        second = submit(person=office.editor, proposal_id=draft.pk, revision=draft.revision)
        approve(person=office.judge, proposal_id=second.pk, revision=second.revision)
    elif why == "frozen":
        freeze(person=somebody("administrator"), edition=office.edition, title_it="Aggiornamento", dated=now.date())
    else:
        now += UNDO_FOR + timedelta(minutes=1)
    said = read_content(Action.objects.get(pk=office.action.pk))
    with (
        patch("aumenta.review.back.undo_approval.timezone.now", lambda: now),
        pytest.raises(RefusedError, match="written_since" if why == "newer" else why),
    ):
        undo_approval(person=office.judge, proposal_id=made.pk)
    assert read_content(Action.objects.get(pk=office.action.pk)) == said


def frame(office: Office) -> dict[str, object]:
    """Every axis, strategy and action by its code, with its texts."""
    things = [*Axis.objects.filter(edition=office.edition), *Strategy.objects.of(office.edition)]
    return {thing.code: texts_of(thing) for thing in [*things, *Action.objects.of(office.edition)]}


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_of_change_to_the_frame_can_be_undone_by_one_press(
    kind: str, office: Office, client: Client
) -> None:
    made = office.sent(kind)
    before = frame(office)
    done = approve_change(person=office.judge, change=made, revision=made.revision)
    done = FrameProposal.objects.get(pk=done.pk)
    assert frame(office) != before
    boss = somebody("administrator")
    client.force_login(boss)
    page = client.get(reverse("desk:change", args=[done.pk])).content.decode()
    if done.takes_out:
        removed = RemovedSheet.objects.get(code=done.code)
        address = reverse("desk:put_back", args=[office.edition.label, removed.pk])
    else:
        address = reverse("desk:undo_change", args=[done.pk])
    assert f'action="{address}"' in page
    client.post(address)
    undoing = FrameProposal.objects.exclude(pk=done.pk).get(state="submitted")
    # Nobody undoes alone what two decided.
    with pytest.raises((RefusedError, NotAllowedError)):
        approve_change(person=boss, change=undoing, revision=undoing.revision)
    approve_change(person=office.judge, change=undoing, revision=undoing.revision)
    assert frame(office) == before


def test_what_was_changed_again_since_is_not_undone_over(office: Office) -> None:
    done = office.approved(Kind.STRATEGY_TEXT)
    assert may_undo_change(office.editor, done)
    office.approved(Kind.STRATEGY_TEXT, title_it="Nome ancora più nuovo")
    done = FrameProposal.objects.get(pk=done.pk)
    assert not may_undo_change(office.editor, done)
    with pytest.raises(RefusedError, match="written_since"):
        propose_to_undo(person=office.editor, change=done)


def test_an_axis_comes_back_with_what_hung_on_it_and_its_number_is_given_to_nothing_else(office: Office) -> None:
    removed = office.removed("strategy")
    tied = FrameProposal.objects.get(kind=Kind.DROP_STRATEGY)
    new = office.approved(Kind.NEW_STRATEGY)
    assert new.code == "1.3"
    change = propose_to_put_back(person=office.editor, removed=removed)
    sent = submit_change(person=office.editor, change=change, revision=change.revision)
    done = approve_change(person=office.judge, change=sent, revision=sent.revision)
    assert done.strategy is not None
    assert (done.strategy.code, done.strategy.title_it) == ("1.2", "Vuota")
    tied.refresh_from_db()
    assert not RemovedSheet.objects.exists()
    assert code_now(office.edition, "1.2") in (None, "1.2")
