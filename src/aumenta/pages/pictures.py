"""Makes pictures anew from what was sent: turned upright, without a word of where and when they were taken, in the
widths that screens ask for. What is served is never the file that was sent."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, ImageOps

from aumenta.core.pictures import BROKEN, MOST_PIXELS, ONE_AT_A_TIME, open_picture
from aumenta.people.refusals import RefusedError

LARGEST: Final = 15 * 1024 * 1024
LEAST_SIDE: Final = 400
TALLEST: Final = 16_383
"""Pixels in height: WebP holds no more."""
WIDTHS: Final = (400, 800, 1200, 1600)
SHARED: Final = (1200, 630)
"""The size of the picture in previews of social networks."""
_KINDS: Final = ("JPEG", "PNG", "WEBP")
_OTHERS: Final = {
    b"GIF8": "GIF",
    b"%PDF": "PDF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"<svg": "SVG",
    b"<?xml": "SVG",
    b"<!DOC": "HTML",
    b"<html": "HTML",
}


@dataclass(frozen=True)
class RemadePicture:
    """A picture made anew: its files by the end of their names, such as «800.webp»."""

    digest: str
    width: int
    height: int
    widths: list[int]
    files: dict[str, bytes]


def make_picture(data: bytes) -> RemadePicture:
    """The files of a picture. Raises RefusedError with an «image_…» code for everything that is none."""
    if len(data) > LARGEST:
        raise RefusedError("image_too_large", size=_megabytes(len(data)), most=LARGEST // 1024 // 1024)
    with ONE_AT_A_TIME:
        return _made(_upright(data))


def _made(upright: Image.Image) -> RemadePicture:
    widths = [width for width in WIDTHS if width < upright.width] or []
    if upright.width <= WIDTHS[-1]:
        widths.append(upright.width)
    if upright.height * widths[-1] / upright.width > TALLEST:
        raise RefusedError("image_too_tall", width=upright.width, height=upright.height)
    files = {f"{width}.webp": _webp(upright, width) for width in widths}
    flat = Image.new("RGB", upright.size, "white")
    flat.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    files["share.jpg"] = _encoded(ImageOps.fit(flat, SHARED), "JPEG")
    largest = widths[-1]
    height = max(1, round(upright.height * largest / upright.width))
    digest = hashlib.sha256(files[f"{largest}.webp"]).hexdigest()
    return RemadePicture(digest, largest, height, widths, files)


def _upright(data: bytes) -> Image.Image:
    try:
        image = open_picture(data, _KINDS)
        # A JPEG of a phone may carry a preview behind the picture (MPO): the first is the picture.
        if image.format != "MPO" and getattr(image, "is_animated", False):
            raise RefusedError("image_moves")
        # Known from the header: nothing was unpacked yet.
        size = {"width": image.width, "height": image.height}
        if image.width * image.height > MOST_PIXELS:
            raise RefusedError("image_too_many_pixels", most=MOST_PIXELS // 1_000_000, **size)
        if max(image.size) < LEAST_SIDE:
            raise RefusedError("image_too_small", least=LEAST_SIDE, **size)
        image.load()
        profile = image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        has_alpha = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        upright = _in_common_colours(upright, profile).convert("RGBA" if has_alpha else "RGB")
    except BROKEN as error:
        if kind := _other_kind(data):
            raise RefusedError("image_wrong_kind", kind=kind) from error
        raise RefusedError("image_unreadable") from error
    return upright


def _other_kind(data: bytes) -> str:
    if data[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "HEIC"
    start = data.lstrip()[:8]
    return next((kind for sign, kind in _OTHERS.items() if start.startswith(sign)), "")


def _in_common_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB: its own colour profile goes with the rest of what is about the camera."""
    if not profile or image.mode not in {"RGB", "CMYK"}:
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # A broken profile says nothing: the picture is taken as it is.
        return image
    return converted or image


def _webp(image: Image.Image, width: int) -> bytes:
    height = max(1, round(image.height * width / image.width))
    return _encoded(image.resize((width, height), Image.Resampling.LANCZOS), "WEBP")


def _encoded(image: Image.Image, kind: str) -> bytes:
    # A new picture with the pixels alone: nothing that came with the file goes with it.
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    file = BytesIO()
    bare.save(file, kind, quality=80)
    return file.getvalue()


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"
