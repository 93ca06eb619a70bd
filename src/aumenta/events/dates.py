"""Days and times in words, as e-mails and printed sheets write them: Italian months small, and «1°» for the first."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from aumenta.people.reader import reader_language


def day_in_words(day: date) -> str:
    """«5 dicembre 2026», «5 December 2026»."""
    return _written(date_format(day, "j F Y"))


def moment_in_words(moment: datetime) -> str:
    """«5 dicembre 2026, 09:15», in local time."""
    return _written(date_format(timezone.localtime(moment), "j F Y, H:i"))


def _written(shown: str) -> str:
    if reader_language() == "en":
        return shown
    return (f"1°{shown[1:]}" if shown.startswith("1 ") else shown).lower()
