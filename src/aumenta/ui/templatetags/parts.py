"""`{% load parts %}`: components that show a list of things prepared by the view with `aumenta.ui.parts`."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from aumenta.core.diff import ListChange, Span
from aumenta.ui.parts import FilterGroup, InboxRow, KeyFigure, Stage, Tab
from aumenta.ui.templatetags.ui import axis_class, icon
from aumenta.ui.templatetags.words import number

register = template.Library()

STATUS_ICONS = {"neutral": "", "accent": "", "good": "it-check", "warning": "it-warning-circle", "bad": "it-close"}


@register.inclusion_tag("ui/components/filter_group.html")
def filter_group(group: FilterGroup, folded: bool = False) -> dict[str, Any]:
    """Choices with counts, inside `<form method="get" data-submit-on-change>`. `folded` shuts it until something in it
    is chosen (it opens without script)."""
    return {"group": group, "open": not folded or group.any_chosen}


@register.simple_tag
def filter_options(group: FilterGroup) -> SafeString:
    """The choices of a filter. Written here and not in a template: a page of filters has hundreds."""
    kind, name = escape(group.kind), escape(group.name)
    lines = []
    for place, option in enumerate(group.options, start=1):
        none = " none" if option.count == 0 and not option.chosen else ""
        checked = " checked" if option.chosen else ""
        axis = f'<span class="axis-number {axis_class(option.axis)}">{option.axis}</span> ' if option.axis else ""
        # Numbers under a thousand are written alike in every language, and writing them so is ten times as fast.
        shown = "" if option.count is None else str(option.count) if option.count < 1000 else number(option.count)
        count = f' <span class="count">{shown}</span>' if shown else ""
        box = f"f-{name}-{place}"
        lines.append(
            f'<div class="choice{none}"><input type="{kind}" name="{name}" value="{escape(option.value)}" id="{box}"'
            f'{checked}><label for="{box}">{axis}{escape(option.label)}{count}</label></div>'
        )
    return mark_safe("\n".join(lines))  # noqa: S308 - every value is escaped above


@register.inclusion_tag("ui/components/key_figures.html")
def key_figures(figures: Sequence[KeyFigure]) -> dict[str, Any]:
    """A row of large numbers, each with what it counts."""
    return {"figures": figures}


@register.inclusion_tag("ui/components/tabs.html")
def tabs(tabs: Sequence[Tab], label: str) -> dict[str, Any]:
    """Views of one thing as links; `label` names the set for screen readers."""
    return {"tabs": tabs, "label": label}


@register.inclusion_tag("ui/components/steps.html")
def steps(steps: Sequence[Stage], label: str) -> dict[str, Any]:
    """Stages in a row (a column on phones): done, now, next; told by sign and word besides colour."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("ui/components/inbox.html")
def inbox(rows: Iterable[InboxRow]) -> dict[str, Any]:
    """What waits, one row each, the newest as the view orders them."""
    return {"rows": list(rows)}


@register.inclusion_tag("ui/components/edition_choice.html")
def edition_choice(editions: Iterable[Any], chosen: Any = None) -> dict[str, Any]:
    """Which edition a form is about, as the field `edizione`; without `chosen` the browser takes the first."""
    return {"editions": editions, "chosen": chosen}


@register.inclusion_tag("ui/components/verb_form.html", takes_context=True)
def verb_form(
    context: Context, verb: str, label: str, address: str = "", style: str = "btn-outline-primary"
) -> dict[str, Any]:
    """One button that sends one `verb`, to the page's own address where no other is given."""
    return {"verb": verb, "label": label, "address": address, "style": style, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def tag(label: str, kind: str = "neutral") -> SafeString:
    """A short status in words: neutral, accent, good, warning, bad."""
    symbol = STATUS_ICONS[kind]
    return format_html('<span class="tag tag-{}">{}{}</span>', kind, icon(symbol, size="xs") if symbol else "", label)


@register.simple_tag
def chip(label: str, address: str = "", remove: str = "") -> SafeString:
    """A small label: with `address` a link, with `remove` a chosen filter and the link that takes it away."""
    if remove:
        return format_html(
            '<a class="chosen" href="{}"><span class="visually-hidden">{} </span>{}{}</a>',
            remove,
            _("Take away the filter"),
            label,
            icon("it-close"),
        )
    if address:
        return format_html('<a class="chosen" href="{}">{}</a>', address, label)
    return format_html('<span class="chosen">{}</span>', label)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """Where there is nothing yet: the title says so, the body what will be here and how to begin."""
    return format_html('<div class="empty-state"><p class="empty-title">{}</p>{}</div>', title, content)


@register.simple_tag
def person_line(name: str, organisation: str = "", did: str = "", when: Any = "") -> SafeString:
    """Who, from where, did what, when; no picture. `when` is the result of the `day` or `moment` filter."""
    parts = [format_html("<strong>{}</strong>", name)]
    if organisation:
        parts.append(format_html('<span class="soft">{}</span>', organisation))
    if did:
        parts.append(format_html("<span>{}</span>", did))
    if when:
        parts.append(format_html('<span class="soft">{}</span>', when))
    return format_html('<p class="person-line">{}</p>', SafeString(" ".join(parts)))


@register.simple_tag
def went(text: str) -> SafeString:
    """Words that are no longer there: struck, and said to be removed."""
    return _marked("del", "went", _("removed"), text)


@register.simple_tag
def came(text: str) -> SafeString:
    """Words that are new: underlined, and said to be added."""
    return _marked("ins", "came", _("added"), text)


def _marked(element: str, name: str, said: str, text: str) -> SafeString:
    return format_html(
        '<{0} class="{1}"><span class="visually-hidden">[{2}: </span>{3}<span class="visually-hidden">]</span></{0}>',
        element,
        name,
        said,
        text,
    )


@register.simple_tag
def changed_words(spans: Sequence[Span]) -> SafeString:
    """A text with what went and what came marked in it. Written here and not in a template, where a line break would
    put a space between words."""
    return format_html_join("", "{}", ((_written(span),) for span in spans))


def _written(span: Span) -> str:
    """A space that came or went is no word: nobody sees it, and it is not said."""
    write = {"removed": went, "added": came}.get(span.kind, str) if span.text.strip() else str
    return write(span.text)


@register.inclusion_tag("ui/components/two_texts.html")
def two_texts(spans: Sequence[Span], before: str = "", after: str = "", language: str = "") -> dict[str, Any]:
    """The old text and the new one side by side, from `core.diff.diff_words`. What went is struck, what came is
    underlined, each with its sign; both are also said in words, so that neither colour nor sight is needed."""
    old = [span for span in spans if span.kind != "added"]
    new = [span for span in spans if span.kind != "removed"]
    return {
        "old": old,
        "new": new,
        "before": before or _("Before"),
        "after": after or _("After"),
        "same": all(span.kind == "same" for span in spans),
        "language": language,
    }


@register.inclusion_tag("ui/components/one_text.html")
def one_text(spans: Sequence[Span], language: str = "") -> dict[str, Any]:
    """Old and new in one running text, for short changes."""
    return {"spans": spans, "language": language}


@register.inclusion_tag("ui/components/two_lists.html")
def two_lists(changes: Sequence[ListChange], language: str = "") -> dict[str, Any]:
    """Entries that stayed, moved, changed, went or came, from `core.diff.diff_lists`."""
    return {"changes": changes, "language": language}
