"""Keeps pictures and documents, and takes away what no page uses.

A row without its file would be a broken picture for everybody, so files are written before the transaction ends, and
taken away only when it has: one such verb at a time, so that a file can't be thought of as there by the one who keeps
it and as useless by the one who takes it away. A file without its row, left by a machine that stopped, is never served
and is written anew when it is sent again.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from aumenta.activity.log import log
from aumenta.activity.public_revision import one_at_a_time, touch
from aumenta.pages.activity import MEDIA_ADDED, MEDIA_CHANGED, MEDIA_DROPPED
from aumenta.pages.document_types import kind_of_document
from aumenta.pages.models import Document, Image
from aumenta.pages.pictures import make_picture
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_pages
from aumenta.people.short_names import free_slug


def image_file(digest: str, end: str) -> str:
    """Where a file of a picture is kept, such as «pages/images/ab12…-800.webp»."""
    return f"pages/images/{digest}-{end}"


def document_file(digest: str, kind: str) -> str:
    """Where a document is kept."""
    return f"pages/documents/{digest}.{kind}"


def keep_image(*, person: User, data: bytes, alt_it: str, alt_en: str, credit: str = "") -> Image:
    """Make a picture anew and keep it in several widths. Raises NotAllowedError; RefusedError «file_required»,
    «alt_required», «image_there_already», or why it is no picture."""
    check_permission(manages_pages(person), "media")
    if not data:
        raise RefusedError("file_required")
    words = _described(alt_it, alt_en)
    picture = make_picture(data)
    with _writing({image_file(picture.digest, end): content for end, content in picture.files.items()}):
        if held := Image.objects.filter(digest=picture.digest).first():
            raise RefusedError("image_there_already", alt=held.alt_it)
        image = Image.objects.create(
            digest=picture.digest,
            width=picture.width,
            height=picture.height,
            widths=picture.widths,
            credit=credit.strip()[:200],
            kept_by=person,
            **words,
        )
        log(code=MEDIA_ADDED, person=person, subject=f"«{image.alt_it}»"[:300])
    return image


@transaction.atomic
def describe_image(*, person: User, image: Image, alt_it: str, alt_en: str, credit: str = "") -> Image:
    """Say otherwise what a picture shows. Raises NotAllowedError; RefusedError «alt_required»."""
    check_permission(manages_pages(person), "media")
    words = _described(alt_it, alt_en)
    Image.objects.filter(pk=image.pk).update(credit=credit.strip()[:200], **words)
    touch()
    log(code=MEDIA_CHANGED, person=person, subject=f"«{words['alt_it']}»"[:300])
    return Image.objects.get(pk=image.pk)


@transaction.atomic
def remove_image(*, person: User, image: Image) -> None:
    """Take away a picture no page shows. Raises NotAllowedError; RefusedError «image_in_use»."""
    check_permission(manages_pages(person), "media")
    if page := image.pages.first() or image.drafts.first():
        raise RefusedError("image_in_use", page=page.title_it)
    ends = [*(f"{width}.webp" for width in image.widths), "share.jpg"]
    files = [image_file(image.digest, end) for end in ends]
    log(code=MEDIA_DROPPED, person=person, subject=f"«{image.alt_it}»"[:300])
    image.delete()
    held = Image.objects.filter(digest=image.digest)
    transaction.on_commit(lambda: _forget(files, held))


def keep_document(*, person: User, data: bytes, title_it: str, title_en: str = "", language: str) -> Document:
    """Keep a document as it was sent, after looking into it. Raises NotAllowedError; RefusedError
    «file_required», «document_title_required», «document_language_required», «document_there_already», or why it is
    none."""
    check_permission(manages_pages(person), "media")
    if not data:
        raise RefusedError("file_required")
    title = " ".join(title_it.split())[:200]
    if not title:
        raise RefusedError("document_title_required")
    if language not in Document.Language.values:
        raise RefusedError("document_language_required")
    kind = kind_of_document(data)
    digest = hashlib.sha256(data).hexdigest()
    with _writing({document_file(digest, kind): data}):
        if held := Document.objects.filter(digest=digest).first():
            raise RefusedError("document_there_already", title=held.title_it)
        document = Document.objects.create(
            slug=free_slug(title, Document.objects.all(), longest=100),
            title_it=title,
            title_en=" ".join(title_en.split())[:200],
            language=language,
            kind=kind,
            size=len(data),
            digest=digest,
            kept_by=person,
        )
        log(code=MEDIA_ADDED, person=person, subject=f"«{title}» ({document.file_name})"[:300])
    return document


@transaction.atomic
def remove_document(*, person: User, document: Document) -> None:
    """Take away a document no page carries. Raises NotAllowedError; RefusedError «document_in_use»."""
    check_permission(manages_pages(person), "media")
    if page := document.pages.first() or document.drafts.first():
        raise RefusedError("document_in_use", page=page.title_it)
    log(code=MEDIA_DROPPED, person=person, subject=f"«{document.title_it}»"[:300])
    file = document_file(document.digest, document.kind)
    document.delete()
    held = Document.objects.filter(digest=document.digest)
    transaction.on_commit(lambda: _forget([file], held))


def _described(alt_it: str, alt_en: str) -> dict[str, str]:
    words = {"alt_it": " ".join(alt_it.split())[:300], "alt_en": " ".join(alt_en.split())[:300]}
    if not all(words.values()):
        raise RefusedError("alt_required")
    return words


@contextmanager
def _writing(files: Mapping[str, bytes]) -> Iterator[None]:
    """A transaction that keeps `files` too; where it fails, those it wrote are taken away again."""
    written = []
    with transaction.atomic():
        one_at_a_time()
        try:
            yield
            for name, content in files.items():
                # Named by its content: what is there whole is the same.
                if not default_storage.exists(name) or default_storage.size(name) != len(content):
                    default_storage.delete(name)
                    written.append(name)
                    default_storage.save(name, ContentFile(content))
        except BaseException:
            for name in written:
                default_storage.delete(name)
            raise


@transaction.atomic
def _forget(names: list[str], held: QuerySet[Image] | QuerySet[Document]) -> None:
    one_at_a_time()
    # The same content may have been kept again in between: its files are those that were there.
    if held.exists():
        return
    for name in names:
        default_storage.delete(name)
