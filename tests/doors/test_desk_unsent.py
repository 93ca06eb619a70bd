"""A draft nobody sent is announced to whoever wrote it: she may believe that it was sent."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aumenta.people.models import User
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.review.models import Proposal
from aumenta.review.propose import propose
from aumenta.review.queries import UNSENT_AFTER, inbox
from aumenta.review.submit import submit
from aumenta.review.withdraw import withdraw
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db
TOLD = "Nessuno decide finché non la invii"


def a_draft(person: User, code: str = "1.1.1") -> Proposal:
    action = Action.objects.with_code(code).get()
    return propose(person=person, action=action, content={**read_content(action), "title_it": f"Nuovo {code}"})


def waited(proposal: Proposal, how_long: timedelta) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(saved_at=timezone.now() - how_long)


def page_of(person: User) -> str:
    client = Client()
    client.force_login(person)
    return client.get("/it/scrivania/").content.decode()


def test_a_draft_of_yesterday_is_announced_with_its_date_until_it_is_sent() -> None:
    edition = a_small_plan()
    writer, colleague = (somebody("editor", axes=tuple(edition.axes.all())) for _ in range(2))
    proposal = a_draft(writer)
    assert TOLD not in page_of(writer), "she may go on with it today"
    waited(proposal, UNSENT_AFTER + timedelta(hours=1))
    page = page_of(writer)
    assert TOLD in page
    assert f"/it/scrivania/proposte/{proposal.pk}/" in page.split(TOLD)[1].split("</p>")[0]
    assert TOLD not in page_of(colleague)
    submit(person=writer, proposal_id=proposal.pk, revision=proposal.revision)
    assert TOLD not in page_of(writer)


def test_two_forgotten_drafts_are_counted_and_the_oldest_named() -> None:
    edition = a_small_plan()
    writer = somebody("editor", axes=tuple(edition.axes.all()))
    for code, days in (("1.1.1", 3), ("1.1.2", 9)):
        waited(a_draft(writer, code), timedelta(days=days))
    page = page_of(writer)
    told = page[page.index("Non ancora inviate") :]
    assert "2 tue bozze" in told
    assert "Nuovo 1.1.2" in told.split("</p>")[1]


def test_an_old_draft_is_there_however_much_was_decided_since() -> None:
    edition = a_small_plan()
    writer = somebody("editor", axes=tuple(edition.axes.all()))
    old = a_draft(writer)
    waited(old, timedelta(days=90))
    template = a_draft(writer, "1.1.2")
    withdraw(person=writer, proposal_id=template.pk)
    template.refresh_from_db()
    fields = {f.name: getattr(template, f.name) for f in Proposal._meta.concrete_fields if f.name != "id"}
    Proposal.objects.bulk_create(Proposal(**fields) for _ in range(210))
    assert old.pk in {draft.pk for draft in inbox(writer).drafts}
