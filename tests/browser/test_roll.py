"""A roll from the keyboard: the beginning of a name, Enter, a letter, and the next name; all others at once."""

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from aumenta.governance.models import Ballot, Body
from aumenta.governance.polls.hold import convene, put_to_vote
from tests.governance_cast import a_body, a_referent, a_roll_of_312, an_act_asked_about, chief

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


@pytest.mark.usefixtures("in_2029")
@pytest.mark.parametrize("language", ["it", "en"])
def test_what_a_municipality_is_asked_has_no_accessibility_fault_and_no_sideways_scroll(
    page_at: Callable[..., Page],
    signed_in: Callable[[Page, Any], None],
    axe: Callable[[Page], None],
    no_horizontal_scroll: Callable[[Page], None],
    language: str,
) -> None:
    an_act_asked_about()
    page = page_at(320, language)
    signed_in(page, a_referent("997001"))
    page.goto(f"/{language}/scrivania/osservazioni/")
    expect(page.locator("section[id^=parere-]")).to_have_count(2)  # of the Conference and of her zone
    axe(page)
    no_horizontal_scroll(page)


@pytest.mark.slow
def test_312_municipalities_are_entered_with_two_keys_a_name_and_a_correction(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None]
) -> None:
    vote = a_roll_of_312()
    page = page_at()
    signed_in(page, chief())
    page.goto(f"/it/scrivania/votazioni/{vote.pk}/")
    names = page.locator(".roll li label").all_text_contents()
    assert len(names) == 312
    assert page.evaluate("document.documentElement.scrollHeight") < 4000, "folded by letter"
    began = monotonic()
    page.locator("#roll-find").focus()
    page.keyboard.press("Enter")
    for n in range(312):
        page.keyboard.press("c" if n % 10 == 0 else "f")
        page.keyboard.press("Enter")
    # Down the whole roll, two keys a name; one that was misheard is found by its name and put right.
    expect(page.locator("#roll-find")).to_be_focused()
    for key in ("157", "Enter", "a", "Enter"):
        page.keyboard.type(key) if key.isdigit() else page.keyboard.press(key)
    page.get_by_role("button", name="Salva i voti").click()
    expect(page.get_by_text("Voti inseriti: 312.")).to_be_visible(timeout=60_000)
    print(f"\nroll call of 312 from the keyboard: {monotonic() - began:.0f} s")  # noqa: T201 - read, not asserted: a busy machine is no fault
    kept = dict(Ballot.objects.filter(vote=vote).values_list("name", "option"))
    wanted = {name: "against" if n % 10 == 0 else "for" for n, name in enumerate(names)} | {"Comune 157": "abstained"}
    assert kept == wanted
