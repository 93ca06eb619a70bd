"""Erase the photo of a poster: its file, its caption, and both from the reports."""

from typing import Any, cast

from django.db import transaction

from aumenta.activity.log import log
from aumenta.core.tablelog.operation import PHOTO
from aumenta.events.models import Photo, TableOperation
from aumenta.events.rules import may_publish
from aumenta.people.erasures import note_erasure
from aumenta.people.models import User
from aumenta.people.permission import check_permission
from aumenta.results.activity import PHOTO_ERASED
from aumenta.results.erased import ERASED, erase_from_what_was_made


@transaction.atomic
def erase_photo(*, person: User, photo: Photo) -> None:
    """Delete the file and put a notice in the place of the caption; raises NotAllowedError."""
    check_permission(may_publish(person))
    _erase(photo, person)
    note_erasure(PHOTO_ERASED, photo.pk)


def erase_photo_again(key: str) -> None:
    """After a backup from before was restored."""
    for photo in Photo.objects.filter(pk=key).select_related("table__event"):
        _erase(photo, None)


def _erase(photo: Photo, person: User | None) -> None:
    event, file = photo.table.event, photo.file
    said = TableOperation.objects.filter(table=photo.table, what=PHOTO, key=str(photo.public_id))
    captions = {photo.caption}
    for operation in said:
        value = cast("dict[str, Any]", operation.value)
        captions.add(str(value["caption"]))
        TableOperation.objects.filter(pk=operation.pk).update(value={**value, "caption": ERASED, "removed": True})
    Photo.objects.filter(pk=photo.pk).update(caption=ERASED, removed=True, file="")
    former = erase_from_what_was_made(event, captions - {ERASED})
    log(code=PHOTO_ERASED, person=person, subject=event.title_it, detail="; ".join(former))
    if name := file.name:
        # Only once nothing in the database names it any more.
        transaction.on_commit(lambda: file.storage.delete(name))
