"""Writes pages and news: what their text says, where they are, what they carry."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format

from aumenta.core.text import clean_rich_text, slug
from aumenta.pages.follow_page import follow_page
from aumenta.pages.models import Attachment, Document, Image, Page
from aumenta.pages.refusals import PageRefusedError
from aumenta.pages.revision import touch
from aumenta.pages.rules import may_edit_page
from aumenta.people.models import User
from aumenta.people.rules import manages_pages, require
from aumenta.review.log import log
from aumenta.review.models import ActivityEntry

LINES: Final = {"title_it": 200, "title_en": 200, "summary_it": 300, "summary_en": 300}
RICH: Final = ("body_it", "body_en")
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class PageContent:
    """All that somebody writes of a page. An empty `slug` is made from the title, or stays as it is."""

    title_it: str
    title_en: str = ""
    summary_it: str = ""
    summary_en: str = ""
    body_it: str = ""
    body_en: str = ""
    slug: str = ""
    linked: str = Page.Linked.NOWHERE
    image: Image | None = None
    documents: Sequence[Document] = ()


@transaction.atomic
def add_page(*, person: User, kind: Page.Kind, content: PageContent) -> Page:
    """A new draft. Raises NotAllowedError; PageRefusedError «page_title_required», «page_too_long», «page_bad_slug»,
    «page_slug_taken», «page_news_not_linked»."""
    require(manages_pages(person), "pages")
    texts = _texts(content)
    _check_linked(kind, content)
    name = _free_slug(kind, content.slug, texts["title_it"])
    page = Page.objects.create(
        kind=kind, slug=name, linked=content.linked, image=content.image, written_by=person, **texts
    )
    _attach(page, content.documents)
    log(code=ActivityEntry.Code.PAGE_ADDED, person=person, subject=_subject(page))
    return page


@transaction.atomic
def edit_page(*, person: User, page_id: int, revision: int, content: PageContent) -> Page:
    """Write over a page that is still at `revision`; a page that has been public leaves a redirect where it was.

    Raises NotAllowedError; PageRefusedError as `add_page`, «page_stale», and «page_not_whole» where a released page
    would lose its summary or its text.
    """
    page = Page.objects.select_for_update().get(pk=page_id)
    require(may_edit_page(person, page), "edit_page")
    if page.revision != revision:
        when = date_format(timezone.localtime(page.saved_at), "SHORT_DATETIME_FORMAT")
        raise PageRefusedError("page_stale", who=page.written_by, time=when)
    texts = _texts(content)
    if page.state == Page.State.RELEASED and not (texts["summary_it"] and texts["body_it"]):
        raise PageRefusedError("page_not_whole")
    _check_linked(page.kind, content)
    name = _wanted_slug(page, content.slug)
    before = page.path
    Page.objects.filter(pk=page.pk).update(
        slug=name,
        linked=content.linked,
        image=content.image,
        written_by=person,
        saved_at=timezone.now(),
        revision=F("revision") + 1,
        **texts,
    )
    page = Page.objects.get(pk=page_id)
    _attach(page, content.documents)
    if page.path != before and page.was_public is not None:
        follow_page(person=person, old=before, new=page.path)
    touch()
    log(code=ActivityEntry.Code.PAGE_CHANGED, person=person, subject=_subject(page))
    return page


def _texts(content: PageContent) -> dict[str, str]:
    texts = {name: " ".join(getattr(content, name).split()) for name in LINES}
    texts |= {name: clean_rich_text(getattr(content, name)) for name in RICH}
    if not texts["title_it"]:
        raise PageRefusedError("page_title_required")
    for name, most in LINES.items():
        if len(texts[name]) > most:
            raise PageRefusedError("page_too_long", field=_name_of(name), most=most)
    return texts


def _name_of(field: str) -> str:
    name = getattr(Page._meta.get_field(field), "verbose_name", field)
    return str(name)


def _check_linked(kind: str, content: PageContent) -> None:
    if kind == Page.Kind.NEWS and content.linked != Page.Linked.NOWHERE:
        raise PageRefusedError("page_news_not_linked")


def _wanted_slug(page: Page, wanted: str) -> str:
    wanted = wanted.strip()
    if not wanted or wanted == page.slug:
        return page.slug
    return _free_slug(page.kind, wanted, page.title_it)


def _free_slug(kind: str, wanted: str, title: str) -> str:
    """The slug that was written, where it may be; made from the title, with a number where it is taken, if none was."""
    wanted = wanted.strip()
    taken = Page.objects.filter(kind=kind)
    if wanted:
        if not _SLUG.fullmatch(wanted) or len(wanted) > 100:
            raise PageRefusedError("page_bad_slug")
        if found := taken.filter(slug=wanted).first():
            raise PageRefusedError("page_slug_taken", path=found.path)
        return wanted
    stem = slug(title, longest=90)
    held = set(taken.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(name for n in range(1, len(held) + 2) if (name := stem if n == 1 else f"{stem}-{n}") not in held)


def _attach(page: Page, documents: Sequence[Document]) -> None:
    Attachment.objects.filter(page=page).delete()
    known = set(Document.objects.filter(pk__in=[one.pk for one in documents]).values_list("pk", flat=True))
    if any(one.pk not in known for one in documents):
        raise PageRefusedError("page_document_unknown")
    Attachment.objects.bulk_create(
        Attachment(page=page, document=one, position=n) for n, one in enumerate(dict.fromkeys(documents))
    )


def _subject(page: Page) -> str:
    return f"«{page.title_it}» ({page.path})"
