"""Web addresses that sheets and pages name: asked again by the worker."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.pages.check_links import ask_for_check
from aumenta.people.rules import manages_pages


@require_POST
@desk_page(manages_pages)
def check(request: DeskRequest) -> HttpResponse:
    """Let the worker ask every link; it takes some minutes."""
    if ask_for_check(person=request.user):
        messages.success(request, _("The links are being checked: look again in some minutes."))
    else:
        messages.info(request, _("The links are being checked already: look again in some minutes."))
    return redirect("desk:quality")
