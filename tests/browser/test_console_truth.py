"""What the line at the top says is true, a database that is lost costs nothing, and a table is left without a trace."""

import pytest
from django.db import connections
from playwright.sync_api import expect

from aumenta.console.sync import batch_writer
from aumenta.events.models import Photo, TableDevice
from tests.console_cast import a_picture, all_arrived, cut, enter, kept, mend, tab
from tests.events_cast import an_event, table

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _leave_the_database_to_the_next_test():
    yield
    batch_writer.thread.submit(connections.close_all).result()


def said(page, words):
    """Write an observation as somebody does."""
    page.locator("main textarea").first.fill(words)
    page.keyboard.press("Enter")


def test_everything_has_arrived_only_when_the_photos_have(page_at, wire, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    all_arrived(page)
    # Entries pass, photos do not, as on a line that is too slow for them.
    page.route("**/api/tavolo/foto/**", lambda route: route.fulfill(status=503))
    tab(page, 2)
    page.set_input_files("#poster", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": a_picture()})
    expect(page.locator("#truth")).to_contain_text("1 foto in attesa")
    page.wait_for_function("() => document.documentElement.dataset.state === 'offline'")
    expect(page.locator("#state")).not_to_contain_text("Tutto è arrivato")
    page.unroute("**/api/tavolo/foto/**")
    tab(page, 5)
    page.get_by_role("button", name="Invia ora").click()
    all_arrived(page)
    photo = Photo.objects.get()
    assert photo.file
    # The exchange that tells the centre so comes right after.
    for _ in range(400):
        if not TableDevice.objects.get().waiting:
            break
        page.wait_for_timeout(50)
    assert TableDevice.objects.get().waiting == 0


def test_a_lost_database_is_made_anew_and_nothing_typed_is_lost(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    all_arrived(page)
    cut(page, wire)
    tab(page, 4)
    page.locator("main select").select_option("1.1")
    said(page, "Prima della perdita")
    expect(page.locator("#truth")).to_contain_text("in attesa")
    page.evaluate(
        """() => new Promise((resolve, reject) => {
          const request = indexedDB.deleteDatabase('aumenta-console')
          request.onsuccess = resolve
          request.onerror = () => reject(request.error)
        })"""
    )
    said(page, "Dopo la perdita")
    page.wait_for_function("() => document.documentElement.dataset.state === 'offline'")
    held = page.evaluate(
        """() => new Promise((resolve, reject) => {
          const request = indexedDB.open('aumenta-console')
          request.onerror = () => reject(request.error)
          request.onsuccess = () => {
            const all = request.result.transaction('operations').objectStore('operations').getAll()
            all.onsuccess = () => {
              request.result.close()
              resolve(all.result.filter((one) => one.what === 'text').map((one) => one.value))
            }
          }
        })"""
    )
    assert sorted(held) == ["Dopo la perdita", "Prima della perdita"]
    # The page is closed and opened again with what is on the disk alone.
    page.reload()
    page.wait_for_selector("#tabs button")
    mend(page, wire)
    all_arrived(page)
    assert {one.value for one in kept(at) if one.what == "text"} == {"Prima della perdita", "Dopo la perdita"}


def test_a_table_is_left_without_a_trace_and_opened_again(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    all_arrived(page)
    tab(page, 5)
    page.get_by_role("button", name="Lascia il tavolo").click()
    page.get_by_role("button", name="Sì, lascia e dimentica").click()
    page.wait_for_selector("#pin")
    left = page.evaluate(
        """() => new Promise((resolve) => {
          const request = indexedDB.open('aumenta-console')
          request.onsuccess = () => {
            const names = [...request.result.objectStoreNames]
            const counts = {}
            const transaction = request.result.transaction(names)
            for (const name of names) {
              const asked = transaction.objectStore(name).count()
              asked.onsuccess = () => (counts[name] = asked.result)
            }
            transaction.oncomplete = () => { request.result.close(); resolve(counts) }
          }
        })"""
    )
    assert set(left.values()) == {0}, left
    assert TableDevice.objects.get().shut_at is not None
    enter(page, at)
    all_arrived(page)


def test_a_table_with_entries_that_have_not_arrived_is_not_left_before_they_are_saved(page_at, wire):
    at = table(an_event(strategies=6))
    page = page_at(390)
    enter(page, at)
    all_arrived(page)
    cut(page, wire)
    tab(page, 4)
    page.locator("main select").select_option("1.1")
    said(page, "Ancora qui")
    tab(page, 5)
    expect(page.get_by_role("button", name="Lascia il tavolo")).to_be_disabled()
    with page.expect_download():
        page.get_by_role("button", name="Salva il file cifrato").click()
    expect(page.get_by_role("button", name="Lascia il tavolo")).to_be_enabled()
