"""Keep the file of a poster's photo, which follows its announcement in the log."""

import hashlib
from io import BytesIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps

from aumenta.core.pictures import BROKEN, MOST_PIXELS, ONE_AT_A_TIME, open_picture
from aumenta.events.models import Photo, Table
from aumenta.events.tables.project_log import project_log
from aumenta.people.refusals import RefusedError

LARGEST_PHOTO = 4 * 1024 * 1024
MOST_PHOTOS = 40
"""Files of one table: a poster has a handful."""


def photo_anew(content: bytes) -> bytes:
    """The photo as a JPEG made anew: upright, without a word of where and when it was taken, and one that opens.

    Refused («not_a_photo»): what is none, is damaged, or unpacks to more than MOST_PIXELS.
    """
    try:
        with ONE_AT_A_TIME, open_picture(content, ("JPEG",)) as sent:
            # Known from the header: nothing was unpacked yet.
            if sent.width * sent.height > MOST_PIXELS:
                raise RefusedError("not_a_photo")
            sent.load()
            upright = ImageOps.exif_transpose(sent).convert("RGB")
    except BROKEN as fault:
        raise RefusedError("not_a_photo") from fault
    # A new picture with the pixels alone: nothing that came with the file goes with it.
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    file = BytesIO()
    bare.save(file, "JPEG", quality=85)
    return file.getvalue()


def keep_photo(*, table: Table, public_id: UUID, content: bytes) -> Photo:
    """Make a JPEG anew whose digest is the one announced, and store it. Idempotent."""
    if len(content) > LARGEST_PHOTO:
        raise RefusedError("photo_too_large", most=LARGEST_PHOTO // 1024**2)
    anew = photo_anew(content)
    project_log(table.event)
    with transaction.atomic():
        photo = Photo.objects.select_for_update().filter(table=table, public_id=public_id).first()
        if photo is None:
            raise RefusedError("not_announced")
        if hashlib.sha256(content).hexdigest() != photo.sha256:
            raise RefusedError("not_as_announced")
        if not photo.file and Photo.objects.filter(table=table).exclude(file="").count() >= MOST_PHOTOS:
            raise RefusedError("too_many_photos", most=MOST_PHOTOS)
        if not photo.file:
            photo.file.save(f"{public_id}.jpg", ContentFile(anew), save=False)
            Photo.objects.filter(pk=photo.pk).update(file=photo.file.name)
    return photo
