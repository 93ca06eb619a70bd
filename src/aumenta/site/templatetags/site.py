"""`{% load site %}`: marked texts, filters, structured data, and the edition the navigation leads to."""

import json
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aumenta.core.search import Piece
from aumenta.plan.models import Action, Axis, Edition, Strategy
from aumenta.site import structured_data
from aumenta.site.catalogue import Choice, Group
from aumenta.site.finding import Answer, Question
from aumenta.site.matrices import Cell, Line
from aumenta.site.results import Text, filter_values
from aumenta.ui.templatetags.words import number

register = template.Library()


@register.simple_tag(takes_context=True)
def edition_of_navigation(context: Context) -> Edition | None:
    """The edition of the page, else the current one: where the main navigation leads."""
    return context.get("edition") or Edition.objects.current()


@register.simple_tag
def pieces(shown: list[Piece]) -> SafeString:
    """A text with the words found in <mark>."""
    parts = [format_html("<mark>{}</mark>" if piece.found else "{}", piece.text) for piece in shown]
    return SafeString("").join(parts)


@register.simple_tag
def marked(text: Text) -> SafeString:
    """A text with the words found in <mark>, and its language where that is not the page's."""
    shown = pieces(text.pieces)
    return format_html('<span lang="{}">{}</span>', text.language, shown) if text.foreign else shown


@register.simple_tag
def choice_words(choice: Choice, code: bool = True) -> SafeString:
    """An actor's or item's code and name, the same wherever it is named; the code stands apart from the name."""
    language = (get_language() or "it")[:2]
    name = getattr(choice, f"name_{language}")
    shown = format_html("{}", name) if name else format_html('<span lang="it">{}</span>', choice.name_it)
    return format_html('<span class="code">{}</span> {}', choice.code, shown) if choice.code and code else shown


@register.simple_tag
def filter_boxes(group: Group, question: Question, found: Answer) -> SafeString:
    """The values of a filter as boxes to tick. Written here and not in a template: there are hundreds on a page."""
    language = (get_language() or "it")[:2]

    def row(place: int, value: Any) -> tuple[Any, ...]:
        choice: Choice = value.choice
        name = getattr(choice, f"name_{language}") or choice.name_it
        code = format_html('<span class="code">{}</span> ', choice.code) if choice.code else ""
        ticked = SafeString(" checked") if value.ticked else ""
        return f"{group.word}-{place}", group.word, choice.value, ticked, code, name, number(value.count)

    return format_html_join(
        "",
        '<li><input type="checkbox" id="{0}" name="{1}" value="{2}"{3}><label for="{0}"><span>{4}{5}</span> '
        '<span class="count">{6}</span></label></li>',
        (row(place, value) for place, value in enumerate(filter_values(group, question, found))),
    )


@register.simple_tag
def how_many(group: Group, question: Question, found: Answer) -> int:
    """How many values a filter has to offer here."""
    return len(filter_values(group, question, found))


@register.filter
def chosen_in(question: Question, group: Group) -> int:
    """How many values of a filter are chosen."""
    return len(question.chosen.get(group.word, ()))


@register.simple_tag
def structured(thing: Any, edition: Edition) -> SafeString:
    """The page's subject for search engines, as a block of JSON-LD; nothing in it can end the block."""
    language = (get_language() or "it")[:2]
    if isinstance(thing, Edition):
        data = structured_data.of_site(thing, language)
    else:
        makers: dict[type, Any] = {
            Axis: structured_data.of_axis,
            Strategy: structured_data.of_strategy,
            Action: structured_data.of_action,
        }
        data = makers[type(thing)](thing, edition, language)
    text = json.dumps(data, ensure_ascii=False)
    for sign, harmless in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(sign, harmless)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above


@register.simple_tag
def guessed_words(findings: Any) -> list[tuple[str, str]]:
    """For each word no sheet has: the word, and the words taken instead (empty where nothing is like it)."""
    return [(typed, ", ".join(instead[:4])) for typed, instead in findings.guessed.items()]


@register.filter
def view_name(view: str) -> str:
    """How a way of showing results is called."""
    return {"elenco": _("List"), "tabella": _("Table"), "insieme": _("On the plan")}[view]


@register.simple_tag
def matrix_cells(line: Line, find: str) -> SafeString:
    """The cells of an item's line. Written here and not in a template: a large matrix has thousands."""
    actions = _("actions")

    def cell(one: Cell) -> SafeString:
        return format_html(
            '<td class="shade-{}"><a href="{}{}"><span class="column-code">{}</span>{}'
            '<span class="visually-hidden"> {}</span></a></td>',
            one.shade,
            find,
            one.query,
            one.column.code,
            number(one.count),
            actions,
        )

    return SafeString("").join(SafeString("<td></td>") if one is None else cell(one) for one in line.cells)
