"""What a page loads: present, light, and without anything the content security policy would refuse."""

import gzip
import re
from pathlib import Path

import pytest

import aumenta

PACKAGE = Path(aumenta.__file__).parent
ROOT = PACKAGE.parent.parent
BUILT = PACKAGE / "ui" / "static" / "built"
# What is carried on a stick and opened without a server has style and script inside; no policy is sent with it.
CARRIED = {PACKAGE / "live/templates/live/slides.html"}
TEMPLATES = sorted(set(PACKAGE.glob("*/templates/**/*.html")) - CARRIED)


def compressed(name: str) -> int:
    path = BUILT / name
    assert path.exists(), "run `make setup`, or node frontend/build.mjs"
    return len(gzip.compress(path.read_bytes(), 9))


@pytest.mark.parametrize(("name", "bar"), [("aumenta.css", 65_000), ("base.js", 35_000)])
def test_what_every_page_loads_stays_light(name, bar):
    assert compressed(name) <= bar


def test_the_style_sheet_asks_for_nothing_from_elsewhere():
    css = (BUILT / "aumenta.css").read_text(encoding="utf-8")
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", css)
    assert addresses
    for address in addresses:
        assert address.startswith("data:image/svg+xml") or (BUILT / address).exists(), address


def test_the_licence_of_the_typeface_travels_with_it():
    assert "SIL OPEN FONT LICENSE" in (BUILT / "fonts" / "OFL.txt").read_text(encoding="utf-8").upper()


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = set(re.findall(r'id="(it-[\w-]+)"', (BUILT / "icons.svg").read_text(encoding="utf-8")))
    used = set()
    for path in [*TEMPLATES, *PACKAGE.glob("*/templatetags/*.py")]:
        used |= set(re.findall(r"(?<!class=)[\"'](it-[a-z0-9-]+)[\"']", path.read_text(encoding="utf-8")))
    assert used
    assert used - sprite == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_template_carries_what_the_content_security_policy_refuses(path):
    text = re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        assert "src=" in attributes or "application/ld+json" in attributes or "application/json" in attributes, (
            attributes
        )


def test_the_axis_colours_can_be_read_on_white():
    text = (ROOT / "frontend" / "scss" / "_tokens.scss").read_text(encoding="utf-8")
    found = re.search(r"\$axis-colours:([^;]+);", text)
    assert found is not None
    colours = found.group(1).split()
    assert len(colours) == 6
    assert all(contrast_with_white(colour) >= 5 for colour in colours)


def contrast_with_white(colour: str) -> float:
    """WCAG 2 contrast ratio of a #rrggbb colour with white."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
