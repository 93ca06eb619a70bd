"""Days and times in words, as everything that we write shows them: Italian months small, and «1°» for the first."""

import re
from datetime import date, datetime
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format

from aumenta.people.reader import reader_language

ITALIAN_ARTICLES: Final = ("il", "al", "dal", "del", "nel", "sul")
_SPOKEN_WITH_A_VOWEL: Final = re.compile(r"(?:0?8|11)(?=[ /\u00a0])")
"""«otto» and «undici»: before these days an article loses its vowel."""


def day_in_words(day: date, article: str = "") -> str:
    """«5 dicembre 2026», «5 December 2026». With an article, «dal», also «dal 5 dicembre 2026», «dall’8 dicembre 2026»:
    in Italian it belongs to the day, and a sentence can't know which one it will be."""
    shown = as_written(date_format(day, "j F Y"))
    return article_before(shown, article) + shown


def short_day(day: date, article: str = "") -> str:
    """«05/12/2026», «5 Dec 2026»: in English nobody could tell whether 05/12 is in May or in December."""
    shown = date_format(day, "j M Y") if reader_language() == "en" else f"{day:%d/%m/%Y}"
    return article_before(shown, article) + shown


def moment_in_words(moment: datetime, article: str = "", *, seconds: bool = False) -> str:
    """«5 dicembre 2026, 09:15», in local time; with `seconds` where two states may be of one minute."""
    shown = as_written(date_format(timezone.localtime(moment), "j F Y, H:i:s" if seconds else "j F Y, H:i"))
    return article_before(shown, article) + shown


def article_before(shown: str, article: str) -> str:
    """What an Italian article is before a day that is shown so: «dal » or «dall’»; nothing in English, whose sentences
    have their prepositions."""
    if not article or reader_language() == "en":
        return ""
    if article.lower() not in ITALIAN_ARTICLES:
        raise ValueError(article)
    if not _SPOKEN_WITH_A_VOWEL.match(shown):
        return f"{article} "
    return f"{article[:-2]}{'L' if article == 'Il' else 'l'}’" if article.lower() == "il" else f"{article}l’"


def as_written(shown: str) -> str:
    """A date of Django's as Italian writes it; unchanged in English."""
    if reader_language() == "en":
        return shown
    return (f"1°{shown[1:]}" if shown.startswith("1 ") else shown).lower()
