"""Quotation marks of the reader's language, for mails and pages of every room. `{% load quotes %}`"""

from django import template

from aumenta.people.reader import in_quotes

register = template.Library()


@register.filter
def quoted(value: object) -> str:
    """The text in the quotation marks of the language that is being written: «a» or “a”."""
    return in_quotes(str(value))
