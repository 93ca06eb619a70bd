"""`{% load frame %}`: what the frame of every page says that no view hands to it."""

from django import template
from django.template import Context

from aumenta.plan.models import Edition
from aumenta.ui.public_menu import MenuEntry, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def public_menu(context: Context) -> list[MenuEntry]:
    """`{% public_menu as entries %}`: the public's main navigation, through the edition of the page or the current
    one."""
    edition = context.get("edition")
    if not isinstance(edition, Edition):
        edition = context["current_edition"] or None
    return [*menu_of(edition), *(MenuEntry(name, address) for name, address in context["linked_pages"]["menu"])]
