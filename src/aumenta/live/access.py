"""Who works at the regia, and the event that an address names."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from aumenta.events.models import Event
from aumenta.events.rules import events_of_regia, may_enter_regia
from aumenta.people.models import User
from aumenta.people.permission import check_permission


def operator_of(request: HttpRequest) -> User:
    """Who asks; PermissionDenied for somebody who runs no regia at all."""
    check_permission(may_enter_regia(request.user))
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def event_of(request: HttpRequest, slug: str) -> Event:
    """The event with this address among those whose regia she runs; PermissionDenied for somebody who runs none."""
    return get_object_or_404(events_of_regia(operator_of(request)), slug=slug)
