"""Files that the public sends with a contribution: looked into, pictures made anew, kept under random names.

Nothing of what is sent is believed: the kind is found from the content in a process of its own, and a name that says
another one is refused. What is kept is served only as a download (`site/voices/views_files.py`).
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from aumenta.core.documents.kinds import KINDS
from aumenta.core.documents.limited import kind_looked_at_apart
from aumenta.core.pictures import BROKEN, MOST_PIXELS, ONE_AT_A_TIME, open_picture
from aumenta.people.refusals import RefusedError
from aumenta.voices.models import Contribution, ContributionAttachment

MOST_FILES: Final = 3
LARGEST: Final = 4 * 1024 * 1024
LONGEST_SIDE: Final = 4_000
LINK_SECONDS: Final = 3600
"""How long the address of a download opens: it is made anew for each page that shows it."""
KEPT_AFTER_ANSWER: Final = timedelta(days=180)
"""After the day the answer is due: who answers needs the files, and nobody after her."""
_SALT: Final = "voices.attachment"
_PICTURES: Final = {b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"RIFF": "webp"}
_ENDINGS: Final = {"jpeg": "jpg", "jpe": "jpg"}


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it came: what its sender calls it, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that may be kept."""

    name: str
    kind: str
    content: bytes


def look_into(files: Sequence[SentFile]) -> list[ReadyFile]:
    """The files as they may be kept. Slow: before any lock. Refused («attachment_…») where one can't be."""
    if len(files) > MOST_FILES:
        raise RefusedError("attachments_too_many", most=MOST_FILES)
    return [_ready(file) for file in files]


def _ready(file: SentFile) -> ReadyFile:
    name = plain_name(file.name)
    if not file.content:
        raise RefusedError("attachment_empty", name=name)
    if len(file.content) > LARGEST:
        raise RefusedError("attachment_too_large", name=name, most=LARGEST // 1024**2)
    kind = next((kind for sign, kind in _PICTURES.items() if file.content.startswith(sign)), "")
    content = file.content
    if kind:
        content, kind = _anew(file.content, name)
    elif (kind := kind_looked_at_apart(file.content)) not in KINDS:
        raise RefusedError(f"attachment_{kind}", name=name)
    said = PurePosixPath(name).suffix.lstrip(".").lower()
    said = _ENDINGS.get(said, said)
    if said and said != kind and not (kind == "jpg" and said in {"webp", "png"}):
        raise RefusedError("attachment_lies", name=name, kind=kind.upper())
    return ReadyFile(name, kind, content)


def _anew(content: bytes, name: str) -> tuple[bytes, str]:
    """A picture with its pixels alone: upright, nothing of the camera, the place and the time; PNG stays PNG."""
    try:
        with ONE_AT_A_TIME, open_picture(content, ("JPEG", "PNG", "WEBP")) as sent:
            # Known from the header: nothing was unpacked yet.
            if sent.width * sent.height > MOST_PIXELS:
                raise RefusedError("attachment_damaged", name=name)
            kind = "PNG" if sent.format == "PNG" else "JPEG"
            sent.load()
            upright = ImageOps.exif_transpose(sent).convert("RGB")
            if max(upright.size) > LONGEST_SIDE:
                # Made smaller, two colours become thousands: as a PNG, what came as 4 MB would be kept as 40.
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                kind = "JPEG"
    except BROKEN as fault:
        raise RefusedError("attachment_damaged", name=name) from fault
    made = _encoded(upright, kind)
    while len(made) > LARGEST:
        kind = "JPEG"
        upright.thumbnail((upright.width * 2 // 3 + 1, upright.height * 2 // 3 + 1))
        made = _encoded(upright, kind)
    return made, "png" if kind == "PNG" else "jpg"


def _encoded(upright: Image.Image, kind: str) -> bytes:
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    file = BytesIO()
    bare.save(file, kind, quality=85)
    return file.getvalue()


def plain_name(name: str) -> str:
    """The name of a file without folders, signs that are not printed and what a system takes for more than a name."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if sign.isprintable())
    return re.sub(r'[<>:"|?*]', "_", shown).strip(". ")[-120:] or "file"


@contextmanager
def kept_files(ready: Sequence[ReadyFile]) -> Iterator[list[str]]:
    """Writes the files under random names; where what follows fails, they are taken away again."""
    keys: list[str] = []
    try:
        for file in ready:
            keys.append(secrets.token_hex(16))
            default_storage.save(stored_as(keys[-1]), ContentFile(file.content))
        yield keys
    except BaseException:
        for key in keys:
            default_storage.delete(stored_as(key))
        raise


def stored_as(key: str) -> str:
    """Where a file is kept: no ending, so that nothing ever opens it."""
    return f"voices/attachments/{key}"


def attach(contribution: Contribution, ready: Sequence[ReadyFile], keys: Sequence[str]) -> None:
    """Note the files that came with a contribution, and the day on which they go."""
    due = contribution.answer_due or contribution.received_on
    ContributionAttachment.objects.bulk_create(
        ContributionAttachment(
            contribution=contribution,
            position=position,
            key=key,
            name=file.name,
            kind=file.kind,
            size=len(file.content),
            forget_on=due + KEPT_AFTER_ANSWER,
        )
        for position, (file, key) in enumerate(zip(ready, keys, strict=True), start=1)
    )


def download_token(attachment: ContributionAttachment) -> str:
    """The signed part of the address of a download, for whoever is shown the page it stands in."""
    return signing.dumps(attachment.key, salt=_SALT)


def attachment_behind(token: str) -> ContributionAttachment | None:
    """The attachment of an address that is not older than an hour."""
    try:
        key = signing.loads(token, salt=_SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        return None
    return ContributionAttachment.objects.select_related("contribution").filter(key=key).first()
