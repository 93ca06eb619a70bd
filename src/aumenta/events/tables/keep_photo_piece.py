"""Keep a photo piece by piece, for lines too slow to send it in one go: what has arrived need not travel again."""

from uuid import UUID

from django.db import transaction

from aumenta.events.models import Photo, PhotoPiece, Table
from aumenta.events.tables.keep_photo import LARGEST_PHOTO, keep_photo
from aumenta.events.tables.project_log import project_log
from aumenta.people.refusals import RefusedError

LARGEST_PIECE = 512 * 1024


def received(*, table: Table, public_id: UUID) -> tuple[int, bool]:
    """Bytes of the photo that are here from its beginning, and whether it is whole. Refused where nobody told of it."""
    project_log(table.event)
    return _received(_announced(table, public_id))


def keep_photo_piece(*, table: Table, public_id: UUID, start: int, total: int, content: bytes) -> tuple[int, bool]:
    """Keep the bytes from `start` on, if they go on where the last piece ended; returns as `received` does.

    A piece that begins elsewhere changes nothing: the answer says from where to go on. With the last one the photo is
    checked and made anew; refused as by `keep_photo`, and then nothing of it is kept.
    """
    if total > LARGEST_PHOTO or start + len(content) > total:
        raise RefusedError("photo_too_large", most=LARGEST_PHOTO // 1024**2)
    project_log(table.event)
    with transaction.atomic():
        photo = _announced(table, public_id)
        here, whole = _received(photo)
        if whole or start != here or not content:
            return here, whole
        PhotoPiece.objects.create(photo=photo, start=start, content=content)
        here += len(content)
        if here < total:
            return here, False
        sent = b"".join(bytes(piece) for piece in photo.pieces.order_by("start").values_list("content", flat=True))
        # Damaged on the way or not: begun anew is better than never ended.
        photo.pieces.all().delete()
    keep_photo(table=table, public_id=public_id, content=sent)
    return here, True


def _announced(table: Table, public_id: UUID) -> Photo:
    photo = Photo.objects.select_for_update().filter(table=table, public_id=public_id)
    with transaction.atomic():
        found = photo.first()
    if found is None:
        raise RefusedError("not_announced")
    return found


def _received(photo: Photo) -> tuple[int, bool]:
    if photo.file:
        return 0, True
    last = photo.pieces.order_by("-start").first()
    return (last.start + len(last.content) if last else 0), False
