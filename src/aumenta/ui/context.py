"""What the base template knows on every page besides what the view gives it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from aumenta.contacts.queries import office
from aumenta.people.reader import reader_language
from aumenta.plan.models import Edition, Plan
from aumenta.ui.caching import once_for_state
from aumenta.ui.public_menu import linked_pages


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What every page may need, each asked for only when a template does, with one query: `current_edition` with its
    plan, `plan_of_site`, the plan this installation serves (None before one is there), `linked_pages` for the menu and
    the foot, `office`, how the authority is reached; and `public_address` without a final slash."""
    current = SimpleLazyObject(
        lambda: once_for_state("current edition", Edition.objects.select_related("plan").current)
    )
    return {
        "current_edition": current,
        "plan_of_site": SimpleLazyObject(lambda: current.plan if current else Plan.objects.order_by("pk").first()),
        "public_address": settings.PUBLIC_ADDRESS,
        "linked_pages": SimpleLazyObject(lambda: once_for_state(f"linked pages {reader_language()}", linked_pages)),
        "office": SimpleLazyObject(lambda: once_for_state("office", office)),
    }
