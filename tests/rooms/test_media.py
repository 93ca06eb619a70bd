"""Pictures and documents: known by their content, made anew or looked into, and never more than they say they are."""

import threading
from io import BytesIO
from typing import IO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from PIL import Image as Pillow

from aumenta.core.pictures import MOST_PIXELS
from aumenta.pages import keep_media
from aumenta.pages.keep_media import (
    describe_image,
    document_file,
    image_file,
    keep_document,
    keep_image,
    remove_document,
    remove_image,
)
from aumenta.pages.models import Document, Image, Page
from aumenta.pages.pictures import make_picture
from aumenta.pages.publish_page import publish_page, withdraw_page
from aumenta.pages.write_page import PageContent, add_page
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from tests.cast import somebody
from tests.media_cast import ALT, DOCX, a_pdf, a_picture, zipped

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


ODT = b"application/vnd.oasis.opendocument.text"
MACROS = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'


def refusal(**named: object) -> str:
    with pytest.raises(RefusedError) as refused:
        keep_image(person=somebody("editor"), **({**ALT} | named))  # type: ignore[arg-type]
    assert not Image.objects.exists()
    return refused.value.code


def test_a_picture_is_made_anew_without_a_word_of_where_it_was_taken() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "Telefono di Maria"
    exif.get_ifd(0x8825)[1] = "N"
    data = a_picture(exif=exif, comment=b"casa mia")
    picture = make_picture(data)
    assert (picture.width, picture.height) == (600, 900), "it stands upright"
    assert set(picture.files) == {"400.webp", "600.webp", "share.jpg"}
    for content in picture.files.values():
        again = Pillow.open(BytesIO(content))
        assert not again.getexif()
        assert "comment" not in again.info
        assert b"Maria" not in content
        assert b"casa mia" not in content
    assert Pillow.open(BytesIO(picture.files["share.jpg"])).size == (1200, 630)


def test_a_large_picture_has_every_width_and_none_above_the_largest() -> None:
    picture = make_picture(a_picture(size=(3000, 1500)))
    assert picture.widths == [400, 800, 1200, 1600]
    assert (picture.width, picture.height) == (1600, 800)


def test_what_is_transparent_stays_so_and_is_white_where_it_is_shared() -> None:
    file = BytesIO()
    Pillow.new("RGBA", (500, 500), (0, 0, 0, 0)).save(file, "PNG")
    picture = make_picture(file.getvalue())
    assert Pillow.open(BytesIO(picture.files["500.webp"])).mode == "RGBA"
    assert Pillow.open(BytesIO(picture.files["share.jpg"])).getpixel((600, 300)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_required"),
        (b"niente", "image_unreadable"),
        (b"\xff\xd8\xff", "image_unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image_wrong_kind"),
        (b"\n<?xml version='1.0'?><svg/>", "image_wrong_kind"),
        (b"<html><script>alert(1)</script></html>", "image_wrong_kind"),
        (b"GIF89a" + b"\0" * 50, "image_wrong_kind"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 50, "image_wrong_kind"),
        (a_picture()[:400], "image_unreadable"),
        (a_picture("PNG")[:-30], "image_unreadable"),
        (a_picture(size=(399, 20)), "image_too_small"),
        (b"\xff" * (15 * 1024 * 1024 + 1), "image_too_large"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data=data) == code


def test_a_picture_that_would_unpack_to_gigabytes_is_refused_before_it_is_unpacked() -> None:
    assert refusal(data=a_picture("PNG", size=(MOST_PIXELS // 5_000 + 1, 5_000))) == "image_too_many_pixels"


def test_a_picture_that_moves_is_refused() -> None:
    file = BytesIO()
    frames = [Pillow.new("RGB", (500, 500), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    assert refusal(data=file.getvalue()) == "image_moves"


def test_a_picture_too_tall_for_the_web_is_refused_before_it_is_made() -> None:
    assert refusal(data=a_picture("PNG", size=(600, 17_000))) == "image_too_tall"
    turned = Pillow.Exif()
    turned[0x0112] = 6
    assert refusal(data=a_picture(size=(17_000, 600), exif=turned)) == "image_too_tall"
    assert make_picture(a_picture("PNG", size=(17_000, 600))).width == 1600


def test_of_a_picture_with_a_preview_behind_it_the_first_is_taken() -> None:
    file = BytesIO()
    preview = Pillow.new("RGB", (160, 120), "red")
    Pillow.new("RGB", (800, 600), "blue").save(file, "MPO", save_all=True, append_images=[preview])
    picture = make_picture(file.getvalue())
    assert (picture.width, picture.height) == (800, 600)
    pixel = Pillow.open(BytesIO(picture.files["800.webp"])).convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    red, _green, blue = pixel
    assert blue > 200 > 60 > red


def test_a_picture_whose_colour_profile_is_broken_is_taken_as_it_is() -> None:
    assert make_picture(a_picture(icc_profile=b"niente" * 40)).width == 900


@pytest.mark.parametrize("alt", [{"alt_it": "", "alt_en": "A square"}, {"alt_it": "Una piazza", "alt_en": "  "}])
def test_no_picture_without_a_word_of_what_it_shows_in_both_languages(alt: dict[str, str]) -> None:
    assert refusal(data=a_picture(), **alt) == "alt_required"


def test_the_database_holds_to_the_two_words_too() -> None:
    image = keep_image(person=somebody("editor"), data=a_picture(), **ALT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=image.pk).update(alt_en="")
    with pytest.raises(RefusedError):
        describe_image(person=somebody("editor"), image=image, alt_it="Una piazza", alt_en="")
    assert (
        describe_image(person=somebody("editor"), image=image, alt_it="Un viale", alt_en="An avenue").alt_it
        == "Un viale"
    )


def test_the_same_picture_is_kept_once_and_told_so() -> None:
    editor = somebody("editor")
    keep_image(person=editor, data=a_picture(), **ALT)
    with pytest.raises(RefusedError) as refused:
        keep_image(person=editor, data=a_picture(), **ALT)
    assert refused.value.code == "image_there_already"


def test_a_picture_a_page_shows_stays_and_its_files_go_with_it(django_capture_on_commit_callbacks) -> None:
    editor = somebody("editor")
    image = keep_image(person=editor, data=a_picture(), **ALT)
    page = add_page(person=editor, kind=Page.Kind.NEWS, content=PageContent(title_it="Notizia", image=image))
    with pytest.raises(RefusedError) as refused:
        remove_image(person=editor, image=image)
    assert refused.value.code == "image_in_use"
    page.delete()
    assert default_storage.exists(image_file(image.digest, "400.webp"))
    with django_capture_on_commit_callbacks(execute=True):
        remove_image(person=editor, image=image)
    assert not default_storage.exists(image_file(image.digest, "400.webp"))


def test_files_kept_again_before_they_are_taken_away_stay(django_capture_on_commit_callbacks) -> None:
    editor = somebody("editor")
    image = keep_image(person=editor, data=a_picture(), **ALT)
    document = keep_document(person=editor, data=a_pdf(), title_it="Atto", language="it")
    data = default_storage.open(document_file(document.digest, document.kind)).read()
    with django_capture_on_commit_callbacks(execute=True):
        remove_image(person=editor, image=image)
        remove_document(person=editor, document=document)
        keep_image(person=editor, data=a_picture(), **ALT)
        keep_document(person=editor, data=data, title_it="Atto", language="it")
    assert default_storage.exists(image_file(image.digest, "400.webp"))
    assert default_storage.exists(document_file(document.digest, document.kind))


def test_what_fails_after_the_file_was_written_leaves_neither_file_nor_row(monkeypatch: pytest.MonkeyPatch) -> None:
    editor, held = somebody("editor"), default_storage.save
    wrote: list[str] = []

    def full(name: str, content: IO[bytes]) -> str:
        if wrote:
            raise OSError("no space left on device")
        wrote.append(name)
        return held(name, content)

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(OSError, match="no space"):
        keep_image(person=editor, data=a_picture(), **ALT)
    assert not default_storage.exists(wrote[0])
    assert not Image.objects.exists()


def test_half_a_file_left_by_a_machine_that_stopped_is_written_anew() -> None:
    editor = somebody("editor")
    image = keep_image(person=editor, data=a_picture(), **ALT)
    name = image_file(image.digest, "400.webp")
    whole = default_storage.open(name).read()
    Image.objects.all().delete()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(whole[:50]))
    keep_image(person=editor, data=a_picture(), **ALT)
    assert default_storage.open(name).read() == whole


@pytest.mark.django_db(transaction=True)
def test_files_are_not_taken_away_while_somebody_is_keeping_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    editor = somebody("editor")
    image = keep_image(person=editor, data=a_picture(), **ALT)
    inside, go_on = threading.Event(), threading.Event()

    def wait_and_log(**_what: object) -> None:
        inside.set()
        go_on.wait(10)

    def keep_again() -> None:
        keep_image(person=editor, data=a_picture(), **ALT)
        connection.close()

    def take_away() -> None:
        keep_media._forget([image_file(image.digest, "400.webp")], Image.objects.filter(digest=image.digest))
        connection.close()

    Image.objects.all().delete()
    monkeypatch.setattr(keep_media, "log", wait_and_log)
    keeping = threading.Thread(target=keep_again)
    keeping.start()
    assert inside.wait(10)
    taking = threading.Thread(target=take_away)
    taking.start()
    taking.join(0.3)
    go_on.set()
    keeping.join()
    taking.join()
    assert Image.objects.get().digest == image.digest
    assert default_storage.exists(image_file(image.digest, "400.webp"))


def test_nobody_without_the_role_keeps_or_removes_media() -> None:
    reader, editor = somebody("reader"), somebody("editor")
    image = keep_image(person=editor, data=a_picture(), **ALT)
    for attempt in (
        lambda: keep_image(person=reader, data=a_picture(colour="red"), **ALT),
        lambda: describe_image(person=reader, image=image, **ALT),
        lambda: remove_image(person=reader, image=image),
        lambda: keep_document(person=reader, data=a_pdf(), title_it="Atto", language="it"),
    ):
        with pytest.raises(NotAllowedError):
            attempt()


@pytest.mark.parametrize(
    ("data", "kind"),
    [(a_pdf(), "pdf"), (zipped(mimetype=ODT), "odt"), (zipped(CT=DOCX, word__document=b"<x/>"), "docx")],
)
def test_a_document_is_known_by_its_content(data: bytes, kind: str) -> None:
    document = keep_document(person=somebody("editor"), data=data, title_it="Linee guida", language="it")
    assert (document.kind, document.size, document.file_name) == (kind, len(data), f"linee-guida.{kind}")
    assert default_storage.open(document_file(document.digest, document.kind)).read() == data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_required"),
        (b"MZ\x90\x00", "document_wrong_kind"),
        (b"<html></html>", "document_wrong_kind"),
        (b"%PDF-1.7 ma e finto", "document_damaged"),
        (b"PK\x03\x04 finto", "document_damaged"),
        (zipped(altro=b"x"), "document_wrong_kind"),
        (zipped(mimetype=b"application/epub+zip"), "document_wrong_kind"),
        (zipped(CT=MACROS), "document_has_macros"),
        (zipped(**{"CT": DOCX, "word__vbaProject.bin": b"x"}), "document_has_macros"),
        (zipped(mimetype=ODT)[:-30], "document_damaged"),
        (zipped(mimetype=ODT, Basic__script=b"x"), "document_has_macros"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024), "document_too_large"),
    ],
)
def test_what_is_no_document_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(RefusedError) as refused:
        keep_document(person=somebody("editor"), data=data, title_it="Atto", language="it")
    assert refused.value.code == code
    assert not Document.objects.exists()


def test_a_file_is_public_exactly_while_a_public_page_carries_it() -> None:
    approver = somebody("approver")
    image = keep_image(person=approver, data=a_picture(), **ALT)
    document = keep_document(person=approver, data=a_pdf(), title_it="Atto", language="it")
    content = PageContent(title_it="Notizia", summary_it="x", body_it="x", image=image, documents=[document, document])
    page = add_page(person=approver, kind=Page.Kind.NEWS, content=content)

    def public() -> tuple[int, int]:
        return Image.objects.public().count(), Document.objects.public().count()

    assert public() == (0, 0)
    publish_page(person=approver, page_id=page.pk, revision=1)
    assert public() == (1, 1)
    withdraw_page(person=approver, page_id=page.pk)
    assert public() == (0, 0)
    with pytest.raises(RefusedError):
        remove_document(person=approver, document=document)
