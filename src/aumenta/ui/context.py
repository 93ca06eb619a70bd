"""What the base template knows on every page besides what the view gives it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from aumenta.plan.models import Plan
from aumenta.ui.linked_pages import linked_pages


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """`plan_of_site`: the plan this installation serves (None before one is there; asked for only when a template
    needs it, one query), `linked_pages` for the menu and the foot (as lazily), and `public_address` without a final
    slash."""
    return {
        "plan_of_site": SimpleLazyObject(lambda: Plan.objects.order_by("pk").first()),
        "public_address": settings.PUBLIC_ADDRESS,
        "linked_pages": SimpleLazyObject(linked_pages),
    }
