"""Keep the file of a poster's photo, which follows its announcement in the log."""

import hashlib
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps

from aumenta.events.models import Photo, Table
from aumenta.events.tables.project_log import project_log

LARGEST_PHOTO = 4 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_PHOTOS = 40
"""Files of one table: a poster has a handful."""


class PhotoNotKeptError(Exception):
    """A file that is not kept. `code`: too-large, too-many, not-a-photo, not-announced, not-as-announced."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def photo_anew(content: bytes) -> bytes:
    """The photo as a JPEG made anew: upright, without a word of where and when it was taken, and one that opens.

    Raises PhotoNotKeptError «not-a-photo» for what is none, is damaged, or unpacks to more than MOST_PIXELS.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG",)) as sent:
            # Known from the header: nothing was unpacked yet.
            if sent.width * sent.height > MOST_PIXELS:
                raise PhotoNotKeptError("not-a-photo")
            sent.load()
            upright = ImageOps.exif_transpose(sent).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise PhotoNotKeptError("not-a-photo") from fault
    # A new picture with the pixels alone: nothing that came with the file goes with it.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    file = BytesIO()
    bare.save(file, "JPEG", quality=85)
    return file.getvalue()


def keep_photo(*, table: Table, public_id: UUID, content: bytes) -> Photo:
    """Make a JPEG anew whose digest is the one announced, and store it; raises PhotoNotKeptError. Idempotent."""
    if len(content) > LARGEST_PHOTO:
        raise PhotoNotKeptError("too-large")
    anew = photo_anew(content)
    project_log(table.event)
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(table=table, public_id=public_id).first()
        if photo is None:
            raise PhotoNotKeptError("not-announced")
        if hashlib.sha256(content).hexdigest() != photo.sha256:
            raise PhotoNotKeptError("not-as-announced")
        if not photo.file and Photo.objects.filter(table=table).exclude(file="").count() >= MOST_PHOTOS:
            raise PhotoNotKeptError("too-many")
        if not photo.file:
            photo.file.save(f"{public_id}.jpg", ContentFile(anew), save=False)
            Photo.objects.filter(pk=photo.pk).update(file=photo.file.name)
    return photo
