"""Keep the file of a poster's photo, which follows its announcement in the log."""

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from aumenta.events.models import Photo, Table
from aumenta.events.tables.bring_up_to_date import bring_up_to_date

LARGEST_PHOTO = 4 * 1024 * 1024


class PhotoNotKeptError(Exception):
    """A file that is not kept. `code`: too-large, not-a-photo, not-announced, not-as-announced."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def keep_photo(*, table: Table, public_id: UUID, content: bytes) -> Photo:
    """Store a JPEG whose digest is the one announced; raises PhotoNotKeptError. Idempotent."""
    if len(content) > LARGEST_PHOTO:
        raise PhotoNotKeptError("too-large")
    if not content.startswith(b"\xff\xd8\xff"):
        raise PhotoNotKeptError("not-a-photo")
    bring_up_to_date(table.event)
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(table=table, public_id=public_id).first()
        if photo is None:
            raise PhotoNotKeptError("not-announced")
        if hashlib.sha256(content).hexdigest() != photo.sha256:
            raise PhotoNotKeptError("not-as-announced")
        if not photo.file:
            photo.file.save(f"{public_id}.jpg", ContentFile(content), save=False)
            Photo.objects.filter(pk=photo.pk).update(file=photo.file.name)
    return photo
