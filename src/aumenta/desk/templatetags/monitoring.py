"""What the desk's pages of monitoring show: their tabs, statuses as tags, flags in words."""

from typing import Any, Final

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aumenta.desk.monitoring.forms import MARKS
from aumenta.monitoring.models import ActionState, Reading, YearlyReport
from aumenta.monitoring.rules import may_keep_indicators
from aumenta.monitoring.status_words import kind_of, status_name
from aumenta.ui.parts import Tab
from aumenta.ui.templatetags.parts import tag
from aumenta.ui.templatetags.words import number

register = template.Library()
REPORT_KINDS: Final[dict[str, str]] = {"draft": "neutral", "frozen": "accent", "published": "good"}


@register.inclusion_tag("desk/monitoring/tabs.html", takes_context=True)
def monitoring_tabs(context: Context, here: str) -> dict[str, Any]:
    """`{% monitoring_tabs "goalposts" %}`: the ways between the pages of monitoring."""
    pages = {
        "indicators": _("Indicators"),
        "readings_files": _("Files of readings"),
        "goalposts": _("Goalposts"),
        "progress_list": _("Implementation"),
        "objectives": _("Objectives"),
        "projects": _("Projects"),
        "yearly_reports": _("Yearly report"),
    }
    if not may_keep_indicators(context["user"]):
        pages = {}
    return {"tabs": [Tab(label, reverse(f"desk:{name}"), name == here) for name, label in pages.items()]}


@register.simple_tag
def status_tag(status: str) -> SafeString:
    """`{% status_tag "stable" %}`: what a rule says, in a word beside its sign."""
    return tag(status_name(status), kind_of(status))


@register.simple_tag
def state_tag(state: ActionState) -> SafeString:
    """`{% state_tag update.state %}`: how far an action has come, in the office's word."""
    return tag(state.name, state.kind)


@register.simple_tag
def report_tag(report: YearlyReport) -> SafeString:
    """`{% report_tag report %}`: what a yearly report is now, in a word beside its sign."""
    return tag(report.get_state_display(), REPORT_KINDS[report.state])


@register.simple_tag
def flag_words(reading: Reading) -> str:
    """`{% flag_words reading %}`: why there is no value and what to know of it."""
    words = [str(reading.get_absence_display())] if reading.absence else []
    return ", ".join([*words, *(str(MARKS[mark]) for mark in reading.marks)]) or "–"


@register.simple_tag
def more_words(count: int) -> SafeString | str:
    """`{% more_words 12 %}`: that a list goes on, and by how much; nothing where it does not."""
    return format_html("<p>{}</p>", _("And %(n)s more.") % {"n": number(count)}) if count else ""
