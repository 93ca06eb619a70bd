"""Pictures from outside are opened here alone: how much work one makes is known before any of it is unpacked.

A progressive JPEG says its pixels over and over, each time a little better. Nothing limits how often: 4 MB hold ten
thousand passes over fifty million pixels, which keep a processor busy for a quarter of an hour.
"""

import threading
from io import BytesIO
from typing import Final

from PIL import Image, UnidentifiedImageError

MOST_PIXELS: Final = 50_000_000
MOST_WORK: Final = 20 * MOST_PIXELS
"""Pixels times passes. Cameras and programs make ten passes, a few make thirty."""
BROKEN: Final = (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError)
"""What a damaged picture raises while it is opened or unpacked, a laborious one too."""
ONE_AT_A_TIME: Final = threading.Lock()
"""Held while a picture is unpacked and made anew: fifty million pixels take half a gigabyte of memory meanwhile."""
_PASS: Final = b"\xff\xda"


class LaboriousPictureError(ValueError):
    """The picture would take too much of the processor."""


def open_picture(content: bytes, formats: tuple[str, ...]) -> Image.Image:
    """A picture of one of these formats of Pillow's, not yet unpacked. How many pixels are too many says the caller.

    Raises one of BROKEN.
    """
    picture = Image.open(BytesIO(content), formats=formats)
    # Within a pass the first of the two bytes is followed by others: so none is missed, and a few may be too many.
    passes = content.count(_PASS) if picture.format in {"JPEG", "MPO"} else 1
    if passes * picture.width * picture.height > MOST_WORK and passes > 1:
        raise LaboriousPictureError(passes)
    return picture
