"""The draft beside a page that is public: published in its place, or thrown away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.core.text import whole_number
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.pages.views import ask, show, times_of
from aumenta.pages.models import Page
from aumenta.pages.publish_draft import discard_draft, publish_draft
from aumenta.pages.rules import may_publish_pages
from aumenta.people.refusals import RefusedError
from aumenta.people.rules import manages_pages


@require_POST
@desk_page(may_publish_pages)
def publish(request: DeskRequest, number: int) -> HttpResponse:
    """Put what was changed in the place of what is public."""
    page = get_object_or_404(Page.objects.select_related("image", "written_by"), pk=number)
    revision = whole_number(request.POST.get("revision", "")) or 0
    try:
        publish_draft(person=request.user, page_id=number, revision=revision)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return show(request, page, times_of(page), status=409)
    messages.success(request, _("The changes are published."))
    return redirect("desk:page_preview", number)


@desk_page(manages_pages)
def discard(request: DeskRequest, number: int) -> HttpResponse:
    """Throw the draft beside a page away, after asking."""
    page = get_object_or_404(Page, pk=number)
    if request.method != "POST":
        question = _("What was changed since it was published is gone for good. The page itself stays as it is.")
        return ask(request, page, _("Throw the draft of “%(title)s” away"), question, _("Throw the draft away"))
    try:
        discard_draft(person=request.user, page_id=number)
        messages.success(request, _("The draft is gone."))
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:page_preview", number)
