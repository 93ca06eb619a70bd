"""What a verb leaves behind: an entry of the log, and a new number where readers would see a difference."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest

from aumenta.activity.models import ActivityEntry, PublicRevision
from aumenta.events.cancel_event import cancel_event, hold_event
from aumenta.events.publish_event import publish_event
from aumenta.pages.publish_draft import publish_draft
from aumenta.pages.publish_page import publish_page, withdraw_page
from aumenta.pages.write_page import edit_page
from aumenta.people.accounts import give_role
from aumenta.people.models import User
from aumenta.plan.change_names import add_alias
from aumenta.plan.models import Action, Edition, Strategy
from aumenta.plan.set_charges import set_axes
from aumenta.plan.set_places import Chosen, set_places
from aumenta.plan.sheet_content import read_content
from aumenta.results.hide_event import hide_event
from aumenta.results.models import Snapshot
from aumenta.results.publish_results import hide_results, publish_results
from aumenta.results.take_snapshot import take_snapshot
from aumenta.review.approve import approve, send_back
from aumenta.review.edit_draft import edit_draft
from aumenta.review.editions.continuations import add_sheet, continue_strategy, drop_sheet
from aumenta.review.editions.freeze import freeze, publish, reopen
from aumenta.review.editions.hide_again import hide_again
from aumenta.review.models import Proposal
from aumenta.review.propose import propose
from aumenta.review.submit import submit, take_back
from aumenta.review.withdraw import withdraw
from tests.cast import a_small_plan, somebody
from tests.events_cast import an_event
from tests.pages_cast import a_page, content, released

pytestmark = pytest.mark.django_db


class Made(NamedTuple):
    """How a verb is called, and the edition whose texts it changes, if any."""

    call: Callable[[], object]
    edition: Edition | None = None


def office() -> User:
    """The administrator of these tests."""
    return User.objects.filter(email="capo@esempio.it").first() or somebody("administrator", email="capo@esempio.it")


def sheet() -> Action:
    """A sheet of the public edition."""
    return Action.objects.of(Edition.objects.first() or a_small_plan()).with_code("1.1.1").get()


def in_preparation() -> Edition:
    """An edition that nobody reads yet."""
    return a_small_plan(label="2024-2026", state="preparation")


def a_draft() -> Proposal:
    """The office's draft of the sheet."""
    return propose(person=office(), action=sheet(), content={**read_content(sheet()), "title_it": "Nuovo"})


def sent() -> Proposal:
    """The same, waiting for a decision."""
    made = a_draft()
    return submit(person=office(), proposal_id=made.pk, revision=made.revision)


def approving() -> Made:
    waiting, judge = sent(), somebody("approver")
    return Made(lambda: approve(person=judge, proposal_id=waiting.pk, revision=waiting.revision), Edition.objects.get())


def freezing() -> Made:
    edition = sheet().strategy.axis.edition
    return Made(lambda: freeze(person=office(), edition=edition, title_it="Adozione", dated=date(2022, 1, 1)), edition)


def publishing_an_edition() -> Made:
    edition = in_preparation()
    return Made(lambda: publish(person=office(), edition=edition), edition)


def hiding_an_edition_again() -> Made:
    edition = publish(person=office(), edition=in_preparation())
    return Made(lambda: hide_again(person=office(), edition=edition), edition)


def adding_a_sheet() -> Made:
    edition = in_preparation()
    strategy = Strategy.objects.of(edition)[0]
    return Made(lambda: add_sheet(person=office(), strategy=strategy, title_it="In più"), edition)


def dropping_a_sheet() -> Made:
    edition = in_preparation()
    action = Action.objects.of(edition)[0]
    return Made(lambda: drop_sheet(person=office(), action=action, reason="Assorbita"), edition)


def tying_strategies() -> Made:
    older, edition = Strategy.objects.of(sheet().strategy.axis.edition)[0], in_preparation()
    newer = Strategy.objects.of(edition)[0]
    return Made(lambda: continue_strategy(person=office(), older=older, newer=newer, kind="kept"), edition)


def setting_places() -> Made:
    action = sheet()
    return Made(
        lambda: set_places(person=office(), action=action, places=[Chosen("whole")]), action.strategy.axis.edition
    )


def publishing_a_page() -> Made:
    page = a_page(office())
    return Made(lambda: publish_page(person=office(), page_id=page.pk, revision=page.revision))


def publishing_what_was_changed_of_a_page() -> Made:
    page = released(office())
    page = edit_page(person=office(), page_id=page.pk, revision=page.revision, content=content("Nuova"))
    return Made(lambda: publish_draft(person=office(), page_id=page.pk, revision=page.revision))


def withdrawing_a_page() -> Made:
    page = released(office())
    return Made(lambda: withdraw_page(person=office(), page_id=page.pk))


def publishing_an_event() -> Made:
    event = an_event(by=office(), published_at=None)
    return Made(lambda: publish_event(person=office(), event=event))


def cancelling_an_event() -> Made:
    event = an_event(by=office())
    return Made(lambda: cancel_event(person=office(), event=event, why_it="Allerta meteo"))


def holding_an_event_after_all() -> Made:
    event = an_event(by=office())
    cancel_event(person=office(), event=event, why_it="Allerta meteo")
    return Made(lambda: hold_event(person=office(), event=event))


def a_snapshot() -> Snapshot:
    """A state of an event that is public."""
    taken = take_snapshot(person=office(), event=an_event(by=office()))
    return Snapshot.objects.select_related("event").get(pk=taken.pk)


def publishing_results() -> Made:
    taken = a_snapshot()
    return Made(lambda: publish_results(person=office(), snapshot=taken))


def hiding_results() -> Made:
    taken = a_snapshot()
    publish_results(person=office(), snapshot=taken)
    return Made(lambda: hide_results(person=office(), event=taken.event))


def hiding_an_event() -> Made:
    event = an_event(by=office())
    return Made(lambda: hide_event(person=office(), event=event))


def editing_a_draft() -> Made:
    made = a_draft()
    text = {**made.content, "title_it": "Ancora"}
    return Made(lambda: edit_draft(person=office(), proposal_id=made.pk, revision=made.revision, content=text))


def proposing() -> Made:
    return Made(a_draft)


def submitting() -> Made:
    made = a_draft()
    return Made(lambda: submit(person=office(), proposal_id=made.pk, revision=made.revision))


def sending_back() -> Made:
    waiting, judge = sent(), somebody("approver")
    return Made(lambda: send_back(person=judge, proposal_id=waiting.pk, revision=waiting.revision, answer="Perché?"))


def taking_back() -> Made:
    waiting = sent()
    return Made(lambda: take_back(person=office(), proposal_id=waiting.pk))


def withdrawing() -> Made:
    waiting = sent()
    return Made(lambda: withdraw(person=office(), proposal_id=waiting.pk))


def reopening() -> Made:
    edition = sheet().strategy.axis.edition
    freeze(person=office(), edition=edition, title_it="Adozione", dated=date(2022, 1, 1))
    return Made(lambda: reopen(person=office(), edition=edition))


def giving_a_role() -> Made:
    newcomer = somebody("reader")
    return Made(lambda: give_role(person=office(), to=newcomer, role="facilitator"))


def giving_axes() -> Made:
    axes, editor = list(sheet().strategy.axis.edition.axes.all()), somebody("editor")
    return Made(lambda: set_axes(person=office(), editor=editor, axes=axes))


def adding_a_wording() -> Made:
    actor = sheet().involvements.all()[0].actor
    return Made(lambda: add_alias(person=office(), printed="I Comuni", meant=actor))


SEEN = [
    approving,
    freezing,
    publishing_an_edition,
    adding_a_sheet,
    dropping_a_sheet,
    tying_strategies,
    setting_places,
    publishing_a_page,
    publishing_what_was_changed_of_a_page,
    withdrawing_a_page,
    publishing_an_event,
    hiding_an_edition_again,
    cancelling_an_event,
    holding_an_event_after_all,
    publishing_results,
    hiding_results,
    hiding_an_event,
]
"""What readers see from then on."""
UNSEEN = [editing_a_draft, proposing, submitting, sending_back, taking_back, withdrawing, giving_a_role, giving_axes]
LOGGED = [*SEEN, *UNSEEN[1:], reopening, adding_a_wording]


def number() -> int:
    """The number by which kept pages are told apart."""
    found = PublicRevision.objects.first()
    return found.number if found else 0


@pytest.mark.parametrize("verb", SEEN)
def test_what_readers_see_otherwise_makes_kept_pages_old(verb: Callable[[], Made]) -> None:
    made = verb()
    before, revision = number(), made.edition and Edition.objects.get(pk=made.edition.pk).revision
    made.call()
    assert number() > before
    if made.edition is not None:
        assert Edition.objects.get(pk=made.edition.pk).revision > (revision or 0)


@pytest.mark.parametrize("verb", UNSEEN)
def test_what_readers_do_not_see_leaves_kept_pages_alone(verb: Callable[[], Made]) -> None:
    made = verb()
    before = number()
    made.call()
    assert number() == before


@pytest.mark.parametrize("verb", LOGGED)
def test_who_did_it_stands_in_the_log_once(verb: Callable[[], Made]) -> None:
    made = verb()
    last = ActivityEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    made.call()
    entries = list(ActivityEntry.objects.filter(pk__gt=last))
    assert entries
    assert all(entry.person is not None for entry in entries)
    assert len({(entry.code, entry.subject) for entry in entries}) == len(entries)
