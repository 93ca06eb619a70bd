"""Writes pages and news: what their text says, where they are, what they carry."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.core.text import clean_rich_text
from aumenta.pages.activity import PAGE_ADDED, PAGE_CHANGED
from aumenta.pages.models import Attachment, Document, Image, Page, PageDraft
from aumenta.people.dates import moment_in_words
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_pages
from aumenta.people.short_names import free_slug

LINES: Final = {"title_it": 200, "title_en": 200, "summary_it": 300, "summary_en": 300}
RICH: Final = ("body_it", "body_en")
SITTING: Final = timedelta(hours=1)
"""Savings of one person that are no farther apart are one for the log."""
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
    """A new draft. One she began within the hour that says just this is given again: a browser may repeat a saving
    whose answer it never got.

    Raises NotAllowedError; RefusedError «page_title_required», «page_too_long», «page_bad_slug», «page_slug_taken»,
    «page_news_not_linked», «page_document_unknown».
    """
    check_permission(manages_pages(person), "pages")
    texts = _texts(content)
    _check_linked(kind, content)
    began = Page.objects.filter(kind=kind, was_public=None, written_by=person, saved_at__gte=timezone.now() - SITTING)
    if (held := began.order_by("-pk").first()) and says(held, content, texts):
        return held
    name = _free_slug(kind, content.slug, texts["title_it"])
    page = Page.objects.create(
        kind=kind, slug=name, linked=content.linked, image=content.image, written_by=person, **texts
    )
    attach(page, content.documents)
    log(code=PAGE_ADDED, person=person, subject=subject_of(page))
    return page


@transaction.atomic
def edit_page(*, person: User, page_id: int, revision: int, content: PageContent) -> Page:
    """Write over a page that is still at `revision`. Of one that is or was public the draft beside it is written, which
    nobody reads before it is published.

    The browser calls it every few seconds: saving again what is saved does nothing, and the log names a person once for
    each sitting. Raises NotAllowedError; RefusedError as `add_page`, and «page_stale».
    """
    check_permission(manages_pages(person), "edit_page")
    page = Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    held = in_hand(page)
    texts = _texts(content)
    if says(held, content, texts):
        return page
    refuse_stale(page, revision)
    _check_linked(page.kind, content)
    written = {
        "slug": _wanted_slug(page, content.slug),
        "linked": content.linked,
        "image": content.image,
        "written_by": person,
        "saved_at": timezone.now(),
        **texts,
    }
    if page.was_public is not None:
        Page.objects.filter(pk=page.pk).update(revision=F("revision") + 1)
        draft, _made = PageDraft.objects.update_or_create(page=page, defaults=written)
        draft.documents.set(_known(content.documents))
        return Page.objects.get(pk=page_id)
    Page.objects.filter(pk=page.pk).update(revision=F("revision") + 1, **written)
    if held.written_by_id != person.pk or timezone.now() - held.saved_at > SITTING:
        log(code=PAGE_CHANGED, person=person, subject=subject_of(page))
    attach(page, content.documents)
    return Page.objects.get(pk=page_id)


def in_hand(page: Page) -> Page | PageDraft:
    """What the office is writing: the draft beside a page, or the page itself where there is none."""
    return PageDraft.objects.filter(page=page).select_related("image", "written_by").first() or page


def documents_of(held: Page | PageDraft) -> list[Document]:
    """The documents it carries, in their order."""
    if isinstance(held, PageDraft):
        return list(held.documents.all())
    return [row.document for row in held.attachments.select_related("document")]


def says(held: Page | PageDraft, content: PageContent, texts: Mapping[str, str] | None = None) -> bool:
    """Whether a page or a draft is what `content` would make of it."""
    texts = texts or _texts(content)
    same_texts = all(getattr(held, name) == text for name, text in texts.items())
    same_rest = content.slug.strip() in {"", held.slug} and held.linked == content.linked
    return (
        same_texts
        and same_rest
        and held.image_id == (content.image.pk if content.image else None)
        and set(documents_of(held)) == set(content.documents)
    )


def refuse_stale(page: Page, revision: int) -> None:
    """Raises RefusedError «page_stale», with who saved it last, where the page is not at `revision` any more."""
    if page.revision != revision:
        held = in_hand(page)
        when = moment_in_words(held.saved_at, "il")
        raise RefusedError("page_stale", who=held.written_by, time=when)


def _texts(content: PageContent) -> dict[str, str]:
    texts = {name: " ".join(getattr(content, name).split()) for name in LINES}
    texts |= {name: clean_rich_text(getattr(content, name)) for name in RICH}
    if not texts["title_it"]:
        raise RefusedError("page_title_required")
    for name, most in LINES.items():
        if len(texts[name]) > most:
            raise RefusedError("page_too_long", field=_name_of(name), most=most)
    return texts


def _name_of(field: str) -> str:
    name = getattr(Page._meta.get_field(field), "verbose_name", field)
    return str(name)


def _check_linked(kind: str, content: PageContent) -> None:
    if kind == Page.Kind.NEWS and content.linked != Page.Linked.NOWHERE:
        raise RefusedError("page_news_not_linked")


def _wanted_slug(page: Page, wanted: str) -> str:
    wanted = wanted.strip()
    if not wanted or wanted == page.slug:
        return page.slug
    return _free_slug(page.kind, wanted, page.title_it)


def refuse_taken(page: Page, wanted: str) -> None:
    """Raises RefusedError «page_slug_taken» where another page has the address that the draft of `page` wants."""
    _wanted_slug(page, wanted)


def _free_slug(kind: str, wanted: str, title: str) -> str:
    """The slug that was written, where it may be; made from the title, with a number where it is taken, if none was."""
    wanted = wanted.strip()
    taken = Page.objects.filter(kind=kind)
    if wanted:
        if not _SLUG.fullmatch(wanted) or len(wanted) > 100:
            raise RefusedError("page_bad_slug")
        if found := taken.filter(slug=wanted).first():
            raise RefusedError("page_slug_taken", path=found.path)
        return wanted
    return free_slug(title, taken, longest=90)


def attach(page: Page, documents: Sequence[Document]) -> None:
    """Let the page carry these documents and no others."""
    known = _known(documents)
    Attachment.objects.filter(page=page).delete()
    Attachment.objects.bulk_create(Attachment(page=page, document=one, position=n) for n, one in enumerate(known))


def _known(documents: Sequence[Document]) -> list[Document]:
    known = set(Document.objects.filter(pk__in=[one.pk for one in documents]).values_list("pk", flat=True))
    if any(one.pk not in known for one in documents):
        raise RefusedError("page_document_unknown")
    return list(dict.fromkeys(documents))


def subject_of(page: Page) -> str:
    """How the log names a page."""
    return f"«{page.title_it}» ({page.path})"
