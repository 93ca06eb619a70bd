"""Lets a page be read, now or from a moment on; takes it back; throws a draft away."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aumenta.activity.log import log
from aumenta.activity.public_revision import touch
from aumenta.pages.activity import PAGE_DROPPED, PAGE_PUBLISHED, PAGE_WITHDRAWN
from aumenta.pages.models import Page, Redirect
from aumenta.pages.publish_draft import take_draft
from aumenta.pages.rules import may_publish_pages
from aumenta.pages.write_page import refuse_stale
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_pages


@transaction.atomic
def publish_page(
    *,
    person: User,
    page_id: int,
    revision: int,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> Page:
    """Public from `from_at` (now by default) until `until_at`; for a page that is published it changes the two moments,
    and a draft beside it stays a draft.

    Raises NotAllowedError; RefusedError «page_stale», «page_not_whole», «page_ends_before», «page_is_over»,
    «page_slug_taken».
    """
    check_permission(may_publish_pages(person), "publish_page")
    page = Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    now = timezone.now()
    refuse_stale(page, revision)
    if page.state != Page.State.PUBLISHED:
        page = take_draft(person=person, page=page)
    if not (page.summary_it and page.body_it):
        raise RefusedError("page_not_whole")
    begins = from_at or (page.from_at if page.standing == "public" and page.from_at else now)
    if until_at is not None and until_at <= begins:
        raise RefusedError("page_ends_before")
    if until_at is not None and until_at <= now:
        raise RefusedError("page_is_over")
    Page.objects.filter(pk=page.pk).update(
        state=Page.State.PUBLISHED,
        from_at=begins,
        until_at=until_at,
        was_public=page.was_public or now,
        revision=F("revision") + 1,
    )
    # Where a page is read nothing leads elsewhere any more.
    Redirect.objects.filter(old=page.path).delete()
    touch()
    log(
        code=PAGE_PUBLISHED,
        person=person,
        subject=f"«{page.title_it}» ({page.path})",
        detail=" – ".join(moment.isoformat(timespec="minutes") for moment in (begins, until_at) if moment),
    )
    return Page.objects.get(pk=page_id)


@transaction.atomic
def withdraw_page(*, person: User, page_id: int) -> Page:
    """Nobody reads it any more; its text is kept. Raises NotAllowedError; RefusedError «page_not_published»."""
    check_permission(may_publish_pages(person), "withdraw_page")
    page = Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    if page.state != Page.State.PUBLISHED:
        raise RefusedError("page_not_published")
    Page.objects.filter(pk=page.pk).update(state=Page.State.WITHDRAWN, revision=F("revision") + 1)
    touch()
    log(code=PAGE_WITHDRAWN, person=person, subject=f"«{page.title_it}» ({page.path})")
    return Page.objects.get(pk=page_id)


@transaction.atomic
def throw_draft_away(*, person: User, page_id: int) -> None:
    """Delete a draft that has never been public. Raises NotAllowedError; RefusedError «page_was_public»."""
    page = Page.objects.select_for_update(of=("self",)).get(pk=page_id)
    check_permission(manages_pages(person), "throw_draft_away")
    if page.was_public is not None:
        raise RefusedError("page_was_public")
    log(code=PAGE_DROPPED, person=person, subject=f"«{page.title_it}» ({page.path})")
    page.delete()
