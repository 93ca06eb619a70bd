"""`{{ day|in_words }}` for mails and plain texts; pages have `day` and `moment` of ui, in a <time> element."""

from datetime import date, datetime

from django import template

from aumenta.people.dates import day_in_words, moment_in_words

register = template.Library()


@register.filter
def in_words(value: date | datetime | None, article: str = "") -> str:
    """«5 dicembre 2026», with the hour where it has one: «5 dicembre 2026, 09:15»; empty where there is no date.
    `|in_words:"il"` is «il 5 dicembre», «l’8 dicembre», and the day alone in English."""
    if value is None:
        return ""
    return moment_in_words(value, article) if isinstance(value, datetime) else day_in_words(value, article)
