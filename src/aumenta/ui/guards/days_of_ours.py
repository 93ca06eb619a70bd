"""No day that somebody types lies in the year 1 or 9999: it is a slip of the hand, and sums with it fail."""

from datetime import date
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2199


def check_year(day: date) -> None:
    """Raises ValidationError for a year in which nothing of ours can have been or will be."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Check the year: %(year)s can't be right."), code="year", params={"year": f"{day.year:04}"}
        )


def check_all_days() -> None:
    """Every field of a form that takes a day or a moment checks its year, those that Django makes of a model too."""
    for field in (forms.DateField, forms.DateTimeField):
        if check_year not in field.default_validators:
            field.default_validators = [*field.default_validators, check_year]
