"""Every way in which the review, the accounts and the names of the plan refuse, each met once by what a person does."""

from datetime import date

import pytest
from django.utils import timezone

from aumenta.people.accounts import (
    add_organisation,
    add_person,
    change_own_account,
    close_account,
    give_role,
    take_role,
)
from aumenta.people.change_address import ask_new_address, confirm_new_address
from aumenta.people.models import Grant, User
from aumenta.plan.change_names import add_alias
from aumenta.plan.models import Action, Actor, Edition, Involvement
from aumenta.plan.set_places import Chosen, set_places
from aumenta.plan.sheet_content import read_content
from aumenta.review.approve import approve, send_back
from aumenta.review.back.restore import restore
from aumenta.review.comments.comment import comment
from aumenta.review.edit_draft import edit_draft
from aumenta.review.editions.continuations import add_sheet, continue_action, drop_sheet
from aumenta.review.editions.freeze import freeze, publish, reopen
from aumenta.review.editions.hide_again import hide_again
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.models import Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.replace_text import find_and_replace
from aumenta.review.submit import submit, take_back
from aumenta.review.withdraw import withdraw
from tests.cast import a_small_plan, somebody
from tests.refusals_met import Refusals, office

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()
DAY = date(2022, 12, 22)


def sheet(code: str = "1.1.1") -> Action:
    """A sheet of the one edition, which is made where there is none."""
    edition = Edition.objects.first() or a_small_plan()
    return Action.objects.of(edition).with_code(code).get()


def draft(by: User | None = None, title: str = "Nuovo") -> Proposal:
    """A draft of the office on the first sheet."""
    action = sheet()
    return propose(person=by or office(), action=action, content={**read_content(action), "title_it": title})


def sent(by: User | None = None) -> Proposal:
    """A proposal that waits for a decision."""
    writer, made = by or office(), draft(by)
    return submit(person=writer, proposal_id=made.pk, revision=made.revision)


def approved(proposal: Proposal) -> Version:
    """Decided for by somebody else."""
    return approve(person=somebody("approver"), proposal_id=proposal.pk, revision=proposal.revision)


@REFUSALS.get("stale_base")
def a_draft_is_sent_after_another_change() -> object:
    first = sent()
    version = approved(first)
    made = draft(title="Secondo")
    Proposal.objects.filter(pk=made.pk).update(base=Version.objects.get(action=sheet(), number=version.number - 1))
    return submit(person=office(), proposal_id=made.pk, revision=made.revision)


@REFUSALS.get("stale_revision")
def a_draft_is_saved_that_another_has_saved() -> object:
    made = draft()
    content = {**made.content, "title_it": "Altro"}
    edit_draft(person=somebody("approver"), proposal_id=made.pk, revision=made.revision, content=content)
    return edit_draft(
        person=office(), proposal_id=made.pk, revision=made.revision, content={**made.content, "title_it": "Terzo"}
    )


@REFUSALS.get("problems")
def an_actor_goes_between_sending_and_deciding() -> object:
    waiting = sent()
    Involvement.objects.all().delete()
    Actor.objects.all().delete()
    return approved(waiting)


@REFUSALS.get("already_open")
def a_second_person_proposes_on_a_sheet() -> object:
    draft()
    return draft(by=somebody("approver"), title="Altro")


@REFUSALS.get("already_open_yours")
def somebody_proposes_from_two_windows() -> object:
    draft()
    return draft(title="Altro")


@REFUSALS.get("taken_back")
def a_proposal_is_approved_that_its_author_has_taken_back() -> object:
    return approved(take_back(person=office(), proposal_id=sent().pk))


@REFUSALS.get("frozen")
def somebody_proposes_into_a_frozen_edition() -> object:
    action = sheet()
    freeze(person=office(), edition=action.strategy.axis.edition, title_it="Adozione", dated=DAY)
    return draft()


@REFUSALS.get("not_frozen")
def an_open_edition_is_reopened() -> object:
    return reopen(person=office(), edition=sheet().strategy.axis.edition)


@REFUSALS.get("not_writable")
def what_waits_for_a_decision_is_written() -> object:
    waiting = sent()
    return edit_draft(
        person=office(),
        proposal_id=waiting.pk,
        revision=waiting.revision,
        content={**waiting.content, "title_it": "Di nascosto"},
    )


@REFUSALS.get("not_submitted")
def a_draft_is_approved() -> object:
    return approved(draft())


@REFUSALS.get("not_open")
def a_decided_proposal_is_withdrawn() -> object:
    waiting = sent()
    approved(waiting)
    return withdraw(person=office(), proposal_id=waiting.pk)


@REFUSALS.get("changed_since_seen")
def a_text_is_approved_that_was_written_anew_since_it_was_read() -> object:
    waiting = sent()
    Proposal.objects.filter(pk=waiting.pk).update(revision=waiting.revision + 1)
    return approved(waiting)


@REFUSALS.get("own_proposal")
def an_author_approves_herself() -> object:
    waiting = sent()
    return approve(person=office(), proposal_id=waiting.pk, revision=waiting.revision)


@REFUSALS.get("nothing_changed")
def a_proposal_says_what_the_sheet_says() -> object:
    made = propose(person=office(), action=sheet(), content=read_content(sheet()))
    return submit(person=office(), proposal_id=made.pk, revision=made.revision)


@REFUSALS.get("reason_required")
def a_proposal_is_sent_back_without_a_word() -> object:
    waiting = sent()
    return send_back(person=somebody("approver"), proposal_id=waiting.pk, revision=waiting.revision, answer=" \n ")


@REFUSALS.get("reason_too_long")
def a_reason_has_501_characters() -> object:
    action = sheet()
    return propose(person=office(), action=action, content=read_content(action), reason="x" * 501)


@REFUSALS.get("comment_required")
def a_comment_is_empty() -> object:
    return comment(person=office(), proposal=draft(), text="  ")


@REFUSALS.get("unknown_field")
def a_comment_is_about_no_field_of_a_sheet() -> object:
    return comment(person=office(), proposal=draft(), text="Perché?", field="colore")


@REFUSALS.get("waiting")
def an_edition_is_frozen_while_proposals_wait() -> object:
    sent()
    return freeze(person=office(), edition=Edition.objects.get(), title_it="Adozione", dated=DAY)


@REFUSALS.get("label_taken")
def two_editions_have_the_same_years() -> object:
    edition = a_small_plan()
    return open_edition(person=office(), source=edition, label=edition.label, title_it="Nuova")


@REFUSALS.get("bad_label")
def an_edition_ends_before_it_begins() -> object:
    return open_edition(person=office(), source=a_small_plan(), label="2026-2024", title_it="Nuova")


@REFUSALS.get("not_in_preparation")
def a_sheet_is_added_to_a_public_edition() -> object:
    return add_sheet(person=office(), strategy=sheet().strategy, title_it="In più")


@REFUSALS.get("day_to_come")
def an_edition_is_frozen_by_an_act_of_next_year() -> object:
    next_year = date(timezone.localdate().year + 1, 1, 1)
    return freeze(person=office(), edition=a_small_plan(), title_it="Adozione", dated=next_year)


@REFUSALS.get("not_public")
def an_edition_is_hidden_that_nobody_reads() -> object:
    return hide_again(person=office(), edition=a_small_plan(label="2024-2026", state="preparation"))


@REFUSALS.get("too_late_to_hide")
def an_edition_is_hidden_that_was_always_public() -> object:
    return hide_again(person=office(), edition=sheet().strategy.axis.edition)


@REFUSALS.get("already_public")
def a_public_edition_is_published() -> object:
    return publish(person=office(), edition=a_small_plan())


@REFUSALS.get("empty_edition")
def an_edition_without_strategies_is_published() -> object:
    edition = a_small_plan(state="preparation")
    edition.axes.all().delete()
    return publish(person=office(), edition=edition)


@REFUSALS.get("open_proposal")
def a_sheet_is_taken_out_on_which_somebody_writes() -> object:
    a_small_plan(state="preparation")
    draft()
    return drop_sheet(person=office(), action=sheet(), reason="Assorbita")


@REFUSALS.get("title_required")
def a_sheet_is_added_without_a_title() -> object:
    a_small_plan(state="preparation")
    return add_sheet(person=office(), strategy=sheet().strategy, title_it="  ")


@REFUSALS.get("sheet_gone")
def a_version_of_a_sheet_that_is_gone_is_brought_back() -> object:
    edition = a_small_plan(state="preparation")
    record_import(edition=edition)
    version = Version.objects.get(code="1.1.1")
    drop_sheet(person=office(), action=sheet(), reason="Assorbita")
    version.refresh_from_db()
    return restore(person=office(), version=version)


@REFUSALS.get("drop_reason_required")
def a_sheet_is_taken_out_without_a_reason() -> object:
    a_small_plan(state="preparation")
    return drop_sheet(person=office(), action=sheet(), reason=" ")


@REFUSALS.get("unknown_kind")
def an_action_goes_on_in_no_known_way() -> object:
    older = sheet()
    newer = a_small_plan(label="2024-2026", state="preparation")
    return continue_action(person=office(), older=older, newer=Action.objects.of(newer)[0], kind="forse")


@REFUSALS.get("same_edition")
def an_action_goes_on_from_one_of_its_own_edition() -> object:
    return continue_action(person=office(), older=sheet("1.1.1"), newer=sheet("1.1.2"), kind="kept")


@REFUSALS.get("words_required")
def nothing_is_looked_for() -> object:
    return find_and_replace(person=office(), edition=a_small_plan(), words=" ", by="x")


@REFUSALS.get("bad_email")
def an_account_has_no_address() -> object:
    return add_person(person=office(), email="ada.esempio.it", full_name="Ada")


@REFUSALS.get("email_taken")
def two_accounts_have_one_address_whatever_its_capitals() -> object:
    return add_person(person=office(), email="CAPO@esempio.it", full_name="Ada")


@REFUSALS.get("wrong_password")
def an_address_is_asked_for_without_the_password() -> object:
    return ask_new_address(person=office(), email="nuova@esempio.it", password="un'altra")


@REFUSALS.get("link_void")
def a_link_is_followed_that_nobody_signed() -> object:
    return confirm_new_address(person=office(), mark="x")


@REFUSALS.get("name_required")
def an_organisation_has_no_name() -> object:
    return add_organisation(person=office(), name_it="  ")


@REFUSALS.get("organisation_taken")
def an_organisation_is_added_twice() -> object:
    add_organisation(person=office(), name_it="Comune di Esempia")
    return add_organisation(person=office(), name_it="comune  di  Esempia")


@REFUSALS.get("bad_municipality_code")
def a_municipality_has_a_code_of_five_figures() -> object:
    return add_organisation(person=office(), name_it="Comune di Esempia", municipality_code="00127")


@REFUSALS.get("unknown_language")
def an_account_speaks_a_language_that_is_not_here() -> object:
    return change_own_account(person=office(), full_name="Ada", language="fr")


@REFUSALS.get("unknown_role")
def a_role_is_given_that_there_is_not() -> object:
    return give_role(person=office(), to=somebody("reader"), role="regina")


@REFUSALS.get("organisation_required")
def a_referent_has_no_organisation() -> object:
    return give_role(person=office(), to=somebody("reader"), role="referent")


@REFUSALS.get("last_administrator")
def the_last_administrator_who_can_sign_in_leaves() -> object:
    closed = somebody("administrator")
    close_account(person=office(), whose=closed)
    return take_role(person=office(), grant=Grant.objects.get(person=office()))


@REFUSALS.get("no_wording")
def a_wording_has_no_letters() -> object:
    return add_alias(person=office(), printed=" – ", meant=sheet().involvements.all()[0].actor)


@REFUSALS.get("alias_taken")
def a_wording_is_added_twice() -> object:
    actor = sheet().involvements.all()[0].actor
    add_alias(person=office(), printed="I Comuni", meant=actor)
    return add_alias(person=office(), printed="i comuni", meant=actor)


@REFUSALS.get("places_changed")
def places_are_set_that_somebody_has_changed_since() -> object:
    set_places(person=office(), action=sheet(), places=[Chosen("whole")])
    return set_places(person=office(), action=sheet(), places=[], seen="")


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)


def test_the_last_administrator_can_not_close_her_own_account_either() -> None:
    from aumenta.people.refusals import RefusedError

    close_account(person=office(), whose=somebody("administrator"))
    with pytest.raises(RefusedError, match="last_administrator"):
        close_account(person=office(), whose=office())
    editor = Grant.objects.create(person=office(), role="editor")
    take_role(person=office(), grant=editor)
    assert not Grant.objects.filter(role="editor").exists(), "any other role can be taken from her"


def test_a_reason_may_have_just_500_characters() -> None:
    action = sheet()
    assert len(propose(person=office(), action=action, content=read_content(action), reason="x" * 500).reason) == 500
