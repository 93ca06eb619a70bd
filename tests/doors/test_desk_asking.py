"""What can't be undone asks first and says what will happen, in figures; nothing happens before the answer."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from django.test import Client
from django.utils import timezone

from aumenta.people.models import User
from aumenta.plan.models import Action, ActionContinuation, Edition
from aumenta.review.approve import approve
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.models import Proposal, Release
from aumenta.review.propose import propose
from aumenta.review.submit import submit, take_back
from tests.cast import a_small_plan, somebody
from tests.house import PACKAGE

pytestmark = pytest.mark.django_db
DESK = "/it/scrivania"


class Asking(NamedTuple):
    """A button, what is posted by it, what the question must say, and whether the thing was done."""

    address: Callable[[], str]
    posted: Callable[[], dict[str, str]]
    says: list[str]
    done: Callable[[], bool]


def reader() -> User:
    return User.objects.get(grants__role="reader")


def published_today() -> str:
    Edition.objects.filter(label="2024-2026", state="preparation").update(state="public", public_since=timezone.now())
    return "2024-2026"


CASES = {
    "publish": Asking(
        lambda: f"{DESK}/edizioni/2024-2026/stato/",
        lambda: {"verb": "publish"},
        ["2 assi", "4 schede", "2021-2023"],
        lambda: Edition.objects.get(label="2024-2026").is_public,
    ),
    "hide again": Asking(
        lambda: f"{DESK}/edizioni/{published_today()}/stato/",
        lambda: {"verb": "hide"},
        ["2021-2023", "in preparazione"],
        lambda: not Edition.objects.get(label="2024-2026").is_public,
    ),
    "freeze": Asking(
        lambda: f"{DESK}/edizioni/2021-2023/congela/",
        lambda: {"freeze-title_it": "Aggiornamento", "freeze-dated": "2022-12-22"},
        ["4 schede", "«Aggiornamento»"],
        lambda: Release.objects.exists(),
    ),
    "drop a sheet": Asking(
        lambda: f"{DESK}/edizioni/2024-2026/togli/",
        lambda: {"drop-code": "1.1.2", "drop-reason": "Conclusa"},
        ["1.1.2", "1 versione", "1 legame"],
        lambda: not Action.objects.filter(strategy__axis__edition__label="2024-2026").with_code("1.1.2").exists(),
    ),
    "untie": Asking(
        lambda: f"{DESK}/edizioni/2024-2026/continuita/togli/",
        lambda: {"of": "action", "tie": str(ActionContinuation.objects.order_by("pk").first().pk)},  # type: ignore[union-attr]
        ["Azione 1.1.1"],
        lambda: ActionContinuation.objects.count() == 3,
    ),
    "remove an edition": Asking(
        lambda: f"{DESK}/edizioni/2024-2026/elimina/",
        dict,
        ["4 schede", "2021-2023"],
        lambda: not Edition.objects.filter(label="2024-2026").exists(),
    ),
    "close an account": Asking(
        lambda: f"{DESK}/persone/{reader().pk}/cambia/",
        lambda: {"verb": "close"},
        ["1 ruolo"],
        lambda: not reader().is_active,
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_it_asks_says_what_will_happen_and_does_it_only_after_yes(case: Asking, client: Client) -> None:
    edition, administrator = a_small_plan(), somebody("administrator")
    somebody("reader")
    open_edition(person=administrator, source=edition, label="2024-2026", title_it="Nuova")
    client.login(username=administrator.email, password="una parola lunga")
    client.post("/it/accesso/reauthenticate/", {"password": "una parola lunga"})
    posted = case.posted()
    question = client.post(case.address(), posted)
    page = question.content.decode()
    assert question.status_code == 200
    assert not case.done(), "nothing happens before the answer"
    for words in case.says:
        assert words in page
    client.post(case.address(), {**posted, "sure": "1"})
    assert case.done()


def test_an_approver_reads_why_she_can_not_decide_on_what_was_taken_back(client: Client) -> None:
    edition, approver = a_small_plan(), somebody("approver")
    editor = somebody("editor", axes=tuple(edition.axes.all()))
    proposal = propose(person=editor, action=Action.objects.of(edition)[0], content={"title_it": "Nuovo"})
    submit(person=editor, proposal_id=proposal.pk, revision=1)
    client.force_login(approver)
    page = client.get(f"{DESK}/proposte/{proposal.pk}/").content.decode()
    assert "Modificala tu: dovrà poi approvarla un" in page
    take_back(person=editor, proposal_id=proposal.pk)
    page = client.get(f"{DESK}/proposte/{proposal.pk}/").content.decode()
    assert "ripresa per essere modificata" in page
    client.post(f"{DESK}/proposte/{proposal.pk}/decidi/", {"decision": "approve", "revision": "2"})
    assert Proposal.objects.get().state == "draft"
    stranger = somebody("approver")
    submit(person=editor, proposal_id=proposal.pk, revision=2)
    approve(person=stranger, proposal_id=proposal.pk, revision=2)


def test_ones_own_second_window_is_not_called_a_colleague(client: Client) -> None:
    edition = a_small_plan()
    client.force_login(somebody("editor", axes=tuple(edition.axes.all())))
    address = f"{DESK}/schede/2021-2023/1.1.1/salva/"
    first = {"title_it": "Prima finestra", "proposal": "", "revision": "0", "base": "0"}
    client.post(address, first)
    answer = client.post(address, {**first, "title_it": "Seconda finestra"})
    assert answer.status_code == 409
    assert "in un’altra finestra" in answer.json()["message"]
    assert Proposal.objects.get().content["title_it"] == "Prima finestra"


BARE = re.compile(r"<form\b[^>]*\bmethod=.post.*?</form>", re.DOTALL | re.IGNORECASE)
ANSWERED = re.compile(
    r"<(?:textarea|select)\b|<input\b(?![^>]*type=.hidden)|\{\{ *\w*form[\w.]*|\{% include|as_field_group"
    r"|\{\{ field|formset|\{\{ (?:reports|sets|table|one) \}\}"
)
SENDS = re.compile(r'action="\{% url "desk:(\w+)"|action="\{\{ (\w+)')
SAYS = re.compile(r'name="(?:verb|togli|avvisa|scrivi|ritira|what|decision)" value="(\w+)"')
ASKS = {
    "contacts/messages.html message_state delete",
    "editions/chapter.html drop",
    "editions/edition.html edition_state hide",
    "editions/edition.html end_continuation",
    "editions/edition.html remove_edition",
    "editions/preview.html edition_state publish",
    "editions/release.html remove",
    "events/erase.html observation",
    "events/erase.html photo",
    "events/event.html publish_event hide",
    "events/people.html 1",
    "events/person.html 1",
    "events/table.html 1",
    "events/venue.html 1",
    "frame/change.html move_change withdraw",
    "governance/act.html drop_annex",
    "governance/duty.html drop",
    "issues/read.html finish",
    "monitoring/carry_over.html",
    "monitoring/goalposts.html",
    "monitoring/report.html drop",
    "monitoring/report.html open",
    "monitoring/rounds.html cancel",
    "pages/redirects.html drop_redirect",
    "people/person.html change close",
    "people/person.html change take",
    "proposals/comments.html erase_comment",
    "sheets/name.html 1",
    "papers/paper.html drop_part",
    "papers/paper.html publish",
    "surveys/paper_reply.html take_back",
    "surveys/questionnaire.html drop",
    "surveys/questions.html drop",
    "voices/consultation.html drop",
    "voices/answers.html publish_answers",
    "voices/contribution.html erase",
    "voices/talk_speakers.html erase",
    "voices/talk_speakers.html withdraw",
}
"""Buttons with nothing to fill in that ask first; the cases above and the tests of their pages press them."""
NEED_NOT = {
    "contacts/messages.html message_state": "a mark that says answered; the message stays",
    "desk.html": "signing out",
    "editions/edition.html continuation": "what it confirms stands beside it, and is untied there",
    "editions/edition.html edition_state reopen": "the dated version stays; freezing again seals anew",
    "editions/read.html leave": "nothing was written yet, and the file can be read again",
    "events/people.html": "gives free seats to those who wait: what any withdrawal does by itself",
    "events/preview.html publish_event publish": "the page above the button is all that becomes public",
    "events/reports.html act again": "how many get it stands above the button, and nobody gets it twice",
    "events/reports.html act hide": "published again by the button that takes its place",
    "events/reports.html act publish": "hidden again by the button that takes its place",
    "events/reports.html act take_out": "only takes private voices out of what is public",
    "events/tables.html event_wall 1": "a link is made anew by the button that takes its place",
    "frame/change.html undo_change": "it is a proposal that somebody else decides on",
    "frame/change.html put_back": "what comes back is what was there; it is taken out again beside it",
    "frame/frame.html put_back": "what comes back is what was there; it is taken out again beside it",
    "frame/change.html move_change submit": "taken back by the button that takes its place",
    "frame/change.html move_change take_back": "sent again by the button that takes its place",
    "governance/attendance.html coming": "who comes or goes is chosen in it, and put right by another line",
    "governance/rule.html confirm": "the rule stands above the button; it says that somebody read it",
    "governance/tie_grid.html propose": "counted nowhere, and proposed anew by the same button",
    "issues/issue.html drop": "the history brings it back",
    "issues/issues.html withdraw": "published again by the button beside, which takes only counts, small ones left out",
    "issues/read.html second": "the page then says what she does not see",
    "issues/read.html take": "a passage is marked again in the form beside",
    "issues/steps.html": "an undone step is done again on the same page",
    "surveys/questionnaire.html hide": "published again by the button in its place; those beside it ask",
    "monitoring/action.html": "no update speaks of the milestone, and it is written again in the form beside",
    "monitoring/report.html freeze": "nobody outside reads it; opened again by the button that takes its place",
    "monitoring/project.html": "tied again, or not, on the same page",
    "papers/paper.html settle": "the comment stays beside the part, marked as settled",
    "pages/preview.html publish_page_draft": "the page above the button is all that becomes public",
    "people/confirm_address.html": "the page is the question that the mailed link asks",
    "people/person.html change invite": "one more mail to somebody who has not answered",
    "people/person.html change reopen": "closed again by the button that takes its place",
    "proposals/decision.html decide_url approve": "both texts stand side by side above it; what takes out asks",
    "proposals/proposal.html undo_approval": "approved again by the button that takes its place",
    "proposals/proposal.html take_back": "sent again by the button that takes its place",
    "sheets/quality.html check_links": "looks, and changes nothing",
    "voices/answer_claims.html drop": "the point waits for an answer again, and can be given this one anew",
    "voices/strategy_matches.html join": "parted again on the same page",
    "voices/strategy_matches.html strategy": "decided otherwise on the same page",
    "words/words.html forget_words": "two words, written again in the form beside",
}
"""The other buttons with nothing to fill in, and why a question would only be in the way."""


def bare_buttons() -> Iterator[str]:
    """Every form of the desk that is sent with one press: template, address where it names one, and what it says."""
    folder = PACKAGE / "desk" / "templates" / "desk"
    for path in sorted(folder.rglob("*.html")):
        for form in BARE.findall(path.read_text(encoding="utf-8")):
            if not ANSWERED.search(form):
                sent = SENDS.search(form)
                address = (sent[1] or sent[2]) if sent else ""
                said = SAYS.findall(form)
                parts = [path.relative_to(folder).as_posix(), address, said[-1] if said else ""]
                yield " ".join(part for part in parts if part)


def test_every_button_that_writes_at_one_press_asks_first_or_says_why_it_need_not() -> None:
    found = set(bare_buttons())
    assert found == ASKS | NEED_NOT.keys()
    assert not ASKS & NEED_NOT.keys()
