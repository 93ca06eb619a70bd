"""Editions: opened from the one before, frozen with a seal, published; what was approved never changes."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from aumenta.activity.models import ActivityEntry
from aumenta.people.models import Grant, Role
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, ActionContinuation, Edition
from aumenta.plan.sheet_content import read_content, read_contents
from aumenta.review.approve import approve
from aumenta.review.edit_draft import edit_draft
from aumenta.review.editions.continuations import add_sheet, continue_action, drop_sheet, end_continuation
from aumenta.review.editions.freeze import freeze, publish, reopen
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.queries import release_is_intact, sheets_beside_their_version
from aumenta.review.record import record_import
from aumenta.review.refusals import StaleBaseError
from aumenta.review.submit import submit
from tests.cast import a_plan, a_small_plan, somebody

pytestmark = pytest.mark.django_db
DAY = date(2022, 12, 22)


def approved(action: Action, title: str) -> Version:
    author, approver = somebody("administrator"), somebody("approver")
    proposal = propose(person=author, action=action, content={**read_content(action), "title_it": title})
    proposal = submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
    return approve(person=approver, proposal_id=proposal.pk, revision=proposal.revision)


def test_the_next_edition_says_what_the_one_before_says_and_continues_it() -> None:
    old = a_plan(axes=2, strategies=4, actions=9)
    new = open_edition(person=somebody("administrator"), source=old, label="2024-2026", title_it="Nuova")
    before, after = Action.objects.of(old), Action.objects.of(new)
    assert [a.code for a in before] == [a.code for a in after]
    old_contents, new_contents = read_contents(before), read_contents(after)
    for tie in ActionContinuation.objects.all():
        assert old_contents[tie.older_id] == new_contents[tie.newer_id]
    assert ActionContinuation.objects.count() == 9
    assert not new.is_public
    assert sheets_beside_their_version(new) == []


@pytest.mark.parametrize("label", ["2024", "2026-2024", "due-tre", "2021-2023"])
def test_years_that_are_none_or_taken_open_no_edition(label: str) -> None:
    old = a_small_plan()
    with pytest.raises(RefusedError):
        open_edition(person=somebody("administrator"), source=old, label=label, title_it="Nuova")
    assert Edition.objects.count() == 1


def test_only_an_administrator_opens_freezes_and_publishes() -> None:
    edition, approver = a_small_plan(state="preparation"), somebody("approver")
    for attempt in (
        lambda: open_edition(person=approver, source=edition, label="2024-2026", title_it="x"),
        lambda: freeze(person=approver, edition=edition, title_it="x", dated=DAY),
        lambda: publish(person=approver, edition=edition),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


def test_the_old_edition_is_read_while_the_new_one_is_prepared() -> None:
    old = a_small_plan()
    new = open_edition(person=somebody("administrator"), source=old, label="2024-2026", title_it="Nuova")
    approved(Action.objects.of(new).with_code("1.1.1").get(), "Solo nella nuova")
    assert Action.objects.of(old).with_code("1.1.1").get().title_it == "Azione 1.1.1"
    publish(person=somebody("administrator"), edition=new)
    assert Edition.objects.get(pk=new.pk).is_public


def test_a_seal_notices_when_something_was_changed_behind_it() -> None:
    edition = a_small_plan()
    release = freeze(person=somebody("administrator"), edition=edition, title_it="Aggiornamento", dated=DAY)
    assert release_is_intact(release)
    Version.objects.filter(edition=edition, code="1.1.1").delete()
    assert not release_is_intact(release)


def test_a_seal_holds_while_the_update_goes_on() -> None:
    edition, administrator = a_small_plan(), somebody("administrator")
    first = freeze(person=administrator, edition=edition, title_it="Adozione", dated=DAY)
    with pytest.raises(RefusedError):
        propose(person=administrator, action=Action.objects.of(edition)[0], content={"title_it": "x"})
    reopen(person=administrator, edition=edition)
    approved(Action.objects.of(edition).with_code("1.1.1").get(), "Dopo")
    second = freeze(person=administrator, edition=edition, title_it="Aggiornamento", dated=DAY)
    assert release_is_intact(first)
    assert release_is_intact(second)
    assert first.content_hash != second.content_hash
    assert second.number == 2


def test_the_same_content_has_the_same_seal_in_two_databases() -> None:
    edition = a_small_plan()
    administrator = somebody("administrator")
    first = freeze(person=administrator, edition=edition, title_it="Uno", dated=DAY)
    reopen(person=administrator, edition=edition)
    second = freeze(person=administrator, edition=edition, title_it="Due", dated=DAY)
    assert first.content_hash == second.content_hash


def test_a_freeze_waits_for_the_proposals_that_wait() -> None:
    edition, administrator = a_small_plan(), somebody("administrator")
    proposal = propose(person=administrator, action=Action.objects.of(edition)[0], content={"title_it": "Nuovo"})
    submit(person=administrator, proposal_id=proposal.pk, revision=proposal.revision)
    with pytest.raises(RefusedError, match="waiting"):
        freeze(person=administrator, edition=edition, title_it="Uno", dated=DAY)


def test_sheets_are_added_and_taken_out_only_in_preparation_and_their_text_stays() -> None:
    edition, administrator = a_small_plan(state="preparation"), somebody("administrator")
    record_import(edition=edition)
    action = Action.objects.of(edition).with_code("1.1.2").get()
    with pytest.raises(RefusedError, match="drop_reason_required"):
        drop_sheet(person=administrator, action=action, reason=" ")
    drop_sheet(person=administrator, action=action, reason="Conclusa")
    assert not Action.objects.of(edition).with_code("1.1.2").exists()
    last = Version.objects.get(edition=edition, code="1.1.2", origin="ended")
    assert (last.content["title_it"], last.reason) == ("Azione 1.1.2", "Conclusa")
    added = add_sheet(person=administrator, strategy=edition.axes.get(number=1).strategies.get(), title_it="Nuova")
    assert added.code == "1.1.2"
    publish(person=administrator, edition=edition)
    with pytest.raises(RefusedError, match="not_in_preparation"):
        drop_sheet(person=administrator, action=added, reason="Ripensamento")


def test_split_and_merged_actions_are_said_and_unsaid() -> None:
    old, administrator = a_small_plan(), somebody("administrator")
    new = open_edition(person=administrator, source=old, label="2024-2026", title_it="Nuova")
    first, heir = Action.objects.of(old).with_code("1.1.1").get(), Action.objects.of(new).with_code("2.1.1").get()
    tie = continue_action(person=administrator, older=first, newer=heir, kind="split", reason="In due")
    assert first.continued_by.count() == 2
    with pytest.raises(RefusedError, match="same_edition"):
        continue_action(person=administrator, older=heir, newer=first, kind="kept")
    end_continuation(person=administrator, tie=tie)
    assert first.continued_by.count() == 1


def test_the_database_itself_refuses_to_change_a_version_or_the_log() -> None:
    edition = a_small_plan()
    version = approved(Action.objects.of(edition).with_code("1.1.1").get(), "Nuovo")
    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(content={"title_it": "Falso"}),
        lambda: ActivityEntry.objects.update(detail="Falso"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_database_itself_refuses_two_open_proposals_and_a_decision_on_ones_own() -> None:
    edition, editor = a_small_plan(), somebody("administrator")
    action = Action.objects.of(edition).with_code("1.1.1").get()
    proposal = propose(person=editor, action=action, content={"title_it": "Uno"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(
            edition=edition, action=action, code="1.1.1", author=editor, base=proposal.base, content={}
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(decided_by=editor)


def test_the_database_itself_refuses_a_decision_of_whoever_wrote_in_the_draft() -> None:
    edition, author, colleague = a_small_plan(), somebody("administrator"), somebody("approver")
    action = Action.objects.of(edition).with_code("1.1.1").get()
    proposal = propose(person=author, action=action, content={"title_it": "Uno"})
    edit_draft(person=colleague, proposal_id=proposal.pk, revision=1, content={"title_it": "Due"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(decided_by=colleague)
    stranger = somebody("approver")
    Proposal.objects.filter(pk=proposal.pk).update(decided_by=stranger)
    assert Proposal.objects.get().decided_by == stranger


def test_a_stale_base_is_refused_also_at_the_approval() -> None:
    edition = a_small_plan()
    action = Action.objects.of(edition).with_code("1.1.1").get()
    author, approver = somebody("administrator"), somebody("approver")
    proposal = propose(person=author, action=action, content={**read_content(action), "title_it": "Mio"})
    proposal = submit(person=author, proposal_id=proposal.pk, revision=proposal.revision)
    Action.objects.filter(pk=action.pk).update(title_it="Da un’importazione")
    record_import(edition=edition)
    with pytest.raises(StaleBaseError):
        approve(person=approver, proposal_id=proposal.pk, revision=proposal.revision)
    assert Proposal.objects.get().state == "submitted"


def test_the_last_administrator_keeps_her_role() -> None:
    from aumenta.people.accounts import take_role

    only = somebody("administrator")
    with pytest.raises(RefusedError, match="last_administrator"):
        take_role(person=only, grant=Grant.objects.get(person=only, role=Role.ADMINISTRATOR))


def test_nobody_holds_a_role_twice() -> None:
    person = somebody("reader")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(person=person, role=Role.READER)
