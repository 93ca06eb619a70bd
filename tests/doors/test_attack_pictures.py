"""Attacks with pictures that are dear to unpack, at each door that takes one; and what an honest camera sends."""

import struct
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import aumenta
from aumenta.core.pictures import LaboriousPictureError, open_picture
from aumenta.events.tables.keep_photo import photo_anew
from aumenta.pages.pictures import make_picture
from aumenta.people.refusals import RefusedError
from aumenta.voices.contributions import attachments
from aumenta.voices.contributions.attachments import SentFile, look_into

DOORS: dict[str, Callable[[bytes], object]] = {
    "a table's photo": photo_anew,
    "a picture of a page": make_picture,
    "an attachment of a contribution": lambda data: look_into([SentFile("foto.jpg", data)]),
}


def a_jpeg(side: int, passes: int = 0) -> bytes:
    """A progressive JPEG, whose last pass but one comes again `passes` times: 85 bytes each."""
    file = BytesIO()
    Image.new("L", (side, side), 128).save(file, "JPEG", progressive=True, quality=50)
    data = file.getvalue()
    end = data.rindex(b"\xff\xda")
    stop = len(data) - 2
    assert struct.unpack(">H", data[stop:])[0] == 0xFFD9
    return data[:stop] + data[end:stop] * passes + data[stop:]


@pytest.mark.parametrize("door", DOORS)
def test_a_picture_that_says_its_pixels_a_thousand_times_is_refused_before_it_is_unpacked(door: str) -> None:
    laborious = a_jpeg(7000, passes=1000)
    assert len(laborious) < 500_000
    began = time.process_time()
    with pytest.raises(RefusedError):
        DOORS[door](laborious)
    # Unpacked it takes 48 seconds of a processor.
    assert time.process_time() - began < 3


@pytest.mark.parametrize("door", DOORS)
def test_what_cameras_and_programs_make_is_taken(door: str) -> None:
    assert DOORS[door](a_jpeg(1500))
    assert DOORS[door](a_jpeg(500, passes=60))


def test_passes_are_counted_however_the_file_separates_them() -> None:
    filled = a_jpeg(2000, passes=300).replace(b"\xff\xda", b"\xff\xff\xff\xda")
    with pytest.raises(LaboriousPictureError):
        open_picture(filled, ("JPEG",))


def test_no_attachment_grows_while_it_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    file = BytesIO()
    Image.effect_noise((600, 600), 90).convert("1").save(file, "PNG")
    most = file.tell() + 1
    monkeypatch.setattr(attachments, "LARGEST", most)
    monkeypatch.setattr(attachments, "LONGEST_SIDE", 400)
    (kept,) = look_into([SentFile("mappa.png", file.getvalue())])
    assert kept.kind == "jpg"
    assert len(kept.content) <= most


def test_nobody_else_opens_a_picture() -> None:
    package = Path(aumenta.__file__).parent
    opening = [path.name for path in package.rglob("*.py") if "Image.open(" in path.read_text(encoding="utf-8")]
    assert opening == ["pictures.py"]
