"""The desk's navigation: only what opens for the person who looks."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from aumenta.contacts.rules import may_read_messages, may_set_office
from aumenta.desk.saving import PAUSES
from aumenta.events.rules import may_see_events
from aumenta.governance.rules import may_see_bodies, may_see_coherence, may_see_duties, may_see_observations
from aumenta.monitoring.rules import may_keep_indicators, may_see_progress
from aumenta.pages.models import Page
from aumenta.pages.rules import may_publish_pages
from aumenta.people.models import User
from aumenta.people.rules import (
    changes_names,
    enters_desk,
    is_administrator,
    manages_pages,
    manages_people,
    writes_plan,
)
from aumenta.plan.models import Action
from aumenta.plan.rules import may_set_places, may_teach_search
from aumenta.review.rules import may_read_log, may_see_editions
from aumenta.surveys.rules import may_keep_questionnaires
from aumenta.ui.templatetags.parts import tag
from aumenta.voices.rules import may_keep_contributions

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_navigation(context: Context) -> list[dict[str, Any]]:
    """`{% desk_navigation as entries %}`: label, address and whether the entry marks only its own page."""
    person = context["user"]
    entries = [
        (_("To do"), "desk:inbox", enters_desk, True),
        (_("Duties"), "desk:duties", may_see_duties, False),
        (_("Sheets"), "desk:sheets", enters_desk, False),
        (_("Proposals"), "desk:proposals", writes_plan, False),
        (_("Quality"), "desk:quality", writes_plan, False),
        (_("Spreadsheet"), "desk:spreadsheet", writes_plan, False),
        (_("Editions"), "desk:editions", may_see_editions, False),
        (_("Events"), "desk:events", may_see_events, False),
        (_("Acts"), "desk:acts_register", may_see_bodies, False),
        (_("Bodies"), "desk:bodies", may_see_bodies, False),
        (_("Observations"), "desk:observations", may_see_observations, False),
        (_("Indicators"), "desk:indicators", may_keep_indicators, False),
        (_("Coherence"), "desk:instruments", may_see_coherence, False),
        (_("Implementation"), "desk:progress_list", may_see_progress, False),
        (_("Contributions"), "desk:contributions", may_keep_contributions, False),
        (_("Interviews"), "desk:talks", may_keep_contributions, False),
        (_("Questionnaires"), "desk:questionnaires", may_keep_questionnaires, False),
        (_("Reading"), "desk:readings_of_voices", may_keep_contributions, False),
        (_("Issues"), "desk:issues", may_keep_contributions, False),
        (_("Position papers"), "desk:papers", may_keep_contributions, False),
        (_("Pages and news"), "desk:pages", manages_pages, False),
        (_("Names"), "desk:names", changes_names, False),
        (_("Search words"), "desk:words", may_teach_search, False),
        (_("Messages"), "desk:messages", may_read_messages, False),
        (_("Addresses"), "desk:office", may_set_office, False),
        (_("People"), "desk:people", manages_people, False),
        (_("Installation"), "desk:health", is_administrator, False),
        (_("Log"), "desk:log", may_read_log, False),
    ]
    return [
        {"label": label, "address": reverse(name), "exact": exact}
        for label, name, rule, exact in entries
        if rule(person)
    ]


@register.simple_tag
def saving_pauses() -> SafeString:
    """`{% saving_pauses %}`: the attributes that tell a form how often it saves itself."""
    return format_html_join(" ", 'data-{}="{}"', PAUSES.items())


@register.simple_tag
def may_choose_places(person: User, action: Action) -> bool:
    """`{% may_choose_places user action as may %}`: whether the page of the action's places opens for her."""
    return may_set_places(person, action)


@register.simple_tag
def may_assign(person: User) -> bool:
    """`{% may_assign user as may %}`: whether she says which organisations answer for a sheet."""
    return manages_people(person)


@register.simple_tag
def who_answers(action: Action) -> str:
    """`{% who_answers action %}`: the organisations that answer for a sheet, in words."""
    held = action.responsibilities.select_related("organisation").order_by("organisation__name_it")
    return ", ".join(str(row.organisation) for row in held)


@register.simple_tag
def gateways() -> list[dict[str, str]]:
    """`{% gateways as found %}`: name and address of each OpenID Connect gateway that is set up."""
    apps: list[dict[str, str]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [
        {"name": app["name"], "address": reverse("openid_connect_login", args=[app["provider_id"]])} for app in apps
    ]


@register.inclusion_tag("desk/pages/tabs.html", takes_context=True)
def page_tabs(context: Context, here: str) -> dict[str, Any]:
    """`{% page_tabs "images" %}`: the ways between pages, media and redirects, for the one who looks."""
    return {"here": here, "may_redirect": may_publish_pages(context["user"])}


@register.simple_tag
def page_standing(page: Page) -> SafeString:
    """`{% page_standing page %}`: what a page is now, in a word beside its sign."""
    words = {
        "draft": (_("draft"), "neutral"),
        "scheduled": (_("scheduled"), "accent"),
        "public": (_("public"), "good"),
        "over": (_("over"), "neutral"),
        "withdrawn": (_("withdrawn"), "warning"),
    }
    label, kind = words[page.standing]
    return tag(label, kind)
