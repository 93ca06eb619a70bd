"""The picture that a link to a page shows elsewhere (`og:image`): its title, in its language, under the site's mark.

The title travels in the address of the picture, signed: nobody can have us draw words of their own.
"""

import io
from functools import partial
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import signing
from PIL import Image, ImageDraw, ImageFont

from aumenta.core.process_cache import ProcessCache

SIZE: Final = (1200, 630)
MOST_LETTERS: Final = 160
LONGEST_TOKEN: Final = 900
_SIGNER: Final = signing.Signer(salt="ui.preview")
_INK, _BLUE, _PAPER = "#17324d", "#0059b3", "#ffffff"
_MARGIN, _BOTTOM = 80, 470
# The squares of the mark, in fortieths of its side; the last one is blue.
_SQUARES: Final = ((1, 28), (14.5, 28), (14.5, 14.5), (28, 28), (28, 14.5), (28, 1))


_PICTURES: Final[ProcessCache[tuple[str, str], bytes]] = ProcessCache.of_the_process(64)
_FONTS: Final[ProcessCache[tuple[int, int], ImageFont.FreeTypeFont]] = ProcessCache.of_the_process(16)


def preview_token(title: str, over: str) -> str:
    """What the address of a picture says: title and the line above it. The same words make the same address."""
    return _SIGNER.sign_object([_cut(title), _cut(over)], compress=True)


def preview_of(token: str) -> bytes | None:
    """The picture as PNG; None where the address is not one of ours."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        title, over = _SIGNER.unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return _PICTURES.get((title, over), partial(_drawn, title, over))


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_LETTERS else f"{plain[: MOST_LETTERS - 1].rstrip()}…"


def _drawn(title: str, over: str) -> bytes:
    picture = Image.new("RGB", SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    for n, (x, y) in enumerate(_SQUARES):
        left, top, side = _MARGIN + x * 2.4, _BOTTOM + y * 2.4, 11 * 2.4
        draw.rectangle((left, top, left + side, top + side), fill=_BLUE if n == len(_SQUARES) - 1 else _INK)
    draw.text((_MARGIN + 130, _BOTTOM + 26), "Aumenta", font=_font(700, 44), fill=_INK)
    draw.rectangle((0, 0, SIZE[0], 16), fill=_BLUE)
    draw.text((_MARGIN, 70), over, font=_font(600, 34), fill=_BLUE)
    size, lines = _fitting(draw, title)
    for n, line in enumerate(lines):
        draw.text((_MARGIN, 135 + n * size * 1.2), line, font=_font(700, size), fill=_INK)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _fitting(draw: ImageDraw.ImageDraw, title: str) -> tuple[int, list[str]]:
    """The largest letters in which the whole title stands above the mark; a word too long for a line is cut."""
    for size in (76, 64, 54, 46, 40):
        lines = _lines(draw, title, _font(700, size))
        if len(lines) * size * 1.2 <= _BOTTOM - 150:
            break
    return size, lines[: int((_BOTTOM - 150) / (size * 1.2))]


def _lines(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    width = SIZE[0] - 2 * _MARGIN
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            while draw.textlength(word, font=font) > width:
                word = word[:-1]
            lines.append(word)
    return [line for line in lines if line]


def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return _FONTS.get((weight, size), partial(_read_font, weight, size))


def _read_font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    name = f"built/fonts/titillium-web-{weight}.ttf"
    found = finders.find(name) or Path(settings.STATIC_ROOT) / name
    return ImageFont.truetype(str(found), size)
