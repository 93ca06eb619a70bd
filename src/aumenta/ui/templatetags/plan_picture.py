"""`{% load plan_picture %}`: the plan table and the parts of it that stand alone on other pages."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aumenta.people.reader import field_in_language, reader_language
from aumenta.ui.plan_picture import PictureRow, PlanPicture
from aumenta.ui.templatetags.ui import axis_class

register = template.Library()


@register.inclusion_tag("ui/components/plan_table.html")
def plan_table(picture: PlanPicture, level: int = 2, label: str = "", name: str = "tavola") -> dict[str, Any]:
    """The picture of `aumenta.ui.plan_picture.plan_picture(...)`.

    `level` is that of the axes' headings; `label` says what it shows where it is not just the plan; a second picture
    on a page needs another `name`.
    """
    return {"picture": picture, "level": level, "label": label, "name": name}


@register.simple_tag
def squares(row: PictureRow, sentences: bool) -> SafeString:
    """The squares of one strategy. Written here and not in a template: there are a thousand in a large plan."""
    language = reader_language()
    answers = format_html('<span class="visually-hidden"> ({})</span>', _("belongs to the answer"))

    def one(code: str, address: str, action: Any, lit: bool | None) -> tuple[str, ...]:
        title, title_language = field_in_language(action, "title", language)
        sentence, sentence_language = field_in_language(action, "summary", language) if sentences else ("", language)
        return (
            {None: "", True: " lit", False: " dim"}[lit],
            address,
            code,
            _in(title, title_language, language, "b"),
            _in(sentence, sentence_language, language, "i") if sentence else "",
            answers if lit else "",
        )

    return format_html_join(
        "",
        '<li><a class="square{}" href="{}">{}<span class="square-card">{}{}</span>{}</a></li>',
        (one(square.code, square.address, square.action, square.lit) for square in row.squares),
    )


def _in(text: str, language: str, page_language: str, tag: str) -> SafeString:
    """A text in its own element; the sentence (`i`) is silent: a list of a hundred links would take minutes to hear."""
    marks = format_html(' lang="{}"', language) if language != page_language else ""
    silent = SafeString(' aria-hidden="true"') if tag == "i" else ""
    return format_html("<{}{}{}>{}</{}>", tag, marks, silent, text, tag)


@register.simple_tag
def code_square(code: str, address: str = "", title: str = "", lit: bool = True) -> SafeString:
    """One action's square by itself, in the colour of its axis (the code's first number), with its title for those who
    do not see it: `{% code_square action.code address title %}`."""
    axis = axis_class(code.split(".")[0])
    state = "lit" if lit else "dim"
    hidden = format_html('<span class="visually-hidden"> {}</span>', title) if title else ""
    if not address:
        return format_html('<span class="square {} {}">{}{}</span>', state, axis, code, hidden)
    return format_html('<a class="square {} {}" href="{}">{}{}</a>', state, axis, address, code, hidden)


@register.simple_tag
def axis_badge(axis: Any, short: bool = False) -> SafeString:
    """An axis by its number on its colour and its title beside it; `short` leaves the title to screen readers."""
    language = reader_language()
    title, title_language = field_in_language(axis, "title", language)
    shown = format_html('<span class="{}">{}</span>', "visually-hidden" if short else "axis-title", title)
    if title_language != language:
        shown = format_html('<span lang="{}">{}</span>', title_language, shown)
    return format_html(
        '<span class="axis-badge {}"><span class="axis-number">'
        '<span class="visually-hidden">{} </span>{}</span>{}</span>',
        axis_class(axis),
        _("Axis"),
        axis.number,
        shown,
    )
