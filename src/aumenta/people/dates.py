"""Days and times in words, as everything that we write shows them: Italian months small, and «1°» for the first."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from aumenta.people.reader import reader_language


def day_in_words(day: date) -> str:
    """«5 dicembre 2026», «5 December 2026»."""
    return as_written(date_format(day, "j F Y"))


def short_day(day: date) -> str:
    """«05/12/2026», «5 Dec 2026»: in English nobody could tell whether 05/12 is in May or in December."""
    return date_format(day, "j M Y") if reader_language() == "en" else f"{day:%d/%m/%Y}"


def moment_in_words(moment: datetime, *, seconds: bool = False) -> str:
    """«5 dicembre 2026, 09:15», in local time; with `seconds` where two states may be of one minute."""
    return as_written(date_format(timezone.localtime(moment), "j F Y, H:i:s" if seconds else "j F Y, H:i"))


def as_written(shown: str) -> str:
    """A date of Django's as Italian writes it; unchanged in English."""
    if reader_language() == "en":
        return shown
    return (f"1°{shown[1:]}" if shown.startswith("1 ") else shown).lower()
