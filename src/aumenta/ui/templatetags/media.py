"""Pictures as responsive images: `{% load media %}`."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aumenta.pages.models import Image
from aumenta.ui.templatetags.words import plain_words

register = template.Library()


@register.simple_tag
def picture(image: Image, sizes: str = "100vw", lazy: bool = False, said_beside: bool = False) -> SafeString:
    """`{% picture page.image "(min-width: 62rem) 50rem, 100vw" %}`: the browser takes the width it needs; room is kept
    for it before it has come, and what it shows is said in the reader's language, unless it is `said_beside` in words
    already."""
    sources = format_html_join(", ", "{} {}w", ((image_address(image, width), width) for width in image.widths))
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"{} decoding="async">',
        image_address(image, image.widths[-1]),
        sources,
        sizes,
        image.width,
        image.height,
        "" if said_beside else plain_words(image, "alt"),
        SafeString(' loading="lazy"') if lazy else "",
    )


def image_address(image: Image, width: int) -> str:
    """Where a picture is served in one of its widths."""
    return reverse("media:image", args=[image.digest, f"{width}.webp"])


def shared_image(image: Image) -> str:
    """The whole address of the picture that previews of social networks show, 1,200 × 630 pixels."""
    return settings.PUBLIC_ADDRESS + reverse("media:image", args=[image.digest, "share.jpg"])


@register.filter
def under_the_title(markup: SafeString) -> SafeString:
    """Rich text that stands right under the page's title: its headings are the second level there, not the third."""
    return SafeString(str(markup).replace("<h3>", "<h2>").replace("</h3>", "</h2>"))
