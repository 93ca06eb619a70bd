"""The verb by which anybody says how clear a page is."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aumenta.contacts.models import GOOD_FROM, NEGATIVE, POSITIVE, PageRating


@transaction.atomic
def rate_page(*, path: str, language: str, stars: int, reason: str = "", note: str = "") -> PageRating:
    """Keep a rating; anybody may, doors limit how often. `path` is without the language.

    Raises ValidationError where the stars are not one to five, or the reason is not one for so many stars.
    """
    rating = PageRating(
        path=path[:300], language=language, stars=stars, reason=reason, note=note, on=timezone.localdate()
    )
    rating.full_clean()
    if reason and reason not in (POSITIVE if stars >= GOOD_FROM else NEGATIVE):
        raise ValidationError({"reason": _("Choose one of the reasons shown.")})
    rating.save()
    return rating
