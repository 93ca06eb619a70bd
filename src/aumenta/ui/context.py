"""What the base template knows on every page besides what the view gives it."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from aumenta.contacts.models import Office
from aumenta.contacts.queries import office
from aumenta.core.process_cache import ProcessCache
from aumenta.plan.models import Edition, Plan
from aumenta.ui.caching import STATE
from aumenta.ui.linked_pages import linked_pages


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """What every page may need, each asked for only when a template does, with one query: `current_edition` with its
    plan, `plan_of_site`, the plan this installation serves (None before one is there), `linked_pages` for the menu and
    the foot, `office`, how the authority is reached; and `public_address` without a final slash."""
    current = SimpleLazyObject(Edition.objects.select_related("plan").current)
    return {
        "current_edition": current,
        "plan_of_site": SimpleLazyObject(lambda: current.plan if current else Plan.objects.order_by("pk").first()),
        "public_address": settings.PUBLIC_ADDRESS,
        "linked_pages": SimpleLazyObject(linked_pages),
        "office": SimpleLazyObject(lambda: _office(request)),
    }


_OFFICE: Final[ProcessCache[str, Office]] = ProcessCache.of_the_process(1)


def _office(request: HttpRequest) -> Office:
    """How the authority is reached: asked for once for each state of the public site, where the request knows it."""
    state = request.META.get(STATE)
    return office() if state is None else _OFFICE.get("office", office, state)
