"""The texts of an edition outside axes and sheets: written, put in order, taken out."""

from django.core.exceptions import ValidationError
from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.text import clean_rich_text
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.people.refusals import RefusedError
from aumenta.plan.changed import changed
from aumenta.plan.models import Chapter, Edition
from aumenta.plan.sheet_content import content_hash
from aumenta.review.activity import CHAPTER_DROPPED, CHAPTER_WRITTEN
from aumenta.review.lock import lock_edition
from aumenta.review.rules import may_manage_editions

LONGEST = 400_000
"""Characters of a text: the longest chapter of a printed plan has some sixty thousand."""
MOST = 200
_FIELDS = ("kind", "title_it", "title_en", "text_it", "text_en")


def chapter_mark(chapter: Chapter) -> str:
    """What the chapter said when somebody looked: a form brings it back, so that nothing unseen is written over."""
    return content_hash({name: getattr(chapter, name) for name in _FIELDS})


@transaction.atomic
def write_chapter(
    *,
    person: User,
    edition: Edition,
    chapter: Chapter | None = None,
    seen: str = "",
    kind: str,
    title_it: str,
    title_en: str = "",
    text_it: str = "",
    text_en: str = "",
    position: int,
) -> Chapter:
    """Write a new text of the edition, or `chapter` anew as it was `seen` (`chapter_mark`), at a place in their order.

    A place beyond the last is the last. Raises NotAllowedError; RefusedError «frozen», «chapter_gone»,
    «chapter_changed», «title_required», «chapter_too_long», «too_many_chapters» or «chapter_invalid».
    """
    check_permission(may_manage_editions(person), "write_chapter")
    edition = lock_edition(edition.pk)
    others = list(edition.chapters.order_by("position"))
    if chapter is not None:
        held = next((one for one in others if one.pk == chapter.pk), None)
        if held is None:
            raise RefusedError("chapter_gone")
        if chapter_mark(held) != seen:
            raise RefusedError("chapter_changed")
        others.remove(held)
    elif len(others) >= MOST:
        raise RefusedError("too_many_chapters", most=MOST)
    else:
        held = Chapter(edition=edition)
    held.kind = kind
    held.title_it, held.title_en = " ".join(title_it.split()), " ".join(title_en.split())
    held.text_it, held.text_en = clean_rich_text(text_it), clean_rich_text(text_en)
    _check(held)
    _put_in_order(others, held, position)
    changed(Edition.objects.filter(pk=edition.pk))
    log(code=CHAPTER_WRITTEN, person=person, about=held, within=edition.label, subject=held.title_it)
    return held


@transaction.atomic
def drop_chapter(*, person: User, chapter: Chapter) -> None:
    """Take a text out of its edition. Raises NotAllowedError; RefusedError «frozen»."""
    check_permission(may_manage_editions(person), "drop_chapter")
    edition = lock_edition(chapter.edition_id)
    log(code=CHAPTER_DROPPED, person=person, about=chapter, within=edition.label, subject=chapter.title_it)
    edition.chapters.filter(pk=chapter.pk).delete()
    _renumber(list(edition.chapters.order_by("position")))
    changed(Edition.objects.filter(pk=edition.pk))


def _check(chapter: Chapter) -> None:
    if not chapter.title_it:
        raise RefusedError("title_required")
    longest = max(len(chapter.text_it), len(chapter.text_en))
    if longest > LONGEST:
        raise RefusedError("chapter_too_long", length=longest, most=LONGEST)
    try:
        chapter.clean_fields(exclude=["edition", "position"])
    except ValidationError as problem:
        raise RefusedError("chapter_invalid", problem=" ".join(problem.messages)) from problem


def _put_in_order(others: list[Chapter], held: Chapter, position: int) -> None:
    at = min(max(position, 1), len(others) + 1) - 1
    if held.pk is None:
        held.position = 2 * MOST + 1  # a place nobody has, until all are numbered anew
    held.save()
    _renumber([*others[:at], held, *others[at:]])


def _renumber(chapters: list[Chapter]) -> None:
    """Give them the places 1, 2, 3 … in this order, each through a place nobody has."""
    for number, one in enumerate(chapters, start=1):
        Chapter.objects.filter(pk=one.pk).update(position=MOST + number)
    for number, one in enumerate(chapters, start=1):
        Chapter.objects.filter(pk=one.pk).update(position=number)
        one.position = number
