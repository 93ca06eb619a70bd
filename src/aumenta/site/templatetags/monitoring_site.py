"""What public pages of monitoring show: statuses in the office's words, shares and what lies in no zone in ours."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aumenta.monitoring.models import ActionState, Progress
from aumenta.monitoring.projects.balance import ZoneShare
from aumenta.monitoring.reports.record import Words
from aumenta.people.reader import reader_language
from aumenta.ui.templatetags.parts import tag
from aumenta.ui.templatetags.words import euro, percent

register = template.Library()
UNPLACED: Final = {
    "everywhere": gettext_lazy("for the whole territory"),
    "several": gettext_lazy("in several zones"),
    "outside": gettext_lazy("also in other provinces"),
    "nowhere": gettext_lazy("not located"),
}


@register.simple_tag
def state_tag(state: ActionState) -> SafeString:
    """`{% state_tag update.state %}`: the word beside its sign."""
    return tag(state.name, state.kind)


@register.simple_tag
def update_tag(update: Progress) -> SafeString:
    """`{% update_tag standing.latest %}`: how far an action has come, and whether somebody made that up for a trial."""
    mark = tag(_("invented"), "warning") if update.invented else ""
    return format_html("{} {}", state_tag(update.state), mark)


@register.simple_tag
def share_words(one: ZoneShare) -> str:
    """`{% share_words zone %}`: a zone with its share of the money and of the residents."""
    return _("%(name)s (%(money)s of the money, %(people)s of the residents)") % {
        "name": one.name,
        "money": percent(one.of_money, 1),
        "people": percent(one.of_residents, 1),
    }


@register.simple_tag
def unplaced_words(name: str) -> str:
    """`{% unplaced_words "several" %}`: why a project lies in no zone alone."""
    return str(UNPLACED[name])


@register.filter
def said(words: Words) -> str:
    """`{{ row.title|said }}`: words of a yearly report in the reader's language."""
    return words.said(reader_language())


@register.filter
def paragraphs(words: Words) -> list[str]:
    """`{% for text in row.text|paragraphs %}`: a text of a yearly report, cut where a line is empty."""
    parts = said(words).replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


@register.filter
def amount(written: str | None) -> str:
    """`{{ row.planned|amount }}`: euro of a yearly report, decimal text there; words where nobody stated any."""
    return euro(Decimal(written)) if written is not None else _("not declared")


@register.simple_tag
def meaning_words(held: Mapping[str, int]) -> str:
    """`{% meaning_words zone.by_meaning %}`: how many of the actions stand where; nothing
    where nobody has reported of any."""
    if set(held) <= {"unreported"}:
        return ""
    names = {**dict(ActionState.Meaning.choices), "unreported": _("nothing reported yet")}
    words = ", ".join(f"{names[name]} {count}" for name, count in sorted(held.items()))
    return f"({words})" if words else ""
