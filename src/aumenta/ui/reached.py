"""The words in which the actions of a place are counted, the same on every page, map, list, file and print."""

from django.utils.translation import ngettext

from aumenta.plan.places import Reached
from aumenta.ui.templatetags.words import number


def reached_words(count: Reached) -> str:
    """«3 confirmed, 20 proposed»: the same words wherever the actions of a place are counted."""
    confirmed = ngettext("%(n)s confirmed", "%(n)s confirmed", count.confirmed) % {"n": number(count.confirmed)}
    proposed = ngettext("%(n)s proposed", "%(n)s proposed", count.proposed) % {"n": number(count.proposed)}
    return f"{confirmed}, {proposed}"
