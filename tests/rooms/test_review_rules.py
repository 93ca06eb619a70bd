"""The rules of the review that no code of a refusal says by itself: each once, with what would go wrong without it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from aumenta.people.refusals import RefusedError
from aumenta.plan.models import Action, Edition
from aumenta.plan.sheet_content import ListName, read_content
from aumenta.review.approve import approve, approve_many
from aumenta.review.edit_draft import edit_draft
from aumenta.review.editions.freeze import freeze
from aumenta.review.models import Presence, Proposal, Version
from aumenta.review.propose import propose
from aumenta.review.queries import (
    contents_as_of,
    others_on,
    release_is_intact,
    say_present,
    sheets_beside_their_version,
)
from aumenta.review.record import record_import
from aumenta.review.rules import may_decide
from aumenta.review.submit import submit, submit_many, take_back
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db
DAY = date(2022, 12, 22)


class Office:
    """An edition, a writer and two approvers."""

    def __init__(self) -> None:
        self.edition = a_small_plan()
        self.writer = somebody("editor", axes=tuple(self.edition.axes.all()))
        self.carla, self.dario = somebody("approver"), somebody("approver")
        self.chief = somebody("administrator")

    def sheet(self, code: str = "1.1.1") -> Action:
        """A sheet by its code."""
        return Action.objects.of(self.edition).with_code(code).get()

    def draft(self, code: str = "1.1.1", **said: Any) -> Proposal:
        """A draft that says this."""
        action = self.sheet(code)
        content = {**read_content(action), "title_it": "Nuovo", **said}
        return propose(person=self.writer, action=action, content=content)

    def sent(self, code: str = "1.1.1", **said: Any) -> Proposal:
        """A proposal that waits."""
        made = self.draft(code, **said)
        return submit(person=self.writer, proposal_id=made.pk, revision=made.revision)

    def approved(self, proposal: Proposal) -> Version:
        """Approved by Carla as it stands."""
        return approve(person=self.carla, proposal_id=proposal.pk, revision=proposal.revision)


@pytest.fixture
def office() -> Office:
    return Office()


def test_whoever_wrote_a_word_of_a_proposal_does_not_decide_on_it(office: Office) -> None:
    made = office.draft()
    made = edit_draft(
        person=office.carla,
        proposal_id=made.pk,
        revision=made.revision,
        content={**made.content, "summary_it": "Di Carla."},
    )
    made = submit(person=office.writer, proposal_id=made.pk, revision=made.revision)
    assert not may_decide(office.carla, made)
    assert may_decide(office.dario, made)
    with pytest.raises(RefusedError, match="own_proposal"):
        office.approved(made)
    with pytest.raises(DatabaseError), transaction.atomic():
        Proposal.objects.filter(pk=made.pk).update(decided_by=office.carla)
    approve(person=office.dario, proposal_id=made.pk, revision=made.revision)


def test_a_frozen_edition_takes_no_approval_and_no_sending(office: Office) -> None:
    waiting, draft = office.sent("1.1.1"), office.draft("1.1.2")
    Edition.objects.filter(pk=office.edition.pk).update(frozen_at=timezone.now())
    with pytest.raises(RefusedError, match="frozen"):
        office.approved(waiting)
    with pytest.raises(RefusedError, match="frozen"):
        submit(person=office.writer, proposal_id=draft.pk, revision=draft.revision)
    assert office.sheet().title_it == "Azione 1.1.1"


def test_an_approval_never_undoes_what_was_approved_meanwhile(office: Office) -> None:
    first = office.approved(office.sent(title_it="Prima"))
    waiting = office.sent(title_it="Seconda")
    Proposal.objects.filter(pk=waiting.pk).update(base=Version.objects.get(action=office.sheet(), number=1))
    with pytest.raises(RefusedError, match="stale_base"):
        office.approved(waiting)
    assert first.number == 2
    assert office.sheet().title_it == "Prima"


def test_a_text_begun_on_an_old_version_opens_no_proposal(office: Office) -> None:
    office.approved(office.sent(title_it="Prima"))
    action = office.sheet()
    content = {**read_content(action), "title_it": "Seconda"}
    with pytest.raises(RefusedError, match="stale_base"):
        propose(person=office.writer, action=action, content=content, base=1)
    assert propose(person=office.writer, action=action, content=content, base=2).base.number == 2


def test_a_second_window_does_not_take_up_a_draft_it_has_not_seen(office: Office) -> None:
    first = office.draft(title_it="Dalla prima")
    assert office.draft(title_it="Dalla prima") == first, "a saving whose answer was lost may be repeated"
    with pytest.raises(RefusedError, match="already_open"):
        office.draft(title_it="Dalla seconda")


def test_the_history_names_the_author_and_the_approver(office: Office) -> None:
    version = office.approved(office.sent())
    assert (version.author, version.approved_by) == (office.writer, office.carla)


def test_a_refusal_stops_no_other_of_many(office: Office) -> None:
    stale, good = office.sent("1.1.1"), office.sent("1.1.2")
    chosen = [(stale.pk, stale.revision + 1), (good.pk, good.revision)]
    refused, done = approve_many(person=office.carla, chosen=chosen)
    assert isinstance(refused.refusal, RefusedError)
    assert refused.refusal.code == "changed_since_seen"
    assert done.version is not None
    bad, fine = office.draft("2.1.1"), office.draft("2.1.2")
    outcomes = dict(submit_many(person=office.writer, chosen=[(bad.pk, 99), (fine.pk, fine.revision)]))
    assert outcomes[bad.pk] is not None
    assert outcomes[fine.pk] is None


def test_what_is_taken_back_is_not_approved_by_who_has_its_page_open(office: Office) -> None:
    waiting = office.sent()
    seen = waiting.revision
    taken = take_back(person=office.writer, proposal_id=waiting.pk)
    submit(person=office.writer, proposal_id=taken.pk, revision=taken.revision)
    with pytest.raises(RefusedError, match="changed_since_seen"):
        approve(person=office.carla, proposal_id=waiting.pk, revision=seen)


def test_nobody_sends_a_text_she_has_not_seen(office: Office) -> None:
    made = office.draft()
    edit_draft(
        person=office.dario, proposal_id=made.pk, revision=made.revision, content={**made.content, "title_it": "Altro"}
    )
    with pytest.raises(RefusedError, match="stale_revision"):
        submit(person=office.writer, proposal_id=made.pk, revision=made.revision)


def test_a_freeze_records_what_was_never_recorded_and_is_intact(office: Office) -> None:
    assert not Version.objects.exists()
    release = freeze(person=office.chief, edition=office.edition, title_it="Adozione", dated=DAY)
    assert Version.objects.filter(edition=office.edition).count() == 4
    assert release_is_intact(release)


def test_a_list_that_was_emptied_is_empty_on_the_sheet(office: Office) -> None:
    full: dict[str, Any] = {
        "examples": [{"text_it": "Una ciclabile", "text_en": ""}],
        "links": [{"address": "https://www.esempio.it/", "label": "Sito"}],
        "alignments": [{"framework": "pnrr", "item": "m1c1", "role": "primary", "printed": "M1C1"}],
    }
    office.approved(office.sent(**full))
    lists: tuple[ListName, ...] = ("examples", "links", "alignments", "actors")
    assert all(read_content(office.sheet())[name] for name in lists)
    emptied: dict[str, Any] = {name: [] for name in full}
    office.approved(office.sent(title_it="Vuoto", actors=[], **emptied))
    assert not any(read_content(office.sheet())[name] for name in lists)


def test_a_sheet_that_somebody_changed_behind_the_review_is_told_and_one_never_recorded_too(office: Office) -> None:
    assert sheets_beside_their_version(office.edition) == ["1.1.1", "1.1.2", "2.1.1", "2.1.2"]
    record_import(edition=office.edition)
    assert sheets_beside_their_version(office.edition) == []
    Action.objects.filter(pk=office.sheet("1.1.2").pk).update(title_it="Di nascosto")
    assert sheets_beside_their_version(office.edition) == ["1.1.2"]


def test_the_plan_as_of_a_day_has_what_was_approved_on_that_day(office: Office) -> None:
    record_import(edition=office.edition, at=timezone.now() - timedelta(days=3))
    office.approved(office.sent(title_it="Oggi"))
    today = timezone.localdate()
    assert contents_as_of(office.edition, today)["1.1.1"]["title_it"] == "Oggi"
    assert contents_as_of(office.edition, today - timedelta(days=1))["1.1.1"]["title_it"] == "Azione 1.1.1"


def test_who_is_said_to_write_on_a_sheet_writes_on_it_now(office: Office) -> None:
    say_present(office.sheet("1.1.1"), office.carla)
    say_present(office.sheet("1.1.2"), office.dario)
    say_present(office.sheet("1.1.1"), office.writer)
    assert set(others_on(office.sheet("1.1.1"), office.writer)) == {office.carla}
    Presence.objects.filter(person=office.carla).update(seen_at=timezone.now() - timedelta(minutes=2))
    assert not others_on(office.sheet("1.1.1"), office.writer).exists()
