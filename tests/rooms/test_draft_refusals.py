"""Whoever finds another text in the draft she writes is told whose it is, whatever she was about to do with it."""

from collections.abc import Callable

import pytest

from aumenta.people.models import User
from aumenta.people.refusals import refusal_sentence
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.review.edit_draft import edit_draft
from aumenta.review.models import Proposal
from aumenta.review.propose import propose
from aumenta.review.rebase import rebase
from aumenta.review.refusals import StaleRevisionError
from aumenta.review.submit import submit
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db


def save(person: User, proposal: Proposal, revision: int, title: str) -> Proposal:
    content = {**proposal.content, "title_it": title}
    return edit_draft(person=person, proposal_id=proposal.pk, revision=revision, content=content)


def keep_writing(person: User, proposal: Proposal) -> None:
    save(person, proposal, proposal.revision, "Ancora mio")


def send(person: User, proposal: Proposal) -> None:
    submit(person=person, proposal_id=proposal.pk, revision=proposal.revision)


def go_on_from_the_newest(person: User, proposal: Proposal) -> None:
    rebase(person=person, proposal_id=proposal.pk, revision=proposal.revision, base=proposal.base.number)


@pytest.mark.parametrize("attempt", [keep_writing, send, go_on_from_the_newest])
def test_whoever_comes_second_in_a_draft_is_told_the_other_ones_name(
    attempt: Callable[[User, Proposal], None],
) -> None:
    edition = a_small_plan()
    axis = edition.axes.get(number=1)
    author, colleague = somebody("editor", axes=(axis,)), somebody("editor", axes=(axis,))
    action = Action.objects.of(edition).with_code("1.1.1").get()
    opened = propose(person=author, action=action, content={**read_content(action), "title_it": "Mio"})

    save(colleague, opened, opened.revision, "Della collega")
    with pytest.raises(StaleRevisionError) as to_the_author:
        attempt(author, opened)
    seen = Proposal.objects.get()
    save(author, seen, seen.revision, "Di nuovo mio")
    with pytest.raises(StaleRevisionError) as to_the_colleague:
        attempt(colleague, seen)

    assert refusal_sentence(to_the_author.value).startswith(f"{colleague} ha salvato")
    assert refusal_sentence(to_the_colleague.value).startswith(f"{author} ha salvato")
    assert Proposal.objects.get().content["title_it"] == "Di nuovo mio", "nothing was written over it"
