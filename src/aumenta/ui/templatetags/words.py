"""Words in the reader's language, and numbers and dates as that language writes them. `{% load words %}`"""

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from aumenta.people.dates import article_before, as_written
from aumenta.people.reader import field_in_language, quotation_marks, reader_language

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
Number = int | float | Decimal


@register.simple_tag
def words(thing: Any, field: str) -> SafeString | str:
    """`{% words action "title" %}`: the field in the page's language; what is only in the other language is marked
    with it, so that a screen reader pronounces it right. Escaped; for stored rich text see `rich_words`."""
    text, language = field_in_language(thing, field, reader_language())
    if not text or language == reader_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.simple_tag
def rich_words(thing: Any, field: str) -> SafeString:
    """As `words`, for rich text that was sanitised when it was written: a block, not escaped again."""
    text, language = field_in_language(thing, field, reader_language())
    if not text:
        return SafeString("")
    if language == reader_language():
        return mark_safe(text)  # noqa: S308 - rich text is sanitised on every write
    return format_html('<div lang="{}">{}</div>', language, mark_safe(text))  # noqa: S308


@register.filter
def plain_words(thing: Any, field: str) -> str:
    """`{{ action|plain_words:"title" }}`: the bare text, for attributes, page titles and option labels."""
    return field_in_language(thing, field, reader_language())[0]


@register.filter
def written_in(text: str, language: str) -> SafeString | str:
    """`{{ project.title|written_in:"it" }}`: what is in one language only, marked where the page has another."""
    if not text or language == reader_language():
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def quoted(said: object, language: str = "") -> SafeString:
    """`{{ place.words|quoted:"it" }}`: as `written_in`, in the quotation marks of the page; those inside are others.
    Without a language: words of which nobody says in which they are."""
    first, last, inside = quotation_marks()
    words = str(said).translate(inside)
    return format_html("{}{}{}", first, written_in(words, language) if language else words, last)


def is_nothing(value: object) -> bool:
    """Whether a template found no value at all, as behind a seat that nobody holds: then it hands on an empty text."""
    return value == ""


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """1.234,5 in Italian, 1,234.5 in English; «–» where there is no value. `decimals` are always shown.

    Halves are rounded up; Django's own formatting would cut the rest off.
    """
    if value is None or is_nothing(value):
        return "–"
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    # A hyphen before a figure is read as a dash and may be left at the end of a line.
    return formats.number_format(rounded, decimals, use_l10n=True, force_grouping=True).replace("-", "−")


@register.filter
def percent(value: Number | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as 42% (English) or 42% (Italian, with its comma): 0.423|percent:1 is 42,3%."""
    if value is None or is_nothing(value):
        return "–"
    return f"{number(Decimal(str(value)) * 100, decimals)}%"


@register.filter
def after_value(unit: str) -> str:
    """`{{ value }}{{ figure.unit|after_value }}`: the unit as it follows a figure, «42%» and «42 euro»."""
    return unit if not unit or unit.startswith("%") else f"{NO_BREAK_SPACE}{unit}"


@register.filter
def euro(value: Number | None, decimals: int = 0) -> str:
    """€ 1.234 in Italian, €1,234 in English."""
    if value is None or is_nothing(value):
        return "–"
    space = NO_BREAK_SPACE if reader_language() == "it" else ""
    return f"€{space}{number(value, decimals)}"


@register.filter
def signed(value: Number | None, decimals: int = 0) -> str:
    """+3, −3 (with a true minus sign) or 0."""
    if value is None or is_nothing(value):
        return "–"
    sign = "+" if value > 0 else "−" if value < 0 else ""
    size: Number = -value if value < 0 else value
    return f"{sign}{number(size, decimals)}"


@register.filter
def day(value: datetime.date | datetime.datetime | None, article: str = "") -> SafeString | str:
    """«5 dicembre 2023» / «5 December 2023», in a <time> element; «–» where there is no date. `|day:"dal"` is «dal 5
    dicembre 2023», «dall’8 dicembre 2023», and the day alone in English."""
    if value is None or is_nothing(value):
        return "–"
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    shown = as_written(formats.date_format(value, "j F Y"))
    before, kept = article_before(shown, article), shown.replace(" ", NO_BREAK_SPACE)
    return format_html('{}<time datetime="{}">{}</time>', before, value.strftime("%Y-%m-%d"), kept)


@register.filter
def moment(value: datetime.datetime | None, article: str = "") -> SafeString | str:
    """«5 dicembre 2023, 14:30» in the time of the territory, in a <time> element; `article` as of `day`."""
    if value is None or is_nothing(value):
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    shown = as_written(formats.date_format(local, "j F Y, H:i"))
    before = article_before(shown, article)
    return format_html('{}<time datetime="{}">{}</time>', before, local.isoformat(timespec="minutes"), shown)
