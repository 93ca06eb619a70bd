"""Pages and news in public: seen by everybody exactly while they are public, safe to open, found after they moved."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from aumenta.pages.add_redirect import add_redirect
from aumenta.pages.keep_media import keep_document, keep_image
from aumenta.pages.models import FOLDERS, Page
from aumenta.pages.publish_draft import publish_draft
from aumenta.pages.publish_page import publish_page, withdraw_page
from aumenta.pages.write_page import PageContent, add_page, edit_page
from aumenta.people.models import User
from tests.cast import a_small_plan, somebody
from tests.media_cast import ALT, a_pdf, a_picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def approver() -> User:
    a_small_plan()
    return somebody("approver")


def a_page(person: User, kind: Page.Kind = Page.Kind.NEWS, **named: object) -> Page:
    texts = {
        "title_it": "Una notizia",
        "summary_it": "Che cosa succede.",
        "body_it": "<p>Il <em>testo</em>.</p>",
    } | named
    return add_page(person=person, kind=kind, content=PageContent(**texts))  # type: ignore[arg-type]


def released(person: User, kind: Page.Kind = Page.Kind.NEWS, **named: object) -> Page:
    return publish_page(person=person, page_id=a_page(person, kind, **named).pk, revision=1)


def corrected(person: User, page: Page, content: PageContent) -> None:
    page = edit_page(person=person, page_id=page.pk, revision=page.revision, content=content)
    publish_draft(person=person, page_id=page.pk, revision=page.revision)


def test_the_addresses_of_the_room_are_the_routes_of_the_site(approver):
    for kind, route in ((Page.Kind.PAGE, "site:page"), (Page.Kind.NEWS, "site:news_piece")):
        page = a_page(approver, kind)
        assert page.path.startswith(FOLDERS[kind])
        assert reverse(route, args=[page.slug]) == f"/it/{page.path}"


def test_three_chairs_read_the_same_page_and_none_a_draft(client, approver):
    draft, public = a_page(approver, slug="bozza"), released(approver, slug="aperta")
    chairs = [client]
    for role in ("editor", "approver"):
        chairs.append(Client())
        chairs[-1].force_login(somebody(role))
    for chair in chairs:
        answer = chair.get(f"/it/{public.path}")
        assert "<em>testo</em>" in answer.content.decode()
        assert chair.get(f"/it/{draft.path}").status_code == 404
        listed = chair.get("/it/notizie/").content.decode()
        assert f"/it/{public.path}" in listed
        assert draft.path not in listed


def test_a_page_whose_time_comes_appears_although_pages_are_kept(client, approver):
    now = timezone.now()
    page = a_page(approver)
    publish_page(
        person=approver,
        page_id=page.pk,
        revision=1,
        from_at=now + timedelta(minutes=10),
        until_at=now + timedelta(minutes=20),
    )
    found = []
    for minutes in (0, 11, 21):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            status = client.get(f"/it/{page.path}").status_code
            listed = [
                page.path in client.get(where).content.decode() for where in ("/it/notizie/", "/it/", "/sitemap.xml")
            ]
            found.append((status, *listed))
    assert found == [(404, False, False, False), (200, True, True, True), (404, False, False, False)]


def test_a_correction_and_a_withdrawal_are_seen_at_once(client, approver):
    page = released(approver)
    assert "Che cosa succede" in client.get(f"/it/{page.path}").content.decode()
    content = PageContent(title_it="Una notizia", summary_it="Corretta.", body_it="x")
    page = edit_page(person=approver, page_id=page.pk, revision=page.revision, content=content)
    assert "Che cosa succede" in client.get(f"/it/{page.path}").content.decode(), "a draft is read by nobody"
    publish_draft(person=approver, page_id=page.pk, revision=page.revision)
    assert "Corretta." in client.get(f"/it/{page.path}").content.decode()
    withdraw_page(person=approver, page_id=page.pk)
    assert client.get(f"/it/{page.path}").status_code == 404


def test_what_is_only_in_italian_is_marked_so_in_english(client, approver):
    page = released(approver, title_en="A piece of news")
    text = client.get(f"/en/{page.path}").content.decode()
    assert "A piece of news" in text
    assert '<div lang="it"><p>Il <em>testo</em>' in text


def test_a_page_is_linked_from_the_menu_or_the_foot_as_the_office_chose(client, approver):
    released(approver, Page.Kind.PAGE, title_it="Contatti", linked="menu", slug="contatti")
    released(approver, Page.Kind.PAGE, title_it="Note legali", linked="footer", slug="note-legali")
    text = client.get("/it/2021-2023/").content.decode()
    header, footer = text.split("<main")[0], text.split("<footer")[1]
    assert "/it/pagine/contatti/" in header
    assert "/it/pagine/contatti/" not in footer
    assert "/it/pagine/note-legali/" in footer
    assert "/it/pagine/note-legali/" not in header


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_feed_is_atom_with_whole_addresses_and_identities_that_stay(client, approver, settings, language):
    page = released(approver, title_en="News", summary_en="What <is> & was")
    feed = ElementTree.fromstring(client.get(f"/{language}/notizie/atom.xml").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    entry = feed.find("a:entry", space)
    assert entry.find("a:link", space).get("href") == f"{settings.PUBLIC_ADDRESS}/{language}/{page.path}"
    identity = entry.find("a:id", space).text
    content = PageContent(title_it="Una notizia", summary_it="x", body_it="x", slug="altrove")
    corrected(approver, page, content)
    again = ElementTree.fromstring(client.get(f"/{language}/notizie/atom.xml").content).find("a:entry", space)
    assert again.find("a:id", space).text == identity
    assert again.find("a:link", space).get("href").endswith("/notizie/altrove/")


def test_a_shared_page_shows_its_own_picture(client, approver, settings):
    page = released(
        approver, image=keep_image(person=approver, data=a_picture(), alt_it='Una "piazza"', alt_en="A square")
    )
    text = client.get(f"/it/{page.path}").content.decode()
    assert (
        f'<meta property="og:image" content="{settings.PUBLIC_ADDRESS}/media/immagini/{page.image.digest}-share.jpg">'
        in text
    )
    assert '<meta property="og:image:alt" content="Una &quot;piazza&quot;">' in text
    assert 'alt="Una &quot;piazza&quot;"' in text


def test_files_are_given_while_a_public_page_carries_them_and_with_safe_headers(client, approver):
    image = keep_image(person=approver, data=a_picture(), **ALT)
    document = keep_document(person=approver, data=a_pdf(), title_it="Linee guida", language="it")
    page = a_page(approver, image=image, documents=[document])
    picture, paper = f"/media/immagini/{image.digest}-400.webp", "/media/documenti/linee-guida.pdf"
    desk, reader = Client(), Client()
    desk.force_login(somebody("editor"))
    reader.force_login(somebody("reader"))
    for address in (picture, paper):
        assert client.get(address).status_code == reader.get(address).status_code == 404
        assert desk.get(address).headers["Cache-Control"] == "private, no-store"
    publish_page(person=approver, page_id=page.pk, revision=1)
    for address, kind in ((picture, "image/webp"), (paper, "application/pdf")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    assert client.get(paper).headers["Content-Disposition"] == 'attachment; filename="linee-guida.pdf"'
    assert "immutable" in client.get(picture).headers["Cache-Control"]
    assert client.get("/media/documenti/../../secret-key").status_code == 404
    assert client.get(f"/media/immagini/{image.digest}-401.webp").status_code == 404


@pytest.mark.parametrize("language", ["it", "en"])
def test_an_address_that_moved_leads_on_in_the_reader_s_language(client, approver, language):
    page = released(approver, Page.Kind.PAGE, slug="vecchia")
    content = PageContent(title_it="Una pagina", summary_it="x", body_it="x", slug="nuova")
    corrected(approver, page, content)
    add_redirect(person=approver, old="2009-2011/azioni/1.1.1", new="https://www.esempio.it/archivio")
    for old, new in (
        ("pagine/vecchia/?da=posta", f"/{language}/pagine/nuova/?da=posta"),
        ("pagine/vecchia", f"/{language}/pagine/nuova/"),
    ):
        answer = client.get(f"/{language}/{old}", follow=True)
        assert answer.redirect_chain[-1] == (new, 301)
        assert answer.status_code == 200
    answer = client.get(f"/{language}/pagine/vecchia/")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert client.post(f"/{language}/pagine/vecchia/").status_code == 404


def test_nothing_but_what_is_not_there_asks_for_redirects(client, approver, django_assert_num_queries):
    released(approver)
    with translation.override("it"):
        client.get("/it/notizie/")
        with django_assert_num_queries(1):
            client.get("/it/notizie/")


def test_the_list_of_news_costs_the_same_for_three_and_for_twenty(client, approver, django_assert_max_num_queries):
    for n in range(25):
        released(approver, slug=f"n-{n}")
    with django_assert_max_num_queries(8):
        text = client.get("/it/notizie/").content.decode()
    assert text.count("/it/notizie/n-") == 20
    assert "n-4/" in client.get("/it/notizie/?pagina=2").content.decode()


def test_headings_of_a_text_stand_right_under_the_title(client, approver):
    page = released(approver, body_it="<h3>Che cosa si trova qui</h3><p>Tutto.</p>")
    text = client.get(f"/it/{page.path}").content.decode()
    assert "<h2>Che cosa si trova qui</h2>" in text
    assert "<h3>" not in text.split("<main")[1].split("</main>")[0]
