"""`{{ day|in_words }}` for mails and plain texts; pages have `day` and `moment` of ui, in a <time> element."""

from datetime import date, datetime

from django import template

from aumenta.people.dates import day_in_words, moment_in_words

register = template.Library()


@register.filter
def in_words(value: date | datetime | None) -> str:
    """«5 dicembre 2026», with the hour where it has one: «5 dicembre 2026, 09:15»; empty where there is no date."""
    if value is None:
        return ""
    return moment_in_words(value) if isinstance(value, datetime) else day_in_words(value)
