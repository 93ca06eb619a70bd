"""What can't be undone asks first and says what will happen, in figures; nothing happens before the answer."""

from collections.abc import Callable
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
