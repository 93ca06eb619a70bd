"""Two people on one sheet, and texts that are too long: nothing is written over unseen, nothing is cut."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from aumenta.desk.saving import PAUSES
from aumenta.people.models import User
from aumenta.review.models import FrameProposal, Proposal
from tests.cast import a_small_plan, somebody

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_presses_save_right_after_somebody_else_is_shown_both_texts_and_writes_over_nothing(
    page_at: Callable[..., Page], signed_in: Callable[[Page, User], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No autosave of the second comes before her press: everything happens within its first pause."""
    monkeypatch.setitem(PAUSES, "pause", 600_000)
    edition = a_small_plan()
    axes = tuple(edition.axes.all())
    anna, bruno = somebody("editor", axes=axes), somebody("editor", axes=axes)
    address = "/it/scrivania/schede/2021-2023/1.1.1/"
    first, second = page_at(), page_at()
    for page, person in ((first, anna), (second, bruno)):
        signed_in(page, person)
        page.goto(address)
        page.wait_for_selector(".ProseMirror")
    first.locator("#summary_it").fill("Di Anna.")
    first.get_by_role("button", name="Salva la bozza").click()
    expect(first.locator("#status")).to_contain_text("Bozza salvata il")
    second.locator("#summary_it").fill("Di Bruno.")
    second.get_by_role("button", name="Salva la bozza").click()
    expect(second.locator("#conflict")).to_contain_text("Di Anna.")
    expect(second.locator("#conflict")).to_contain_text("Di Bruno.")
    expect(second.locator("#status")).to_contain_text("Non salvato")
    second.locator("#summary_it").fill("Di Bruno, ancora.")
    second.get_by_role("button", name="Salva la bozza").click()
    expect(second.locator("#conflict")).to_be_focused()
    assert Proposal.objects.get().content["summary_it"] == "Di Anna."
    second.get_by_role("button", name="Tieni il mio testo").click()
    expect(second.locator("#status")).to_contain_text("Bozza salvata alle")
    assert Proposal.objects.get().content["summary_it"] == "Di Bruno, ancora."


def test_a_summary_that_is_too_long_is_counted_kept_whole_and_refused(
    page_at: Callable[..., Page], signed_in: Callable[[Page, User], None]
) -> None:
    edition = a_small_plan()
    page = page_at()
    signed_in(page, somebody("editor", axes=tuple(edition.axes.all())))
    page.goto("/it/scrivania/schede/2021-2023/1.1.1/")
    page.wait_for_selector(".ProseMirror")
    page.locator("#summary_it").fill("à" * 303)
    expect(page.locator("#summary_it-room")).to_have_text("3 caratteri di troppo")
    page.get_by_role("button", name="Invia per la revisione").click()
    expect(page.locator(".field-error").first).to_be_visible()
    page.wait_for_selector(".field.has-error")
    expect(page.locator("#summary_it")).to_have_value("à" * 303)
    assert Proposal.objects.get().state == "draft"


def test_half_a_sentence_about_an_axis_outlives_the_tab_and_is_sent_from_where_it_was_found_again(
    page_at: Callable[..., Page], signed_in: Callable[[Page, User], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAUSES, "pause", 100)
    edition = a_small_plan()
    editor = somebody("editor", axes=tuple(edition.axes.all()))
    page = page_at()
    signed_in(page, editor)
    page.goto("/it/scrivania/edizioni/2021-2023/struttura/1/testi/")
    page.wait_for_selector(".ProseMirror")
    page.locator("#id_title_it").fill("Un nome a met")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    change = FrameProposal.objects.get()
    assert (change.content["title_it"], change.state) == ("Un nome a met", "draft")
    page.close()
    again = page_at()
    signed_in(again, editor)
    again.goto("/it/scrivania/edizioni/2021-2023/struttura/1/testi/")
    expect(again.locator("#id_title_it")).to_have_value("Un nome a met")
    again.locator("#id_title_it").fill("Un nome intero")
    again.get_by_role("button", name="Invia per la revisione").click()
    expect(again.locator("main")).to_contain_text("Inviata")
    change.refresh_from_db()
    assert (change.content["title_it"], change.state) == ("Un nome intero", "submitted")
