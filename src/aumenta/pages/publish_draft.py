"""Puts the draft beside a page in its place, or throws it away."""

from django.db import transaction
from django.db.models import F

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.pages.activity import PAGE_CHANGED, PAGE_DROPPED
from aumenta.pages.follow_page import follow_page
from aumenta.pages.models import Page, PageDraft
from aumenta.pages.rules import may_publish_pages
from aumenta.pages.write_page import LINES, RICH, attach, documents_of, in_hand, refuse_stale, refuse_taken, subject_of
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_pages

WRITTEN = (*LINES, *RICH, "slug", "linked", "image", "written_by", "saved_at")


@transaction.atomic
def publish_draft(*, person: User, page_id: int, revision: int) -> Page:
    """What was changed takes the place of the page that is published; from when until when it is public stays.

    A page that moved leaves a redirect. Raises NotAllowedError; RefusedError «page_not_published», «page_no_draft»,
    «page_stale», «page_not_whole», «page_slug_taken».
    """
    check_permission(may_publish_pages(person), "publish_draft")
    page = Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    if page.state != Page.State.PUBLISHED:
        raise RefusedError("page_not_published")
    if not isinstance(in_hand(page), PageDraft):
        raise RefusedError("page_no_draft")
    refuse_stale(page, revision)
    return take_draft(person=person, page=page)


def take_draft(*, person: User, page: Page) -> Page:
    """The page as its draft says, where it has one; for a verb that holds the page and has checked who may.

    Raises RefusedError «page_not_whole», «page_slug_taken».
    """
    draft = in_hand(page)
    if not isinstance(draft, PageDraft):
        return page
    if not (draft.summary_it and draft.body_it):
        raise RefusedError("page_not_whole")
    refuse_taken(page, draft.slug)
    before = page.path
    Page.objects.filter(pk=page.pk).update(
        revision=F("revision") + 1, **{name: getattr(draft, name) for name in WRITTEN}
    )
    attach(page, documents_of(draft))
    draft.delete()
    page = Page.objects.get(pk=page.pk)
    if page.path != before:
        follow_page(person=person, old=before, new=page.path)
    touch()
    log(code=PAGE_CHANGED, person=person, subject=subject_of(page))
    return page


@transaction.atomic
def discard_draft(*, person: User, page_id: int) -> None:
    """The draft beside a page is gone; the page stays as it is. Raises NotAllowedError; RefusedError
    «page_no_draft»."""
    check_permission(manages_pages(person), "discard_draft")
    page = Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    draft = in_hand(page)
    if not isinstance(draft, PageDraft):
        raise RefusedError("page_no_draft")
    draft.delete()
    Page.objects.filter(pk=page.pk).update(revision=F("revision") + 1)
    log(code=PAGE_DROPPED, person=person, subject=subject_of(page))


def as_drafted(page: Page) -> Page:
    """The page as it would be if the draft beside it were published; nothing is written."""
    draft = in_hand(page)
    if not isinstance(draft, PageDraft):
        return page
    held = {field.attname: getattr(page, field.attname) for field in Page._meta.concrete_fields}
    drafted = Page(**held)
    for name in WRITTEN:
        setattr(drafted, name, getattr(draft, name))
    return drafted
