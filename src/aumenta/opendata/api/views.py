"""What the interface says of itself: where everything is, whether it is well, its description."""

import json
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aumenta.opendata.api.answers import written
from aumenta.opendata.api.openapi import description
from aumenta.opendata.api.problems import PROBLEM_TYPE, ProblemError
from aumenta.opendata.api.service import VERSION, Operation
from aumenta.opendata.api.subjects import operations
from aumenta.plan.models import Action, Edition
from aumenta.ui.caching import public_page

NO_PART: Final = "{"


def root(request: HttpRequest) -> HttpResponse:
    """Where the lists, the description and the page for readers are."""
    lists = [one for one in operations() if one.listed and NO_PART not in one.path]
    base = f"{settings.PUBLIC_ADDRESS}{reverse('api:root')}"
    return written(
        {
            "version": VERSION,
            "documentation": f"{settings.PUBLIC_ADDRESS}/it/dati-aperti/api/",
            "description": f"{settings.PUBLIC_ADDRESS}{reverse('api:openapi')}",
            "lists": {one.name: base + one.path.lstrip("/") for one in lists},
        }
    )


def status(request: HttpRequest) -> HttpResponse:
    """Whether the interface is well: 200, or 503 where the database does not answer."""
    # That the public state could be read is what `entry` has just found out.
    told = {"type": "about:blank", "title": "OK", "status": 200, "version": VERSION}
    return HttpResponse(json.dumps(told).encode(), content_type=PROBLEM_TYPE)


def openapi(request: HttpRequest) -> HttpResponse:
    """The description of the interface, as OpenAPI 3.0.3."""
    return written(description())


def nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address: there is nothing, said as the interface says it."""
    raise ProblemError(404, _("There is nothing at this address. Where everything is: /api/v1/"))


@require_safe
@public_page
def documentation(request: HttpRequest) -> HttpResponse:
    """How to ask the interface, with examples to copy, and every field with its meaning."""
    public = list(Edition.objects.public().select_related("plan").order_by("-first_year"))
    shown = Edition.objects.current()
    first = Action.objects.of(shown).first() if shown else None
    base = f"{settings.PUBLIC_ADDRESS}{reverse('api:root')}".rstrip("/")
    label = shown.label if shown else "2021-2023"
    context = {
        "base": base,
        "example": f"{base}/editions/{label}/actions?embed=actors&limit=5",
        "one_example": f"{base}/editions/{label}/actions/{first.code if first else '1.1.1'}?fields=title_it",
        "harvest": f"{base}/editions/{label}/actions?limit=100",
        "operations": [(one, _(one.summary), _fields(one)) for one in operations()],
        "per_minute": settings.API_PER_MINUTE,
        "plan_of_site": public[0].plan if public else None,
    }
    return render(request, "opendata/api.html", context)


def _fields(one: Operation) -> list[tuple[str, str, bool, bool]]:
    """Name, meaning, whether every answer has it, whether only `embed` adds it; in the order of the answers."""
    return [
        (field, _(info.description or ""), field in one.shape.KEYS, field in one.shape.EMBEDS)
        for field, info in one.shape.model_fields.items()
        if field != "origin"
    ]
