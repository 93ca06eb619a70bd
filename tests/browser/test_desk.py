"""The desk in a real browser: with the keyboard alone, without a network, for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from aumenta.desk.urls import urlpatterns
from aumenta.pages.make_demo_pages import make_demo_pages
from aumenta.plan.models import Action
from aumenta.plan.sheet_content import read_content
from aumenta.review.comments.comment import comment
from aumenta.review.edit_draft import edit_draft
from aumenta.review.editions.open_edition import open_edition
from aumenta.review.models import FrameProposal, Proposal
from aumenta.review.propose import propose
from aumenta.review.record import record_import
from aumenta.review.submit import submit
from tests.browser.keyboard import press_until, sign_in_by_keyboard, to_the_end_of_the_text
from tests.browser.wire import Wire
from tests.cast import a_small_plan, somebody
from tests.core.plan_printing import Printer, invented_plan
from tests.desk_things import Things, a_change

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "una parola lunga"


def a_desk_in_use() -> tuple[Any, Any, Action]:
    """An administrator and an editor, a proposal that waits, a comment, two editions."""
    edition = a_small_plan()
    action = Action.objects.of(edition).first()
    assert action is not None
    administrator = somebody("administrator")
    editor = somebody("editor", axes=tuple(edition.axes.all()))
    record_import(edition=edition)
    Action.objects.filter(pk=action.pk).update(summary_it="Un’altra frase che tutti capiscono.")
    record_import(edition=edition)  # a second version, to compare with the first
    content = read_content(action)
    content["title_it"], content["description_it"] = "Un titolo nuovo", "<p>La rete unisce i comuni.</p>"
    content["actors"].append({"actor": "comuni", "printed": ""})
    proposal = propose(person=editor, action=action, content=content, reason="Dopo il tavolo del 5 dicembre")
    comment(person=administrator, proposal=proposal, text="Da dove viene?", field="description_it")
    submit(person=editor, proposal_id=proposal.pk, revision=proposal.revision)
    open_edition(person=administrator, source=edition, label="2024-2026", title_it="Esempia 2024-2026")
    return administrator, editor, action


def read_a_plan(page: Page) -> None:
    """Let a document wait to become an edition, so that the page of what was read has something to show."""
    page.goto(reverse("desk:load_edition"))
    text = Printer().print(invented_plan())
    page.set_input_files("#files", {"name": "piano.txt", "mimeType": "text/plain", "buffer": text.encode()})
    page.locator("form.entrance button[type=submit]").click()
    page.wait_for_url(f"**{reverse('desk:read_edition')}")


def pages(person: Any) -> list[str]:
    """Every address of the desk that is read, found in the URL conf."""
    proposal = Proposal.objects.get()
    make_demo_pages(person=person)
    written = Things(proposal.action, proposal, person)
    other = Action.objects.of(proposal.action.strategy.axis.edition).with_code("1.1.2").get()
    untouched = Things(other, proposal, person)
    found = []
    for pattern in urlpatterns:
        if (name := str(pattern.name)) in POSTED or getattr(pattern.callback, "__wrapped__", None) is None:
            continue
        if name == "edition":
            found.append(reverse("desk:edition", args=["2024-2026"]))
        elif name == "write_change":
            found.append(reverse("desk:write_change", args=[her_own_change(person, other)]))
        else:
            found.append((written if name in {"versions", "compare", "restore"} else untouched).address(name))
    return found


def her_own_change(person: Any, action: Action) -> int:
    """A change of the frame that she still writes: nobody else may."""
    change = a_change(person, action)
    FrameProposal.objects.filter(pk=change.pk).update(state="draft", submitted_at=None)
    return int(change.pk)


POSTED = {
    "autosave",
    "approve_chosen",
    "decide",
    "undo_approval",
    "comment",
    "take_back",
    "open_edition",
    "freeze",
    "edition_state",
    "continuation",
    "end_continuation",
    "add_sheet",
    "drop_sheet",
    "change_person",
    "add_organisation",
    "log_export",
    "download",
    "duties_calendar",
    "propose_file",
    "publish_page",
    "drop_redirect",
    "check_links",
    "publish_event",
    "event_reports_act",
    "contribution_matches",
    "autosave_page",
    "publish_page_draft",
    "submit_chosen",
    "erase_comment",
    "rename_edition",
    "remove_edition",
    "event_wall",
    "message_state",
    "forget_words",
    "end_mandate",
    "end_office",
    "add_annex",
    "drop_annex",
    "act_draft",
    "opinion_draft",
    "session_draft",
    "publish_answers",
    "new_answer",
    "attachment_picture",
    "move_change",
    "put_back",
    "autosave_change",
    "projects_template",
    "readings_template",
    *("agreement_file", "questionnaire_invitations", "questionnaire_replies"),
    *("items_of_instrument", "matrix_of_instrument", "observations"),  # the last is a referent's: test_roll.py
    *("decide_change", "undo_change"),
}


# The pages are dealt out, so that several processes share them; what they are is known only when the plan is there.
PARTS = 4
# All widths of the bar are measured, each in one language, so that the walk stays short and both are read.
WIDTHS = {"it": (320, 1024, 1920), "en": (320, 390, 1280)}


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_of_the_desk_has_no_accessibility_fault_no_sideways_scroll_and_nothing_over_another(
    page_at, signed_in, axe, no_horizontal_scroll, badly_laid_out, language, part
):
    administrator, _editor, _action = a_desk_in_use()
    page = page_at(1280, language)
    signed_in(page, administrator)
    with override(language):
        read_a_plan(page)
        addresses = pages(administrator)
    assert len(addresses) >= 17
    faults = []
    for address in addresses[part::PARTS]:
        try:
            answer = page.goto(address)
            assert answer is not None
            assert answer.ok, f"answered {answer.status}"
            # The editors come last, and bring their tools with them.
            expect(page.locator("textarea[data-rich]:visible")).to_have_count(0)
            assert page.url.endswith(address) or "/proposte/" in page.url, f"led to {page.url}"
            axe(page)
            for width in WIDTHS[language]:
                page.set_viewport_size({"width": width, "height": 800})
                no_horizontal_scroll(page)
                faults += badly_laid_out(page)
        except (AssertionError, PlaywrightError) as fault:
            faults.append(f"{address}: {fault}")
        page.set_viewport_size({"width": 1280, "height": 800})
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("address", ["login/", "password/reset/", "2fa/authenticate/"])
def test_the_pages_of_signing_in_have_no_accessibility_fault(
    page_at: Callable[..., Page], axe: Callable[[Page], None], address: str
) -> None:
    page = page_at(390, "it")
    page.goto(f"/it/accesso/{address}")
    axe(page)


def test_with_the_keyboard_alone_from_sign_in_to_approval(page_at: Callable[..., Page]) -> None:
    edition = a_small_plan()
    editor = somebody("editor", axes=tuple(edition.axes.all()))
    approver = somebody("approver")
    page = page_at()
    sign_in_by_keyboard(page, editor.email, PASSWORD)
    press_until(page, 'a[href="/it/scrivania/schede/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/schede/")
    press_until(page, 'a[href$="/schede/2021-2023/1.1.1/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/1.1.1/")
    page.wait_for_selector(".ProseMirror")
    press_until(page, "#title_it")
    page.keyboard.press("Control+End")
    page.keyboard.type(" per tutti")
    press_until(page, '.ProseMirror[aria-labelledby="description_it-label"]')
    to_the_end_of_the_text(page)
    page.keyboard.type(" E li unisce.")
    press_until(page, "#actors-1-name")
    page.keyboard.type("Imprese")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    press_until(page, "[name=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposte/*/")
    assert Proposal.objects.get().state == "submitted"

    page = page_at()
    sign_in_by_keyboard(page, approver.email, PASSWORD)
    press_until(page, 'a[href*="/scrivania/proposte/"]:not([href$="/proposte/"])')
    page.keyboard.press("Enter")
    page.wait_for_url("**/proposte/*/")
    press_until(page, ".decision button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Proposta approvata")).to_be_visible()
    action = Action.objects.of(edition).with_code("1.1.1").get()
    assert action.title_it == "Azione 1.1.1 per tutti"
    assert action.description_it == "<p>La rete ciclabile collega i comuni. E li unisce.</p>"
    assert {i.actor.slug for i in action.involvements.all()} == {"universita", "imprese"}


def test_what_is_written_without_a_network_is_not_lost_even_if_the_page_is_closed(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], wire: Wire
) -> None:
    edition = a_small_plan()
    editor = somebody("editor", axes=tuple(edition.axes.all()))
    page = page_at()
    signed_in(page, editor)
    address = "/it/scrivania/schede/2021-2023/1.1.1/"
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    wire.cut()
    page.locator("#summary_it").fill("Scritto in treno.")
    expect(page.locator("#status")).to_contain_text("Manca la rete")
    page.close()
    wire.mend()
    page = page.context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Riprendilo").click()
    expect(page.locator("#summary_it")).to_have_value("Scritto in treno.")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    assert Proposal.objects.get().content["summary_it"] == "Scritto in treno."


def reload_in_vain(page: Page) -> None:
    """Reload without a network; the page with the text is gone when this returns."""
    with pytest.raises(PlaywrightError):
        page.reload()
    page.wait_for_url("chrome-error://chromewebdata/")


def test_rich_text_and_rows_written_without_a_network_outlast_a_reload_that_fails(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], wire: Wire
) -> None:
    edition = a_small_plan()
    page = page_at()
    signed_in(page, somebody("editor", axes=tuple(edition.axes.all())))
    address = "/it/scrivania/schede/2021-2023/1.1.1/"
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    wire.cut()
    page.locator('.ProseMirror[aria-labelledby="description_it-label"]').click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Scritto in treno.")
    page.locator("[data-rows=examples] [data-add-row]").click()
    page.locator("#examples-2-text_it").fill("Un esempio in più")
    expect(page.locator("#status")).to_contain_text("Manca la rete")
    reload_in_vain(page)
    wire.mend()
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    page.get_by_role("button", name="Riprendilo").click()
    expect(page.locator('.ProseMirror[aria-labelledby="description_it-label"]')).to_contain_text("Scritto in treno.")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    content = Proposal.objects.get().content
    assert content["description_it"] == "<p>La rete ciclabile collega i comuni. Scritto in treno.</p>"
    assert content["examples"] == [{"text_it": "Un esempio in più", "text_en": ""}]
    page.reload()
    expect(page.locator("#local-copy")).to_be_hidden()


def test_a_text_taken_up_again_does_not_write_over_what_somebody_else_saved_meanwhile(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], wire: Wire
) -> None:
    edition = a_small_plan()
    axes = tuple(edition.axes.all())
    anna, bruno = somebody("editor", axes=axes), somebody("editor", axes=axes)
    page = page_at()
    signed_in(page, anna)
    address = "/it/scrivania/schede/2021-2023/1.1.1/"
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    page.locator("#summary_it").fill("Di Anna.")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    wire.cut()
    page.locator("#summary_it").fill("Di Anna, in treno.")
    expect(page.locator("#status")).to_contain_text("Manca la rete")
    proposal = Proposal.objects.get()
    content = {**proposal.content, "summary_it": "Di Bruno."}
    edit_draft(person=bruno, proposal_id=proposal.pk, revision=proposal.revision, content=content)
    page.close()
    wire.mend()
    page = page.context.new_page()
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    page.get_by_role("button", name="Riprendilo").click()
    expect(page.locator("#conflict")).to_contain_text("Di Bruno.")
    assert Proposal.objects.get().content["summary_it"] == "Di Bruno."
    page.get_by_role("button", name="Tieni il mio testo").click()
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    assert Proposal.objects.get().content["summary_it"] == "Di Anna, in treno."


def test_when_the_network_comes_back_the_draft_is_saved_by_itself(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], wire: Wire
) -> None:
    edition = a_small_plan()
    page = page_at()
    signed_in(page, somebody("editor", axes=tuple(edition.axes.all())))
    page.goto("/it/scrivania/schede/2021-2023/1.1.1/")
    page.wait_for_selector(".ProseMirror")
    wire.cut()
    page.context.set_offline(True)
    page.locator("#summary_it").fill("Scritto in galleria.")
    expect(page.locator("#status")).to_contain_text("Manca la rete")
    wire.mend()
    page.context.set_offline(False)
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    assert Proposal.objects.get().content["summary_it"] == "Scritto in galleria."


@pytest.mark.parametrize("saved_before", [False, True], ids=["the first saving", "a later saving"])
def test_a_saving_whose_answer_is_lost_is_found_again_and_what_was_written_since_is_added(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], wire: Wire, saved_before: bool
) -> None:
    edition = a_small_plan()
    page = page_at()
    signed_in(page, somebody("editor", axes=tuple(edition.axes.all())))
    address = "/it/scrivania/schede/2021-2023/1.1.1/"
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    if saved_before:
        page.locator("#summary_it").fill("Scritto in stazione.")
        expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    wire.cut_before_the_answer_to(f"POST {address}")
    page.locator("#summary_it").fill("Scritto prima della galleria.")
    wire.wait_until_cut()
    assert Proposal.objects.get().content["summary_it"] == "Scritto prima della galleria."
    expect(page.locator("#status")).to_contain_text("Manca la rete")
    page.locator("#summary_it").fill("Scritto in galleria.")
    reload_in_vain(page)
    wire.mend()
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    page.get_by_role("button", name="Riprendilo").click()
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    assert Proposal.objects.get().content["summary_it"] == "Scritto in galleria."
    expect(page.locator("#conflict")).to_be_hidden()


def test_two_people_on_one_sheet_are_told_and_the_second_decides(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None]
) -> None:
    edition = a_small_plan()
    axes = tuple(edition.axes.all())
    anna, bruno = somebody("editor", axes=axes), somebody("editor", axes=axes)
    address = "/it/scrivania/schede/2021-2023/1.1.1/"
    first, second = page_at(), page_at()
    signed_in(first, anna)
    signed_in(second, bruno)
    first.goto(address)
    second.goto(address)
    expect(second.locator("#others")).to_contain_text(str(anna))
    first.wait_for_selector(".ProseMirror")
    first.locator("#summary_it").fill("Di Anna.")
    expect(first.locator("#status")).to_contain_text("Bozza salvata alle")
    second.locator("#summary_it").fill("Di Bruno.")
    conflict = second.locator("#conflict")
    expect(conflict).to_contain_text(str(anna))
    expect(conflict).to_contain_text("Di Bruno.")
    assert Proposal.objects.get().content["summary_it"] == "Di Anna."
    second.get_by_role("button", name="Tieni il mio testo").click()
    expect(second.locator("#status")).to_contain_text("Bozza salvata alle")
    assert Proposal.objects.get().content["summary_it"] == "Di Bruno."
