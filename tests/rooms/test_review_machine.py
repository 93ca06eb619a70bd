"""Whatever several people do to the plan, in whatever order, nothing illegal can be reached and no text is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from aumenta.people.models import User
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import content_hash, normal_content, read_contents
from aumenta.review.approve import approve, send_back
from aumenta.review.back.restore import restore
from aumenta.review.edit_draft import edit_draft
from aumenta.review.editions.freeze import freeze, reopen
from aumenta.review.models import Proposal, Release, Version
from aumenta.review.propose import propose
from aumenta.review.queries import release_is_intact, structure_of
from aumenta.review.submit import submit, take_back
from aumenta.review.withdraw import withdraw
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db

WHO = st.integers(0, 5)
# Mostly one sheet: on four of them nobody would ever meet.
WHICH = st.sampled_from([0, 0, 0, 0, 2])
TEXT = st.sampled_from(["uno", "due", "tre", "", "<p>con <b>tag</b></p>", "La rete ciclabile collega i comuni."])
OLD = st.sampled_from([0, 0, 0, 0, -1])


class Office(RuleBasedStateMachine):
    """An administrator, two approvers, two editors and a referent on four sheets."""

    approvals = 0

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.edition: Edition
        self.drafts: dict[int, dict[str, Any]] = {}
        self.approved: dict[tuple[int, int], str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize(approved=st.sampled_from([True, True, True, False]), which=WHICH)
    def come_in(self, approved: bool, which: int) -> None:
        """Every example begins with the office as `hire` left it, and most of them with an approval.

        Of rules alone many an example makes nothing but seals, and what follows an approval is hardly ever tried.
        """
        self.edition = Edition.objects.get()
        self.actions = list(Action.objects.of(self.edition))
        self.people = list(User.objects.order_by("pk"))
        self.allowed = [range(4), range(4), range(4), range(2), range(4), range(1)]
        if approved:
            self.go_all_the_way(which=which, who=3 if which == 0 else 0, judge=1)

    def attempt(self, verb: Callable[..., Any], **arguments: Any) -> Any:
        """Call a verb; a refusal must come with a sentence for the person."""
        try:
            return verb(**arguments)
        except (RefusedError, NotAllowedError) as refusal:
            sentence = refusal_sentence(refusal)
        assert len(sentence) > 10
        return None

    def newest(self, which: int) -> Proposal | None:
        return Proposal.objects.filter(action=self.actions[which]).order_by("-pk").first()

    def content(self, which: int, text: str) -> dict[str, Any]:
        action = self.actions[which]
        return {**read_contents(Action.objects.filter(pk=action.pk))[action.pk], "description_it": text}

    @rule(who=WHO, which=WHICH, text=TEXT, back=OLD)
    def open_a_proposal(self, who: int, which: int, text: str, back: int) -> None:
        action, content = self.actions[which], self.content(which, text)
        newest = Version.objects.latest_of(action)
        base = newest.number + back if newest else None
        proposal = self.attempt(propose, person=self.people[who], action=action, content=content, base=base)
        if proposal:
            assert which in self.allowed[who]
            self.drafts[proposal.pk] = normal_content(content)

    @rule(who=WHO, which=WHICH, text=TEXT, back=OLD)
    def write(self, who: int, which: int, text: str, back: int) -> None:
        if proposal := self.newest(which):
            content = {**proposal.content, "description_it": text}
            saved = self.attempt(
                edit_draft,
                person=self.people[who],
                proposal_id=proposal.pk,
                revision=proposal.revision + back,
                content=content,
            )
            if saved:
                assert which in self.allowed[who]
                assert back == 0 or normal_content(content) == proposal.content
                self.drafts[proposal.pk] = normal_content(content)

    @rule(who=WHO, which=WHICH, back=OLD)
    def send(self, who: int, which: int, back: int) -> None:
        if proposal := self.newest(which):
            revision = proposal.revision + back
            self.attempt(submit, person=self.people[who], proposal_id=proposal.pk, revision=revision)

    @rule(who=WHO, which=WHICH)
    def take_it_back(self, who: int, which: int) -> None:
        if proposal := self.newest(which):
            self.attempt(take_back, person=self.people[who], proposal_id=proposal.pk)

    @rule(who=WHO, which=WHICH)
    def withdraw_it(self, who: int, which: int) -> None:
        if proposal := self.newest(which):
            self.attempt(withdraw, person=self.people[who], proposal_id=proposal.pk)

    @rule(who=WHO, which=WHICH, back=OLD, answer=st.sampled_from(["Manca la fonte.", " "]))
    def answer_no(self, who: int, which: int, back: int, answer: str) -> None:
        if proposal := self.newest(which):
            self.attempt(
                send_back,
                person=self.people[who],
                proposal_id=proposal.pk,
                revision=proposal.revision + back,
                answer=answer,
            )

    @rule(who=WHO, which=WHICH, back=OLD)
    def answer_yes(self, who: int, which: int, back: int) -> None:
        if proposal := self.newest(which):
            revision = proposal.revision + back
            version = self.attempt(approve, person=self.people[who], proposal_id=proposal.pk, revision=revision)
            if version:
                assert who in (0, 1, 2)
                assert back == 0
                assert version.content == self.drafts[proposal.pk]
                Office.approvals += 1
                self.approved[self.actions[which].pk, version.number] = version.content_hash

    @rule(which=WHICH, who=st.integers(0, 3), judge=st.integers(0, 2))
    def go_all_the_way(self, which: int, who: int, judge: int) -> None:
        """Open, send and decide without anybody in between, so that what follows an approval is tried often."""
        self.open_a_proposal(who=who, which=which, text=f"testo {Office.approvals}", back=0)
        self.send(who=who, which=which, back=0)
        self.answer_yes(who=judge, which=which, back=0)

    @rule(who=WHO, which=WHICH, number=st.integers(1, 3))
    def bring_back(self, who: int, which: int, number: int) -> None:
        version = Version.objects.filter(action=self.actions[which], number=number).first()
        if version and (proposal := self.attempt(restore, person=self.people[who], version=version)):
            self.drafts[proposal.pk] = normal_content(version.content)

    @rule(who=st.integers(0, 1))
    def seal(self, who: int) -> None:
        day = date(2022, 12, 22)
        self.attempt(freeze, person=self.people[who], edition=self.edition, title_it="Aggiornamento", dated=day)

    @rule(who=st.integers(0, 1))
    def unseal(self, who: int) -> None:
        self.attempt(reopen, person=self.people[who], edition=self.edition)

    @invariant()
    def at_most_one_proposal_is_open_for_a_sheet(self) -> None:
        open_on = list(Proposal.objects.open().values_list("action", flat=True))
        assert len(open_on) == len(set(open_on))

    @invariant()
    def the_public_page_is_the_latest_approved_version(self) -> None:
        contents = read_contents(Action.objects.all())
        for version in Version.objects.order_by("number"):
            contents[version.action_id, "latest"] = version  # type: ignore[index, assignment]
        for key, latest in list(contents.items()):
            if isinstance(key, tuple):
                assert contents[key[0]] == latest.content
                assert content_hash(latest.content) == latest.content_hash

    @invariant()
    def no_approved_text_is_lost(self) -> None:
        kept = {(v.action_id, v.number): v.content_hash for v in Version.objects.all()}
        assert self.approved.items() <= kept.items()
        for action_id in {action for action, _ in kept}:
            numbers = sorted(number for action, number in kept if action == action_id)
            assert numbers == list(range(1, len(numbers) + 1))

    @invariant()
    def no_saved_draft_is_lost(self) -> None:
        kept = {p.pk: p.content for p in Proposal.objects.all()}
        assert kept == self.drafts

    @invariant()
    def nobody_approved_what_she_wrote(self) -> None:
        for proposal in Proposal.objects.filter(state="approved").prefetch_related("editors"):
            writers = {proposal.author_id, *(c.person_id for c in proposal.editors.all())}
            assert proposal.decided_by_id not in writers
            assert proposal.version is not None
            assert proposal.version.content == proposal.content

    @invariant()
    def a_frozen_edition_says_what_its_seal_says(self) -> None:
        releases = list(Release.objects.select_related("edition").order_by("number"))
        assert all(release_is_intact(release) for release in releases)
        if releases and releases[-1].edition.frozen_at:
            assert content_hash(structure_of(releases[-1].edition)) == releases[-1].content_hash


def hire() -> None:
    """The plan and the people of the office, in the order of `Office.allowed`; made once for all examples."""
    edition = a_small_plan()
    axes = tuple(edition.axes.order_by("number"))
    somebody("administrator")
    somebody("approver")
    somebody("approver")
    somebody("editor", axes=axes[:1])
    somebody("editor", axes=axes)
    somebody("referent", answers_for=(Action.objects.of(edition)[0],))


def test_no_illegal_state_is_reachable_and_no_approved_text_is_lost() -> None:
    hire()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Office,
        settings=settings(
            max_examples=30, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    assert Office.approvals > 15, "the machine hardly ever got as far as an approval: it tests nothing"
    assert not Proposal.objects.exists(), "an example left something to the next"
