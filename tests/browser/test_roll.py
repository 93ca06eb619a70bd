"""A roll from the keyboard: the beginning of a name, Enter, a letter, and the next name; all others at once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from aumenta.governance.models import Ballot, Body
from aumenta.governance.polls.hold import convene, put_to_vote
from tests.governance_cast import a_body, chief

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_roll_is_called_and_voted_from_the_keyboard_with_a_correction(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], axe: Callable[[Page], None]
) -> None:
    session = convene(person=chief(), body=a_body(Body.Kind.CONFERENCE), held_on=date(2026, 6, 1))
    vote = put_to_vote(person=chief(), session=session, question="Prova", method="roll")
    page = page_at()
    signed_in(page, chief())

    def call(*rows: tuple[str, str]) -> None:
        page.locator("#roll-find").focus()
        for name, letter in rows:
            page.keyboard.type(name)
            page.keyboard.press("Enter")
            page.keyboard.press(letter)
            page.keyboard.press("Enter")

    page.goto(f"/it/scrivania/sedute/{session.pk}/presenze/")
    call(("uno", "p"), ("due", "p"), ("tre", "a"))
    expect(page.locator("[data-roll-counts]")).to_contain_text("presente 2")
    axe(page)
    page.get_by_role("button", name="Salva le presenze").click()
    expect(page.get_by_text("Presenze registrate: 3.")).to_be_visible()
    page.goto(f"/it/scrivania/votazioni/{vote.pk}/")
    assert page.locator(".roll li label").all_inner_texts() == ["Due", "Uno"]
    call(("un", "f"), ("un", "c"))
    axe(page)
    page.get_by_role("button", name="Salva i voti").click()
    page.get_by_role("button", name="Registra per tutti gli altri").click()
    expect(page.get_by_text("2 in aula, 2 voti registrati.")).to_be_visible()
    assert dict(Ballot.objects.values_list("name", "option")) == {"Uno": "against", "Due": "for"}
