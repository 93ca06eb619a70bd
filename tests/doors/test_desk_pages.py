"""The desk's pages and news, from the form to the public page, from three chairs; every bad file with its message."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from aumenta.pages.models import CheckedLink, Document, Image, Page, Redirect
from aumenta.people.models import User
from aumenta.plan.models import Action, Link
from tests.cast import a_small_plan, somebody
from tests.media_cast import ALT, a_pdf, a_picture

pytestmark = pytest.mark.django_db
TEXTS = {
    "title_it": "Si comincia",
    "title_en": "It begins",
    "summary_it": "Una frase.",
    "body_it": "<p>Un <strong>testo</strong>.</p><script>alert(1)</script>",
    "image": "",
}


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def chair(role: str) -> tuple[Client, User]:
    client, person = Client(), somebody(role)
    client.force_login(person)
    return client, person


def written(client: Client, **other: str) -> Page:
    answer = client.post("/it/scrivania/pagine/nuova/news/", TEXTS | other)
    assert answer.status_code == 302
    return Page.objects.latest("pk")


def test_an_editor_writes_an_approver_publishes_and_everybody_reads(client):
    a_small_plan()
    (editor, _), (approver, _) = chair("editor"), chair("approver")
    page = written(editor)
    preview = editor.get(f"/it/scrivania/pagine/{page.pk}/anteprima/").content.decode()
    assert "Un <strong>testo</strong>." in preview
    assert "alert(1)" not in preview
    assert "pubblica/" not in preview, "an editor does not publish"
    assert client.get("/it/notizie/si-comincia/").status_code == 404
    answer = approver.post(f"/it/scrivania/pagine/{page.pk}/pubblica/", {"revision": 1}, follow=True)
    assert "Pubblicata: tutti possono leggerla." in answer.content.decode()
    assert "Un <strong>testo</strong>." in client.get("/it/notizie/si-comincia/").content.decode()


def test_the_draft_beside_a_public_page_from_three_chairs(client):
    a_small_plan()
    (editor, _), (approver, _), (reader, _) = chair("editor"), chair("approver"), chair("reader")
    page = written(editor)
    address = f"/it/scrivania/pagine/{page.pk}"
    approver.post(f"{address}/pubblica/", {"revision": 1})
    answer = editor.post(f"{address}/", TEXTS | {"revision": "2", "summary_it": "Detta meglio."}, follow=True)
    text = answer.content.decode()
    assert "Ci sono modifiche non pubblicate" in text
    assert "Detta meglio" in text
    assert f"{address}/bozza/pubblica/" not in text, "an editor does not publish"
    assert "Una frase." in client.get("/it/notizie/si-comincia/").content.decode()
    assert "Detta meglio." in editor.get(f"{address}/").content.decode(), "the form goes on with the draft"
    assert editor.post(f"{address}/bozza/pubblica/", {"revision": 3}).status_code == 403
    assert reader.get(f"{address}/bozza/elimina/").status_code == 403
    assert client.get(f"{address}/bozza/elimina/").status_code == 302
    assert approver.post(f"{address}/bozza/pubblica/", {"revision": 2}).status_code == 409
    answer = approver.post(f"{address}/bozza/pubblica/", {"revision": 3}, follow=True)
    assert "Le modifiche sono pubblicate." in answer.content.decode()
    assert "Detta meglio." in client.get("/it/notizie/si-comincia/").content.decode()
    editor.post(f"{address}/", TEXTS | {"revision": "4", "summary_it": "Peggio."})
    assert "si perdono" in editor.get(f"{address}/bozza/elimina/").content.decode()
    editor.post(f"{address}/bozza/elimina/")
    assert "Detta meglio." in editor.get(f"{address}/").content.decode()


def test_a_page_saves_itself_from_its_title_on(django_assert_max_num_queries):
    (editor, _), (other, _) = chair("editor"), chair("editor")
    address = "/it/scrivania/pagine/salva/"
    answer = editor.post(address, TEXTS | {"kind": "news", "title_it": " "})
    assert answer.status_code == 409
    assert answer.json() == {"message": "Scrivi un titolo in italiano."}
    told = editor.post(address, TEXTS | {"kind": "news"}).json()
    page = Page.objects.get()
    copy = told.pop("copy")
    assert copy.startswith(f"page/{page.pk}/")
    assert told == {"page": page.pk, "revision": 1, "address": f"/it/scrivania/pagine/{page.pk}/"}
    with django_assert_max_num_queries(16):
        told = editor.post(address, TEXTS | {"page": page.pk, "revision": 1, "summary_it": "Due frasi."}).json()
    assert told["revision"] == 2
    answer = other.post(address, TEXTS | {"page": page.pk, "revision": 1, "summary_it": "La mia."})
    assert answer.status_code == 409
    assert answer.json()["revision"] == 2
    assert "Editor" in answer.json()["message"]
    assert Page.objects.get().summary_it == "Due frasi."
    assert editor.post(address, TEXTS | {"kind": "diario"}).status_code == 400
    assert editor.post(address, TEXTS | {"page": "999999"}).status_code == 404


def test_the_preview_shows_the_same_body_as_the_public_page(client):
    a_small_plan()
    approver, _person = chair("approver")
    page = written(approver)
    preview = approver.get(f"/it/scrivania/pagine/{page.pk}/anteprima/").content.decode()
    approver.post(f"/it/scrivania/pagine/{page.pk}/pubblica/", {"revision": 1})
    public = client.get("/it/notizie/si-comincia/").content.decode()
    body = preview[preview.index('<article class="editorial">') : preview.index("</article>")]
    assert body in public


def test_a_moment_is_read_as_the_time_of_rome_and_shown_as_such():
    approver, _person = chair("approver")
    page = written(approver)
    year = timezone.now().year + 1
    answer = approver.post(
        f"/it/scrivania/pagine/{page.pk}/pubblica/", {"revision": 1, "from_at": f"{year}-07-01T09:00"}, follow=True
    )
    text = answer.content.decode()
    assert Page.objects.get().from_at.isoformat() == f"{year}-07-01T07:00:00+00:00"
    assert f"1° luglio {year}, 09:00" in text
    assert f'value="{year}-07-01T09:00"' in text


def test_an_hour_that_does_not_exist_is_refused_with_what_was_typed():
    approver, _person = chair("approver")
    page = written(approver)
    posted = {"revision": 1, "from_at": "2027-03-28T02:30"}
    answer = approver.post(f"/it/scrivania/pagine/{page.pk}/pubblica/", posted)
    assert answer.status_code == 409
    assert "2027-03-28T02:30" in answer.content.decode()
    assert Page.objects.get().state == "draft"


@pytest.mark.parametrize(("title", "slug"), [("", ""), ("Titolo", "Non Così"), ("T" * 201, "")])
def test_a_form_that_is_refused_keeps_what_was_written(title, slug):
    editor, _person = chair("editor")
    answer = editor.post("/it/scrivania/pagine/nuova/page/", TEXTS | {"title_it": title, "slug": slug})
    assert answer.status_code == 409
    assert "Una frase." in answer.content.decode()
    assert not Page.objects.exists()


def test_who_saves_second_keeps_her_text_and_is_told_who_was_first():
    (one, _), (two, first) = chair("editor"), chair("editor")
    page = written(one)
    two.post(f"/it/scrivania/pagine/{page.pk}/", TEXTS | {"revision": "1", "summary_it": "La seconda."})
    answer = one.post(f"/it/scrivania/pagine/{page.pk}/", TEXTS | {"revision": "1", "summary_it": "La prima."})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert first.full_name in text
    assert "La prima." in text
    assert Page.objects.get().summary_it == "La seconda."
    assert 'name="revision" value="1"' in text, "the form keeps the revision its author has seen"
    assert "«La seconda.» → «La prima.»" in text
    again = one.post(f"/it/scrivania/pagine/{page.pk}/", TEXTS | {"revision": "1", "summary_it": "La prima."})
    assert again.status_code == 409
    assert Page.objects.get().summary_it == "La seconda."
    one.post(f"/it/scrivania/pagine/{page.pk}/", TEXTS | {"revision": "1", "seen": "2", "summary_it": "La prima."})
    assert Page.objects.get().summary_it == "La prima."


def test_withdrawing_and_throwing_away_ask_first():
    approver, _person = chair("approver")
    draft = written(approver)
    address = f"/it/scrivania/pagine/{draft.pk}"
    assert approver.get(f"{address}/elimina/").status_code == 200
    approver.post(f"{address}/pubblica/", {"revision": 1})
    approver.post(f"{address}/elimina/")
    assert Page.objects.get().standing == "public"
    assert approver.get(f"{address}/ritira/").status_code == 200
    approver.post(f"{address}/ritira/")
    assert Page.objects.get().standing == "withdrawn"


def send(client: Client, where: str, data: bytes, **words: str) -> str:
    file = SimpleUploadedFile("una.jpg", data, content_type="image/jpeg")
    return client.post(f"/it/scrivania/{where}/", {"file": file, **words}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("data", "words", "told"),
    [
        (b"", ALT, "vuoto"),
        (b"<svg onload='alert(1)'/>", ALT, "di tipo SVG"),
        (a_picture()[:300], ALT, "non è un&#x27;immagine|Questa non è un’immagine"),
        (a_picture(), {"alt_it": "Una piazza"}, "nelle due lingue"),
        (a_picture(size=(100, 100)), ALT, "400"),
    ],
)
def test_a_picture_that_can_t_be_kept_is_told_why(data, words, told):
    editor, _person = chair("editor")
    text = send(editor, "immagini", data, **words)
    assert any(one in text for one in told.split("|"))
    assert not Image.objects.exists()


def test_a_form_without_a_file_says_so():
    editor, _person = chair("editor")
    for where, words in (("immagini", ALT), ("documenti", {"title_it": "Atto", "language": "it"})):
        answer = editor.post(f"/it/scrivania/{where}/", words)
        assert answer.status_code == 409
        assert "Scegli prima un file." in answer.content.decode()


def test_a_picture_and_a_document_are_sent_chosen_and_seen_on_the_page(client):
    a_small_plan()
    approver, _person = chair("approver")
    send(approver, "immagini", a_picture(), **ALT)
    send(approver, "documenti", a_pdf(), title_it="Linee guida", language="it")
    image, document = Image.objects.get(), Document.objects.get()
    page = written(approver, image=str(image.pk), documents=str(document.pk))
    approver.post(f"/it/scrivania/pagine/{page.pk}/pubblica/", {"revision": 1})
    text = client.get("/it/notizie/si-comincia/").content.decode()
    assert 'alt="Una piazza con alberi"' in text
    assert "/media/documenti/linee-guida.pdf" in text
    assert "A square with trees" in client.get("/en/notizie/si-comincia/").content.decode()
    for address in (f"immagini/{image.pk}/togli", f"documenti/{document.pk}/togli"):
        approver.post(f"/it/scrivania/{address}/")
    assert Image.objects.exists()
    assert Document.objects.exists()


def test_a_document_of_the_wrong_kind_is_told_why():
    editor, _person = chair("editor")
    assert "conta che cosa contiene" in send(editor, "documenti", b"MZ", title_it="Atto", language="it")
    assert not Document.objects.exists()


def test_redirects_are_added_refused_with_a_reason_and_removed():
    a_small_plan()
    approver, _person = chair("approver")
    page = written(approver)
    approver.post(f"/it/scrivania/pagine/{page.pk}/pubblica/", {"revision": 1})
    address = "/it/scrivania/rinvii/"
    answer = approver.post(address, {"old": "territorio/", "new": page.path})
    assert answer.status_code == 409
    assert "un indirizzo che funziona non può portare altrove" in answer.content.decode()
    approver.post(address, {"old": "vecchia", "new": page.path})
    assert "vecchia/" in approver.get(address).content.decode()
    approver.post(f"{address}{Redirect.objects.get().pk}/togli/", {"sure": "1"})
    assert not Redirect.objects.exists()


def test_dead_links_are_listed_with_when_they_were_asked_and_who_names_them():
    edition = a_small_plan()
    (approver, _), (referent, _) = chair("approver"), chair("referent")
    action = Action.objects.of(edition).first()
    Link.objects.create(action=action, position=1, address="https://esempio.it/atto#p", label="")
    written(approver, body_it='<a href="https://esempio.it/atto">x</a>', title_it="Pagina con un rinvio")
    asked = timezone.now() - timedelta(days=3)
    CheckedLink.objects.create(address="https://esempio.it/atto", outcome="gone", status=404, checked_at=asked)
    text = approver.get("/it/scrivania/qualita/").content.decode()
    section = text[text.index('id="collegamenti"') :]
    assert "https://esempio.it/atto" in section
    assert "404" in section
    assert "/schede/2021-2023/1.1.1/" in section
    assert "Pagina con un rinvio" in section
    assert "https://esempio.it/atto" not in referent.get("/it/scrivania/qualita/").content.decode()


def test_asking_the_links_again_is_the_worker_s_task():
    editor, _person = chair("editor")
    text = editor.post("/it/scrivania/qualita/collegamenti/", follow=True).content.decode()
    assert "fra qualche minuto" in text
    assert not CheckedLink.objects.exists(), "never while a page is being made"
