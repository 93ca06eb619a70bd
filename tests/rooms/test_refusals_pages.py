"""Every way in which pages, media and redirects refuse, each met once."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from aumenta.core.pictures import MOST_PIXELS
from aumenta.pages import document_types, pictures
from aumenta.pages.add_redirect import add_redirect
from aumenta.pages.keep_media import keep_document, keep_image, remove_document, remove_image
from aumenta.pages.models import Document, Page
from aumenta.pages.publish_draft import publish_draft
from aumenta.pages.publish_page import publish_page, throw_draft_away, withdraw_page
from aumenta.pages.write_page import add_page, edit_page
from aumenta.people.models import User
from tests.cast import somebody
from tests.documents_made import others_being_read
from tests.media_cast import ALT, DOCX, a_pdf, a_picture, zipped
from tests.pages_cast import a_page, content, released
from tests.refusals_met import Refusals

pytestmark = pytest.mark.django_db
REFUSALS = Refusals()


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def office() -> User:
    """Who writes and publishes here."""
    return User.objects.filter(email="ufficio@esempio.it").first() or somebody("approver", email="ufficio@esempio.it")


def page(**other: object) -> Page:
    """A page that is public, whose title is «Chi siamo» where nothing else is said."""
    return released(office(), **other)  # type: ignore[arg-type]


def published(made: Page, **moments: object) -> Page:
    """As it is now, published between these moments."""
    return publish_page(person=office(), page_id=made.pk, revision=made.revision, **moments)  # type: ignore[arg-type]


@REFUSALS.get("page_title_required")
def a_page_has_no_title() -> object:
    return a_page(office(), "  ")


@REFUSALS.get("page_too_long")
def a_title_has_201_characters() -> object:
    return a_page(office(), "x" * 201)


@REFUSALS.get("page_not_whole")
def a_page_without_a_text_is_published() -> object:
    return published(a_page(office(), body_it=""))


@REFUSALS.get("page_bad_slug")
def the_name_in_the_address_has_capitals() -> object:
    return a_page(office(), slug="Chi siamo")


@REFUSALS.get("page_slug_taken")
def two_pages_want_one_address() -> object:
    a_page(office(), slug="uno")
    return a_page(office(), "Altra", slug="uno")


@REFUSALS.get("page_stale")
def a_page_is_saved_that_another_has_saved() -> object:
    made = a_page(office())
    edit_page(person=office(), page_id=made.pk, revision=made.revision, content=content("Prima"))
    return edit_page(person=somebody("editor"), page_id=made.pk, revision=made.revision, content=content("Seconda"))


@REFUSALS.get("page_ends_before")
def a_page_ends_when_it_begins() -> object:
    moment = timezone.now() + timedelta(days=1)
    return published(a_page(office()), from_at=moment, until_at=moment)


@REFUSALS.get("page_is_over")
def a_page_has_ended_before_it_is_published() -> object:
    now = timezone.now()
    return published(a_page(office()), from_at=now - timedelta(days=2), until_at=now - timedelta(days=1))


@REFUSALS.get("page_no_draft")
def a_draft_is_published_that_is_none() -> object:
    made = page()
    return publish_draft(person=office(), page_id=made.pk, revision=made.revision)


@REFUSALS.get("page_not_published")
def a_draft_is_withdrawn() -> object:
    return withdraw_page(person=office(), page_id=a_page(office()).pk)


@REFUSALS.get("page_was_public")
def a_page_that_people_linked_to_is_thrown_away() -> object:
    made = page()
    withdraw_page(person=office(), page_id=made.pk)
    return throw_draft_away(person=office(), page_id=made.pk)


@REFUSALS.get("page_news_not_linked")
def news_are_put_into_the_menu() -> object:
    return a_page(office(), kind=Page.Kind.NEWS, linked=Page.Linked.MENU)


@REFUSALS.get("page_document_unknown")
def a_page_carries_a_document_that_is_gone() -> object:
    return add_page(person=office(), kind=Page.Kind.PAGE, content=content(documents=[Document(pk=99)]))


@REFUSALS.get("file_required")
def no_file_is_chosen() -> object:
    return keep_image(person=office(), data=b"", **ALT)


@REFUSALS.get("alt_required")
def a_picture_has_no_words_in_english() -> object:
    return keep_image(person=office(), data=a_picture(), alt_it="Una piazza", alt_en=" ")


@REFUSALS.get("image_too_large")
def a_picture_has_too_many_bytes() -> object:
    return keep_image(person=office(), data=bytes(pictures.LARGEST + 1), **ALT)


@REFUSALS.get("image_unreadable")
def half_a_picture_is_sent() -> object:
    return keep_image(person=office(), data=a_picture()[:400], **ALT)


@REFUSALS.get("image_wrong_kind")
def a_page_is_sent_as_a_picture() -> object:
    return keep_image(person=office(), data=b"<!DOCTYPE html><p>", **ALT)


@REFUSALS.get("image_moves")
def a_picture_moves() -> object:
    from PIL import Image

    file, frames = BytesIO(), [Image.new("RGB", (500, 500), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return keep_image(person=office(), data=file.getvalue(), **ALT)


@REFUSALS.get("image_too_many_pixels")
def a_picture_would_unpack_to_gigabytes() -> object:
    wide = MOST_PIXELS // 5_000 + 1
    return keep_image(person=office(), data=a_picture("PNG", size=(wide, 5_000)), **ALT)


@REFUSALS.get("image_too_small")
def a_picture_is_a_thumbnail() -> object:
    return keep_image(person=office(), data=a_picture(size=(pictures.LEAST_SIDE - 1, 20)), **ALT)


@REFUSALS.get("image_too_tall")
def a_picture_is_a_ribbon() -> object:
    return keep_image(person=office(), data=a_picture("PNG", size=(600, 17_000)), **ALT)


@REFUSALS.get("image_there_already")
def a_picture_is_sent_twice() -> object:
    keep_image(person=office(), data=a_picture(), **ALT)
    return keep_image(person=office(), data=a_picture(), **ALT)


@REFUSALS.get("image_in_use")
def a_picture_in_a_draft_is_taken_away() -> object:
    image = keep_image(person=office(), data=a_picture(), **ALT)
    made = page()
    edit_page(person=office(), page_id=made.pk, revision=made.revision, content=content("Nuova", image=image))
    return remove_image(person=office(), image=image)


def a_document(data: bytes | None = None, title: str = "Atto", language: str = "it") -> Document:
    """A document that was sent."""
    return keep_document(person=office(), data=a_pdf() if data is None else data, title_it=title, language=language)


@REFUSALS.get("document_title_required")
def a_document_has_no_title() -> object:
    return a_document(title=" ")


@REFUSALS.get("document_language_required")
def a_document_is_in_no_known_language() -> object:
    return a_document(language="xx")


@REFUSALS.get("document_too_large")
def a_document_has_too_many_bytes() -> object:
    return a_document(b"%PDF-" + bytes(document_types.LARGEST))


@REFUSALS.get("document_wrong_kind")
def a_text_is_sent_as_a_document() -> object:
    return a_document(b"Buongiorno")


@REFUSALS.get("document_busy")
def a_document_comes_while_others_are_read() -> object:
    with others_being_read():
        return a_document(a_pdf())


@REFUSALS.get("document_damaged")
def half_a_document_is_sent() -> object:
    return a_document(a_pdf()[:60])


@REFUSALS.get("document_has_macros")
def a_document_holds_a_program() -> object:
    return a_document(zipped(**{"CT": DOCX, "word__vbaProject.bin": b"x"}))


@REFUSALS.get("document_there_already")
def a_document_is_sent_twice() -> object:
    data = a_pdf()
    a_document(data)
    return a_document(data, title="Lo stesso")


@REFUSALS.get("document_in_use")
def a_document_in_a_draft_is_taken_away() -> object:
    document, made = a_document(), page()
    edit_page(person=office(), page_id=made.pk, revision=made.revision, content=content("Nuova", documents=[document]))
    return remove_document(person=office(), document=document)


@REFUSALS.get("redirect_bad_old")
def an_old_address_is_none() -> object:
    page()
    return add_redirect(person=office(), old="due parole", new="pagine/chi-siamo/")


@REFUSALS.get("redirect_bad_new")
def an_address_leads_to_a_script() -> object:
    return add_redirect(person=office(), old="vecchia/", new="javascript:alert(1)")


@REFUSALS.get("redirect_taken")
def an_address_that_works_leads_elsewhere() -> object:
    page()
    return add_redirect(person=office(), old="pagine/chi-siamo/", new="https://www.esempio.it/")


@REFUSALS.get("redirect_there_already")
def an_old_address_leads_to_two() -> object:
    for target in ("https://www.esempio.it/", "https://www.esempio.org/"):
        made = add_redirect(person=office(), old="vecchia/", new=target)
    return made


@REFUSALS.get("redirect_loop")
def two_addresses_lead_to_each_other() -> object:
    page()
    add_redirect(person=office(), old="una/", new="pagine/chi-siamo/")
    add_redirect(person=office(), old="altra/", new="una/")
    withdraw_page(person=office(), page_id=Page.objects.get().pk)
    return add_redirect(person=office(), old="pagine/chi-siamo/", new="altra/")


@REFUSALS.get("redirect_nowhere")
def an_address_leads_to_nothing() -> object:
    return add_redirect(person=office(), old="vecchia/", new="mai-vista/")


@pytest.mark.parametrize("code", sorted(REFUSALS.attempts))
def test_somebody_is_refused_and_told_why(code: str) -> None:
    REFUSALS.check(code)
