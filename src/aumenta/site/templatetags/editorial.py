"""The latest news. `{% load editorial %}`"""

from django import template

from aumenta.pages.models import Page

register = template.Library()


@register.simple_tag
def latest_news(how_many: int = 3) -> list[Page]:
    """`{% latest_news as news %}`: the latest public news; one query."""
    return list(Page.objects.public().news().defer("body_it", "body_en")[:how_many])
