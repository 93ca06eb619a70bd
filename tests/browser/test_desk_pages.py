"""Pages and news in a real browser: they save themselves, into a draft, and outlast a network that goes."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from aumenta.pages.keep_media import keep_document
from aumenta.pages.models import Page as OurPage
from aumenta.pages.models import PageDraft
from aumenta.pages.publish_page import publish_page
from aumenta.pages.write_page import PageContent, add_page, edit_page
from tests.browser.wire import Wire
from tests.cast import a_small_plan, somebody
from tests.media_cast import a_pdf

pytestmark = pytest.mark.django_db(transaction=True)


def test_news_save_themselves_and_what_is_written_without_a_network_outlasts_a_reload_that_fails(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None], wire: Wire, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    a_small_plan()
    editor = somebody("editor")
    documents = [
        keep_document(person=editor, data=a_pdf() + b"\n" * n, title_it=f"Atto {n}", language="it") for n in range(2)
    ]
    page = page_at()
    signed_in(page, editor)
    page.goto("/it/scrivania/pagine/nuova/news/")
    page.wait_for_selector(".ProseMirror")
    page.locator("#summary_it").fill("Una frase.")
    expect(page.locator("#status")).to_contain_text("Scrivi un titolo in italiano")
    page.locator("#title_it").fill("Si comincia")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    made = OurPage.objects.get()
    address = f"/it/scrivania/pagine/{made.pk}/"
    page.wait_for_url(f"**{address}")
    wire.cut()
    page.locator('.ProseMirror[lang="it"]').click()
    page.keyboard.type("Scritto in treno.")
    for document in documents:
        page.locator(f"#document-{document.pk}").check()
    expect(page.locator("#status")).to_contain_text("Manca la rete")
    with pytest.raises(PlaywrightError):
        page.reload()
    page.wait_for_url("chrome-error://chromewebdata/")
    wire.mend()
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    page.get_by_role("button", name="Riprendilo").click()
    expect(page.locator('.ProseMirror[lang="it"]')).to_contain_text("Scritto in treno.")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    made = OurPage.objects.get()
    assert (made.summary_it, made.body_it) == ("Una frase.", "<p>Scritto in treno.</p>")
    assert made.documents.count() == 2
    page.get_by_role("button", name="Salva e guarda").click()
    page.wait_for_url(f"**{address}anteprima/")
    page.goto(address)
    page.wait_for_selector(".ProseMirror")
    expect(page.locator("#local-copy")).to_be_hidden()


def test_a_public_page_stays_as_it_is_while_two_people_write_and_the_second_decides(
    page_at: Callable[..., Page], signed_in: Callable[[Page, Any], None]
) -> None:
    a_small_plan()
    anna, bruno = somebody("editor"), somebody("approver")
    content = PageContent(title_it="Chi siamo", summary_it="Una frase.", body_it="<p>Un testo.</p>")
    made = add_page(person=bruno, kind=OurPage.Kind.PAGE, content=content)
    made = publish_page(person=bruno, page_id=made.pk, revision=made.revision)
    page = page_at()
    signed_in(page, anna)
    page.goto(f"/it/scrivania/pagine/{made.pk}/")
    page.wait_for_selector(".ProseMirror")
    page.locator("#summary_it").fill("Di Anna.")
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    made.refresh_from_db()
    assert (made.summary_it, PageDraft.objects.get().summary_it) == ("Una frase.", "Di Anna.")
    theirs = PageContent(title_it="Chi siamo", summary_it="Di Bruno.", body_it="<p>Un testo.</p>")
    edit_page(person=bruno, page_id=made.pk, revision=made.revision, content=theirs)
    page.locator("#summary_it").fill("Di Anna, ancora.")
    expect(page.locator("#conflict")).to_contain_text(str(bruno))
    assert PageDraft.objects.get().summary_it == "Di Bruno."
    page.get_by_role("button", name="Tieni il mio testo").click()
    expect(page.locator("#status")).to_contain_text("Bozza salvata alle")
    made.refresh_from_db()
    assert (made.summary_it, PageDraft.objects.get().summary_it) == ("Una frase.", "Di Anna, ancora.")
