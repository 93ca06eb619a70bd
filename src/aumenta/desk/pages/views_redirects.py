"""Addresses that moved."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from aumenta.desk.access import DeskRequest, desk_page
from aumenta.desk.asking import asked_for_good
from aumenta.desk.pages.forms import RedirectForm
from aumenta.pages.add_redirect import add_redirect, remove_redirect
from aumenta.pages.models import Redirect
from aumenta.pages.rules import may_publish_pages
from aumenta.people.refusals import RefusedError, refusal_sentence

ON_A_PAGE = 100


@desk_page(may_publish_pages)
def show_all(request: DeskRequest) -> HttpResponse:
    """All redirects, and a form to add one."""
    form = RedirectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_redirect(person=request.user, **form.cleaned_data)
        except RefusedError as refusal:
            field = "new" if refusal.code in {"redirect_bad_new", "redirect_nowhere"} else "old"
            form.add_error(field, refusal_sentence(refusal))
        else:
            messages.success(request, _("From now on: %(redirect)s.") % {"redirect": made})
            return redirect("desk:redirects")
    shown = Paginator(Redirect.objects.select_related("made_by"), ON_A_PAGE).get_page(request.GET.get("pagina"))
    return render(
        request, "desk/pages/redirects.html", {"page": shown, "form": form}, status=409 if form.errors else 200
    )


@require_POST
@desk_page(may_publish_pages)
def drop(request: DeskRequest, number: int) -> HttpResponse:
    """Let an old address lead nowhere again."""
    found = get_object_or_404(Redirect, pk=number)
    question = asked_for_good(
        request,
        title=_("Take this redirect away?"),
        says=[str(found), _("Whoever has the old address finds nothing there any more. You can add it again.")],
        submit=_("Take the redirect away"),
        cancel=reverse("desk:redirects"),
    )
    if question:
        return question
    remove_redirect(person=request.user, redirect=found)
    messages.success(request, _("The redirect is gone."))
    return redirect("desk:redirects")
